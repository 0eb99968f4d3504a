import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A decision of `docs/decisions/` by its number, or a row of its table: "12", "15.3". */
export type DecisionReference = `${number}`;

const FOLDER = join(__dirname, "../../docs/decisions");

/** The decision's number and title, as tests print them. Throws an Error where there is no such decision, or no such row in it. */
export function decisionTitle(reference: DecisionReference): string {
  const [number = ""] = reference.split(".");
  const file = readdirSync(FOLDER).find((name) => name.startsWith(`${number.padStart(4, "0")}-`));
  if (file === undefined) throw new Error(`docs/decisions has no decision ${number}.`);
  const text = readFileSync(join(FOLDER, file), "utf8");
  const isRow = reference !== number;
  if (isRow && !text.includes(`\n| ${reference} `)) throw new Error(`${file} has no row ${reference}.`);
  return `decision ${reference}, ${text.slice(0, text.indexOf("\n")).replace(/^# \d+\. /, "")}`;
}
