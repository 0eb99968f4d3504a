import { parseDocument, type Statement } from "../../src/documents/statement";

const known = new Map<string, readonly Statement[] | undefined>();

/**
 * The statements of a document, as `parseDocument` reads them, once for all policies of a run: expressions for a list of actions are
 * kept with the statement that has it.
 */
export function readDocument(json: string): readonly Statement[] | undefined {
  if (known.has(json)) return known.get(json);
  const statements = parseDocument(json);
  known.set(json, statements);
  return statements;
}
