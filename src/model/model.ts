import type { Organization } from "./account";
import { toInstant, type Instant } from "./dates";
import type { Grant } from "./grants";
import { HoldingIndex, joinGrants } from "./holdings";
import { interpretOrganization } from "./interpret/interpret-organization";
import {
  interpretGrants,
  interpretPartners,
  interpretPeople,
  interpretPower,
} from "./interpret/interpret-roster";
import { interpretWorkloads } from "./interpret/interpret-workloads";
import type { UserName } from "./names";
import { hasLeft, type Person } from "./person";
import type { Partner } from "./partner";
import { throwErrors, type Problem } from "./problems";
import { Cursor } from "./reading/cursor";
import { readOrganization } from "./reading/organization-entry";
import { readRemoved, readRoster } from "./reading/roster-entry";
import { readWorkloads, type ServiceEntry } from "./reading/workload-entry";
import type { RemovedEntry } from "./removed-entry";
import { ACCESS_RULES } from "./rules/access-rules";
import { ACCOUNT_RULES } from "./rules/account-rules";
import { BREAK_GLASS_RULES, warnOfIdleBreakGlass } from "./rules/break-glass-rules";
import { CONTRACTOR_RULES } from "./rules/contractor-rules";
import { warnOfFarDates } from "./rules/far-dates";
import { MANAGER_RULES } from "./rules/manager-rules";
import { ON_CALL_RULES, warnOfRotas } from "./rules/on-call-rules";
import { PARTNER_RULES } from "./rules/partner-rules";
import { PEOPLE_RULES } from "./rules/people-rules";
import { POWER_RULES } from "./rules/power-rules";
import type { RuleInput } from "./rules/references";
import { TEMPORARY_RULES } from "./rules/temporary-rules";
import { TEMPORARY_LIMIT_RULES } from "./rules/temporary-limit-rules";
import { WORKLOAD_RULES, warnOfServicesWithoutAccount } from "./rules/workload-rules";
import type { Workload } from "./workload";

/** The checked meaning of the organization and the roster; everything else is generated from it. */
export interface Model {
  readonly organization: Organization;
  /** By name. */
  readonly people: readonly Person[];
  /** Those in PowerG, by name. */
  readonly power: readonly UserName[];
  /** Every grant of the roster, expired ones included. */
  readonly grants: readonly Grant[];
  readonly holdings: HoldingIndex;
  readonly partners: readonly Partner[];
  /** Every service in every account where it runs. */
  readonly workloads: readonly Workload[];
  /** Problems that deserve a look and stop nothing. */
  readonly warnings: readonly Problem[];
  /** The time for which the model was made: what has expired by then is not rendered. */
  readonly now: Instant;
}

const RULES = [
  ...ACCOUNT_RULES,
  ...PEOPLE_RULES,
  ...ACCESS_RULES,
  ...CONTRACTOR_RULES,
  ...MANAGER_RULES,
  ...POWER_RULES,
  ...BREAK_GLASS_RULES,
  ...TEMPORARY_RULES,
  ...TEMPORARY_LIMIT_RULES,
  ...ON_CALL_RULES,
  ...PARTNER_RULES,
];

const byName = (one: { name: string }, other: { name: string }): number => (one.name < other.name ? -1 : 1);

function warnOfLeavers({ roster }: RuleInput, people: ReadonlyMap<string, Person>, now: Instant): void {
  for (const { name, cursor } of roster.people) {
    const person = people.get(name);
    if (person === undefined || !hasLeft(person, now)) continue;
    cursor.warning("This person's last day has passed: their user is in no group any more.", {
      remedy: "Remove them here and add the name to `departed`.",
    });
  }
}

/** What people wrote, and what git remembers of it, before anything of it is believed. */
interface Written {
  readonly organization: unknown;
  readonly roster: unknown;
  readonly workloads: unknown;
  readonly removed: readonly RemovedEntry[];
}

interface Entries extends RuleInput {
  readonly services: readonly ServiceEntry[];
}

const byKey = <Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): Map<string, Entry> =>
  new Map(entries.map((entry) => [keyOf(entry), entry]));

function readEntries(written: Written, report: (problem: Problem) => void): Entries {
  const organization = readOrganization(new Cursor("src/organization.ts", [], written.organization, report));
  const roster = readRoster(new Cursor("src/roster.ts", [], written.roster, report));
  return {
    organization,
    roster,
    services: readWorkloads(new Cursor("src/workloads.ts", [], written.workloads, report)),
    removed: readRemoved(
      written.removed,
      (steps, value) => new Cursor("src/roster.ts", steps, value, report),
    ),
    people: roster.hasPeople ? byKey(roster.people, ({ name }) => name) : undefined,
    accounts: organization.accounts && byKey(organization.accounts, ({ key }) => key),
  };
}

function checkRules(entries: Entries): void {
  for (const rule of RULES) rule(entries);
  for (const rule of WORKLOAD_RULES) rule(entries.services);
}

function warnOfEntries(entries: Entries, people: ReadonlyMap<string, Person>, now: Instant): void {
  warnOfLeavers(entries, people, now);
  warnOfIdleBreakGlass(entries, people, now);
  warnOfFarDates(entries, now);
  warnOfRotas(entries, now);
  warnOfServicesWithoutAccount(entries.services, entries);
}

/**
 * The model of what people wrote, for a moment in time. Without workloads, no service has a role.
 * @param removed what limits count although the roster has it no more: a deployment does not know, for it does not read git
 * @throws UserError that lists every problem with its path, value and what is allowed.
 */
export function buildModel(
  organization: unknown,
  roster: unknown,
  moment: Date,
  workloads: unknown = {},
  removed: readonly RemovedEntry[] = [],
): Model {
  const problems: Problem[] = [];
  const entries = readEntries({ organization, roster, workloads, removed }, (problem) =>
    problems.push(problem),
  );
  checkRules(entries);
  throwErrors(problems);

  const now = toInstant(moment);
  const people = interpretPeople(entries.roster);
  warnOfEntries(entries, people, now);
  const grants = interpretGrants(entries.roster, people);
  return {
    organization: interpretOrganization(entries.organization),
    people: [...people.values()].sort(byName),
    power: interpretPower(entries.roster),
    grants,
    holdings: new HoldingIndex(joinGrants(grants, now)),
    partners: interpretPartners(entries.roster),
    workloads: interpretWorkloads(entries.services),
    warnings: problems.filter(({ severity }) => severity === "warning"),
    now,
  };
}
