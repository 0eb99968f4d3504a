import { z } from "zod";

import type { CommitDefinitions } from "../definitions/commit-definitions";
import type { WrittenGrant } from "../definitions/temporary-list";
import { TEMPORARY_ROLE_NAMES, temporaryTerms, type TemporaryTerms } from "../model/categories";
import { formatChoices } from "../model/choices";
import { toInstant, addSeconds, type Instant } from "../model/dates";
import { buildModel, type Model } from "../model/model";
import { UserError } from "../model/problems";
import type { RemovedEntry } from "../model/removed-entry";
import { approversFor } from "./approvers";

/** What somebody asks for. */
export interface AccessRequest {
  readonly person: string;
  readonly account: string;
  readonly role: string;
  /** The one database that it opens, by its name in the organization; all of the account's where there is none. */
  readonly database?: string;
  readonly from: Instant;
  readonly seconds: number;
  readonly reason: string;
  /** The approvers; absent where anybody whom the rules accept will do. */
  readonly approvers?: readonly string[];
}

/** A request that every rule accepts. */
export interface CheckedRequest extends AccessRequest {
  readonly until: Instant;
  readonly approvers: readonly string[];
  /** The entry under `temporary`. */
  readonly grant: WrittenGrant;
  /** The roster as it would be. */
  readonly roster: object;
  /** Without the entry, and with it. */
  readonly before: Model;
  readonly after: Model;
}

const ROSTER = z.looseObject({ temporary: z.array(z.unknown()).default([]) });

/**
 * Where `prod/DbRead` is.
 * @throws UserError where it is not an account and a role
 */
export function parseRoleTitle(title: string): { readonly account: string; readonly role: string } {
  const [account = "", role = "", ...rest] = title.split("/");
  if (account === "" || role === "" || rest.length > 0) {
    throw new UserError(`"${title}" is no role: write the account and the role, such as prod/DbRead.`);
  }
  return { account, role };
}

/** Finds the terms of the role in the account; the rules report roles and accounts that do not exist. */
function termsOf({ organization }: Model, { account, role }: AccessRequest): TemporaryTerms {
  const place = organization.accounts.find(({ key }) => key === account);
  const keys = organization.accounts
    .filter(({ environment }) => environment !== "identity")
    .map(({ key }) => key);
  if (place === undefined || place.environment === "identity") {
    throw new UserError(
      `There is no account "${account}" to have a role in. Known: ${formatChoices(account, keys, "accounts")}`,
    );
  }
  const name = TEMPORARY_ROLE_NAMES.find((known) => known === role);
  if (name !== undefined) return temporaryTerms(name, place.environment);
  throw new UserError(
    `"${role}" cannot be granted for a time. Known: ${formatChoices(role, TEMPORARY_ROLE_NAMES, "roles")}`,
  );
}

const grantOf = (request: AccessRequest, until: Instant, approvedBy: readonly string[]): WrittenGrant => ({
  person: request.person,
  account: request.account,
  role: request.role,
  ...(request.database !== undefined && { database: request.database }),
  from: request.from,
  until,
  reason: request.reason,
  approvedBy,
});

/**
 * Applies every rule to the roster with the request in it.
 * @param removed what counts towards limits though the roster has it no more
 * @throws UserError that lists every problem, as a deployment would
 */
export function checkRequest(
  request: AccessRequest,
  { organization, roster, workloads }: CommitDefinitions,
  now: Date,
  removed: readonly RemovedEntry[] = [],
): CheckedRequest {
  const before = buildModel(organization, roster, now, workloads);
  const terms = termsOf(before, request);
  const until = addSeconds(request.from, request.seconds);
  if (until <= toInstant(now))
    throw new UserError(`The time from ${request.from} until ${until} is over: nothing would be granted.`);
  const written = ROSTER.parse(roster);
  const rosterWith = (approvers: readonly string[]): object => ({
    ...written,
    temporary: [...written.temporary, grantOf(request, until, approvers)],
  });
  const accepts = (approvers: readonly string[]): boolean => {
    try {
      buildModel(organization, rosterWith(approvers), now, workloads, removed);
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  };
  const chosen =
    request.approvers ?? approversFor(before.people, request.person, request.from, terms, accepts) ?? [];
  const after = buildModel(organization, rosterWith(chosen), now, workloads, removed);
  return {
    ...request,
    until,
    approvers: chosen,
    grant: grantOf(request, until, chosen),
    roster: rosterWith(chosen),
    before,
    after,
  };
}
