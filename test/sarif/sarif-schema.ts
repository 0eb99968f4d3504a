import Ajv from "ajv";
import draft4 from "ajv/lib/refs/json-schema-draft-04.json";
import { readFileSync } from "node:fs";

/** OASIS's schema of SARIF 2.1.0, as Microsoft publishes it with its own tools. */
const SCHEMA = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

/** What of a log does not fit the schema; nothing where all does. */
export function schemaFaults(log: unknown): readonly string[] {
  const ajv = new Ajv({ schemaId: "auto", validateSchema: false, allErrors: true });
  ajv.addMetaSchema(draft4);
  const schema = JSON.parse(readFileSync(SCHEMA, "utf8")) as object;
  void ajv.validate(schema, log);
  return (ajv.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ""}`);
}
