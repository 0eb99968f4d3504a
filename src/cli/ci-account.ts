import { Command } from "commander";

import { accountsOf } from "../drift/drift";
import { buildModel } from "../model/model";
import { organization } from "../organization";
import { accountVariables, asLines } from "../pipeline/account-variables";
import { roster } from "../roster";
import { run } from "./run";

void run(
  new Command("npm run --silent ci:account --")
    .description(
      "Prints what a job has to know of an account: its id, its region, the roles to assume. One name=value a line.",
    )
    .argument("<stack>", "an account of src/organization.ts")
    .action((stack: string) => {
      const model = buildModel(organization, roster, new Date());
      for (const account of accountsOf(model.organization, [stack])) {
        process.stdout.write(asLines(accountVariables(model.organization, account)));
      }
    }),
);
