import { OPS_PATH } from "../documents/permissions/iam-paths";
import type { StatementCondition, Statement } from "../documents/statement";
import type { Account, Organization } from "../model/account";
import { customerPolicyArn, rolePolicyName } from "../model/names";
import type { RoleRule } from "./role-rule";
import { trustFaults } from "./live-trust";

/**
 * Services that name no source when they assume a role, so that a condition would keep them out. They take a role from
 * `iam:PassRole` alone, which does not reach into other accounts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const WITHOUT_SOURCE: readonly string[] = ["ec2.amazonaws.com", "lambda.amazonaws.com"];

/**
 * Services that use a role for resources of the account that passed it, by list: of those in which Ops has power. Not among
 * them, on purpose, are services that give the role's session to people or machines of anywhere who hold a token, a
 * certificate or a password (Cognito, IoT, Roles Anywhere, Systems Manager's hybrid activations, Transfer Family), and those
 * that call AWS with the role for everybody who may call them (API Gateway).
 */
const INSIDE_ACCOUNT: readonly string[] = [
  ...WITHOUT_SOURCE,
  "backup.amazonaws.com",
  "batchoperations.s3.amazonaws.com",
  "cloudformation.amazonaws.com",
  "codedeploy.amazonaws.com",
  "dax.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "ecs.amazonaws.com",
  "ecs-tasks.amazonaws.com",
  "events.amazonaws.com",
  "firehose.amazonaws.com",
  "logs.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "rds.amazonaws.com",
  "redshift.amazonaws.com",
  "s3.amazonaws.com",
  "scheduler.amazonaws.com",
  "sns.amazonaws.com",
  "states.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

const OF_ACCOUNT: readonly string[] = ["stringequals", "stringequalsignorecase", "stringlike"];
/** Their wildcards stay between two colons. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN */
const OF_ARN: readonly string[] = ["arnequals", "arnlike", "stringequals"];

/** `arn:aws:sns:eu-west-1:111111111111:topic` names one account. */
const accountOfArn = (arn: string): string | undefined => arn.split(":")[4];

/** A wildcard of `StringLike` matches colons as well, and with them another account before the one that is written. */
const isExactUpToAccount = (arn: string): boolean => !/[*?]/.test(arn.split(":").slice(0, 5).join(":"));

function limitsToAccount({ operator, key, values }: StatementCondition, { id }: Account): boolean {
  const [is, of] = [operator.toLowerCase(), key.toLowerCase()];
  if (values.length === 0) return false;
  if (of === "aws:sourceaccount") return OF_ACCOUNT.includes(is) && values.every((value) => value === id);
  if (of === "aws:sourcearn")
    return (
      values.every((value) => accountOfArn(value) === id) &&
      (OF_ARN.includes(is) || (is === "stringlike" && values.every(isExactUpToAccount)))
    );
  return false;
}

/**
 * What is wrong with a principal of a role for services of this account. Without a source, somebody in another account could
 * have the service use the role for them (the confused deputy).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function serviceFault(
  type: string,
  value: string,
  { conditions }: Statement,
  account: Account,
): string | undefined {
  if (type !== "Service" || value === "*") return `admits ${value === "*" ? "everybody" : value}, no service`;
  if (!INSIDE_ACCOUNT.includes(value))
    return `admits ${value}, which is not listed among the services that use a role inside the account alone`;
  if (WITHOUT_SOURCE.includes(value) || conditions.some((one) => limitsToAccount(one, account)))
    return undefined;
  return `admits ${value} on behalf of any account: its trust asks for no aws:SourceAccount ${account.id}`;
}

const boundaryFault = (boundary: string | undefined): string =>
  boundary === undefined ? "has no permissions boundary" : `has the boundary ${boundary}, not that of Ops`;

/** Roles for services in prod that Ops made, within its own boundary. */
export function rolesByOps(organization: Organization, account: Account): RoleRule {
  const boundary = customerPolicyArn(account, rolePolicyName(organization, "Ops", account, "boundary"));
  return {
    kind: `roles under ${OPS_PATH}`,
    reason:
      "Ops makes these for services of the account. Their boundary limits them; what their policies allow within it, nobody " +
      "compared.",
    mayHavePower: false,
    claims: ({ path }) => path.startsWith(OPS_PATH),
    faults: (role) => [
      ...(role.boundary === boundary ? [] : [boundaryFault(role.boundary)]),
      ...trustFaults(role.trust, {
        faultOf: (type, value, statement) => serviceFault(type, value, statement, account),
        actions: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      }),
    ],
  };
}
