import { Command, Option } from "commander";
import { join } from "node:path";

import { Catalogue } from "../../access/actions/catalogue";
import { stateOfCommit } from "../../access/diff/commit";
import { differenceOf } from "../../access/diff/difference";
import { GATES, type GateName } from "../../access/diff/gates";
import { markdownOf } from "../../access/diff/markdown";
import { stateOf } from "../../access/diff/state";
import { readDefinitions } from "../../definitions/definitions";
import { keysOf } from "../../model/keys-of";
import { buildModel } from "../../model/model";
import { UserError } from "../../model/problems";
import { choices } from "../../model/choices";
import { printableJson, printableLines } from "../../text/printable";
import { EXIT } from "../run";

const PROJECT = join(__dirname, "..", "..", "..");
const GATE_NAMES = keysOf(GATES);

interface Options {
  readonly failOn: readonly GateName[];
  readonly json?: true;
}

function gatesNamed(text: string): readonly GateName[] {
  return text.split(",").map((written) => {
    const gate = GATE_NAMES.find((name) => name === written.trim());
    if (gate !== undefined) return gate;
    throw new UserError(`There is no gate "${written}". Known: ${choices(written, GATE_NAMES, "gates")}`);
  });
}

async function diff(ref: string, { failOn, json }: Options): Promise<number> {
  const now = new Date();
  const { organization, roster, workloads } = readDefinitions();
  const after = stateOf(buildModel(organization, roster, now, workloads));
  const before = await stateOfCommit(PROJECT, ref, now);
  const difference = await differenceOf(before, after, await Catalogue.load());
  const gates = failOn.map((gate) => ({ gate, findings: GATES[gate].findings(difference) }));
  const stopped = gates.filter(({ findings }) => findings.length > 0);
  process.stdout.write(
    json === true
      ? `${printableJson({ against: ref, stopped, ...difference })}\n`
      : printableLines(markdownOf(ref, difference, stopped)),
  );
  return stopped.length > 0 ? EXIT.findings : EXIT.clean;
}

const HELP = `
Gates:
${GATE_NAMES.map((name) => `  ${name.padEnd(24)}${GATES[name].stops}`).join("\n")}

Both sides are read for the present moment, so that a grant which merely ran out is no difference. The commit's program is run
by its own code, with the packages that are installed now.

Exit status: 0, or 1 where a gate finds something; 2 failure.

Examples:
  npm run access -- diff
  npm run access -- diff origin/main --fail-on prod-admin,new-partner
  npm run access -- diff v1.2.0 --json`;

export const diffCommand = (): Command =>
  new Command("diff")
    .description(
      "What the working tree changes against a commit: people, who gets in, what roles may do. Markdown.",
    )
    .argument("[git-ref]", "a commit", "HEAD")
    .addOption(
      new Option("--fail-on <gates>", "exit with 1 where one of these finds something")
        .argParser(gatesNamed)
        .default([], "none"),
    )
    .option("--json", "answer for programs")
    .addHelpText("after", HELP)
    .action(async (ref: string, options: Options) => {
      process.exitCode = await diff(ref, options);
    });
