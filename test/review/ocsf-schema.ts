import Ajv from "ajv";

import compliance from "./ocsf/compliance_finding.json";
import detection from "./ocsf/detection_finding.json";

/** By `class_uid`. Their dialect is newer than the validator, which knows every keyword that they use. */
const SCHEMAS: Readonly<Record<number, object>> = { 2003: compliance, 2004: detection };

/** Keywords of the schemas that this validator has another name for, or none. */
const withoutDialect = (schema: object): object =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema"));

/** What of an event does not fit the schema of its class; nothing where all does. */
export function ocsfFaults(event: { readonly class_uid: number }): readonly string[] {
  const schema = SCHEMAS[event.class_uid];
  if (schema === undefined) return [`class_uid ${String(event.class_uid)} is none of those that are written`];
  const ajv = new Ajv({ validateSchema: false, allErrors: true });
  void ajv.validate(withoutDialect(schema), event);
  return (ajv.errors ?? []).map(
    ({ dataPath, message, params }) => `${dataPath} ${message ?? ""} ${JSON.stringify(params)}`,
  );
}
