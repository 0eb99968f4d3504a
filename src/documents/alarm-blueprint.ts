import type { Account } from "../model/account";
import type { Model } from "../model/model";
import { alarmName, pipelineRoleArn, roleName, type Arn } from "../model/names";
import { KEY_DESCRIPTION_PREFIX } from "./self-service/key-description";

/** An alarm on events that the account's trail writes to its log group. */
export interface AlarmBlueprint {
  /** Name of the alarm, and of its metric filter and metric. */
  readonly name: string;
  readonly description: string;
  /** CloudWatch Logs filter pattern over CloudTrail's events. */
  readonly pattern: string;
}

const anyOf = (terms: readonly string[]): string => `(${terms.join(" || ")})`;
const allOf = (terms: readonly string[]): string => `{ ${terms.join(" && ")} }`;
const equals = (field: string, value: string): string => `($.${field} = "${value}")`;
const matches = (field: string, expression: string): string => `($.${field} = %${expression}%)`;

/**
 * A regular expression for a text in any mix of cases: filter patterns have no other way, and two expressions at most.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html
 */
const inAnyCase = (text: string): string =>
  text.replace(/[^0-9_/:-]/g, (character) =>
    /[a-z]/i.test(character) ? `[${character.toUpperCase()}${character.toLowerCase()}]` : `\\${character}`,
  );

/**
 * CIS 4.3's filter, word for word: Security Hub takes no other for it.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-1
 */
const ROOT_USE =
  '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }';

function rootAlarm({ organization }: Model, account: Account): AlarmBlueprint {
  return {
    name: alarmName(organization, "RootUsed"),
    description: `CRITICAL: somebody used or tried to use the root user of ${account.key}.`,
    pattern: ROOT_USE,
  };
}

/**
 * Rings for the CLI's `AssumeRole`, whoever calls it and whatever the case of the ARN that they name, and for the console's
 * switch, which is in the trail as `SwitchRole` too, of which the session alone names the role. Somebody of another account
 * who is refused is in the trail of the account that they came from, not in this one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html#cloudtrail-integration_apis
 */
function breakGlassAlarm({ organization }: Model, account: Account): AlarmBlueprint {
  const name = inAnyCase(roleName(organization, "BreakGlass", account));
  return {
    name: alarmName(organization, "BreakGlassUsed"),
    description: `CRITICAL: somebody assumed BreakGlass in ${account.key}, or tried to from within the account.`,
    pattern: `{ ${anyOf([
      `(${[
        equals("eventSource", "sts.amazonaws.com"),
        equals("eventName", "AssumeRole*"),
        matches("requestParameters.roleArn", `^arn:aws:iam::${account.id}:role/${name}$`),
      ].join(" && ")})`,
      `(${[
        equals("eventSource", "signin.amazonaws.com"),
        equals("eventName", "SwitchRole"),
        matches("userIdentity.arn", `^arn:aws:sts::${account.id}:assumed-role/${name}/`),
      ].join(" && ")})`,
    ])} }`,
  };
}

function powerAlarm({ organization, power }: Model): AlarmBlueprint {
  return {
    name: alarmName(organization, "PowerUsed"),
    description: "CRITICAL: somebody of PowerG changed IAM in the identity account.",
    pattern: allOf([
      equals("eventSource", "iam.amazonaws.com"),
      "($.readOnly IS FALSE)",
      anyOf(power.map((name) => equals("userIdentity.userName", name))),
    ]),
  };
}

/** Sessions of a role have this field, users and the root user do not. */
const SESSION_ISSUER = "$.userIdentity.sessionContext.sessionIssuer.arn";

const isNot = (role: Arn): string =>
  anyOf([`(${SESSION_ISSUER} NOT EXISTS)`, `(${SESSION_ISSUER} != "${role}")`]);

/**
 * Whether a list in a request holds something besides one description of an access key, which AWS keeps as a tag of the
 * user named by the key's id. It has no more than that one key: the console writes one description at a time.
 */
const namesOtherTags = (first: string, second: string): string =>
  anyOf([`($.${first} NOT EXISTS)`, `($.${first} != "${KEY_DESCRIPTION_PREFIX}*")`, equals(second, "*")]);

/** The tag form of a trust believes these tags, so whoever writes them grants roles: the deploying role only. */
function roleTagAlarm({ organization }: Model): AlarmBlueprint {
  const { pipeline, identity } = organization;
  const deployer = pipeline && pipelineRoleArn(organization, "Deploy", identity);
  const expectation = deployer === undefined ? "Expected once after a deployment." : "The pipeline did not.";
  const tags = "requestParameters.tags";
  const tagKeys = "requestParameters.tagKeys";
  return {
    name: alarmName(organization, "RoleTagsChanged"),
    description: `CRITICAL: somebody changed the tags of users, which grant roles. ${expectation}`,
    pattern: allOf([
      equals("eventSource", "iam.amazonaws.com"),
      anyOf([
        `(${equals("eventName", "TagUser")} && ${namesOtherTags(`${tags}[0].key`, `${tags}[1].key`)})`,
        `(${equals("eventName", "UntagUser")} && ${namesOtherTags(`${tagKeys}[0]`, `${tagKeys}[1]`)})`,
        `(${equals("eventName", "CreateUser")} && ${equals(`${tags}[0].key`, "*")})`,
      ]),
      ...(deployer === undefined ? [] : [isNot(deployer)]),
    ]),
  };
}

/** What people change of their own users: the events of self-service, and tags, which have an alarm of their own. */
const OWN_CHANGES = [
  "*AccessKey",
  "*MFADevice",
  "*SSHPublicKey",
  "ChangePassword",
  "TagUser",
  "UntagUser",
] as const;

/** Who changes IAM where people's users live can become anybody: the deploying role only. */
function iamAlarm({ organization }: Model): AlarmBlueprint {
  const { pipeline, identity } = organization;
  const deployer = pipeline && pipelineRoleArn(organization, "Deploy", identity);
  const expectation = deployer === undefined ? "Expected after a deployment." : "The pipeline did not.";
  return {
    name: alarmName(organization, "IamChanged"),
    description: `CRITICAL: somebody changed IAM in ${identity.key}, where everybody's users are. ${expectation}`,
    pattern: allOf([
      equals("eventSource", "iam.amazonaws.com"),
      "($.readOnly IS FALSE)",
      anyOf([
        '($.userIdentity.type != "IAMUser")',
        `(${OWN_CHANGES.map((name) => `($.eventName != "${name}")`).join(" && ")})`,
      ]),
      ...(deployer === undefined ? [] : [isNot(deployer)]),
    ]),
  };
}

/** The alarms of an account: every account has a root user. */
export function alarmBlueprints(model: Model, account: Account): readonly AlarmBlueprint[] {
  return [
    rootAlarm(model, account),
    ...(model.holdings.of(account.key, "BreakGlass").length > 0 ? [breakGlassAlarm(model, account)] : []),
    ...(account.isIdentity ? [roleTagAlarm(model), iamAlarm(model)] : []),
    ...(account.isIdentity && model.power.length > 0 ? [powerAlarm(model)] : []),
  ];
}
