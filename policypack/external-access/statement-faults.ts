import { conditionValues, type StatementPrincipal, type Statement } from "../../src/documents/statement";
import { isWildcard } from "../documents/trust-statements";
import type { AccountExpectations } from "../expectations/account-expectations";
import { isService, type Holder, type KnownPrincipals } from "./known-principals";
import { subjectFault } from "./token-subjects";

/** What the principals of a resource beside Muster's are compared with. */
export interface OwnAccess {
  readonly expected: AccountExpectations;
  readonly known: KnownPrincipals;
  /** The subjects of tokens that its entry in the register has. */
  readonly subjects: readonly string[];
}

/**
 * Services that assume a role only for resources of the role's own account, and send no source with it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const TAKES_OWN_ROLES: readonly string[] = ["ec2.amazonaws.com", "lambda.amazonaws.com"];

/** In `ArnLike` and `ArnEquals` a wildcard ends at a colon; in `StringEquals` there is none. */
const SOURCE_OPERATORS = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"] as const;

/** Actions of STS, and those whose service is not written out. */
const MAY_ASSUME = /^(?:sts:|[^:]*[*?])/i;

/** Whether a statement may let somebody into a role. */
const mayAssume = ({ actions, notActions }: Statement): boolean =>
  notActions.length > 0 || actions.some((action) => MAY_ASSUME.test(action));

/** Whether a statement lets somebody into a role and does nothing else. */
const assumesOnly = ({ actions, notActions }: Statement): boolean =>
  notActions.length === 0 && actions.length > 0 && actions.every((action) => /^sts:/i.test(action));

/** Whether a service acts for the accounts that we know alone. */
function hasKnownSource(statement: Statement, known: KnownPrincipals): boolean {
  const accounts = conditionValues(statement, "StringEquals", "aws:SourceAccount");
  return (
    known.areAccounts(accounts) ||
    SOURCE_OPERATORS.some((operator) =>
      known.areSources(conditionValues(statement, operator, "aws:SourceArn"), operator === "StringLike"),
    )
  );
}

/** A literal value: no wildcard, and no variable, which IAM fills in from the token. */
const isLiteral = (value: string): boolean => !/[$*?]/.test(value);

/** Whether an identity provider's tokens are those of one subject for one audience, or of some of each by name. */
function hasExactSubject(statement: Statement, issuer: string): boolean {
  const isExact = (claim: string): boolean => {
    const values = conditionValues(statement, "StringEquals", `${issuer}:${claim}`);
    return values.length > 0 && values.every(isLiteral);
  };
  return isExact("aud") && isExact("sub");
}

function federatedFault(
  provider: string,
  statement: Statement,
  { expected, subjects }: OwnAccess,
): string | undefined {
  const providers = `arn:aws:iam::${expected.account.id}:oidc-provider/`;
  if (!provider.startsWith(providers))
    return `admits ${provider}, which is no identity provider of the account`;
  const issuer = provider.slice(providers.length);
  if (!hasExactSubject(statement, issuer))
    return `admits ${provider} for more than named subjects: it needs StringEquals on its aud and its sub, without variables and wildcards`;
  return conditionValues(statement, "StringEquals", `${issuer}:sub`)
    .map((subject) => subjectFault({ issuer, subject }, expected.organization, subjects))
    .find((fault) => fault !== undefined);
}

function faultOf(principal: StatementPrincipal, statement: Statement, access: OwnAccess): string | undefined {
  const { known } = access;
  const { type, value } = principal;
  if (isWildcard(principal)) return "lets everybody in";
  switch (type) {
    case "AWS": {
      if (!known.hasPrincipal(value))
        return `admits ${value}, which is no principal of the organization's accounts or a partner's`;
      const isPeoples = mayAssume(statement) && known.includesPeople(value);
      const holder = known.holderOf(value) ?? (isPeoples ? "people" : undefined);
      return holder && holderFault(value, holder);
    }
    case "Service":
      if (!isService(value)) return `admits ${value}, which is no service of AWS`;
      return hasKnownSource(statement, known) || (assumesOnly(statement) && TAKES_OWN_ROLES.includes(value))
        ? undefined
        : `admits ${value} for whatever account: it needs StringEquals aws:SourceAccount, or aws:SourceArn with the account`;
    case "Federated":
      return federatedFault(value, statement, access);
    default:
      return `admits ${value} as ${type}, of which nobody can tell the account`;
  }
}

/** The fault of a principal of Muster's, which gets more by this than the roster or src/documents says. */
export const holderFault = (value: string, holder: Holder): string =>
  holder === "people"
    ? `admits ${value}, and with it people past the roster`
    : `admits ${value}, which is Muster's and may do what src/documents says, and no more`;

/** Checks a statement of a document beside Muster's: it admits only known principals, each by name. */
export function* statementFaults(statement: Statement, access: OwnAccess): Iterable<string> {
  const { label, effect, principals, notPrincipals } = statement;
  if (effect === "Deny") return;
  const written = effect === "Allow" ? [] : [`has the effect "${effect}", which is neither Allow nor Deny,`];
  const open = notPrincipals.length > 0 ? ["lets everybody in"] : [];
  const faults = principals.map((principal) => faultOf(principal, statement, access));
  for (const fault of new Set([...written, ...open, ...faults])) {
    if (fault !== undefined) yield `${fault} by the statement ${label}`;
  }
}
