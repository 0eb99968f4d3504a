import { conditionValues, type Principal, type Statement } from "../../src/documents/statement";
import { isWildcard } from "../documents/trust";
import { isService, type KnownPrincipals } from "./known-principals";

/**
 * Services that take a role for resources of the role's own account alone, and say no source when they do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const TAKES_OWN_ROLES: readonly string[] = ["ec2.amazonaws.com", "lambda.amazonaws.com"];

const SOURCE_OPERATORS = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"] as const;

/** Whether a statement lets somebody into a role. */
const isTrust = ({ actions }: Statement): boolean => actions.some((action) => /^(?:\*|sts:)/i.test(action));

/** Whether a service acts for the accounts that we know alone. */
function hasKnownSource(statement: Statement, known: KnownPrincipals): boolean {
  const accounts = conditionValues(statement, "StringEquals", "aws:SourceAccount");
  const arns = SOURCE_OPERATORS.map((operator) => conditionValues(statement, operator, "aws:SourceArn"));
  return known.areAccounts(accounts) || arns.some((sources) => known.areSources(sources));
}

/** Whether an identity provider's tokens are those of one subject for one audience, or of some of each by name. */
function hasExactSubject({ conditions }: Statement): boolean {
  const exact = (claim: string): boolean =>
    conditions.some(
      ({ operator, key, values }) =>
        operator === "StringEquals" && key.toLowerCase().endsWith(claim) && values.length > 0,
    );
  return exact(":aud") && exact(":sub");
}

function faultOf(
  principal: Principal,
  statement: Statement,
  known: KnownPrincipals,
  account: string,
): string | undefined {
  const { type, value } = principal;
  if (isWildcard(principal)) return "lets everybody in";
  switch (type) {
    case "AWS":
      if (!known.hasPrincipal(value))
        return `admits ${value}, which is no principal of the organization's accounts or a partner's`;
      return isTrust(statement) && known.isOfIdentityAccount(value)
        ? `admits ${value}, and people hold roles by the roster alone`
        : undefined;
    case "Service":
      if (!isService(value)) return `admits ${value}, which is no service of AWS`;
      return hasKnownSource(statement, known) || (isTrust(statement) && TAKES_OWN_ROLES.includes(value))
        ? undefined
        : `admits ${value} for whatever account: it needs StringEquals aws:SourceAccount, or aws:SourceArn with the account`;
    case "Federated":
      if (!value.startsWith(`arn:aws:iam::${account}:oidc-provider/`))
        return `admits ${value}, which is no identity provider of the account`;
      return hasExactSubject(statement)
        ? undefined
        : `admits ${value} for more than named subjects: it needs StringEquals on its aud and its sub`;
    default:
      return `admits ${value} as ${type}, of which nobody can tell the account`;
  }
}

/** What is wrong with a statement of a document beside Muster's: all whom it lets in are known, and counted one by one. */
export function* statementFaults(
  statement: Statement,
  known: KnownPrincipals,
  account: string,
): Iterable<string> {
  if (statement.effect !== "Allow") return;
  const faults = statement.principals.map((principal) => faultOf(principal, statement, known, account));
  const open = statement.notPrincipals.length > 0 ? ["lets everybody in"] : [];
  for (const fault of new Set([...open, ...faults])) {
    if (fault !== undefined) yield `${fault} by the statement ${statement.label}`;
  }
}
