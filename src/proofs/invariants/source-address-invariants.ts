import { findAllowedRequests } from "../allowed-requests";
import type { Claim, Invariant } from "../invariant";
import {
  asForHolders,
  everyRole,
  placedRoleTitle,
  rosterLabel,
  widestSession,
  type ProofInput,
} from "../proven-account";

function* claims(input: ProofInput): Iterable<Claim> {
  const addresses = input.model.organization.databaseSourceAddresses;
  if (addresses.length === 0) return;
  for (const placed of everyRole(input).map(asForHolders)) {
    if (rosterLabel(placed.role) !== "DbRead") continue;
    yield {
      about: placedRoleTitle(placed),
      setting: { permissions: placed.role },
      finds: "allowed",
      breaches: (prover) =>
        prover.breaches(findAllowedRequests(widestSession(placed), placed.role), {
          actions: "rds-db:connect",
          when: { NotIpAddress: { "aws:SourceIp": addresses } },
        }),
    };
  }
}

/** From where people sign in, where the organization says it. */
export const SOURCE_ADDRESSES: readonly Invariant[] = [
  {
    id: "dbread-signs-in-from-known-addresses",
    says: "DbRead signs in to databases from the addresses of the organization alone, where it names some, and not where AWS does not tell the address.",
    source: "Svitla, scenario 2: from the addresses of the VPN",
    claims,
  },
];
