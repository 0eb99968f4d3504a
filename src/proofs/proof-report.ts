import { countNoun } from "../model/problems";
import { proofHolds, type FailedClaim, type Proof } from "./proof";
import type { AllowedRequest } from "./prover";

/** A proof with the time that it took. */
export interface TimedProof {
  readonly proof: Proof;
  /** Milliseconds. */
  readonly milliseconds: number;
}

/** Keys that follow from the caller and say nothing more. */
const OF_CALLER = /^aws:(principal|userid$|username$|multifactorauth)/;

/** `s3:GetObject on arn:…, with aws:requestedregion = eu-west-1`. */
export function formatAllowedRequest({ action, resource, context }: AllowedRequest): string {
  const keys = Object.entries(context).filter(([key]) => !OF_CALLER.test(key));
  const carried = keys.map(([key, value]) => `${key} = ${value}`).join(", ");
  return `${action} on ${resource}${carried === "" ? "" : `, with ${carried}`}`;
}

/** The ids of actions that break a claim, and names that AWS could add, marked so. */
export const breachedActions = ({ breaches }: FailedClaim): readonly string[] =>
  breaches.flatMap(({ actions, example }) =>
    actions.length > 0 ? actions : [`${example.action} (if AWS adds it)`],
  );

const MOST_ACTIONS = 8;

function failureLines(failure: FailedClaim, isComplete: boolean): readonly string[] {
  const { claim, breaches } = failure;
  const [first] = breaches;
  if (first === undefined) return [];
  const { example } = first;
  const verb = claim.finds === "allowed" ? "may" : "may not";
  const by = example.allowedBy
    .filter(() => claim.finds === "allowed")
    .map(({ document, statement }) => `${statement} of ${document}`);
  const actions = breachedActions(failure);
  const shown = isComplete ? actions : actions.slice(0, MOST_ACTIONS);
  const rest = actions.length - shown.length;
  return [
    `    ${claim.about}: ${example.caller.words} ${verb} ${formatAllowedRequest(example)}`,
    ...(by.length > 0 ? [`      by ${[...new Set(by)].join(" and ")}`] : []),
    ...(actions.length > 1
      ? [
          `      ${countNoun(actions.length, "action")}: ${shown.join(", ")}${rest > 0 ? `, and ${String(rest)} more` : ""}`,
        ]
      : []),
  ];
}

/** What became of an invariant, in lines; with every action that breaks it where `isComplete`. */
export function proofText({ proof, milliseconds }: TimedProof, isComplete: boolean): string {
  const { invariant, claims, absent, failures, unknown } = proof;
  const time = `${Math.round(milliseconds).toLocaleString("en")} ms`;
  const mark = !proofHolds(proof) ? "✖" : claims === 0 ? "–" : "✔";
  const about = claims === 0 ? "there is nothing here that it speaks of" : countNoun(claims, "claim");
  return [
    `${mark} ${invariant.id} (${about}, ${time})`,
    ...(proofHolds(proof) ? [] : [`  ${invariant.says}`, `  Source: ${invariant.source}`]),
    ...(claims === 0 ? [] : absent.map((title) => `    ${title}: there is no such role here.`)),
    ...failures.flatMap((failure) => failureLines(failure, isComplete)),
    ...unknown.map(({ about: whom, reason }) => `    ${whom}: not known, which is no proof. ${reason}`),
    "",
  ].join("\n");
}

/** What became of all of them. */
export function summaryText(proofs: readonly TimedProof[]): string {
  const total = proofs.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const empty = proofs.filter(({ proof }) => proof.claims === 0).length;
  const broken = proofs.filter(({ proof }) => !proofHolds(proof)).length;
  const held = proofs.length - broken - empty;
  return (
    `\n${countNoun(held, "invariant")} proven, ${String(broken)} not, ` +
    `${String(empty)} about nothing that is here, in ${(total / 1_000).toFixed(1)} s.\n`
  );
}

/** The same for programs. */
export const proofJson = ({ proof, milliseconds }: TimedProof): object => ({
  id: proof.invariant.id,
  says: proof.invariant.says,
  source: proof.invariant.source,
  holds: proofHolds(proof),
  claims: proof.claims,
  absent: proof.absent,
  milliseconds: Math.round(milliseconds),
  failures: proof.failures.map((failure) => {
    const [first] = failure.breaches;
    return {
      about: failure.claim.about,
      finds: failure.claim.finds,
      actions: breachedActions(failure),
      ...(first && {
        example: {
          caller: first.example.caller.words,
          action: first.example.action,
          resource: first.example.resource,
          context: first.example.context,
          allowedBy: first.example.allowedBy,
        },
      }),
    };
  }),
  unknown: proof.unknown,
});
