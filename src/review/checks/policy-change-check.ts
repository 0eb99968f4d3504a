import { printable } from "../../text/printable";
import { checkResult, type CheckResult, type ReviewContext } from "../check-result";

const MOST_FILES = 5;

/** Changes of what is deployed, and their authors, by git. */
export function policyChangeCheck({ changes, window }: ReviewContext): CheckResult {
  if (changes === undefined) {
    return checkResult({
      undecidable: [
        `Which commits changed what is deployed since ${window.from}: the clone does not reach as far. git fetch --unshallow`,
      ],
    });
  }
  return checkResult({
    tables: [
      {
        title: "Policy changes",
        head: ["when", "commit", "author", "what", "files"],
        rows: changes.map(({ id, at, author, subject, files }) => [
          at,
          id.slice(0, 10),
          printable(author),
          printable(subject),
          files.length > MOST_FILES
            ? `${files.slice(0, MOST_FILES).join(", ")} and ${String(files.length - MOST_FILES)} more`
            : files.join(", "),
        ]),
      },
    ],
    undecidable: [
      "Who merged and who approved these pull requests: the author of a merge merged it, of other commits GitHub tells; its reviews tell the rest, and the check `approvals` holds grants to them.",
    ],
  });
}
