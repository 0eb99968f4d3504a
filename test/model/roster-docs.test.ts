import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import {
  CATEGORIES,
  CATEGORY_NAMES,
  TEMPORARY_ROLE_NAMES,
  TEMPORARY_ROLES,
  type TemporaryTerms,
} from "../../src/model/categories";
import { WORKLOAD_ENVIRONMENTS } from "../../src/model/organization";
import { PEOPLE_ROLES } from "../../src/model/roles";

/** The rows under a heading of docs/roster.md, without the heads of the table. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const text = readFileSync(resolve(__dirname, "../../docs/roster.md"), "utf8");
  const [section = ""] = text.split(`\n## ${heading}\n`)[1]?.split("\n## ") ?? [];
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const words = (roles: readonly string[]): string => {
  if (roles.length === 0) return "none";
  return roles.length === PEOPLE_ROLES.length ? "any role" : roles.join(", ");
};

const approvals = ({ approvers, oneApproverOf }: TemporaryTerms): string => {
  if (oneApproverOf === undefined) return String(approvers);
  return `${String(approvers)}, ${approvers === 1 ? "" : "one "}of category ${oneApproverOf}`;
};

describe("docs/roster.md says what the code says", () => {
  it("of what each category may hold", () => {
    const expected = CATEGORY_NAMES.map((category) => {
      const { access, rotationDays } = CATEGORIES[category];
      return [
        category,
        ...WORKLOAD_ENVIRONMENTS.map((environment) => words(access[environment])),
        `${String(rotationDays)} days`,
      ];
    });
    assert.deepEqual(tableUnder("Who may hold what"), expected);
  });

  it("of temporary grants: environments with the same terms share a row", () => {
    const expected = TEMPORARY_ROLE_NAMES.flatMap((role) => {
      const cells = new Map<string, string[]>();
      for (const environment of WORKLOAD_ENVIRONMENTS) {
        const terms: TemporaryTerms = TEMPORARY_ROLES[role][environment];
        const said = JSON.stringify([
          `${String(terms.hours)} hours`,
          terms.grantees.join(", "),
          approvals(terms),
        ]);
        cells.set(said, [...(cells.get(said) ?? []), environment]);
      }
      return [...cells].map(([said, environments]) => [
        role,
        environments.join(", "),
        ...(JSON.parse(said) as readonly string[]),
      ]);
    });
    assert.deepEqual(tableUnder("Temporary grants"), expected);
  });
});
