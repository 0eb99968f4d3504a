import { coversAction } from "../documents/patterns";
import { parseDocument, type Statement } from "../documents/statement";

const UNREADABLE = "its trust is no policy document that this program can read";

/** A principal as people say it. */
function principalWords({ type, value }: { readonly type: string; readonly value: string }): string {
  if (value === "*") return type === "*" || type === "AWS" ? "everybody" : `every ${type} principal`;
  return value;
}

const conditionalWords = ({ conditions }: Statement): string =>
  conditions.length > 0 ? ", under conditions" : "";

function admissionWords(statement: Statement): readonly string[] {
  const conditional = conditionalWords(statement);
  if (statement.notPrincipals.length > 0) {
    const excluded = statement.notPrincipals.map(principalWords).join(", ");
    return [`admits everybody but ${excluded}${conditional}`];
  }
  return statement.principals.map((principal) => `admits ${principalWords(principal)}${conditional}`);
}

/** The actions with which somebody gets a session of a role; others, such as sts:SetSourceIdentity, only go with them. */
const ASSUMING = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"] as const;

const letsAssume = (statement: Statement): boolean =>
  ASSUMING.some((action) => coversAction(statement, action));

function admitting(trust: string): readonly Statement[] | undefined {
  return parseDocument(trust)?.filter((statement) => statement.effect === "Allow" && letsAssume(statement));
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Everybody a trust names in an Allow, one text each, for people. */
export function liveAdmissions(trust: string): readonly string[] {
  const statements = admitting(trust);
  return statements === undefined ? [UNREADABLE] : distinct(statements.flatMap(admissionWords));
}

/** The same without services: whoever may be a person, or somebody's machine elsewhere. */
export function admissionsBesideServices(trust: string): readonly string[] {
  const statements = admitting(trust);
  if (statements === undefined) return [UNREADABLE];
  return distinct(
    statements.flatMap((statement) =>
      admissionWords({
        ...statement,
        principals: statement.principals.filter(({ type, value }) => type !== "Service" || value === "*"),
      }),
    ),
  );
}

/** What an Allow of a trust may say, so that the role passes. */
export interface AllowedAdmission {
  /** Every principal must be one of these; answers what is wrong with one, or nothing. */
  readonly faultOf: (type: string, value: string, statement: Statement) => string | undefined;
  readonly actions: readonly string[];
}

function statementFaults(statement: Statement, { faultOf, actions }: AllowedAdmission): readonly string[] {
  if (statement.effect !== "Allow") return [];
  if (statement.notPrincipals.length > 0) return admissionWords(statement);
  const otherActions = [
    ...statement.actions.filter(
      (action) => !actions.some((one) => one.toLowerCase() === action.toLowerCase()),
    ),
    ...statement.notActions.map((action) => `everything but ${action}`),
  ];
  return [
    ...statement.principals.flatMap(({ type, value }) => faultOf(type, value, statement) ?? []),
    ...otherActions.map((action) => `its trust allows ${action}`),
  ];
}

/** What a trust says beyond what is allowed; nothing where it admits the allowed alone, and somebody. */
export function trustFaults(trust: string, allowed: AllowedAdmission): readonly string[] {
  const statements = parseDocument(trust);
  if (statements === undefined) return [UNREADABLE];
  if (!statements.some(({ effect }) => effect === "Allow")) return ["its trust admits nobody"];
  return distinct(statements.flatMap((statement) => statementFaults(statement, allowed)));
}

/** Whether an Allow of a trust names this principal. */
export const namesPrincipal = (trust: string, principal: string): boolean =>
  (parseDocument(trust) ?? []).some(
    ({ effect, principals }) => effect === "Allow" && principals.some(({ value }) => value === principal),
  );
