import type { ParsedPolicy } from "./allowed-requests";
import type { AttachedPolicies } from "./allowed-requests";
import type { ProofInput } from "./proven-account";
import type { Breach, Prover } from "./prover";

/** What decides about the requests of a claim, so that an example can be tried elsewhere. */
export interface ClaimSetting {
  readonly permissions?: AttachedPolicies;
  /** The resource's own policy; a role's trust. */
  readonly resourcePolicy?: ParsedPolicy;
  /** 12 digits. */
  readonly resourceAccount?: string;
}

/** What an invariant says of one user, role or resource. */
export interface Claim {
  /** `prod/Ops`. */
  readonly about: string;
  readonly setting: ClaimSetting;
  /** Whether its examples are requests that are let through, or refused. */
  readonly finds: "allowed" | "denied";
  /** What breaks it; nothing is a proof. */
  readonly breaches: (prover: Prover) => readonly Breach[];
}

/** Something that must hold for every request. */
export interface Invariant {
  /** `ops-deletes-no-data`. */
  readonly id: string;
  /** In plain words. */
  readonly says: string;
  /** Where it comes from: a source document, a decision, or AWS's documentation. */
  readonly source: string;
  readonly claims: (input: ProofInput) => Iterable<Claim>;
  /** What it names and is not there, so that it says nothing of that; absent where it names nothing. */
  readonly absent?: (input: ProofInput) => readonly string[];
}
