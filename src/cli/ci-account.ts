import { Command } from "commander";

import { readDefinitions } from "../definitions/definitions";
import { accountsOfStacks } from "../drift/find-drift";
import { buildModel } from "../model/model";
import { accountLists, accountVariables, asLines } from "../pipeline/account-variables";
import { runMain } from "./run-main";

void runMain(
  new Command("npm run --silent ci:account --")
    .description(
      "Prints what a job has to know of an account: its id, its region, the roles to assume. Without an account it prints the " +
        "accounts as JSON lists, in the order of deployment and by stage. One name=value a line.",
    )
    .argument("[stack]", "an account of src/organization.ts")
    .action((stack: string | undefined) => {
      const { organization, roster } = readDefinitions();
      const model = buildModel(organization, roster, new Date());
      if (stack === undefined) {
        process.stdout.write(asLines(accountLists(model.organization)));
        return;
      }
      for (const account of accountsOfStacks(model.organization, [stack])) {
        process.stdout.write(asLines(accountVariables(model.organization, account)));
      }
    }),
);
