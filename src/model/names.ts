import type { Brand } from "./brand";
import type { PipelineRole } from "./pipeline";
import type { PartnerRole, PeopleRole, Role } from "./roles";

export type AccountId = Brand<string, "AccountId">;
export type Arn = Brand<string, "Arn">;
export type UserName = Brand<string, "UserName">;
/** A user of GitHub. */
export type GitHubHandle = Brand<string, "GitHubHandle">;

/** IAM path of every person's user; the tag form of a trust admits this path only. */
export const PEOPLE_PATH = "/people/";

/** IAM path of the users that a pipeline works as: no trust for people admits it. */
export const PIPELINE_PATH = "/pipeline/";

const USER_NAME = /^[\w+=,.@-]{2,64}$/;
const GITHUB_HANDLE = /^(?=.{1,39}$)[a-z\d]+(-[a-z\d]+)*(_[a-z\d]+)?$/i;
const ACCOUNT_ID = /^\d{12}$/;

/**
 * A person's name, or undefined where it is not one. 64 characters is IAM's limit for users; at least 2 and these
 * characters are what sts:AssumeRole takes as RoleSessionName, which is this name.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function parseUserName(text: string): UserName | undefined {
  return USER_NAME.test(text) ? (text as UserName) : undefined;
}

/**
 * A user's name on GitHub, or undefined where it is none: at most 39 letters, digits and single hyphens, neither first nor last;
 * in a managed enterprise followed by an underscore and the enterprise's code.
 * https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
export function parseGitHubHandle(text: string): GitHubHandle | undefined {
  return GITHUB_HANDLE.test(text) ? (text as GitHubHandle) : undefined;
}

/** An account's 12 digits, or undefined where the text is not that. */
export function parseAccountId(text: string): AccountId | undefined {
  return ACCOUNT_ID.test(text) ? (text as AccountId) : undefined;
}

/** IAM's names are unique without regard to case, and so are users' names on GitHub: two with the same key are the same name there. */
export function caseless(name: string): string {
  return name.toLowerCase();
}

/** The part that all names of one organization begin with. */
export interface Naming {
  readonly prefix: string;
}

/** The parts of ARNs of resources in the organization's region. */
export interface RegionalNaming extends Naming {
  readonly region: string;
}

/** The account whose name a resource carries. */
export interface NamedAccount {
  readonly key: string;
  readonly id: AccountId;
}

const arn = (text: string): Arn => text as Arn;

export const roleName = ({ prefix }: Naming, role: Role, account: NamedAccount): string =>
  `${prefix}-${role}R-${account.key}`;

export const roleArn = (naming: Naming, role: Role, account: NamedAccount): Arn =>
  arn(`arn:aws:iam::${account.id}:role/${roleName(naming, role, account)}`);

/** Each partner has a role of its own, so that what one may reach, no other may. */
export const partnerRoleName = (
  naming: Naming,
  role: PartnerRole,
  account: NamedAccount,
  partner: string,
): string => `${roleName(naming, role, account)}-${partner}`;

/** The purpose of a service's role: to run it, each runtime by its own word, or to sign in to databases for it. */
export type WorkloadRoleKind = "database" | "function" | "instance" | "pod" | "task";

/** The kind comes first: so no service's name makes this the name of a role for people or partners. */
export const workloadRoleName = (
  { prefix }: Naming,
  kind: WorkloadRoleKind,
  service: string,
  account: NamedAccount,
): string => `${prefix}-${kind}-${service}-${account.key}`;

/** Matches the role of every service that runs on machines. */
export const everyInstanceRoleArn = ({ prefix }: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:iam::${account.id}:role/workloads/${prefix}-instance-*`);

/** The function that a service runs as, in every account: `infra-analytics-visits`. */
export const functionName = ({ prefix }: Naming, service: string): string => `${prefix}-${service}`;

/** The ARN of a role by its name; `path` begins and ends with a slash. */
export const roleArnOf = (account: NamedAccount, name: string, path = "/"): Arn =>
  arn(`arn:aws:iam::${account.id}:role${path}${name}`);

/** The purpose of one customer managed policy of a role. */
export type RolePolicyPurpose =
  | "permissions"
  | "emergency"
  | "limits"
  | "boundary"
  | "databases"
  | "own-database-user"
  | "database-scope"
  | "holders"
  | "project-scope"
  | "session-end"
  | "state";

export const rolePolicyName = (
  naming: Naming,
  role: Role,
  account: NamedAccount,
  purpose: RolePolicyPurpose,
): string => numberedPolicyName(roleName(naming, role, account), purpose);

/** Name of a policy of the role of that name: the first for its purpose, or one of the further ones that its size asks for. */
export const numberedPolicyName = (ownerName: string, purpose: RolePolicyPurpose, index = 0): string =>
  index === 0 ? `${ownerName}-${purpose}` : `${ownerName}-${purpose}-${String(index + 1)}`;

export const customerPolicyArn = (account: NamedAccount, policyName: string): Arn =>
  arn(`arn:aws:iam::${account.id}:policy/${policyName}`);

export const awsManagedPolicyArn = (policyName: string): Arn => arn(`arn:aws:iam::aws:policy/${policyName}`);

export const userArn = (identity: NamedAccount, name: UserName): Arn =>
  arn(`arn:aws:iam::${identity.id}:user${PEOPLE_PATH}${name}`);

/** An MFA device: the self-service policy lets people name theirs after themselves, so that its ARN is known. */
export const mfaDeviceArn = (identity: NamedAccount, name: string): Arn =>
  arn(`arn:aws:iam::${identity.id}:mfa/${name}`);

/**
 * The names that the MFA devices of a user may have, or their ARNs where that of the first is given: eight, as many as a user
 * may have devices. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const deviceNames = (first: string): readonly string[] => [
  first,
  ...["2", "3", "4", "5", "6", "7", "8"].map((number) => `${first}-${number}`),
];

const OFFBOARDING = "-offboarding-";

/** Name of the inline policies that close somebody's access: on their user, and on the roles that they held. */
export const offboardingPolicyName = ({ prefix }: Naming, name: UserName): string =>
  `${prefix}${OFFBOARDING}${name}`;

/** The person whose access an inline policy of that name closes; undefined where it is no such name. */
export function offboardedPerson({ prefix }: Naming, policyName: string): UserName | undefined {
  const start = `${prefix}${OFFBOARDING}`;
  return policyName.startsWith(start) ? parseUserName(policyName.slice(start.length)) : undefined;
}

/** Matches every person's user in `ArnLike`. */
export const everyUserArn = (identity: NamedAccount): Arn =>
  arn(`arn:aws:iam::${identity.id}:user${PEOPLE_PATH}*`);

/** Matches the users that stacks make in an account: people, and those that a pipeline works as. */
export const everyManagedUserArn = ({ prefix }: Naming, account: NamedAccount): readonly [Arn, Arn] => [
  everyUserArn(account),
  arn(`arn:aws:iam::${account.id}:user${PIPELINE_PATH}${prefix}-*`),
];

/** The account itself as a principal: whatever its own policies let assume. */
export const accountRootArn = (id: AccountId): Arn => arn(`arn:aws:iam::${id}:root`);

/** `ALL_ACCOUNTS` is no account's key: the organization refuses it. */
export const ALL_ACCOUNTS = "all";

export const assumeRoleGroupName = ({ prefix }: Naming, accountKey: string): string =>
  `${prefix}-AssumeRoleG-${accountKey}`;
export const breakGlassGroupName = ({ prefix }: Naming, accountKey: string): string =>
  `${prefix}-BreakGlassG-${accountKey}`;
export const manageOwnUserGroupName = ({ prefix }: Naming): string => `${prefix}-ManageOwnUserG`;
export const powerGroupName = ({ prefix }: Naming): string => `${prefix}-PowerG`;

/** A group has one policy, or as many as its document's size asks for. */
export const groupPolicyName = (groupName: string, index: number): string =>
  index === 0 ? `${groupName}-permissions` : `${groupName}-permissions-${String(index + 1)}`;

/** Key of the tag on a person's user that holds the roles that they may assume in an account. */
export const roleTagKey = ({ prefix }: Naming, account: NamedAccount): string => `${prefix}:${account.key}`;

/** `+Ops+Read+`: every role between plus signs, so that `*+Read+*` matches Read and not DbRead. */
export const roleTagValue = (roles: readonly PeopleRole[]): string => `+${roles.join("+")}+`;

/** Matches, in `StringLike`, the tag values that hold the role. */
export const roleTagPattern = (role: PeopleRole): string => `*+${role}+*`;

/** Tag of the users who hold BreakGlass somewhere: PowerG must not take their credentials over. */
export const BREAK_GLASS_TAG = "BreakGlassHolder";
export const BREAK_GLASS_TAG_VALUE = "true";

/** Page where the account's users sign in to the console. */
export const signInUrl = ({ id }: NamedAccount): string => `https://${id}.signin.aws.amazon.com/console`;

/** The console's name for a role after a switch: `Ops@prod`. */
export const switchedRoleName = (role: Role, account: NamedAccount): string => `${role}@${account.key}`;

/**
 * Page that switches a signed-in person's console to the role. Without a colour: its parameter is not documented, and its
 * values change.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html
 */
export function switchRoleUrl(naming: Naming, role: Role, account: NamedAccount): string {
  const query = new URLSearchParams({
    account: account.id,
    roleName: roleName(naming, role, account),
    displayName: switchedRoleName(role, account),
  });
  return `https://signin.aws.amazon.com/switchrole?${query.toString()}`;
}

/** The subject of an alarm, which is its name after the prefix. */
export type AlarmSubject =
  | "BucketPolicyChanged"
  | "BreakGlassRefused"
  | "BreakGlassUsed"
  | "CallRefused"
  | "CredentialsChanged"
  | "IamChanged"
  | "IamPolicyChanged"
  | "KeyChanged"
  | "LeaverActive"
  | "OrganizationChanged"
  | "OtherRegionUsed"
  | "PowerUsed"
  | "RecorderChanged"
  | "RoleTagsChanged"
  | "RolesChanged"
  | "RootUsed"
  | "SignInFailed"
  | "SignInWithoutMfa"
  | "TrailBucketChanged"
  | "TrailChanged";

/** The subjects that rules of EventBridge tell of and no alarm does. */
export type FindingSubject =
  | "ControlFailed"
  | "CredentialsMisused"
  | "CredentialsSuspected"
  | "LesserRuleBroken"
  | "LesserThreatFound"
  | "RuleBroken"
  | "ThreatFound";

/** The ARN of a resource that lives in the organization's region: `arn:aws:sns:eu-west-1:111111111111:infra-alarms`. */
const regionalArn = (service: string, region: string, account: NamedAccount, resource: string): Arn =>
  arn(`arn:aws:${service}:${region}:${account.id}:${resource}`);

/** The namespace of the alarms' metrics in CloudWatch. */
export const METRIC_NAMESPACE = "Muster";
export const alarmName = ({ prefix }: Naming, subject: AlarmSubject): string => `${prefix}-${subject}`;
export const findingRuleName = ({ prefix }: Naming, subject: FindingSubject): string =>
  `${prefix}-${subject}`;
export const alarmTopicName = ({ prefix }: Naming): string => `${prefix}-alarms`;
export const alarmTopicArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("sns", naming.region, account, alarmTopicName(naming));
/** The topic of what is worth a look and wakes nobody. */
export const noticeTopicName = ({ prefix }: Naming): string => `${prefix}-notices`;
export const noticeTopicArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("sns", naming.region, account, noticeTopicName(naming));
/** Matches every alarm that Muster makes in the account. */
export const everyAlarmArn = ({ prefix, region }: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("cloudwatch", region, account, `alarm:${prefix}-*`);
export const alarmKeyAlias = ({ prefix }: Naming): string => `alias/${prefix}-alarms`;
/** The role with which EventBridge tells the alarms' topics. */
export const eventRoleName = ({ prefix }: Naming): string => `${prefix}-EventR`;
export const eventRoleArn = (naming: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:iam::${account.id}:role/${eventRoleName(naming)}`);
/** Matches every rule of EventBridge that Muster makes in the account, in any region. */
export const everyEventRuleArn = ({ prefix }: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:events:*:${account.id}:rule/${prefix}-*`);
export const eventRuleArn = (naming: RegionalNaming, account: NamedAccount, name: string): Arn =>
  regionalArn("events", naming.region, account, `rule/${name}`);
/** The bus on which AWS's own events are, in the organization's region. */
export const eventBusArn = ({ region }: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("events", region, account, "event-bus/default");
/** The security group and the key of databases. */
export const databaseAccessName = ({ prefix }: Naming): string => `${prefix}-database`;
/** Prefix of the functions that the console of Secrets Manager makes for rotation; AWS's policy SecretsManagerReadWrite names it. */
export const ROTATION_FUNCTION_PREFIX = "SecretsManager";
export const rotationFunctionArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("lambda", naming.region, account, `function:${ROTATION_FUNCTION_PREFIX}*`);
/** Secrets Manager adds a hyphen and six characters to the name. */
export const secretArn = (naming: RegionalNaming, account: NamedAccount, name: string): Arn =>
  regionalArn("secretsmanager", naming.region, account, `secret:${name}-??????`);
/** RDS keeps the names of subnet groups in lower case. */
export const databaseSubnetGroupName = (naming: Naming): string => databaseAccessName(naming).toLowerCase();
export const databaseSubnetGroupArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("rds", naming.region, account, `subgrp:${databaseSubnetGroupName(naming)}`);
export const databaseKeyAlias = (naming: Naming): string => `alias/${databaseAccessName(naming)}`;
export const trailName = ({ prefix }: Naming): string => `${prefix}-trail`;
export const trailArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("cloudtrail", naming.region, account, `trail/${trailName(naming)}`);
/** A trail as it is named where its objects are encrypted: AWS's own policies leave the region open. */
export const namedTrailInAnyRegionArn = (account: NamedAccount, name: string): Arn =>
  arn(`arn:aws:cloudtrail:*:${account.id}:trail/${name}`);
export const trailInAnyRegionArn = (naming: Naming, account: NamedAccount): Arn =>
  namedTrailInAnyRegionArn(account, trailName(naming));
export const trailLogGroupName = ({ prefix }: Naming): string => `${prefix}-trail`;
/** The ARN of a log group as CloudTrail and permissions on log streams take it: the colon and asterisk belong to it. */
export const logGroupArn = (naming: RegionalNaming, account: NamedAccount, name: string): Arn =>
  regionalArn("logs", naming.region, account, `log-group:${name}:*`);
export const trailLogGroupArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  logGroupArn(naming, account, trailLogGroupName(naming));
/** The log streams of a trail, as CloudTrail names them for the trail's account and home region. */
export const trailLogStreamsArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn(
    "logs",
    naming.region,
    account,
    `log-group:${trailLogGroupName(naming)}:log-stream:${account.id}_CloudTrail_${naming.region}*`,
  );
/** The log group, the bucket and the key that keep and encrypt sessions on machines. */
export const sessionsName = ({ prefix }: Naming): string => `${prefix}-sessions`;
export const sessionKeyAlias = (naming: Naming): string => `alias/${sessionsName(naming)}`;
/** Matches every log group that Muster makes in the account. */
export const everyLogGroupArn = ({ prefix, region }: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("logs", region, account, `log-group:${prefix}-*`);
export const sessionLogGroupArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("logs", naming.region, account, `log-group:${sessionsName(naming)}:*`);
/** Session Manager reads an account's preferences from the document of this name. */
export const SESSION_DOCUMENT = "SSM-SessionManagerRunShell";
/** Tag of the machines that Ops in prod may be on. */
export const OPS_ACCESS_TAG = "OpsAccess";
export const OPS_ACCESS_TAG_VALUE = "true";
/** The tag by which services come to tables, or are kept from them: `Public` or `Sensitive`. */
export const TABLE_LEVEL_TAG = "AccessLevel";
/** The values of the tag that count. */
export const TABLE_LEVELS = ["Public", "Sensitive"] as const;
/** The automation that makes users of machines, and the command that it sends. */
export const LINUX_USERS_DOCUMENT = "Manage-Linux-User-And-Keys";
export const LINUX_USERS_COMMAND = `${LINUX_USERS_DOCUMENT}-Command`;
/** Ops executes the one of the plain name; a partner has one of its own, for its own machines. */
export const linuxUsersDocument = (partner?: string): string =>
  partner === undefined ? LINUX_USERS_DOCUMENT : `${LINUX_USERS_DOCUMENT}-for-${partner}`;
/** The documents of Systems Manager that Muster makes in an account. */
export const everyDocumentArn = (naming: RegionalNaming, account: NamedAccount): readonly Arn[] =>
  [SESSION_DOCUMENT, `${LINUX_USERS_DOCUMENT}*`, quarantineDocumentName(naming)].map((name) =>
    regionalArn("ssm", naming.region, account, `document/${name}`),
  );
/** The policy that denies everything to somebody in quarantine, and the automation that attaches it. */
export const quarantinePolicyName = ({ prefix }: Naming): string => `${prefix}-quarantine`;
export const quarantinePolicyArn = (naming: Naming, account: NamedAccount): Arn =>
  customerPolicyArn(account, quarantinePolicyName(naming));
export const quarantineDocumentName = ({ prefix }: Naming): string => `${prefix}-Quarantine`;
/** As EventBridge and IAM call a document that is executed; a version follows. */
export const quarantineAutomationArn = (naming: RegionalNaming, account: NamedAccount): Arn =>
  regionalArn("ssm", naming.region, account, `automation-definition/${quarantineDocumentName(naming)}`);
/** The role that the automation works by. */
export const responderRoleName = ({ prefix }: Naming): string => `${prefix}-ResponderR`;
export const responderRoleArn = (naming: Naming, account: NamedAccount): Arn =>
  roleArnOf(account, responderRoleName(naming));
/** The role with which EventBridge starts the automation. */
export const responseStarterRoleName = ({ prefix }: Naming): string => `${prefix}-ResponseStarterR`;
export const responseStarterRoleArn = (naming: Naming, account: NamedAccount): Arn =>
  roleArnOf(account, responseStarterRoleName(naming));
export const linuxUsersRoleName = ({ prefix }: Naming, account: NamedAccount, partner?: string): string =>
  [`${prefix}-LinuxUsersR-${account.key}`, ...(partner === undefined ? [] : [partner])].join("-");
export const linuxUsersRoleArn = (naming: Naming, account: NamedAccount, partner?: string): Arn =>
  roleArnOf(account, linuxUsersRoleName(naming, account, partner));
/** Buckets share one namespace worldwide, hence the account's id. */
export const sessionBucketName = (naming: Naming, account: NamedAccount): string =>
  `${sessionsName(naming).toLowerCase()}-${account.id}`;
export const sessionBucketArn = (naming: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:s3:::${sessionBucketName(naming, account)}`);
export const trailRoleName = ({ prefix }: Naming): string => `${prefix}-TrailR`;
export const trailRoleArn = (naming: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:iam::${account.id}:role/${trailRoleName(naming)}`);
/** Buckets share one namespace worldwide, hence the account's id. */
export const trailBucketName = ({ prefix }: Naming, account: NamedAccount): string =>
  `${prefix.toLowerCase()}-trail-${account.id}`;
/** Matches every bucket that Muster makes in the account, with the objects in it. */
export const everyBucketArn = ({ prefix }: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:s3:::${prefix.toLowerCase()}-*-${account.id}*`);
export const trailBucketArn = (naming: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:s3:::${trailBucketName(naming, account)}`);

/** Names what is in a region once and has no name of its own at AWS. */
export const regionalName = ({ prefix }: Naming, region: string): string => `${prefix}-${region}`;
/** The analyzer that reports who outside the account may use what is in it. */
export const externalAccessAnalyzerName = ({ prefix }: Naming): string => `${prefix}-external-access`;
/** The analyzer that reports permissions that nobody uses. */
export const unusedAccessAnalyzerName = ({ prefix }: Naming): string => `${prefix}-unused-access`;
/** Matches every analyzer that Muster makes in a region of the account. */
export const everyAnalyzerArn = ({ prefix }: Naming, account: NamedAccount, region: string): Arn =>
  regionalArn("access-analyzer", region, account, `analyzer/${prefix}-*`);

/** The subject of a rule of AWS Config, which is its name after the prefix. */
export type ConfigRuleSubject =
  "CredentialsAreUsed" | "KeysAreRotated" | "RootHasMfa" | "RootHasNoKeys" | "UsersHaveMfa";

export const configRuleName = ({ prefix }: Naming, subject: ConfigRuleSubject): string =>
  `${prefix}-${subject}`;
/** The recorder of AWS Config and its delivery channel, in each region. */
export const recorderName = ({ prefix }: Naming): string => `${prefix}-recorder`;
/** AWS adds an id of its own to a recorder's name, and rules have ids alone. */
export const everyRecorderArn = (naming: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:config:*:${account.id}:configuration-recorder/${recorderName(naming)}/*`);
export const everyConfigRuleArn = (account: NamedAccount): Arn =>
  arn(`arn:aws:config:*:${account.id}:config-rule/*`);
/** Buckets share one namespace worldwide, hence the account's id. */
export const configBucketName = ({ prefix }: Naming, account: NamedAccount): string =>
  `${prefix.toLowerCase()}-config-${account.id}`;
export const configBucketArn = (naming: Naming, account: NamedAccount): Arn =>
  arn(`arn:aws:s3:::${configBucketName(naming, account)}`);
/** The buckets that Muster makes in an account. */
export const bucketArns = (naming: Naming, account: NamedAccount): readonly [Arn, Arn, Arn] => [
  configBucketArn(naming, account),
  sessionBucketArn(naming, account),
  trailBucketArn(naming, account),
];
/** AWS names the role that Config works by. https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html */
export const configRoleArn = (account: NamedAccount): Arn =>
  roleArnOf(account, "AWSServiceRoleForConfig", "/aws-service-role/config.amazonaws.com/");

export const pipelineRoleName = ({ prefix }: Naming, role: PipelineRole, account: NamedAccount): string =>
  `${prefix}-${role}R-${account.key}`;
export const pipelineRoleArn = (naming: Naming, role: PipelineRole, account: NamedAccount): Arn =>
  roleArnOf(account, pipelineRoleName(naming, role, account));
export const pipelineGroupName = ({ prefix }: Naming, role: PipelineRole, account: NamedAccount): string =>
  `${prefix}-${role}G-${account.key}`;
export const pipelineUserName = (
  { prefix }: Naming,
  role: PipelineRole,
  account: Pick<NamedAccount, "key">,
): UserName => `${prefix}-${role}U-${account.key}` as UserName;
export const pipelineUserArn = (naming: Naming, role: PipelineRole, account: NamedAccount): Arn =>
  arn(`arn:aws:iam::${account.id}:user${PIPELINE_PATH}${pipelineUserName(naming, role, account)}`);
/**
 * The identity provider of an issuer: an account can have one for each, whose name it carries.
 * @param issuer its URL without the scheme, `token.actions.githubusercontent.com`
 */
export const identityProviderArn = (account: NamedAccount, issuer: string): Arn =>
  arn(`arn:aws:iam::${account.id}:oidc-provider/${issuer}`);
