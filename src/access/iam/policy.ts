import { z } from "zod";

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

const STATEMENT = z.looseObject({});
const DOCUMENT = z.looseObject({ Statement: z.union([z.array(STATEMENT), STATEMENT]) });

const isDenyOutside = ({ effect, notResources }: Statement): boolean =>
  effect === "Deny" && notResources.length > 0;

/** What the policy says of resources that none of its Deny statements leaves out: to them, `NotResource` is every one. */
export function outsideOfExceptions(policy: IamPolicy): IamPolicy {
  if (!policy.statements.some(isDenyOutside)) return policy;
  const document = DOCUMENT.parse(JSON.parse(policy.text));
  const statements = [document.Statement].flat().map(({ NotResource, ...statement }, index) => {
    const written = policy.statements[index];
    if (NotResource === undefined || written === undefined) return statement;
    return isDenyOutside(written) ? { ...statement, Resource: "*" } : { ...statement, NotResource };
  });
  const { name, group } = policy;
  return iamPolicy(name, JSON.stringify({ ...document, Statement: statements }), group);
}
