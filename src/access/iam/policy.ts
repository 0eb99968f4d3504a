import { parseDocument, type Statement } from "../../documents/statement";

/** A policy document where it is in force. */
export interface IamPolicy {
  readonly name: string;
  /** The group through which a user has it. */
  readonly group?: string;
  /** JSON. */
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** @throws Error where the text is no policy document, which IAM would not have taken */
export function iamPolicy(name: string, text: string, group?: string): IamPolicy {
  const statements = parseDocument(text);
  if (statements === undefined) throw new Error(`${name} is no policy document: ${text}`);
  return { name, text, statements, ...(group !== undefined && { group }) };
}
