import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

import { ACCOUNT_SETTINGS } from "../../src/resources/account-settings";

interface Schema {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

const ownDefault = (schema: Schema, isNeeded: boolean): string => {
  if (isNeeded) return "needed";
  if (schema.default === undefined) return "none";
  return `\`${typeof schema.default === "string" ? schema.default : JSON.stringify(schema.default)}\``;
};

/** A setting and those within it, each with its default. */
function settingsIn(path: string, schema: Schema, isNeeded: boolean): readonly (readonly string[])[] {
  const inner = (holder: Schema, prefix: string): readonly (readonly string[])[] =>
    Object.entries(holder.properties ?? {}).flatMap(([name, property]) =>
      settingsIn(`${prefix}.${name}`, property, holder.required?.includes(name) === true),
    );
  return [
    [`\`${path}\``, ownDefault(schema, isNeeded)],
    ...inner(schema, path),
    ...inner(schema.items ?? {}, `${path}[]`),
  ];
}

describe("docs/settings.md", () => {
  it("has a row for each setting of the schema, with its default", () => {
    const schema = z.toJSONSchema(ACCOUNT_SETTINGS, { io: "input" }) as Schema;
    const expected = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      settingsIn(`muster:${name}`, property, false),
    );
    const rows = readFileSync(resolve(__dirname, "../../docs/settings.md"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split("|").map((cell) => cell.trim()))
      .map(([, setting = "", byDefault = ""]) => [setting, byDefault]);
    assert.deepEqual(rows.toSorted(), expected.toSorted());
  });
});
