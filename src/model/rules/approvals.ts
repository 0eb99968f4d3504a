import { APPROVERS } from "../categories";
import { anyOf } from "../problems";
import type { NameList, PersonEntry } from "../reading/roster";
import { personNamed, reportRepetitions, type Written } from "./references";

export const APPROVER_CATEGORIES = `people of category ${anyOf(APPROVERS)}`;

/** The approvers who may approve for somebody; those who may not are reported. */
export function approversOf(
  written: Written,
  grantee: string | undefined,
  approvedBy: NameList,
): readonly PersonEntry[] {
  reportRepetitions(approvedBy.names, (name) => name, "This approver is listed already.");
  const distinct = new Map(approvedBy.names.map((name) => [name.value, name]));
  return [...distinct.values()].flatMap((name) => {
    const approver = personNamed(written, name);
    const category = approver?.category?.value;
    if (approver === undefined || category === undefined) return [];
    if (approver.name === grantee) {
      name.cursor.problem("Nobody approves for themselves.", { allowed: `other ${APPROVER_CATEGORIES}` });
      return [];
    }
    if (!APPROVERS.some((allowed) => allowed === category)) {
      name.cursor.problem(`This person is of category ${category} and may not approve.`, {
        allowed: APPROVER_CATEGORIES,
      });
      return [];
    }
    return [approver];
  });
}

/** How many different approvers a list names, counting those who may not approve or cannot be read. */
export function approvalsWritten({ names, length }: NameList): number {
  const repetitions = names.length - new Set(names.map(({ value }) => value)).size;
  return length - repetitions;
}
