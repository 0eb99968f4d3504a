import { z } from "zod";

import { inCurrentLanguage, parseDocument, type Statement } from "../../documents/statement";
import { UserError } from "../../model/problems";

/** A policy document where it is in force. */
export interface IamPolicy {
  readonly name: string;
  /** The group through which a user has it. */
  readonly group?: string;
  /** JSON. */
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Whether AWS keeps it, so that nobody can change it. */
  readonly isAwsManaged?: true;
}

/** @throws UserError where the text is no policy document that this program can read */
export function iamPolicy(name: string, text: string, group?: string): IamPolicy {
  const statements = parseDocument(text);
  if (statements === undefined) {
    throw new UserError(`${name} is no policy document that this program can read: ${text}`);
  }
  // The evaluator substitutes variables whatever the version.
  return { name, text: inCurrentLanguage(text), statements, ...(group !== undefined && { group }) };
}

const STATEMENT = z.looseObject({});
const DOCUMENT = z.looseObject({ Statement: z.union([z.array(STATEMENT), STATEMENT]) });

/** A statement that decides nothing. It keeps the numbers of the next ones, with which answers name statements without a Sid. */
const SILENT = { Effect: "Deny", Action: "none:None", Resource: "*" };

/** The policy with each statement as `change` makes it from its JSON; where that is undefined, without a say. */
export function withStatements(
  { text, statements, ...policy }: IamPolicy,
  change: (statement: Statement, json: Readonly<Record<string, unknown>>) => object | undefined,
): IamPolicy {
  const document = DOCUMENT.parse(JSON.parse(text));
  const changed = [document.Statement].flat().map((json, index) => {
    const statement = statements[index];
    return (statement && change(statement, json)) ?? SILENT;
  });
  return iamPolicy(policy.name, JSON.stringify({ ...document, Statement: changed }), policy.group);
}

/** A variable with a default, `${key, "value"}`, always has a value. */
const VARIABLE = /\$\{([^},]+)\}/g;
const NEGATED = /not|null/i;
/** What no caller is: the account of every request is known. */
const NEVER = { StringEquals: { "aws:PrincipalAccount": "none" } };

const usesOneOf = (keys: ReadonlySet<string>, value: string): boolean =>
  [...value.matchAll(VARIABLE)].some(([, key = ""]) => keys.has(key.trim().toLowerCase()));

/** Whether each variable of a pattern has a value, or may have one, where some condition keys are absent. */
export const hasValues = (pattern: string, absent: readonly string[]): boolean =>
  !usesOneOf(new Set(absent.map((key) => key.toLowerCase())), pattern);

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
