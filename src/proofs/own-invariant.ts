import type { OrganizationDefinition, AccountDefinition } from "../model/organization";
import { findAllowedRequests } from "./allowed-requests";
import {
  asHoldersUseIt,
  placedRoleTitle,
  rosterLabel,
  widestSession,
  type PlacedProvenRole,
  type ProofInput,
} from "./proven-account";
import type { Claim, Invariant } from "./invariant";
import type { InvariantDefinition } from "./invariant-definition";
import { filledIn } from "./invariants/role-invariant";
import { assertDefinitions } from "./own-invariant-check";
import type { Prover } from "./prover";

/** Declares invariants; the compiler knows the accounts and roles. */
export function defineInvariants<const Accounts extends Readonly<Record<string, AccountDefinition>>>(
  _organization: OrganizationDefinition<Accounts>,
  invariants: readonly InvariantDefinition<keyof Accounts & string>[],
): readonly InvariantDefinition[] {
  return invariants;
}

/** The roles of a title such as `prod/Ops` or `prod/DataShare`, which each partner has one of. */
function rolesOf({ accounts }: ProofInput, title: string): readonly PlacedProvenRole[] {
  const [key = "", label = ""] = title.split("/");
  return accounts
    .filter((account) => account.key === key)
    .flatMap((account) => account.roles.map((role) => ({ account, role })))
    .filter(
      ({ role }) =>
        rosterLabel(role) === label || (role.kind === "partner" && role.label.startsWith(`${label}-`)),
    );
}

function invariantOf({ id, of, never, because }: InvariantDefinition): Invariant {
  const titles = typeof of === "string" ? [of] : of;
  function* claims(input: ProofInput): Iterable<Claim> {
    for (const placed of titles.flatMap((title) => rolesOf(input, title)).flatMap(asHoldersUseIt)) {
      yield {
        about: placedRoleTitle(placed),
        setting: { permissions: placed.role },
        finds: "allowed",
        breaches: (prover) =>
          prover.breaches(
            findAllowedRequests(widestSession(placed), placed.role),
            filledIn(never, placed.account, input),
          ),
      };
    }
  }
  return {
    id,
    says: because,
    source: "src/invariants.ts",
    claims,
    absent: (input) => titles.filter((title) => rolesOf(input, title).length === 0),
  };
}

/**
 * The invariants that adopters wrote, checked: each action, exception, resource and condition speaks of some request.
 * @throws UserError that lists every problem with its path, value and what is allowed
 */
export function ownInvariants(written: unknown, input: ProofInput, prover: Prover): readonly Invariant[] {
  assertDefinitions(written, input, prover);
  return written.map(invariantOf);
}
