import { toInstant, makeValidity, type Instant, type Validity } from "../../src/model/dates";
import { everyUserArn, PEOPLE_PATH } from "../../src/model/names";
import type { AccountExpectations } from "../expectations/account-expectations";
import { textProperty, type ResourceProperties } from "../checked-resource";
import { readDocument } from "./read-document";
import { conditionValues, type StatementPrincipal, type Statement } from "../../src/documents/statement";

export const MFA_PRESENT = "aws:MultiFactorAuthPresent";
export const MFA_AGE = "aws:MultiFactorAuthAge";
export const PRINCIPAL_ARN = "aws:PrincipalArn";
const CURRENT_TIME = "aws:CurrentTime";
const ARN_OPERATORS = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"] as const;

/** The statements of a role's trust; none where it is no policy document, which other policies refuse. */
export const trustStatements = (props: ResourceProperties): readonly Statement[] =>
  readDocument(textProperty(props, "assumeRolePolicy") ?? "") ?? [];

/** A statement that lets somebody in, with the principals that it names and its dates. */
export interface TrustAdmission {
  readonly statement: Statement;
  /** ARNs of those whom it names, by condition or as principals; empty where it names nobody. */
  readonly named: readonly string[];
  readonly validity: Validity;
}

function instant(values: readonly string[]): Instant | undefined {
  const [value] = values;
  const moment = value === undefined ? NaN : Date.parse(value);
  return Number.isNaN(moment) ? undefined : toInstant(new Date(moment));
}

const isRoot = (value: string): boolean => /^(\d{12}|arn:aws:iam::\d{12}:root)$/.test(value);

function namedBy(statement: Statement, everybody: string): readonly string[] {
  const principals = statement.principals.map(({ value }) => value).filter((value) => !isRoot(value));
  const conditions = ARN_OPERATORS.flatMap((operator) => conditionValues(statement, operator, PRINCIPAL_ARN));
  return [...principals, ...conditions.filter((value) => value !== everybody)];
}

/** The statements of a trust that let somebody in. */
export function trustAdmissions(
  statements: readonly Statement[],
  { organization }: AccountExpectations,
): readonly TrustAdmission[] {
  const everybody = everyUserArn(organization.identity);
  return statements
    .filter(({ effect }) => effect === "Allow")
    .map((statement) => ({
      statement,
      named: namedBy(statement, everybody),
      validity: makeValidity(
        instant(conditionValues(statement, "DateGreaterThanEquals", CURRENT_TIME)),
        instant(conditionValues(statement, "DateLessThan", CURRENT_TIME)),
      ),
    }));
}

/** A person's name where the ARN is a person's user, the ARN itself otherwise. */
export function principalName(arn: string, { organization }: AccountExpectations): string {
  const prefix = `arn:aws:iam::${organization.identity.id}:user${PEOPLE_PATH}`;
  return arn.startsWith(prefix) ? arn.slice(prefix.length) : arn;
}

/** The account of an AWS principal; undefined for services, identity providers and wildcards. */
export function principalAccount({ type, value }: StatementPrincipal): string | undefined {
  if (type !== "AWS") return undefined;
  return /^(?:arn:aws:(?:iam|sts)::)?(\d{12})(?::.*)?$/.exec(value)?.[1];
}

/** Whether a principal stands for anybody, in one account or in all. */
export const isWildcard = ({ value }: StatementPrincipal): boolean => value.includes("*");
