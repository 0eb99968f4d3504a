import type { ContractorRequirement } from "../organization";
import type { PersonEntry } from "../reading/roster";
import { approversOf } from "./approvals";
import { personNamed, type Written } from "./references";

const isContractor = ({ category }: PersonEntry): boolean => category?.value === "contractor";

function sponsorsAreEmployees(written: Written): void {
  for (const { sponsor } of written.roster.people) {
    const person = personNamed(written, sponsor);
    if (person !== undefined && isContractor(person)) {
      sponsor?.cursor.problem("A contractor does not sponsor contractors.", { allowed: "an employee" });
    }
  }
}

function agreementsPrecedeAccess({ roster }: Written): void {
  for (const { nda, baa, from } of roster.people) {
    for (const agreement of [nda, baa]) {
      if (agreement === undefined || from === undefined || agreement.value <= from.value) continue;
      agreement.cursor.problem("Agreements are signed before any access.", {
        allowed: `a day not after \`from\``,
      });
    }
  }
}

/** Onboarding is approved by a manager and the security officer (seed: MenoTime, contractors). */
function checkApprovals(written: Written, person: PersonEntry, areRequired: boolean): void {
  const approvers = approversOf(written, person.name, person.approvedBy);
  if (!areRequired) return;
  if (approvers.length >= 2 && approvers.some(({ category }) => category?.value === "security")) return;
  person.cursor.missing("approvedBy", "The organization requires a contractor's approval by two people.", {
    allowed: "two names or more, one of them of category security",
  });
}

function contractorsMeetRequirements(written: Written): void {
  const required = new Set<ContractorRequirement>(
    written.organization.contractorRequirements.map(({ value }) => value),
  );
  for (const person of written.roster.people.filter(isContractor)) {
    for (const agreement of ["nda", "baa"] as const) {
      if (!required.has(agreement) || person[agreement] !== undefined) continue;
      person.cursor.missing(
        "agreements",
        `The organization requires a contractor's ${agreement.toUpperCase()}.`,
        {
          allowed: `agreements: { ${agreement}: "YYYY-MM-DD" }`,
        },
      );
    }
    checkApprovals(written, person, required.has("approvals"));
  }
}

export const CONTRACTOR_RULES = [sponsorsAreEmployees, agreementsPrecedeAccess, contractorsMeetRequirements];
