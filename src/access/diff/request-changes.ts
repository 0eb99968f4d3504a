import { asForHolders, widestSession } from "../../proofs/accounts";
import { accessOf, type Permissions, type Policy } from "../../proofs/allowed-requests";
import type { Caller } from "../../proofs/caller";
import { mentions } from "../../proofs/mentions";
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
  /** `s3:GetObject on arn:…, with aws:requestedregion = eu-west-1`; `, as sarah.devops` where it is this user of a group alone. */
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

/** A role or a group as its holders have it: what the prover is asked of. */
interface ProvenHolder {
  readonly kind: RequestChange["kind"];
  readonly permissions: Permissions;
  /**
   * Who makes the requests: any of the holders, and those of them whom one of the documents tells apart.
   * @throws NotModelled where the documents tell holders apart in a way that the proofs do not understand
   */
  readonly callers: (documents: readonly Policy[]) => readonly Caller[];
}

const NOBODY = "somebody";

/** A user of a group: how they signed in, with what tags and which id is open. */
const memberOf = ({ name: group }: IamGroup, { id }: IamAccount, name: string, arn: string): Caller => ({
  words: name === NOBODY ? `a member of ${group}` : `${name} in ${group}`,
  arn,
  accountId: id,
  keys: new Map([
    ["aws:principalarn", arn],
    ["aws:principalaccount", id],
    ["aws:principaltype", "User"],
    ["aws:principalisawsservice", "false"],
    ["aws:username", name],
  ]),
  present: ["aws:userid"],
});

const OF_ONE_USER: readonly string[] = ["aws:principalarn", "aws:userid", "aws:username"];

/** Whoever joins the group later may be the user whom a condition asks for, so that asking today's members says too little. */
function assertForEveryMember(policies: readonly Policy[]): void {
  for (const { name, statements } of policies) {
    for (const { label, conditions } of statements) {
      const telling = conditions.find(({ key }) => OF_ONE_USER.includes(key.toLowerCase()));
      if (telling === undefined) continue;
      throw new NotModelled(`Statement ${label} of ${name}: asks which user it is by ${telling.key}.`);
    }
  }
}

/** All users of the account whom documents name beside variables stand for themselves, members or not: they may join. */
function provenGroup(account: IamAccount, group: IamGroup, policies: readonly IamPolicy[]): ProvenHolder {
  const callers: ProvenHolder["callers"] = (documents) => {
    assertForEveryMember(documents);
    const named = account.users.filter(({ name }) => documents.some((policy) => mentions(policy, name)));
    return [{ name: NOBODY, arn: `arn:aws:iam::${account.id}:user/people/${NOBODY}` }, ...named].map(
      ({ name, arn }) => memberOf(group, account, name, arn),
    );
  };
  return { kind: "group", permissions: { policies }, callers };
}

function provenRole({ account, role }: PlacedRole, called: (policy: IamPolicy) => IamPolicy): ProvenHolder {
  const { policies, boundary } = role;
  const named = { ...role, policies: policies.map(called), ...(boundary && { boundary: called(boundary) }) };
  const placed = asForHolders({ account, role: named });
  return { kind: role.kind, permissions: placed.role, callers: () => [widestSession(placed)] };
}

/** Roles and groups by their titles, with people's later names in their documents. */
function provenHolders(
  accounts: readonly IamAccount[],
  renames: readonly Rename[],
): ReadonlyMap<string, ProvenHolder> {
  const called = (policy: IamPolicy): IamPolicy => policyInLaterNames(policy, renames);
  const { roles, all } = new IamAccounts(accounts);
  const groups = all.flatMap((account) =>
    account.groups.map(
      (group) =>
        [`${account.key}/${group.name}`, provenGroup(account, group, group.policies.map(called))] as const,
    ),
  );
  return new Map([
    ...roles.map((placed) => [roleTitle(placed.account, placed.role), provenRole(placed, called)] as const),
    ...groups,
  ]);
}

const textOf = ({ permissions: { policies, boundary } }: ProvenHolder): string =>
  JSON.stringify([policies.map(({ statements }) => statements), boundary?.statements]);

/** One example of each kind; several of the proof's questions find the same. */
function examplesOf(breaches: readonly Breach[]): readonly RequestExample[] {
  const examples = breaches.map(({ actions, example }): RequestExample => {
    const allowing = example.allowedBy.filter(({ effect }) => effect === "Allow");
    const by = allowing.map(({ document, statement }) => `${statement} of ${document}`);
    const name = example.context["aws:username"];
    const as = name === undefined || name === NOBODY ? "" : `, as ${name}`;
    return { actions, example: `${requestWords(example)}${as}`, by: [...new Set(by)] };
  });
  return [...new Map(examples.map((one) => [one.example, one])).values()];
}

const documentsOf = ({ permissions: { policies, boundary } }: ProvenHolder): readonly Policy[] => [
  ...policies,
  ...(boundary ? [boundary] : []),
];

function changeOf(role: string, before: ProvenHolder, after: ProvenHolder, prover: Prover): RequestChange {
  const { kind } = after;
  try {
    const documents = [...documentsOf(before), ...documentsOf(after)];
    // The one before may tell holders apart where the one after does not.
    before.callers(documents);
    const callers = after.callers(documents);
    const newAccess = (earlier: ProvenHolder, later: ProvenHolder): readonly RequestExample[] =>
      examplesOf(
        callers.flatMap((caller) =>
          prover.newAccess(accessOf(caller, earlier.permissions), accessOf(caller, later.permissions)),
        ),
      );
    return { role, kind, gains: newAccess(before, after), loses: newAccess(after, before) };
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    return { role, kind, gains: [], loses: [], unknown: error.message };
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
  const earlier = provenHolders(calledAsLater(written, renames).accounts, renames);
  const changed = [...provenHolders(after.accounts, [])].flatMap(([title, holder]) => {
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
