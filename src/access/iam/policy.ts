import { z } from "zod";

import { inCurrentLanguage, parseDocument, type Statement } from "../../documents/statement";

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
  // The evaluator substitutes variables whatever the version.
  return { name, text: inCurrentLanguage(text), statements, ...(group !== undefined && { group }) };
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

/** One with a default value, `${key, "value"}`, is never without a value. */
const VARIABLE = /\$\{([^},]+)\}/g;
const NEGATED = /not|null/i;
/** What no caller is: the account of every request is known. */
const NEVER = { StringEquals: { "aws:PrincipalAccount": "none" } };

const usesOneOf = (keys: ReadonlySet<string>, value: string): boolean =>
  [...value.matchAll(VARIABLE)].some(([, key = ""]) => keys.has(key.trim().toLowerCase()));

/**
 * The policy to a caller who has none of some condition keys: where a statement compares with a variable of one, it matches
 * nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function withoutVariables(policy: IamPolicy, absent: readonly string[]): IamPolicy {
  const keys = new Set(absent.map((key) => key.toLowerCase()));
  const isHopeless = ({ conditions }: Statement): boolean =>
    conditions.some(
      ({ operator, values }) =>
        !NEGATED.test(operator) && values.length > 0 && values.every((value) => usesOneOf(keys, value)),
    );
  if (!policy.statements.some(isHopeless)) return policy;
  const document = DOCUMENT.parse(JSON.parse(policy.text));
  const statements = [document.Statement].flat().map((statement, index) => {
    const written = policy.statements[index];
    return written !== undefined && isHopeless(written) ? { ...statement, Condition: NEVER } : statement;
  });
  const { name, group } = policy;
  return iamPolicy(name, JSON.stringify({ ...document, Statement: statements }), group);
}
