import type { CommitPeople } from "../../history/commit-people";
import { printable } from "../../text/printable";
import { mergerWords } from "../granters";
import { checkResult, type CheckResult, type ReviewContext } from "../check-result";

const MOST_FILES = 5;

const writerWords = ({ writers }: CommitPeople): string =>
  [...new Set(writers.map(({ name }) => printable(name)))].join(", ");

/** Changes of what is deployed, who wrote and who merged them, by git. */
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
        head: ["when", "commit", "written by", "merged by", "what", "files"],
        rows: changes.map(({ id, at, subject, files, ...people }) => [
          at,
          id.slice(0, 10),
          writerWords(people),
          mergerWords(people),
          printable(subject),
          files.length > MOST_FILES
            ? `${files.slice(0, MOST_FILES).join(", ")} and ${String(files.length - MOST_FILES)} more`
            : files.join(", "),
        ]),
      },
    ],
    undecidable: [
      "Who approved these pull requests, and who merged those that GitHub squashed: GitHub's reviews and requests tell; the check `approvals` holds grants to them.",
    ],
  });
}
