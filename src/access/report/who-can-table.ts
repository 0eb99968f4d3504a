import Table from "cli-table3";

import { count } from "../../model/problems";
import type { Able } from "../who-can";
import { BOUNDS, statementWords } from "./can-text";
import { conditionsOf } from "./verdict-words";

const KINDS = {
  people: "people",
  partner: "partner",
  service: "service",
  pipeline: "pipeline",
  other: "not in the roster",
  user: "as themselves",
} as const satisfies Record<Able["kind"], string>;

const MOST_NAMES = 20;

function names(who: readonly string[]): string {
  const shown = who.slice(0, MOST_NAMES).join("\n");
  return who.length > MOST_NAMES ? `${shown}\nand ${count(who.length - MOST_NAMES, "other")}` : shown;
}

/** Everybody who can do something, for a terminal. Of more than 20 of a kind the rest is counted. */
export function whoCanTable(asked: string, ables: readonly Able[]): string {
  if (ables.length === 0) return `${asked}: nobody, of whom this program knows.\n\n${BOUNDS}\n`;
  const table = new Table({
    head: ["through", "who", "answer", "because"],
    colWidths: [null, null, 50, 50],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  for (const { account, role, kind, who, verdict, because } of ables) {
    const conditions = conditionsOf(verdict);
    table.push([
      `${role ?? account}\n(${KINDS[kind]})`,
      names(who),
      conditions === "" ? verdict.kind : `${verdict.kind}: ${conditions}`,
      because.map(statementWords).join("\n"),
    ]);
  }
  return `${asked}:\n${table.toString()}\n\n${BOUNDS}\n`;
}
