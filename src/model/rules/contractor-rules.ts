import { yearsLater } from "../dates";
import type { ContractorRequirement } from "../organization";
import type { PersonEntry } from "../reading/roster-entry";
import { approvalsWritten, findApprovers, expectEmployed } from "./approval-rules";
import { personNamed, type RuleInput } from "./references";
import { expectSomebodyElse } from "./same-person";

const isContractor = ({ category }: PersonEntry): boolean => category?.value === "contractor";

function sponsorsAreEmployees(written: RuleInput): void {
  const advice = { allowed: "an employee" };
  for (const contractor of written.roster.people) {
    const { sponsor, from } = contractor;
    const person = personNamed(written, sponsor);
    if (sponsor === undefined || person === undefined) continue;
    if (isContractor(person)) {
      sponsor.cursor.problem("A contractor does not sponsor contractors.", advice);
    } else if (expectSomebodyElse(sponsor, person, [contractor], "Nobody sponsors themselves.")) {
      expectEmployed(sponsor, person, from?.value, advice);
    }
  }
}

function agreementsPrecedeAccess({ roster }: RuleInput): void {
  for (const { nda, baa, from } of roster.people) {
    for (const agreement of [nda, baa]) {
      if (agreement === undefined || from === undefined || agreement.value <= from.value) continue;
      agreement.cursor.problem("Agreements are signed before any access.", {
        allowed: `a day not after \`from\`, ${from.value}`,
      });
    }
  }
}

/** From a contract's first day: a renewal is a new contract. */
const LONGEST_CONTRACT_YEARS = 2;

/** A slip of the keyboard, 2927 for 2027, would let somebody in for good. */
function contractsAreShort({ roster }: RuleInput): void {
  for (const { from, until } of roster.people.filter(isContractor)) {
    if (from === undefined || until === undefined) continue;
    const latest = yearsLater(from.value, LONGEST_CONTRACT_YEARS);
    if (until.value <= latest) continue;
    until.cursor.problem(`A contract lasts ${String(LONGEST_CONTRACT_YEARS)} years at most.`, {
      allowed: `a time up to ${latest}`,
      remedy: "Where the contract was renewed, `from` is the day from which it was.",
    });
  }
}

function agreementsAreSigned(person: PersonEntry, required: ReadonlySet<ContractorRequirement>): void {
  for (const agreement of ["nda", "baa"] as const) {
    if (!required.has(agreement)) continue;
    const rule = `The organization requires a contractor's ${agreement.toUpperCase()}.`;
    const allowed = `${agreement}: "YYYY-MM-DD", the day of its signature`;
    if (person.cursor.lacks("agreements")) person.cursor.missing("agreements", rule, { allowed });
    else if (person.agreements?.lacks(agreement)) person.agreements.missing(agreement, rule, { allowed });
  }
}

/** Onboarding is approved by a manager and the security officer (seed: MenoTime, contractors). */
function onboardingIsApproved(written: RuleInput, person: PersonEntry, isRequired: boolean): void {
  const { approvedBy, cursor, name } = person;
  const rule =
    "The organization requires two people's approval of a contractor, one of them of category security.";
  const advice = { allowed: "two names or more, one of them of category security" };
  if (approvedBy === undefined) {
    if (isRequired && cursor.lacks("approvedBy")) cursor.missing("approvedBy", rule, advice);
    return;
  }
  const approvers = findApprovers(
    written,
    name,
    approvedBy,
    person.from?.value,
    isRequired ? "security" : undefined,
  );
  const named = approvalsWritten(approvedBy);
  const lacksSecurity = !approvers.some(({ category }) => category?.value === "security");
  // Where somebody named may not approve, that has been reported; whether the others suffice shows afterwards.
  const lacksAnybody = named < 2 || (approvers.length === named && lacksSecurity);
  if (isRequired && lacksAnybody) approvedBy.cursor.problem(rule, advice);
}

function contractorsMeetRequirements(written: RuleInput): void {
  const required = new Set<ContractorRequirement>(
    written.organization.contractorRequirements.map(({ value }) => value),
  );
  for (const person of written.roster.people.filter(isContractor)) {
    agreementsAreSigned(person, required);
    onboardingIsApproved(written, person, required.has("approvals"));
  }
}

export const CONTRACTOR_RULES = [
  sponsorsAreEmployees,
  agreementsPrecedeAccess,
  contractsAreShort,
  contractorsMeetRequirements,
];
