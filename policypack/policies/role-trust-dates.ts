import { rolesAllowed, TEMPORARY_ROLE_NAMES, temporaryTerms } from "../../src/model/categories";
import { isOver, secondsBetween } from "../../src/model/dates";
import type { Person } from "../../src/model/person";
import { ROLE_TYPE } from "../documents/carried-documents";
import { trustAdmissions, principalName, trustStatements } from "../documents/trust-statements";
import type { AccountExpectations, PeoplesRole } from "../expectations/account-expectations";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";
import { integerSetting } from "../policy-settings";
import { formatHours, formatNames } from "../messages";
import { countNoun } from "../../src/model/problems";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Whether somebody has a role beyond what people of their category may hold for good. */
function isTemporary({ category }: Person, { role }: PeoplesRole, { account }: AccountExpectations): boolean {
  return role !== "BreakGlass" && !rolesAllowed(category, account.environment).includes(role);
}

/** For how many seconds on end somebody may have a role for a time; grants for different databases are limited one by one. */
function longestTime(person: Person, { role }: PeoplesRole, { model, account }: AccountExpectations): number {
  const temporary = TEMPORARY_ROLE_NAMES.find((candidate) => candidate === role);
  if (temporary === undefined || account.environment === "identity") return 0;
  const databases = model.grants
    .filter((grant) => grant.person === person.name && grant.account === account.key && grant.role === role)
    .flatMap(({ database }) => database ?? []);
  const { hours: longest } = temporaryTerms(temporary, account.environment);
  return Math.max(new Set(databases).size, 1) * longest * HOUR;
}

/** Dated grants are not over, and no longer than they may be. */
export const roleTrustDates = resourcePolicy({
  name: "aws-iam-role-trust-dates",
  displayName: "No expired or overlong grant",
  description:
    "No trust holds a grant that is over; contractors and temporary grants have an end, and a near one.",
  why: "Access that nobody needs any more is what intruders find; a grant without an end is one that nobody takes back.",
  remediationSteps:
    "Run the program again, which leaves expired grants out; shorten `temporary` or the contract in src/roster.ts.",
  severity: "high",
  framework: wellArchitectedFramework("SEC03-BP06", "Manage access based on lifecycle"),
  tags: ["iam", "trust", "lifecycle"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws-dates.html",
  settings: {
    contractDays: integerSetting("Longest time that a contractor may have a role, in days.", {
      usual: 731,
      least: 1,
      most: 3_653,
    }),
  },
  types: [ROLE_TYPE],
  *check({ props }, { expected, configuration }) {
    const role = expected.peoplesRole(textProperty(props, "name"));
    if (role === undefined) return;
    const longest = configuration.integer("contractDays");
    const people = new Map<string, Person>(expected.model.people.map((person) => [person.name, person]));
    for (const { named, validity } of trustAdmissions(trustStatements(props), expected)) {
      const names = named.map((arn) => principalName(arn, expected));
      if (isOver(validity, expected.model.now)) {
        yield `The grants of ${role.name} to ${formatNames(names)} are over since ${String(validity.until)}.`;
      }
      for (const person of names.flatMap((one) => people.get(one) ?? [])) {
        const { from, until } = validity;
        const seconds = from && until && secondsBetween(from, until);
        if (isTemporary(person, role, expected)) {
          const most = longestTime(person, role, expected);
          if (until === undefined)
            yield `${person.name} has ${role.name} without an end, which is for a time only.`;
          else if (seconds === undefined || seconds > most) {
            yield `${person.name} has ${role.name} for longer than ${formatHours(most)}.`;
          }
        }
        if (person.category !== "contractor") continue;
        if (until === undefined) yield `${person.name} is a contractor and has ${role.name} without an end.`;
        else if (seconds === undefined || seconds > longest * DAY) {
          yield `${person.name} is a contractor and has ${role.name} for longer than ${countNoun(longest, "day")}.`;
        }
      }
    }
  },
});
