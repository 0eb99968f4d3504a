import { findAllowedRequests } from "../allowed-requests";
import {
  asForHolders,
  placedRoleTitle,
  widestSession,
  type PlacedProvenRole,
  type ProofInput,
} from "../proven-account";
import type { Claim, Invariant } from "../invariant";
import type { RequestSet } from "../request-set";

/** Both roles where an account has both. */
function pairsOf(
  { accounts }: ProofInput,
  less: string,
  more: string,
): readonly (readonly [PlacedProvenRole, PlacedProvenRole])[] {
  return accounts.flatMap((account) => {
    const find = (label: string): PlacedProvenRole | undefined => {
      const role = account.roles.find((one) => one.kind === "people" && one.label === label);
      return role && asForHolders({ account, role });
    };
    const [one, other] = [find(less), find(more)];
    return one === undefined || other === undefined ? [] : [[one, other] as const];
  });
}

/** One role may do nothing that another may not. */
function* within(
  input: ProofInput,
  less: string,
  more: string,
  apartFrom: readonly RequestSet[] = [],
): Iterable<Claim> {
  for (const [smaller, larger] of pairsOf(input, less, more)) {
    yield {
      about: `${placedRoleTitle(smaller)} and ${placedRoleTitle(larger)}`,
      setting: { permissions: smaller.role },
      finds: "allowed",
      breaches: (prover) => {
        const caller = widestSession(smaller);
        return prover.newAccess(
          findAllowedRequests(caller, larger.role),
          findAllowedRequests(caller, smaller.role),
          apartFrom,
        );
      },
    };
  }
}

/** Which roles hold no more than which others. */
export const COMPARISONS: readonly Invariant[] = [
  {
    id: "read-is-within-admin",
    says: "Read may do nothing that Admin may not.",
    source: "DESIGN section 5",
    claims: (input) => within(input, "Read", "Admin"),
  },
  {
    id: "dbread-is-within-dba",
    says: "DbRead reaches nothing that Dba does not, but that it signs in as another user of the same databases.",
    source: "Svitla, scenario 2; MenoTime, DBA",
    claims: (input) =>
      within(input, "DbRead", "Dba", [
        { actions: "rds-db:connect", resources: "arn:aws:rds-db:*:*:dbuser:*/dev_readonly_user" },
      ]),
  },
];
