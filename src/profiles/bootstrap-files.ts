import type { Account, Organization } from "../model/account";
import { rolesPlacedIn } from "../model/categories";
import { roleName } from "../model/names";
import type { PeopleRole } from "../model/roles";

/** A file of a repository that uses aws-iam-bootstrap. */
export interface BootstrapFile {
  readonly name: "CONST.inc" | "aws-cli.config.tpl" | "aws-cli.credentials.tpl";
  readonly text: string;
}

/** First line of each file: what begins with it is Muster's to overwrite. */
export const BOOTSTRAP_MARKER =
  "# Written by `npm run bootstrap-files` of Muster, which takes back what is changed here";

/** `DEV_AWS_ACCOUNT_ID`, of an account whose key may have hyphens. */
const variable = ({ key }: Account, rest: string): string =>
  `${key.toUpperCase().replaceAll("-", "_")}_${rest}`;
const roleVariable = (account: Account, role: PeopleRole): string =>
  variable(account, `IAM_${role.toUpperCase()}_ROLE`);
const use = (name: string): string => `\${${name}}`;

function constants(organization: Organization): readonly string[] {
  return [
    "# AWS_USER_NAME, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are each person's own, and stand in no file of a repository",
    `GLOBAL_AWS_REGION=${organization.region}`,
    `AWS_ACCOUNT_NAME=${organization.prefix}`,
    ...organization.accounts.flatMap((account) => [
      "",
      `${variable(account, "AWS_ACCOUNT_ID")}=${account.id}`,
      `${variable(account, "AWS_ACCOUNT_NAME")}=${account.key}`,
      ...rolesPlacedIn(account.environment).map(
        (role) => `${roleVariable(account, role)}=${roleName(organization, role, account)}`,
      ),
    ]),
  ];
}

function roleProfile({ identity }: Organization, account: Account, role: PeopleRole): readonly string[] {
  const person = use("AWS_USER_NAME");
  return [
    "",
    `[profile ${use(variable(account, "AWS_ACCOUNT_NAME"))}_${role.toLowerCase()}]`,
    `region = ${use("GLOBAL_AWS_REGION")}`,
    `role_arn = arn:aws:iam::${use(variable(account, "AWS_ACCOUNT_ID"))}:role/${use(roleVariable(account, role))}`,
    `source_profile = ${use("AWS_ACCOUNT_NAME")}`,
    // The roles' trusts admit nobody without MFA, nor under another name.
    `mfa_serial = arn:aws:iam::${use(variable(identity, "AWS_ACCOUNT_ID"))}:mfa/${person}`,
    `role_session_name = ${person}`,
  ];
}

function config(organization: Organization): readonly string[] {
  return [
    "[default]",
    `region = ${use("GLOBAL_AWS_REGION")}`,
    "",
    `[profile ${use("AWS_ACCOUNT_NAME")}]`,
    `region = ${use("GLOBAL_AWS_REGION")}`,
    ...organization.accounts.flatMap((account) =>
      rolesPlacedIn(account.environment).flatMap((role) => roleProfile(organization, account, role)),
    ),
  ];
}

/** Keys stand once, in the profile that the roles' profiles start from. */
const credentials = (): readonly string[] => [
  `[${use("AWS_ACCOUNT_NAME")}]`,
  `aws_access_key_id = ${use("AWS_ACCESS_KEY_ID")}`,
  `aws_secret_access_key = ${use("AWS_SECRET_ACCESS_KEY")}`,
];

/**
 * What aws-iam-bootstrap wants in the root of a repository, with the variables of its notes: every account, and every role of
 * people that an account of its environment has. BreakGlass is not among them: it is no role for everybody's templates.
 */
export function bootstrapFiles(organization: Organization): readonly BootstrapFile[] {
  const text = (lines: readonly string[]): string => [BOOTSTRAP_MARKER, ...lines, ""].join("\n");
  return [
    { name: "CONST.inc", text: text(constants(organization)) },
    { name: "aws-cli.config.tpl", text: text(config(organization)) },
    { name: "aws-cli.credentials.tpl", text: text(credentials()) },
  ];
}
