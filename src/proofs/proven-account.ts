import { deniesOtherSessions } from "../documents/session-holders";
import type { StatementCondition } from "../documents/statement";
import type { Environment } from "../model/organization";
import type { Model } from "../model/model";
import { OPS_PATH } from "../documents/permissions/iam-paths";
import { EVERYTHING, type AttachedPolicies, type ParsedPolicy } from "./allowed-requests";
import { provenSessionCaller, type ProvenCaller } from "./proven-caller";
import { NotModelled } from "./not-modelled";

/** A role with its trust and all that is attached to it. */
export interface ProvenRole extends AttachedPolicies {
  /** Those it is for. */
  readonly kind: "people" | "partner" | "service" | "pipeline" | "other";
  /** How people call it in its account: `Ops`, `DataShare-acme`. */
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  readonly trust: ParsedPolicy;
}

/** A user with all that is attached to it, through groups too. */
export interface ProvenUser extends AttachedPolicies {
  readonly kind: "person" | "pipeline" | "other";
  readonly name: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What IAM holds in one account, be it by the roster or as it was found. */
export interface ProvenAccount {
  readonly key: string;
  /** 12 digits. */
  readonly id: string;
  readonly environment: Environment;
  readonly users: readonly ProvenUser[];
  readonly roles: readonly ProvenRole[];
}

/** All that invariants speak of: what there is, and what there should be. */
export interface ProofInput {
  readonly model: Model;
  readonly accounts: readonly ProvenAccount[];
}

/** A role and the account that it is in. */
export interface PlacedProvenRole {
  readonly account: ProvenAccount;
  readonly role: ProvenRole;
}

/** How people call a role wherever it is: `prod/Ops`. */
export const placedRoleTitle = ({ account, role }: PlacedProvenRole): string =>
  `${account.key}/${role.label}`;

/**
 * The roster's name for a role; undefined for a role that the roster does not have, such as one that somebody made by hand and
 * called `Admin`.
 */
export const rosterLabel = ({ kind, label }: ProvenRole): string | undefined =>
  kind === "other" ? undefined : label;

/** The roles of all accounts, each with its account. */
export const everyRole = ({ accounts }: Pick<ProofInput, "accounts">): readonly PlacedProvenRole[] =>
  accounts.flatMap((account) => account.roles.map((role) => ({ account, role })));

/** A session's name that no document mentions. */
const NOBODY = "somebody";

const USER_ID = "aws:userid";
/** Conditions that only narrow when they stand in a Deny: whom they do not name keeps more. */
const NAMING = /^String(Equals|Like)$/;

const withoutDenialOfOthers = (policy: ParsedPolicy): ParsedPolicy => ({
  ...policy,
  statements: policy.statements.filter((statement) => !deniesOtherSessions(statement)),
});

/**
 * A role as its holders have it, whoever they are: without what denies all sessions but theirs. Without a Deny a role may do
 * no less, so that what is proven of this one holds of the role.
 */
export const asForHolders = ({ account, role }: PlacedProvenRole): PlacedProvenRole => ({
  account,
  role: {
    ...role,
    policies: role.policies.map(withoutDenialOfOthers),
    ...(role.boundary && { boundary: withoutDenialOfOthers(role.boundary) }),
  },
});

/**
 * A role that the holders of a bounded role make for themselves: nobody knows its policies, and only the boundary, which it has to carry,
 * says what it cannot do. Undefined where a role of people has no boundary.
 */
function roleOfItsMaking({ account, role }: PlacedProvenRole): PlacedProvenRole | undefined {
  if (role.kind !== "people" || role.boundary === undefined) return undefined;
  const label = `${role.label}, a role of its making`;
  const arn = `arn:aws:iam::${account.id}:role${OPS_PATH}anything`;
  return { account, role: { ...role, label, name: "anything", arn, policies: [EVERYTHING] } };
}

/** All that the holders of a role come to by it: the role, and what they make to get around its policies. */
export const asHoldersUseIt = (placed: PlacedProvenRole): readonly PlacedProvenRole[] => [
  asForHolders(placed),
  ...[roleOfItsMaking(asForHolders(placed)) ?? []].flat(),
];

/** What somebody may have written into the policy of a bucket, a table or a key. */
const ANY_RESOURCE_POLICY: ParsedPolicy = { ...EVERYTHING, name: "a resource's own policy" };

const denialsOf = (policy: ParsedPolicy): ParsedPolicy => ({
  ...policy,
  statements: policy.statements.filter(({ effect }) => effect === "Deny"),
});

/**
 * A role as it is where something else allows its sessions everything, so that no more than its denials limit them. A bucket's or a
 * queue's policy that names a session allows it what neither the role's policies nor its boundary do, unless one of them denies it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
 */
export function withDenialsAlone({ account, role }: PlacedProvenRole): PlacedProvenRole {
  const { boundary, policies, ...rest } = role;
  const denials = [...policies, ...(boundary ? [boundary] : [])]
    .map(denialsOf)
    .filter(({ statements }) => statements.length > 0);
  return { account, role: { ...rest, policies: [ANY_RESOURCE_POLICY, ...denials] } };
}

/**
 * The sessions of a role, as its holders have it, that may do the most: every other is denied something besides, and allowed
 * nothing more.
 * @throws NotModelled where the documents tell sessions apart in another way
 */
export function widestSession({ account, role }: PlacedProvenRole): ProvenCaller {
  const policies = [...role.policies, ...(role.boundary ? [role.boundary] : [])];
  for (const { name, statements } of policies) {
    for (const { effect, label, conditions } of statements) {
      const tells = ({ operator, key }: StatementCondition): boolean =>
        key.toLowerCase() === USER_ID && !(effect === "Deny" && NAMING.test(operator));
      if (!conditions.some(tells)) continue;
      throw new NotModelled(
        `Statement ${label} of ${name}: tells sessions apart in a way that is not modelled.`,
      );
    }
  }
  return provenSessionCaller(role.arn, NOBODY, placedRoleTitle({ account, role }));
}
