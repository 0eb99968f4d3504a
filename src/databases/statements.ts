import type { DatabaseEngine } from "../model/database";
import { mysqlSections } from "./mysql";
import { postgresSections } from "./postgres";
import type { DatabasePeople } from "./database-people";
import type { PlacedDatabase } from "./named-database";
import type { StatementSection } from "./statement-section";

const SECTIONS: Readonly<
  Record<DatabaseEngine, (placed: PlacedDatabase, people: DatabasePeople) => readonly StatementSection[]>
> = { postgres: postgresSections, mysql: mysqlSections };

/**
 * The statements that make, limit and drop the users of a database by the roster, for its administrator to read and run. Text alone: nothing
 * is sent anywhere.
 */
export function statementsFor(placed: PlacedDatabase, people: DatabasePeople): string {
  const { account, database } = placed;
  const head = `-- ${database.name} in ${account.key} (${database.engine}, ${database.id}), by the roster. Read before you run it.`;
  const sections = SECTIONS[database.engine](placed, people).filter(({ lines }) => lines.length > 0);
  return `${[head, ...sections.map(({ title, lines }) => [`-- ${title}`, ...lines].join("\n"))].join("\n\n")}\n`;
}
