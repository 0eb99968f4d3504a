import Table from "cli-table3";

import { hasDeviations, type Deviations } from "../deviations";

/** Where reality is not what the roster says, for a terminal. */
export function deviationsTable(deviations: Deviations): string {
  if (!hasDeviations(deviations)) return "Everybody gets in where the roster says, and nowhere else.\n";
  const { access, power } = deviations;
  const table = new Table({
    head: ["who", "what", "by the roster", "as it is"],
    style: { head: [], border: [] },
  });
  table.push(
    ...access.map(({ person, account, role, before, after }) => [
      person,
      `${account}/${role}`,
      before ?? "no",
      after ?? "no",
    ]),
    ...power.gained.map((name) => [name, "may change what others may do", "no", "yes"]),
    ...power.lost.map((name) => [name, "may change what others may do", "yes", "no"]),
  );
  return `Not what the roster says:\n${table.toString()}\nWhat else differs, and what to do: npm run drift.\n`;
}
