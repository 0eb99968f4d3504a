import type { Model } from "../../model/model";
import type { Environment } from "../../model/organization";
import { auditedTrail } from "../../model/audited-trail";
import { trailBucketName } from "../../model/names";
import { findAllowedRequests } from "../allowed-requests";
import {
  asHoldersUseIt,
  everyRole,
  placedRoleTitle,
  rosterLabel,
  widestSession,
  withDenialsAlone,
  type PlacedProvenRole,
  type ProvenAccount,
  type ProofInput,
  type ProvenUser,
} from "../proven-account";
import { provenUserCaller, SIGN_INS } from "../proven-caller";
import type { Claim, Invariant } from "../invariant";
import type { RequestSet } from "../request-set";

/** Which roles an invariant speaks of. */
export interface RoleSelection {
  /** As they are called: `Ops`. */
  readonly labels?: readonly string[];
  readonly kinds?: readonly PlacedProvenRole["role"]["kind"][];
  readonly environments?: readonly Environment[];
  /**
   * Roles that it does not speak of, by what they are called, and those of one environment as `dev/Ops`. Where these are all that
   * it names, it speaks of everybody else: of users too whom neither the roster nor a pipeline has.
   */
  readonly except?: readonly string[];
  /** Only where BreakGlass is an emergency operator, or only where it is an administrator. */
  readonly isEmergencyOperator?: boolean;
}

/** What the sessions of some roles must never be allowed. */
export interface RoleInvariant {
  readonly id: string;
  readonly says: string;
  readonly source: string;
  readonly of: RoleSelection;
  /** Says it of what the roles' denials leave, whatever a resource's policy allows. */
  readonly isByDenialsAlone?: true;
  /** With `PLACEHOLDERS` for the account's values. */
  readonly never: readonly RequestSet[];
  /** What they may do nevertheless. */
  readonly apartFrom?: readonly RequestSet[];
}

function isSelected(
  { labels, kinds, environments, except = [], isEmergencyOperator }: RoleSelection,
  { account, role }: PlacedProvenRole,
  { model }: ProofInput,
): boolean {
  const operates = model.organization.breakGlassPermissions === "emergency-operator";
  const label = rosterLabel(role);
  const names = label === undefined ? [] : [label, `${account.environment}/${label}`];
  return (
    (isEmergencyOperator === undefined || isEmergencyOperator === operates) &&
    (labels === undefined || (label !== undefined && labels.includes(label))) &&
    (kinds === undefined || kinds.includes(role.kind)) &&
    (environments === undefined || environments.includes(account.environment)) &&
    !names.some((name) => except.includes(name))
  );
}

/** Users whom nobody explains, where an invariant speaks of everybody but some roles. */
function selectedUsers(
  { labels, kinds, environments }: RoleSelection,
  { accounts }: ProofInput,
): readonly { readonly account: ProvenAccount; readonly user: ProvenUser }[] {
  if (labels !== undefined || kinds !== undefined) return [];
  return accounts
    .filter(({ environment }) => environments === undefined || environments.includes(environment))
    .flatMap((account) =>
      account.users.filter(({ kind }) => kind === "other").map((user) => ({ account, user })),
    );
}

/** What stands for an account's values in the words of invariants. */
export const PLACEHOLDERS = [
  "{account}",
  "{key}",
  "{region}",
  "{prefix}",
  "{environment}",
  "{trailBucket}",
  "{trailObjects}",
  "{trail}",
  "{trailKeys}",
  "{trailLogGroup}",
] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

function fillIn(set: RequestSet, account: ProvenAccount, { model }: ProofInput): RequestSet {
  const { organization } = model;
  const place = organization.accounts.find(({ key }) => key === account.key) ?? organization.identity;
  const trail = auditedTrail(organization, place);
  const values: Readonly<Record<Placeholder, string>> = {
    "{account}": account.id,
    "{key}": account.key,
    "{region}": organization.region,
    "{prefix}": organization.prefix,
    "{environment}": account.environment,
    "{trailBucket}": trailBucketName(organization, place),
    "{trailObjects}": trail.objects,
    "{trail}": trail.inAnyRegion,
    "{trailKeys}": trail.keys,
    "{trailLogGroup}": trail.logGroup,
  };
  const fill = (text: string): string =>
    PLACEHOLDERS.reduce((filled, name) => filled.replaceAll(name, values[name]), text);
  const fillAll = (texts: string | readonly string[]): readonly string[] => [texts].flat().map(fill);
  const { resources, exceptResources, when, ...actions } = set;
  return {
    ...actions,
    ...(resources !== undefined && { resources: fillAll(resources) }),
    ...(exceptResources !== undefined && { exceptResources: fillAll(exceptResources) }),
    ...(when !== undefined && {
      when: Object.fromEntries(
        Object.entries(when).map(([operator, keys]) => [
          operator,
          Object.fromEntries(Object.entries(keys).map(([key, some]) => [fill(key), fillAll(some)])),
        ]),
      ),
    }),
  };
}

const filled = new WeakMap<RequestSet, WeakMap<Model, Map<string, RequestSet>>>();

/** A request set with the account's values for its placeholders; the same one for the same question, which is asked of each document. */
export function filledIn(set: RequestSet, account: ProvenAccount, input: ProofInput): RequestSet {
  const byModel = filled.get(set) ?? new WeakMap<Model, Map<string, RequestSet>>();
  filled.set(set, byModel);
  const byAccount = byModel.get(input.model) ?? new Map<string, RequestSet>();
  byModel.set(input.model, byAccount);
  const known = byAccount.get(account.key) ?? fillIn(set, account, input);
  byAccount.set(account.key, known);
  return known;
}

/** The invariant, ready to be proven. */
export function roleInvariant({
  of,
  never,
  isByDenialsAlone,
  apartFrom = [],
  ...words
}: RoleInvariant): Invariant {
  const ofAccount = (
    sets: readonly RequestSet[],
    account: ProvenAccount,
    input: ProofInput,
  ): readonly RequestSet[] => sets.map((set) => filledIn(set, account, input));
  function* claims(input: ProofInput): Iterable<Claim> {
    const selected = everyRole(input)
      .filter((placed) => isSelected(of, placed, input))
      .flatMap(asHoldersUseIt);
    for (const placed of isByDenialsAlone ? selected.map(withDenialsAlone) : selected) {
      yield {
        about: `${placedRoleTitle(placed)}${isByDenialsAlone ? ", whatever else lets it in" : ""}`,
        setting: { permissions: placed.role },
        finds: "allowed",
        breaches: (prover) => {
          const access = findAllowedRequests(widestSession(placed), placed.role);
          return ofAccount(never, placed.account, input).flatMap((set) =>
            prover.breaches(access, set, ofAccount(apartFrom, placed.account, input)),
          );
        },
      };
    }
    if (isByDenialsAlone) return;
    for (const { account, user } of selectedUsers(of, input)) {
      yield {
        about: `the user ${user.name} in ${account.key}`,
        setting: { permissions: user },
        finds: "allowed",
        breaches: (prover) =>
          SIGN_INS.flatMap((signIn) => {
            const access = findAllowedRequests(provenUserCaller(user, signIn), user);
            return ofAccount(never, account, input).flatMap((set) =>
              prover.breaches(access, set, ofAccount(apartFrom, account, input)),
            );
          }),
      };
    }
  }
  return { ...words, claims };
}
