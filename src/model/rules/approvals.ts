import { APPROVERS } from "../categories";
import type { Cell } from "../reading/cursor";
import type { PersonEntry } from "../reading/roster";
import { personNamed, reportRepetitions, type Written } from "./references";

/** The approvers who may approve for somebody; those who may not are reported. */
export function approversOf(
  written: Written,
  grantee: string | undefined,
  approvedBy: readonly Cell<string>[],
): readonly PersonEntry[] {
  reportRepetitions(approvedBy, (name) => name, "This approver is listed already.");
  return approvedBy.flatMap((name) => {
    const approver = personNamed(written, name);
    if (approver?.category === undefined) return [];
    if (approver.name === grantee) {
      name.cursor.problem("Nobody approves for themselves.");
      return [];
    }
    const { value: category } = approver.category;
    if (!APPROVERS.some((allowed) => allowed === category)) {
      name.cursor.problem(`An approver is ${APPROVERS.join(", ")}; this person is ${category}.`);
      return [];
    }
    return [approver];
  });
}
