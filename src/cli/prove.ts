// First, so that it stops before the modules that need the packages.
import "./access/packages";

import { Command } from "commander";

import { missingExports } from "../definitions/missing-exports";
import { changedCode, judgedCommit } from "../access/diff/commit-state";
import type { JudgedProgram } from "../access/diff/program-state";
import { invariants as written } from "../invariants";
import { accountsByRoster } from "../access/load";
import { readDefinitions } from "../definitions/definitions";
import { formatChoices } from "../model/choices";
import { buildModel } from "../model/model";
import { countNoun, throwErrors, UserError } from "../model/problems";
import { INVARIANTS } from "../proofs/every-invariant";
import type { Invariant } from "../proofs/invariant";
import { judgingInvariants, type JudgingInvariants } from "../proofs/judging-invariants";
import { ownInvariants } from "../proofs/own-invariant";
import type { ProofInput } from "../proofs/proven-account";
import { proofHolds, proveInvariant } from "../proofs/proof";
import { Prover } from "../proofs/prover";
import { ActionReference } from "../proofs/reference/action-reference";
import { printable } from "../text/printable";
import { proofJson, proofText, summaryText, type TimedProof } from "../proofs/proof-report";
import { readMoment, readSubject, withSubjectOptions, type SubjectOptions } from "./access/subject";
import { notTried, replayExample } from "./prove/replay";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";
import { noteProse, printProse } from "./terminal";

interface Options extends SubjectOptions {
  readonly actions?: true;
  readonly commit?: string;
}

/** The accounts of the working tree, of another commit, or as they are. */
async function judgedBy({ commit, ...options }: Options): Promise<JudgedProgram> {
  if (commit === undefined) return { ...(await readSubject(options)), invariants: written };
  if (options.live !== undefined) throw new UserError("Give --commit or --live, not both.");
  return judgedCommit(process.cwd(), commit, readMoment(options.at));
}

/** The organization's own invariants: of the working tree, or of another commit and of the working tree. */
function ownOf({ commit, at }: Options, judged: JudgedProgram, prover: Prover): JudgingInvariants {
  const input = inputOf(judged);
  if (commit === undefined)
    return { invariants: ownInvariants(judged.invariants, input, prover), former: [], refused: 0 };
  const home = (): ProofInput => {
    const { organization, roster, workloads } = readDefinitions();
    const model = buildModel(organization, roster, readMoment(at), workloads);
    return inputOf({ model, accounts: accountsByRoster(model) });
  };
  return judgingInvariants({ committed: judged.invariants, judging: written, input, home, prover });
}

const inputOf = ({ model, accounts }: Omit<JudgedProgram, "invariants">): ProofInput => ({
  model,
  accounts: accounts.all,
});

/** Tells which invariants of HEAD the commit changes, and which could be asked of nothing. */
function formerText({ former, refused }: JudgingInvariants): string {
  return (
    (former.length === 0
      ? ""
      : `Of HEAD, and proven as HEAD has them, though the commit changes or leaves them out: ${former.join(", ")}.\n`) +
    (refused === 0
      ? ""
      : `${countNoun(refused, "invariant")} of HEAD's src/invariants.ts ${refused === 1 ? "is" : "are"} refused where HEAD has ${refused === 1 ? "it" : "them"}, ` +
        "and could be asked of nothing: the commit's are proven.\n")
  );
}

/** The files of a commit that are not those of this program: what makes its documents may make others where it is deployed. */
async function madeByOtherCode({ commit }: Options): Promise<string> {
  const files = commit === undefined ? [] : await changedCode(process.cwd(), "HEAD", commit);
  if (files.length === 0) return "";
  return (
    "\nThe documents are what the commit's own code makes of them, and these files of it differ from those of HEAD, which proves " +
    `them. Read them: what else they do is not proven.\n${files.map((file) => `  ${printable(file)}\n`).join("")}`
  );
}

function chosen(all: readonly Invariant[], ids: readonly string[]): readonly Invariant[] {
  if (ids.length === 0) return all;
  return ids.flatMap((id) => {
    const found = all.filter((one) => one.id === id);
    if (found.length > 0) return found;
    const known = all.map((one) => one.id);
    throw new UserError(
      `There is no invariant "${id}". \`npm run prove\` without ids names all. Known: ${formatChoices(id, known, "invariants")}`,
    );
  });
}

/** The examples about which the evaluator says something else: a fault of one of the two. */
async function disagreements({ proof }: TimedProof): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { claim, breaches } of proof.failures) {
    for (const { example } of breaches) {
      if (notTried(example) !== undefined) continue;
      const decision = await replayExample(example, claim);
      // It does not take every resource that the service authorization data describes.
      if (decision.kind === claim.finds || decision.kind === "unknown") continue;
      found.push(
        `${claim.about}: ${example.action} on ${example.resource} is ${decision.kind} to the evaluator.`,
      );
    }
  }
  return found;
}

async function main(ids: readonly string[], options: Options): Promise<number> {
  throwErrors(missingExports({ invariants: written }));
  const judged = await judgedBy(options);
  const input = inputOf(judged);
  const reference = await ActionReference.load();
  const prover = new Prover(reference, judged.model.organization.region);
  const own = ownOf(options, judged, prover);
  const proofs: TimedProof[] = [];
  const disagreed: string[] = [];
  for (const invariant of chosen([...INVARIANTS, ...own.invariants], ids)) {
    const begun = performance.now();
    const proof = proveInvariant(invariant, input, prover);
    const timed = { proof, milliseconds: performance.now() - begun };
    proofs.push(timed);
    if (options.json !== true) printProse(proofText(timed, options.actions === true));
    disagreed.push(...(await disagreements(timed)));
  }
  if (options.json === true) process.stdout.write(`${JSON.stringify(proofs.map(proofJson), null, 2)}\n`);
  else printProse(`${summaryText(proofs)}${formerText(own)}${await madeByOtherCode(options)}`);
  if (disagreed.length > 0) {
    noteProse(
      `The evaluator disagrees about examples, which is a fault of the prover or of the evaluator:\n  ${disagreed.join("\n  ")}\n`,
    );
  }
  return proofs.every(({ proof }) => proofHolds(proof)) && disagreed.length === 0
    ? COMMAND_EXIT.clean
    : COMMAND_EXIT.findings;
}

const HELP = `
A mark says what became of an invariant: ✔ proven for every request, ✖ not, – nothing here that it speaks of. What was
taken for granted is in docs/proofs.md.

Exit status: 0 where all hold; 1 where one does not, or where something is not understood; 2 failure.

Examples:
  npm run prove
  npm run prove -- ops-destroys-no-data --actions
  npm run prove -- --live "example-{stack}" --json
  npm run prove -- --commit HEAD~1`;

void runMain(
  withSubjectOptions(
    new Command("npm run prove --")
      .description("What must hold for every request, proven of the documents, or a request that breaks it.")
      .argument("[invariant...]", "ids of invariants; all of them by default")
      .option(
        "--commit <ref>",
        "what another commit deploys: its documents and roster, by its own invariants and by these",
      )
      .option("--actions", "every action that breaks an invariant, not the first of them"),
  )
    .addHelpText("after", HELP)
    .exitOverride(exitOnMisuse)
    .action(async (ids: string[], options: Options) => {
      process.exitCode = await main(ids, options);
    }),
);
