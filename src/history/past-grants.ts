import { errorMessage } from "../model/problems";
import type { CommitOutcome } from "../definitions/commit-definitions";
import type { Organization } from "../model/account";
import type { Validity } from "../model/dates";
import type { GrantSource } from "../model/grants";
import { interpretOrganization } from "../model/interpret/interpret-organization";
import {
  interpretGrants,
  interpretPartners,
  interpretPeople,
  interpretPower,
} from "../model/interpret/interpret-roster";
import type { Problem } from "../model/problems";
import { Cursor } from "../model/reading/cursor";
import { readOrganization } from "../model/reading/organization-entry";
import { readRoster } from "../model/reading/roster-entry";

/** What somebody was granted, as a roster said it. */
export interface PastGrant {
  /** A person's name, or a partner's. */
  readonly who: string;
  readonly account: string;
  readonly accountId: string;
  /** A role's name, or PowerG. */
  readonly role: string;
  readonly source: GrantSource | "power" | "partner";
  /** The one database that it was for; absent where it was for all. */
  readonly database?: string;
  readonly validity: Validity;
  readonly reason?: string;
  readonly approvedBy?: readonly string[];
}

/** What a roster granted, or why nobody knows. */
export type PastRoster =
  | {
      readonly kind: "read";
      readonly grants: readonly PastGrant[];
      /** Names of people, whatever they have. */
      readonly people: readonly string[];
      /** Keys of accounts, by their ids. */
      readonly accounts: ReadonlyMap<string, string>;
      /** Earlier names, by today's. */
      readonly renamedFrom: ReadonlyMap<string, string>;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** Nobody's name is read for its rules: rosters of other times obeyed other ones. */
const POWER = "PowerG";

const idOf = ({ accounts }: Organization, key: string): string =>
  accounts.find((account) => account.key === key)?.id ?? "";

function grantsAsWritten(
  organization: Organization,
  entry: ReturnType<typeof readRoster>,
): readonly PastGrant[] {
  const people = interpretPeople(entry);
  const { identity } = organization;
  const power = interpretPower(entry).map((who): PastGrant => {
    const validity = people.get(who)?.terms ?? {};
    return { who, account: identity.key, accountId: identity.id, role: POWER, source: "power", validity };
  });
  const partners = interpretPartners(entry).flatMap(({ name, grants }) =>
    grants.map(({ account, role }): PastGrant => ({
      who: name,
      account,
      accountId: idOf(organization, account),
      role,
      source: "partner",
      validity: {},
    })),
  );
  const own = interpretGrants(entry, people).map(({ person, ...grant }): PastGrant => ({
    who: person,
    accountId: idOf(organization, grant.account),
    ...grant,
  }));
  return [...own, ...power, ...partners];
}

const wordsOf = ({ file, path, rule }: Problem): string => `${file}, ${path}: ${rule}`;

/** What the files of a commit granted, by their words alone: whether today's rules would accept them is not asked. */
export function readPastRoster(outcome: CommitOutcome): PastRoster {
  if (outcome.kind === "absent")
    return { kind: "read", grants: [], people: [], accounts: new Map(), renamedFrom: new Map() };
  if (outcome.kind === "failed") return outcome;
  const { organization, roster } = outcome.definitions;
  const problems: Problem[] = [];
  const report = (problem: Problem): void => {
    if (problem.severity === "error") problems.push(problem);
  };
  const organizationEntry = readOrganization(new Cursor("src/organization.ts", [], organization, report));
  const entry = readRoster(new Cursor("src/roster.ts", [], roster, report));
  const [first] = problems;
  if (first !== undefined) return { kind: "failed", reason: wordsOf(first) };
  try {
    const pastOrganization = interpretOrganization(organizationEntry);
    return {
      kind: "read",
      grants: grantsAsWritten(pastOrganization, entry),
      people: entry.people.map(({ name }) => name),
      accounts: new Map(pastOrganization.accounts.map(({ id, key }) => [id, key])),
      renamedFrom: new Map(
        entry.people.flatMap(({ name, renamedFrom }) =>
          renamedFrom ? [[name, renamedFrom.value] as const] : [],
        ),
      ),
    };
  } catch (error) {
    // A role of another time, for one: reading does not ask for it, and there is no rule here that has.
    return { kind: "failed", reason: errorMessage(error) };
  }
}
