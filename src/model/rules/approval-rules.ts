import { APPROVERS, type ApproverCategory } from "../categories";
import type { Instant } from "../dates";
import { joinWithOr } from "../problems";
import type { Cell } from "../reading/cursor";
import type { NameList, PersonEntry } from "../reading/roster-entry";
import { personNamed, reportRepetitions, type RuleInput } from "./references";
import { expectSomebodyElse } from "./same-person";

/**
 * Describes who may approve so that the whole rule is met: "people of category devops, dba or security, one approver at least of
 * category dba".
 */
export function approversAllowed(oneApproverOf: ApproverCategory | undefined): string {
  const people = `people of category ${joinWithOr(APPROVERS)}`;
  return oneApproverOf === undefined
    ? people
    : `${people}, one approver at least of category ${oneApproverOf}`;
}

/**
 * Checks that somebody works here when something begins that they answer for. A later leaver has answered for it: then
 * the roster warns of the leaver instead, and their removal asks for somebody else.
 */
export function expectEmployed(
  name: Cell<string>,
  { from, until }: PersonEntry,
  begins: Instant | undefined,
  advice: { readonly allowed: string },
): boolean {
  if (begins === undefined) return true;
  if (until !== undefined && until.value <= begins) {
    name.cursor.problem(`They are here until ${until.value}, and this begins at ${begins}.`, advice);
    return false;
  }
  if (from !== undefined && from.value > begins) {
    name.cursor.problem(`They are here from ${from.value} on, and this begins at ${begins}.`, advice);
    return false;
  }
  return true;
}

/** Whether the person may approve for the grantee, beside those who approve already; what keeps them from it is reported. */
function mayApprove(
  name: Cell<string>,
  approver: PersonEntry,
  grantee: PersonEntry | undefined,
  others: readonly PersonEntry[],
  begins: Instant | undefined,
  oneApproverOf: ApproverCategory | undefined,
): boolean {
  const allowed = approversAllowed(oneApproverOf);
  const advice = { allowed: `other ${allowed}` };
  if (approver.name === grantee?.name) {
    name.cursor.problem("Nobody approves for themselves.", advice);
    return false;
  }
  if (!APPROVERS.some((allowed) => allowed === approver.category?.value)) {
    name.cursor.problem(
      `This person is of category ${approver.category?.value ?? "unknown"} and may not approve.`,
      { allowed },
    );
    return false;
  }
  return (
    expectSomebodyElse(name, approver, grantee ? [grantee] : [], "Nobody approves for themselves.") &&
    expectSomebodyElse(name, approver, others, "One person approves once.") &&
    expectEmployed(name, approver, begins, advice)
  );
}

/**
 * The approvers who may approve for somebody from an instant on; those who may not are reported.
 * @param oneApproverOf the category that one of all approvers has to be of, for advice alone
 */
export function findApprovers(
  written: RuleInput,
  grantee: string | undefined,
  approvedBy: NameList,
  begins: Instant | undefined,
  oneApproverOf: ApproverCategory | undefined,
): readonly PersonEntry[] {
  reportRepetitions(approvedBy.names, (name) => name, "This approver is listed already.");
  const distinct = new Map(approvedBy.names.map((name) => [name.value, name]));
  const approvers: PersonEntry[] = [];
  for (const name of distinct.values()) {
    const approver = personNamed(written, name);
    if (approver?.category === undefined) continue;
    const receiver = written.people?.get(grantee ?? "");
    if (mayApprove(name, approver, receiver, approvers, begins, oneApproverOf)) approvers.push(approver);
  }
  return approvers;
}

/** How many different approvers a list names, counting those who may not approve or cannot be read. */
export function approvalsWritten({ names, length }: NameList): number {
  const repetitions = names.length - new Set(names.map(({ value }) => value)).size;
  return length - repetitions;
}
