import { asForHolders, widestSession } from "../../proofs/accounts";
import { accessOf, type Permissions } from "../../proofs/allowed-requests";
import type { Caller } from "../../proofs/caller";
import { NotModelled } from "../../proofs/not-modelled";
import type { Breach, Prover } from "../../proofs/prover";
import { requestWords } from "../../proofs/report";
import { roleTitle, type IamAccount, type IamGroup, type RoleKind } from "../iam/account";
import { IamAccounts, type PlacedRole } from "../iam/accounts";
import type { IamPolicy } from "../iam/policy";
import type { Difference } from "./difference";
import { calledAsLater, policyInLaterNames, renamesOf, type Rename } from "./renames";
import type { State } from "./state";

/** Actions that are allowed alike on one side alone, and one request as an example. */
export interface RequestExample {
  /** Their ids; none where AWS has no such action today, and a pattern would let it through. */
  readonly actions: readonly string[];
  /** `s3:GetObject on arn:…, with aws:requestedregion = eu-west-1`. */
  readonly example: string;
  /** `"Read" of infra-OpsR-prod-permissions`. */
  readonly by: readonly string[];
}

/**
 * What becomes of all requests where the documents of a role or a group read otherwise. Without gains and losses they say the
 * same, however they are written.
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

/** A role or a group, as those have it who hold it. */
interface Holder {
  readonly kind: RequestChange["kind"];
  readonly permissions: Permissions;
  /** @throws NotModelled where the documents tell sessions apart in a way that the proofs do not understand */
  readonly caller: () => Caller;
}

const NOBODY = "somebody";

/** A user of a group, who is nobody in particular: how they signed in and with what tags is open. */
function memberOf({ id }: IamAccount, { name }: IamGroup): Caller {
  const arn = `arn:aws:iam::${id}:user/people/${NOBODY}`;
  return {
    words: `a member of ${name}`,
    arn,
    accountId: id,
    keys: new Map([
      ["aws:principalarn", arn],
      ["aws:principalaccount", id],
      ["aws:principaltype", "User"],
      ["aws:principalisawsservice", "false"],
      ["aws:userid", `AIDA${NOBODY}`],
      ["aws:username", NOBODY],
    ]),
    present: [],
  };
}

function holderOfRole({ account, role }: PlacedRole, called: (policy: IamPolicy) => IamPolicy): Holder {
  const { policies, boundary } = role;
  const named = { ...role, policies: policies.map(called), ...(boundary && { boundary: called(boundary) }) };
  const placed = asForHolders({ account, role: named });
  return { kind: role.kind, permissions: placed.role, caller: () => widestSession(placed) };
}

/** Roles and groups by their titles, with people's later names in their documents. */
function holdersOf(accounts: readonly IamAccount[], renames: readonly Rename[]): ReadonlyMap<string, Holder> {
  const called = (policy: IamPolicy): IamPolicy => policyInLaterNames(policy, renames);
  const { roles, all } = new IamAccounts(accounts);
  const groups = all.flatMap((account) =>
    account.groups.map((group): readonly [title: string, holder: Holder] => {
      const permissions = { policies: group.policies.map(called) };
      return [
        `${account.key}/${group.name}`,
        { kind: "group", permissions, caller: () => memberOf(account, group) },
      ];
    }),
  );
  return new Map([
    ...roles.map((placed) => [roleTitle(placed.account, placed.role), holderOfRole(placed, called)] as const),
    ...groups,
  ]);
}

const textOf = ({ permissions: { policies, boundary } }: Holder): string =>
  JSON.stringify([policies.map(({ statements }) => statements), boundary?.statements]);

/** One example of each kind; several of the proof's questions find the same. */
function examplesOf(breaches: readonly Breach[]): readonly RequestExample[] {
  const examples = breaches.map(({ actions, example }): RequestExample => {
    const allowing = example.allowedBy.filter(({ effect }) => effect === "Allow");
    const by = allowing.map(({ document, statement }) => `${statement} of ${document}`);
    return { actions, example: requestWords(example), by: [...new Set(by)] };
  });
  return [...new Map(examples.map((one) => [one.example, one])).values()];
}

function changeOf(role: string, before: Holder, after: Holder, prover: Prover): RequestChange {
  try {
    before.caller();
    const caller = after.caller();
    const earlier = accessOf(caller, before.permissions);
    const later = accessOf(caller, after.permissions);
    return {
      role,
      kind: after.kind,
      gains: examplesOf(prover.newAccess(earlier, later)),
      loses: examplesOf(prover.newAccess(later, earlier)),
    };
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    return { role, kind: after.kind, gains: [], loses: [], unknown: error.message };
  }
}

/**
 * What each role and group whose documents read otherwise gains and loses, for all requests. Those that are new or gone are
 * not among them: all that they may do is a gain or a loss. The prover is asked for where there is something to prove.
 */
export async function requestChanges(
  written: State,
  after: State,
  prover: () => Promise<Prover>,
): Promise<readonly RequestChange[]> {
  const renames = renamesOf(written, after);
  const earlier = holdersOf(calledAsLater(written, renames).accounts, renames);
  const changed = [...holdersOf(after.accounts, [])].flatMap(([title, holder]) => {
    const known = earlier.get(title);
    return known === undefined || textOf(known) === textOf(holder) ? [] : [{ title, known, holder }];
  });
  if (changed.length === 0) return [];
  const ready = await prover();
  return changed.map(({ title, known, holder }) => changeOf(title, known, holder, ready));
}

/** The roles and groups whose documents read otherwise and say the same of every request. */
export const saidOtherwise = (changes: readonly RequestChange[]): readonly string[] =>
  changes
    .filter(({ gains, loses, unknown }) => unknown === undefined && gains.length + loses.length === 0)
    .map(({ role }) => role);

/** The difference without what roles and groups may do where it is proven that they may do the same. */
export const withoutSaidOtherwise = (
  difference: Difference,
  changes: readonly RequestChange[],
): Difference => ({
  ...difference,
  roles: difference.roles.filter(
    ({ role, deniesNoMore }) => deniesNoMore !== undefined || !saidOtherwise(changes).includes(role),
  ),
});
