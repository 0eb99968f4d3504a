import { findAllowedRequests, type ParsedPolicy } from "../../proofs/allowed-requests";
import { NotModelled } from "../../proofs/not-modelled";
import type { Breach, Prover } from "../../proofs/prover";
import { formatAllowedRequest } from "../../proofs/proof-report";
import type { RoleKind } from "../iam/iam-account";
import type { AccessDifference } from "./access-difference";
import { UNNAMED_USER, provenHolders, type ProvenHolder } from "./proven-holder";
import { stateInLaterNames, findRenames } from "./renames";
import type { ProgramState } from "./state";

/** Actions that are allowed alike on one side alone, and one request as an example. */
export interface RequestExample {
  /** Their ids; none where AWS has no such action today, and a pattern would let it through. */
  readonly actions: readonly string[];
  /** `s3:GetObject on arn:…, with aws:requestedregion = eu-west-1`; `, as sarah.devops` where it is this user of a group alone. */
  readonly example: string;
  /** `"Read" of infra-OpsR-prod-permissions`. */
  readonly by: readonly string[];
}

/**
 * How all requests change where the documents of a role or a group differ. Without gains and losses the documents allow the same,
 * however they are written.
 */
export interface RequestChange {
  /** `prod/Ops`, `users/infra-PowerG`. */
  readonly role: string;
  readonly kind: RoleKind | "group";
  readonly gains: readonly RequestExample[];
  readonly loses: readonly RequestExample[];
  /** Why nothing is known of it; then gains and losses are empty. */
  readonly unknown?: string;
}

/** The content of a role's or a group's documents, to see whether they differ. */
export const holderText = ({ permissions: { policies, boundary } }: ProvenHolder): string =>
  JSON.stringify([policies.map(({ statements }) => statements), boundary?.statements]);

/** One example of each kind; several of the proof's questions find the same. */
export function distinctExamples(breaches: readonly Breach[]): readonly RequestExample[] {
  const examples = breaches.map(({ actions, example }): RequestExample => {
    const allowing = example.allowedBy.filter(({ effect }) => effect === "Allow");
    const by = allowing.map(({ document, statement }) => `${statement} of ${document}`);
    const name = example.context["aws:username"];
    const as = name === undefined || name === UNNAMED_USER ? "" : `, as ${name}`;
    return { actions, example: `${formatAllowedRequest(example)}${as}`, by: [...new Set(by)] };
  });
  return [...new Map(examples.map((one) => [one.example, one])).values()];
}

const documentsOf = ({ permissions: { policies, boundary } }: ProvenHolder): readonly ParsedPolicy[] => [
  ...policies,
  ...(boundary ? [boundary] : []),
];

function changeOf(role: string, before: ProvenHolder, after: ProvenHolder, prover: Prover): RequestChange {
  const { kind } = after;
  try {
    const documents = [...documentsOf(before), ...documentsOf(after)];
    // The earlier one may distinguish holders where the later one does not.
    before.callers(documents);
    const callers = after.callers(documents);
    const newAccess = (earlier: ProvenHolder, later: ProvenHolder): readonly RequestExample[] =>
      distinctExamples(
        callers.flatMap((caller) =>
          prover.newAccess(
            findAllowedRequests(caller, earlier.permissions),
            findAllowedRequests(caller, later.permissions),
          ),
        ),
      );
    return { role, kind, gains: newAccess(before, after), loses: newAccess(after, before) };
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    return { role, kind, gains: [], loses: [], unknown: error.message };
  }
}

/**
 * Finds what each role and group whose documents differ gains and loses, for all requests. Leaves out those that are new or gone:
 * everything that they may do is a gain or a loss. Loads the prover only where there is something to prove.
 */
export async function requestChanges(
  written: ProgramState,
  after: ProgramState,
  prover: () => Promise<Prover>,
): Promise<readonly RequestChange[]> {
  const renames = findRenames(written, after);
  const earlier = provenHolders(stateInLaterNames(written, after).accounts, renames);
  const changed = [...provenHolders(after.accounts, [])].flatMap(([title, holder]) => {
    const known = earlier.get(title);
    return known === undefined || holderText(known) === holderText(holder) ? [] : [{ title, known, holder }];
  });
  if (changed.length === 0) return [];
  const ready = await prover();
  return changed.map(({ title, known, holder }) => changeOf(title, known, holder, ready));
}

/** Finds the roles and groups whose documents differ and allow the same requests. */
export const holdersSaidOtherwise = (changes: readonly RequestChange[]): readonly string[] =>
  changes
    .filter(({ gains, loses, unknown }) => unknown === undefined && gains.length + loses.length === 0)
    .map(({ role }) => role);

/** Removes from a difference the actions of roles and groups that are proven to be allowed the same. */
export const withoutSaidOtherwise = (
  difference: AccessDifference,
  changes: readonly RequestChange[],
): AccessDifference => ({
  ...difference,
  roles: difference.roles.filter(
    ({ role, deniesNoMore }) => deniesNoMore !== undefined || !holdersSaidOtherwise(changes).includes(role),
  ),
});
