import { asForHolders, widestSession } from "../../proofs/proven-account";
import type { AttachedPolicies, ParsedPolicy } from "../../proofs/allowed-requests";
import type { ProvenCaller } from "../../proofs/proven-caller";
import { mentionsName } from "../../proofs/mentions-name";
import { NotModelled } from "../../proofs/not-modelled";
import { roleTitle, type IamAccount, type IamGroup, type RoleKind } from "../iam/iam-account";
import { IamAccounts, type PlacedRole } from "../iam/iam-accounts";
import type { IamPolicy } from "../iam/iam-policy";
import { policyInLaterNames, type Rename } from "./renames";

/** A role or a group as its holders have it: the subject of the prover's questions. */
export interface ProvenHolder {
  /** The key of its account. */
  readonly account: string;
  readonly kind: RoleKind | "group";
  readonly permissions: AttachedPolicies;
  /**
   * Lists who makes the requests: any of the holders, and each holder whom one of the documents treats differently.
   * @throws NotModelled where the documents tell holders apart in a way that the proofs do not understand
   */
  readonly callers: (documents: readonly ParsedPolicy[]) => readonly ProvenCaller[];
}

/** A user whom no document names. */
export const UNNAMED_USER = "somebody";

/** A user of a group: how they signed in, with what tags and which id is open. */
const memberOf = (
  { name: group }: IamGroup,
  { id }: IamAccount,
  name: string,
  arn: string,
): ProvenCaller => ({
  words: name === UNNAMED_USER ? `a member of ${group}` : `${name} in ${group}`,
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

/** A user who joins the group later may be the one whom a condition names, so that asking today's members says too little. */
function assertForEveryMember(policies: readonly ParsedPolicy[]): void {
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
    const named = account.users.filter(({ name }) => documents.some((policy) => mentionsName(policy, name)));
    return [
      { name: UNNAMED_USER, arn: `arn:aws:iam::${account.id}:user/people/${UNNAMED_USER}` },
      ...named,
    ].map(({ name, arn }) => memberOf(group, account, name, arn));
  };
  return { account: account.key, kind: "group", permissions: { policies }, callers };
}

function provenRole({ account, role }: PlacedRole, called: (policy: IamPolicy) => IamPolicy): ProvenHolder {
  const { policies, boundary } = role;
  const named = { ...role, policies: policies.map(called), ...(boundary && { boundary: called(boundary) }) };
  const placed = asForHolders({ account, role: named });
  return {
    account: account.key,
    kind: role.kind,
    permissions: placed.role,
    callers: () => [widestSession(placed)],
  };
}

/** Roles and groups by their titles, with people's later names in their documents. */
export function provenHolders(
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
