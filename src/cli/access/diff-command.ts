import { Command, Option } from "commander";

import { ActionCatalogue } from "../../access/actions/catalogue";
import { changedCode, stateOfCommit } from "../../access/diff/commit-state";
import { compareStates } from "../../access/diff/access-difference";
import { GATES, type GateName } from "../../access/diff/gates";
import { differenceMarkdown } from "../../access/diff/difference-markdown";
import { newAccess } from "../../access/diff/new-access";
import { Evaluator } from "../../access/evaluator";
import { requestChanges, withoutSaidOtherwise } from "../../access/diff/request-changes";
import { modelState, type ProgramState } from "../../access/diff/state";
import { readDefinitions } from "../../definitions/definitions";
import { keysOf } from "../../model/keys-of";
import { buildModel } from "../../model/model";
import { formatProblems, throwErrors, UserError } from "../../model/problems";
import { formatChoices } from "../../model/choices";
import { Prover } from "../../proofs/prover";
import { ActionReference } from "../../proofs/reference/action-reference";
import { printableJson } from "../../text/printable";
import { PROJECT_FOLDER } from "../project-folder";
import { COMMAND_EXIT } from "../run-main";
import { noteProse, printMarkdown } from "../terminal";

const GATE_NAMES = keysOf(GATES);

interface Options {
  readonly failOn: readonly GateName[];
  readonly json?: true;
}

/** The gates of this option and of those before it, each once. */
function gatesNamed(text: string, known: readonly GateName[]): readonly GateName[] {
  const named = text.split(",").map((written) => {
    const gate = GATE_NAMES.find((name) => name === written.trim());
    if (gate !== undefined) return gate;
    throw new UserError(
      `There is no gate "${written}". Known: ${formatChoices(written, GATE_NAMES, "gates")}`,
    );
  });
  return [...new Set([...known, ...named])];
}

function stateOfWorkingTree(now: Date): ProgramState {
  const { organization, roster, workloads } = readDefinitions();
  return modelState(buildModel(organization, roster, now, workloads));
}

/** A later commit is refused as its own commands refuse it; of an earlier one, which somebody may be putting right, it is said. */
async function stateOfLater(ref: string, now: Date): Promise<ProgramState> {
  const { repeatedKeys, ...state } = await stateOfCommit(PROJECT_FOLDER, ref, now);
  throwErrors(repeatedKeys);
  return state;
}

async function stateOfEarlier(ref: string, now: Date): Promise<ProgramState> {
  const { repeatedKeys, ...state } = await stateOfCommit(PROJECT_FOLDER, ref, now);
  if (repeatedKeys.length > 0) {
    const heading = `${ref} says keys twice; it is taken with the second of each, as it would be deployed.`;
    noteProse(`${formatProblems(heading, repeatedKeys)}\n`);
  }
  return state;
}

async function diff(ref: string, other: string | undefined, { failOn, json }: Options): Promise<number> {
  const now = new Date();
  const before = await stateOfEarlier(ref, now);
  const after = other === undefined ? stateOfWorkingTree(now) : await stateOfLater(other, now);
  const code = await changedCode(PROJECT_FOLDER, ref, other);
  const loaded: { prover?: Promise<Prover> } = {};
  const prover = (): Promise<Prover> =>
    (loaded.prover ??= ActionReference.load().then((reference) => new Prover(reference)));
  const requests = await requestChanges(before, after, prover);
  const unheard = await newAccess(before, after, prover);
  const difference = withoutSaidOtherwise(
    await compareStates(before, after, await ActionCatalogue.load(), new Evaluator()),
    requests,
  );
  const gates = failOn.map((gate) => ({ gate, findings: GATES[gate].findings(difference) }));
  const stopped = gates.filter(({ findings }) => findings.length > 0);
  if (json === true)
    process.stdout.write(
      `${printableJson({ against: ref, stopped, code, ...difference, requests, newAccess: unheard })}\n`,
    );
  else printMarkdown(differenceMarkdown(ref, difference, stopped, code, requests, unheard));
  return stopped.length > 0 ? COMMAND_EXIT.findings : COMMAND_EXIT.clean;
}

const HELP = `
Gates:
${GATE_NAMES.map((name) => `  ${name.padEnd(24)}${GATES[name].stops}`).join("\n")}

The answer is Markdown for a pull request: rows of its tables are as long as what they say, and stay whole in a terminal too.

Both sides are read for the present moment, so that a grant which merely ran out is no difference. A commit's program is run
by its own code, in a process without environment and without rights to write, with the packages that are installed now; what it
says is compared by this program's code. With two commits, nothing of the second one's code compares.

Exit status: 0, or 1 where a gate finds something; 2 failure.

Examples:
  npm run access -- diff
  npm run access -- diff origin/main --fail-on prod-admin,new-partner
  npm run access -- diff v1.2.0 --json
  npm run access -- diff origin/main some-branch`;

export const diffCommand = (): Command =>
  new Command("diff")
    .description(
      "What the working tree, or another commit, changes against a commit: people, who gets in, what roles may do. Markdown.",
    )
    .argument("[git-ref]", "a commit", "HEAD")
    .argument("[other-ref]", "a later commit; the working tree where none is given")
    .addOption(
      new Option("--fail-on <gates>", "exit with 1 where one of these finds something; may be repeated")
        .argParser(gatesNamed)
        .default([], "none"),
    )
    .option("--json", "answer for programs")
    .addHelpText("after", HELP)
    .action(async (ref: string, other: string | undefined, options: Options) => {
      process.exitCode = await diff(ref, other, options);
    });
