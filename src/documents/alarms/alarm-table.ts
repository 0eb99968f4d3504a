import type { Account, Organization } from "../../model/account";
import type { CisKey } from "../../model/cis";
import { auditedTrail } from "../../model/audited-trail";
import type { Model } from "../../model/model";
import { pipelineRoleArn, roleName, type AlarmSubject, type Arn } from "../../model/names";
import { hasLeft } from "../../model/person";
import { KEY_DESCRIPTION_PREFIX } from "../self-service/key-description";
import {
  allTerms,
  anyTerm,
  changesByService,
  fieldDiffers,
  fieldEquals,
  IAM_CHANGES,
  inAnyCase,
  fieldMatches,
  notInSessionsOf,
  joinTerms,
  patternsOfUsers,
} from "./filter-pattern";
import { otherRegionPatterns } from "./other-regions";
import {
  CIS_ORGANIZATION_CHANGES,
  SECURITY_HUB_PATTERNS,
  type SecurityHubControl,
} from "./security-hub-patterns";

/** Critical ones wake somebody; notices are read when there is time. Each severity has a topic. */
export const ALARM_SEVERITIES = ["critical", "notice"] as const;

export type AlarmSeverity = (typeof ALARM_SEVERITIES)[number];

/** Where an alarm is from: what CIS or a source document asks for. */
export interface AlarmReference {
  readonly cis?: CisKey;
  readonly securityHub?: SecurityHubControl;
  /** A source document's word for it, where CIS has none. */
  readonly source?: string;
}

/** One kind of alarm. */
interface AlarmRow {
  /** What happened, as a sentence that goes on after "CRITICAL: ". */
  readonly says: (account: Account, organization: Organization) => string;
  readonly severity: AlarmSeverity | ((account: Account) => AlarmSeverity);
  /** An alarm rings at the first event, or at as many within five minutes as the stack's settings say. */
  readonly threshold: "first event" | "by setting";
  /** CloudWatch Logs filter patterns over the events of the account's trail; an account has no alarm of which it has none. */
  readonly patterns: (model: Model, account: Account) => readonly string[];
  readonly reference: AlarmReference;
}

/**
 * An alarm whose pattern Security Hub prescribes: deployments and people at work fit it too.
 * @param others patterns of what the prescribed one leaves out
 */
function prescribed<Threshold extends AlarmRow["threshold"]>(
  control: SecurityHubControl,
  cis: CisKey,
  row: Pick<AlarmRow, "says" | "severity"> & { readonly threshold: Threshold },
  ...others: readonly string[]
): AlarmRow & { readonly threshold: Threshold } {
  return {
    ...row,
    patterns: () => [SECURITY_HUB_PATTERNS[control], ...others],
    reference: { cis, securityHub: control },
  };
}

/** The role that alone changes IAM in an account, where the organization has a pipeline. */
const deployerIn = (organization: Organization, account: Account): Arn | undefined =>
  organization.pipeline && pipelineRoleArn(organization, "Deploy", account);

const expectation = ({ pipeline }: Organization): string =>
  pipeline ? "The pipeline did not." : "Expected after a deployment.";

/**
 * The CLI's `AssumeRole`, whoever calls it and whatever the case of the ARN that they name, and the console's
 * switch, which is in the trail as `SwitchRole` too, of which the session alone names the role. BreakGlassRefused tells of refused calls.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html#cloudtrail-integration_apis
 */
function breakGlassUse({ organization, holdings }: Model, account: Account): readonly string[] {
  if (holdings.of(account.key, "BreakGlass").length === 0) return [];
  const name = inAnyCase(roleName(organization, "BreakGlass", account));
  const assumed = allTerms([
    fieldEquals("eventSource", "sts.amazonaws.com"),
    fieldEquals("eventName", "AssumeRole*"),
    "($.errorCode NOT EXISTS)",
    fieldMatches("requestParameters.roleArn", `^arn:aws:iam::${account.id}:role/${name}$`),
  ]);
  const switched = allTerms([
    fieldEquals("eventSource", "signin.amazonaws.com"),
    fieldEquals("eventName", "SwitchRole"),
    fieldMatches("userIdentity.arn", `^arn:aws:sts::${account.id}:assumed-role/${name}/`),
  ]);
  return [joinTerms(anyTerm([assumed, switched]))];
}

/**
 * Of a call that is refused CloudTrail often leaves the parameters out; the message then names the role, as the caller spelt it.
 * Somebody of another account who is refused is in the trail of the account that they came from, so that where people live this
 * is a role of any account, elsewhere one that a session of the account asks for.
 */
function breakGlassRefusal({ organization, holdings }: Model, account: Account): readonly string[] {
  if (!account.isIdentity && holdings.of(account.key, "BreakGlass").length === 0) return [];
  const role = `:role/${inAnyCase(`${organization.prefix}-BreakGlassR-`)}`;
  return [
    joinTerms(
      fieldEquals("eventSource", "sts.amazonaws.com"),
      fieldEquals("eventName", "AssumeRole*"),
      fieldEquals("errorCode", "*"),
      anyTerm([fieldMatches("requestParameters.roleArn", role), fieldMatches("errorMessage", role)]),
    ),
  ];
}

/**
 * Whether a list in a request holds something besides one description of an access key, which AWS keeps as a tag of the
 * user named by the key's id. It has no more than that one key: the console writes one description at a time.
 */
const namesOtherTags = (first: string, second: string): string =>
  anyTerm([
    `($.${first} NOT EXISTS)`,
    `($.${first} != "${KEY_DESCRIPTION_PREFIX}*")`,
    fieldEquals(second, "*"),
  ]);

/** The tag form of a trust believes these tags, so whoever writes them grants roles: the deploying role only. */
function roleTags({ organization }: Model, account: Account): readonly string[] {
  if (!account.isIdentity) return [];
  const tags = "requestParameters.tags";
  const tagKeys = "requestParameters.tagKeys";
  return [
    joinTerms(
      fieldEquals("eventSource", "iam.amazonaws.com"),
      anyTerm([
        `(${fieldEquals("eventName", "TagUser")} && ${namesOtherTags(`${tags}[0].key`, `${tags}[1].key`)})`,
        `(${fieldEquals("eventName", "UntagUser")} && ${namesOtherTags(`${tagKeys}[0]`, `${tagKeys}[1]`)})`,
        `(${fieldEquals("eventName", "CreateUser")} && ${fieldEquals(`${tags}[0].key`, "*")})`,
      ]),
      ...notInSessionsOf(deployerIn(organization, account)),
    ),
  ];
}

/** Events of none of these names: what IAM comes to know later is among them. */
const otherThan = (events: readonly string[]): string =>
  allTerms(events.map((name) => fieldDiffers("eventName", name)));

/** What people change of their own users: the events of self-service, and tags, which have an alarm of their own. */
const OWN_CHANGES = [
  "*AccessKey",
  "*MFADevice",
  "*SSHPublicKey",
  "ChangePassword",
  "TagUser",
  "UntagUser",
] as const;

/** A change of IAM where people's users live lets its author become anybody: only the deploying role makes one, but for people's own credentials. */
function iamWherePeopleLive({ organization }: Model, account: Account): readonly string[] {
  if (!account.isIdentity) return [];
  return [
    joinTerms(
      ...IAM_CHANGES,
      anyTerm([fieldDiffers("userIdentity.type", "IAMUser"), otherThan(OWN_CHANGES)]),
      ...notInSessionsOf(deployerIn(organization, account)),
    ),
  ];
}

/**
 * Changes of IAM where nobody lives, by anybody but the deploying role.
 * @param events the term that says which
 */
function iamElsewhere({ organization }: Model, account: Account, events: string): readonly string[] {
  if (account.isIdentity) return [];
  return [joinTerms(...IAM_CHANGES, events, ...notInSessionsOf(deployerIn(organization, account)))];
}

/**
 * Roles, policies and instance profiles that come and go give nobody anything: a policy that is attached, and a role that a
 * profile receives, are other events. Tags of roles are not here, as conditions may ask for them.
 */
const HARMLESS_CHANGES = [
  "*ServiceLinkedRole",
  "CreateInstanceProfile",
  "CreatePolicy",
  "CreateRole",
  "DeleteInstanceProfile",
  "DeletePolicy",
  "DeleteRole",
  "TagInstanceProfile",
  "TagPolicy",
  "UntagInstanceProfile",
  "UntagPolicy",
] as const;

/** Users, and what they sign in with. */
const CREDENTIAL_CHANGES = [
  "*User*",
  "*AccessKey",
  "*LoginProfile",
  "ChangePassword",
  "*MFADevice",
  "*SSHPublicKey",
  "*SigningCertificate",
  "*ServiceSpecificCredential",
] as const;

/**
 * The trail's key has no name that a pattern could know, so that these are of every key. Grants are left out: services give
 * themselves some all day.
 */
const keyPolicyChange = ({ organization }: Model, account: Account): string =>
  joinTerms(
    fieldEquals("eventSource", "kms.amazonaws.com"),
    anyTerm([
      fieldEquals("eventName", "PutKeyPolicy"),
      fieldEquals("eventName", "DeleteImportedKeyMaterial"),
    ]),
    ...notInSessionsOf(deployerIn(organization, account)),
  );

/** All that somebody may do to the bucket itself: what is done to its objects the trail does not have. */
const trailBucketChange = ({ organization }: Model, account: Account): string =>
  joinTerms(
    ...changesByService("s3"),
    fieldEquals("requestParameters.bucketName", auditedTrail(organization, account).bucket),
    ...notInSessionsOf(deployerIn(organization, account)),
  );

/** What CIS's list leaves out, such as `DeleteConfigurationRecorder`; results of rules, which functions write, are not among them. */
const RECORDER_CHANGES = [
  "*ConfigurationRecorder*",
  "*DeliveryChannel",
  "*RetentionConfiguration",
  "DeleteConfigRule",
] as const;

/** Every alarm that Muster makes, one row each. */
export const ALARMS = {
  RootUsed: prescribed("CloudWatch.1", "rootIsMonitored", {
    says: ({ key }) => `somebody used or tried to use the root user of ${key}.`,
    severity: "critical",
    threshold: "first event",
  }),
  BreakGlassUsed: {
    says: ({ key }) => `somebody assumed BreakGlass in ${key}.`,
    severity: "critical",
    threshold: "first event",
    patterns: breakGlassUse,
    reference: { source: "Break-glass procedure: alerting" },
  },
  BreakGlassRefused: {
    says: ({ key, isIdentity }) =>
      `somebody ${isIdentity ? `of ${key}` : `in ${key}`} tried to assume BreakGlass and was refused.`,
    severity: "critical",
    threshold: "first event",
    patterns: breakGlassRefusal,
    reference: { source: "Break-glass procedure: alerting" },
  },
  RoleTagsChanged: {
    says: (_account, { pipeline }) =>
      `somebody changed the tags of users, which grant roles, or tried to. ${pipeline ? "The pipeline did not." : "Expected once after a deployment."}`,
    severity: "critical",
    threshold: "first event",
    patterns: roleTags,
    reference: { source: "MenoTime: who holds which role is the roster's to say" },
  },
  IamChanged: {
    says: ({ key }, organization) =>
      `somebody changed IAM in ${key}, where everybody's users are, or tried to. ${expectation(organization)}`,
    severity: "critical",
    threshold: "first event",
    patterns: iamWherePeopleLive,
    reference: { source: "Break-glass procedure: tools and signals" },
  },
  PowerUsed: {
    says: () => "somebody of PowerG changed IAM in the identity account, or tried to.",
    severity: "critical",
    threshold: "first event",
    patterns: ({ power }, { isIdentity }) => (isIdentity ? patternsOfUsers(power, IAM_CHANGES) : []),
    reference: { source: "Bootstrap notes: PowerG" },
  },
  LeaverActive: {
    says: () => "a person who has left used their user or its keys, or tried to.",
    severity: "critical",
    threshold: "first event",
    patterns: ({ people, now }, { isIdentity }) =>
      isIdentity
        ? patternsOfUsers(
            people.filter((person) => hasLeft(person, now)).map(({ name }) => name),
            [fieldEquals("userIdentity.type", "IAMUser")],
          )
        : [],
    reference: { source: "MenoTime: offboarding" },
  },
  RolesChanged: {
    says: ({ key }, organization) =>
      `somebody changed IAM in ${key}, such as what roles may do or who may be them, or tried to. ${expectation(organization)}`,
    severity: ({ environment }) => (environment === "prod" ? "critical" : "notice"),
    threshold: "first event",
    patterns: (model, account) =>
      iamElsewhere(model, account, otherThan([...HARMLESS_CHANGES, ...CREDENTIAL_CHANGES])),
    reference: { source: "Break-glass procedure: tools and signals" },
  },
  CredentialsChanged: {
    says: ({ key }, organization) =>
      `somebody changed users or credentials in ${key}, where no people's users are, or tried to. ${expectation(organization)}`,
    severity: "critical",
    threshold: "first event",
    patterns: (model, account) =>
      iamElsewhere(model, account, anyTerm(CREDENTIAL_CHANGES.map((name) => fieldEquals("eventName", name)))),
    reference: { source: "Bootstrap notes: users live in one account" },
  },
  TrailChanged: prescribed(
    "CloudWatch.5",
    "trailIsMonitored",
    {
      says: ({ key }) =>
        `somebody changed, stopped or made a trail in ${key}, or tried to. Expected when a deployment changes it.`,
      severity: "critical",
      threshold: "first event",
    },
    // Security Hub's pattern leaves out `PutEventSelectors`, which says what a trail writes.
    joinTerms(...changesByService("cloudtrail"), fieldDiffers("eventName", "*Query")),
  ),
  TrailBucketChanged: {
    says: ({ key }, organization) =>
      `somebody changed the bucket of the trail of ${key}, such as its policy or how long it keeps objects, or tried to. ${organization.pipeline ? "The pipeline did not." : "Expected when a deployment changes it."}`,
    severity: "critical",
    threshold: "first event",
    patterns: (model, account) => [trailBucketChange(model, account)],
    reference: { source: "Break-glass procedure: tools and signals" },
  },
  KeyChanged: {
    says: ({ key }) =>
      `somebody disabled a key of KMS in ${key}, scheduled its deletion, or changed who may use it; or tried to. Expected when a deployment removes one.`,
    severity: "critical",
    threshold: "first event",
    patterns: (model, account) => [SECURITY_HUB_PATTERNS["CloudWatch.7"], keyPolicyChange(model, account)],
    reference: { cis: "keysAreMonitored", securityHub: "CloudWatch.7" },
  },
  OrganizationChanged: {
    says: ({ key }) => `somebody changed the AWS organization from ${key}, or its membership, or tried to.`,
    severity: "critical",
    threshold: "first event",
    // CIS's list leaves out what AWS has added since, such as `RegisterDelegatedAdministrator`.
    patterns: () => [CIS_ORGANIZATION_CHANGES, joinTerms(...changesByService("organizations"))],
    reference: { cis: "organizationIsMonitored" },
  },
  OtherRegionUsed: {
    says: ({ key }, organization) =>
      `somebody used ${key}, or tried to, in a region other than ${organization.regions.join(", ")}, where Muster has no detector.${organization.pipeline ? "" : " Expected after a deployment."}`,
    severity: "notice",
    threshold: "first event",
    patterns: ({ organization }, account) =>
      otherRegionPatterns(organization, deployerIn(organization, account)),
    reference: { source: "MenoTime: the organization's regions" },
  },
  SignInWithoutMfa: prescribed("CloudWatch.3", "signInWithoutMfaIsMonitored", {
    says: ({ key }) =>
      `a user signed in to the console of ${key} without MFA. Expected of somebody's first sign-in, which enrols their device.`,
    severity: "notice",
    threshold: "first event",
  }),
  SignInFailed: prescribed("CloudWatch.6", "failedSignInIsMonitored", {
    says: ({ key }) => `sign-in to the console of ${key} failed.`,
    severity: "notice",
    threshold: "by setting",
  }),
  CallRefused: prescribed("CloudWatch.2", "unauthorizedCallsAreMonitored", {
    says: ({ key }) => `calls were refused in ${key} for want of permission.`,
    severity: "notice",
    threshold: "by setting",
  }),
  IamPolicyChanged: prescribed("CloudWatch.4", "iamPoliciesAreMonitored", {
    says: ({ key }) =>
      `somebody changed policies of IAM in ${key}, or tried to. Expected after every deployment that changes roles.`,
    severity: "notice",
    threshold: "first event",
  }),
  BucketPolicyChanged: prescribed("CloudWatch.8", "bucketPoliciesAreMonitored", {
    says: ({ key }) =>
      `somebody changed the policy, access list, origins, lifecycle or replication of a bucket of ${key}, or tried to. Expected after deployments.`,
    severity: "notice",
    threshold: "first event",
  }),
  RecorderChanged: prescribed(
    "CloudWatch.9",
    "configIsMonitored",
    {
      says: ({ key }) =>
        `somebody changed or stopped a recorder of AWS Config in ${key}, or deleted one of its rules; or tried to. Expected when a deployment changes it.`,
      severity: "notice",
      threshold: "first event",
    },
    joinTerms(
      ...changesByService("config"),
      anyTerm(RECORDER_CHANGES.map((name) => fieldEquals("eventName", name))),
    ),
  ),
} as const satisfies Readonly<Record<AlarmSubject, AlarmRow>>;

/** The alarms whose threshold a stack's settings may say. */
export type TunableAlarm = {
  [Subject in AlarmSubject]: (typeof ALARMS)[Subject]["threshold"] extends "first event" ? never : Subject;
}[AlarmSubject];
