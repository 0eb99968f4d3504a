import { findAllowedRequests, isUnlimited, type AllowedRequests } from "../../proofs/allowed-requests";
import { NotModelled } from "../../proofs/not-modelled";
import type { Prover } from "../../proofs/prover";
import type { RoleKind } from "../iam/iam-account";
import { keysOfBoth } from "./lists";
import { provenHolders, type ProvenHolder } from "./proven-holder";
import { stateInLaterNames, findRenames } from "./renames";
import { distinctExamples, holderText, type RequestExample } from "./request-changes";
import type { ProgramState } from "./state";

/** Requests that a role or a group may make now, and that none of its account could make before. */
export interface NewAccess {
  /** `prod/Ops`, `users/infra-PowerG`. */
  readonly role: string;
  readonly kind: RoleKind | "group";
  /** One example of each kind. */
  readonly requests: readonly RequestExample[];
  /** The roles and groups of the account that could do everything before, which are left aside: `prod/Admin`. */
  readonly besides: readonly string[];
  /** Holders whose statements the prover does not understand: requests that they could make before may be listed as new. */
  readonly notAsked: readonly string[];
  /** Why nothing is known of it; then there are no requests. */
  readonly unknown?: string;
}

/** Finds what a role or a group allows, for each kind of its callers; undefined where the prover does not understand it. */
function accessesOf(holder: ProvenHolder): readonly AllowedRequests[] | undefined {
  const { permissions, callers } = holder;
  try {
    const documents = [...permissions.policies, ...(permissions.boundary ? [permissions.boundary] : [])];
    return callers(documents).map((caller) => findAllowedRequests(caller, permissions));
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    return undefined;
  }
}

function newAccessOf(
  role: string,
  holder: ProvenHolder,
  before: ReadonlyMap<string, ProvenHolder>,
  prover: Prover,
): NewAccess {
  const ofAccount = [...before].filter(([, { account }]) => account === holder.account);
  const asked = ofAccount.map(([title, one]) => ({ title, accesses: accessesOf(one) }));
  const notAsked = asked.flatMap(({ title, accesses }) => (accesses === undefined ? [title] : []));
  const isAside = (accesses: readonly AllowedRequests[] = []): boolean => accesses.some(isUnlimited);
  const besides = asked.flatMap(({ title, accesses }) => (isAside(accesses) ? [title] : []));
  const known = asked.flatMap(({ accesses = [] }) => (isAside(accesses) ? [] : accesses));
  const { kind } = holder;
  try {
    const after = accessesOf(holder);
    if (after === undefined)
      return { role, kind, requests: [], besides, notAsked, unknown: "not understood" };
    const requests = distinctExamples(after.flatMap((access) => prover.newToAll(known, access)));
    return { role, kind, requests, besides, notAsked };
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    return { role, kind, requests: [], besides, notAsked, unknown: error.message };
  }
}

/**
 * Finds new access: what roles and groups may do that none of their account could do before, where they are new or their
 * documents differ.
 * Asks about roles and groups one by one; not about what somebody has by several together.
 */
export async function newAccess(
  written: ProgramState,
  after: ProgramState,
  prover: () => Promise<Prover>,
): Promise<readonly NewAccess[]> {
  const renames = findRenames(written, after);
  const earlier = provenHolders(stateInLaterNames(written, after).accounts, renames);
  const later = provenHolders(after.accounts, []);
  const changed = keysOfBoth(earlier, later).flatMap((title) => {
    const [known, holder] = [earlier.get(title), later.get(title)];
    if (holder === undefined || (known !== undefined && holderText(known) === holderText(holder))) return [];
    return [{ title, holder }];
  });
  if (changed.length === 0) return [];
  const ready = await prover();
  return changed
    .map(({ title, holder }) => newAccessOf(title, holder, earlier, ready))
    .filter(({ requests, unknown }) => requests.length > 0 || unknown !== undefined);
}
