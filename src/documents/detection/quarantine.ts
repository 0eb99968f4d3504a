import { keysOf } from "../../model/keys-of";
import {
  alarmKeyAlias,
  alarmTopicArn,
  everyUserArn,
  eventRuleArn,
  findingRuleName,
  quarantineAutomationArn,
  quarantineDocumentName,
  quarantinePolicyArn,
  quarantinePolicyName,
  responderRoleArn,
  responderRoleName,
  responseStarterRoleName,
  userArn,
  type Arn,
  type UserName,
} from "../../model/names";
import { automationTrust } from "../automation-trust";
import type { ManagedPolicyBlueprint } from "../deployed-role";
import {
  policyDocument,
  renderDocument,
  type PermissionStatement,
  type PolicyDocument,
  type TrustStatement,
} from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { serviceRoleBlueprint, type ServiceRoleBlueprint } from "../service-role-blueprint";

/** Denies everything, however requests are signed: what a person has while nobody knows who uses their credentials. */
export const quarantinePolicy = (): PolicyDocument =>
  policyDocument({ Sid: "Quarantined", Effect: "Deny", Action: "*", Resource: "*" });

/** The same as deployed. */
export const quarantinePolicyBlueprint = ({
  organization,
  account,
}: RoleContext): ManagedPolicyBlueprint => ({
  name: quarantinePolicyName(organization),
  arn: quarantinePolicyArn(organization, account),
  description: "Denies everything to a person whose credentials are in wrong hands.",
  text: renderDocument(quarantinePolicy()),
});

/**
 * What the automation's role may do: put the one policy on people's users, and tell the topic of critical alarms. It takes nothing
 * off again. The exempt are named in a Deny, because a user's ARN is what tells them: whoever they are, they are in `/people/` too.
 */
export function responderPermissions(
  { organization, account }: RoleContext,
  exempt: readonly UserName[],
): PolicyDocument {
  const [first, ...others] = exempt.map((name): Arn => userArn(account, name));
  const attach = "iam:AttachUserPolicy";
  return policyDocument<PermissionStatement>(
    {
      Sid: "QuarantinePeople",
      Effect: "Allow",
      Action: attach,
      Resource: everyUserArn(account),
      Condition: { ArnEquals: { "iam:PolicyARN": quarantinePolicyArn(organization, account) } },
    },
    ...(first === undefined
      ? []
      : [{ Sid: "NeverThese", Effect: "Deny", Action: attach, Resource: [first, ...others] } as const]),
    {
      Sid: "TellTopic",
      Effect: "Allow",
      Action: "sns:Publish",
      Resource: alarmTopicArn(organization, account),
    },
    {
      Sid: "EncryptNotices",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: `arn:aws:kms:${organization.region}:${account.id}:key/*`,
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alarmKeyAlias(organization) } },
    },
  );
}

/** The role that the automation works by. */
export const responderRole = (context: RoleContext, exempt: readonly UserName[]): ServiceRoleBlueprint =>
  serviceRoleBlueprint(context.account, {
    id: "Responder",
    kind: "the role of the automation that puts people in quarantine",
    service: "Systems Manager",
    name: responderRoleName(context.organization),
    description: "Puts people in quarantine whose credentials are in wrong hands.",
    trust: automationTrust(context),
    isBounded: true,
    permissions: {
      description: "Attach one policy to people's users, and tell the topic of critical alarms.",
      document: responderPermissions(context, exempt),
    },
  });

/** Text that Systems Manager does not take for a parameter of its own. It is told on and decides nothing. */
const TOLD_TEXT = "^[^{}]{1,256}$";

/** What an automation is told of a finding, each at its place in GuardDuty's event. */
const PARAMETERS = {
  UserName: {
    path: "$.detail.resource.accessKeyDetails.userName",
    description: "The user whose credentials the finding is about.",
    allowedPattern: "^[\\w+=,.@-]{1,64}$",
  },
  FindingType: {
    path: "$.detail.type",
    description: "GuardDuty's type of finding.",
    allowedPattern: TOLD_TEXT,
  },
  FindingId: {
    path: "$.detail.id",
    description: "GuardDuty's id of the finding.",
    allowedPattern: TOLD_TEXT,
  },
  Region: {
    path: "$.detail.region",
    description: "The region whose detector found it.",
    allowedPattern: TOLD_TEXT,
  },
} as const;

const NAMES = keysOf(PARAMETERS);

/**
 * How EventBridge makes an automation's parameters of an event: it puts quotes around texts by itself.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export const quarantineInput = {
  inputPaths: Object.fromEntries(NAMES.map((name) => [name, PARAMETERS[name].path])),
  inputTemplate: `{${NAMES.map((name) => `"${name}":[<${name}>]`).join(",")}}`,
} as const;

const FOUND =
  "GuardDuty in {{ Region }} found {{ FindingType }} (finding {{ FindingId }}) about the credentials of {{ UserName }}";

/**
 * The automation that answers a finding: it puts the policy on the user, and says whether that worked. Each step is one call of an API,
 * so that no code of ours runs.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html
 */
export function quarantineAutomation({ organization, account }: RoleContext) {
  const tell = (name: string, Subject: string, Message: string) => ({
    name,
    action: "aws:executeAwsApi",
    inputs: {
      Service: "sns",
      Api: "Publish",
      TopicArn: alarmTopicArn(organization, account),
      Subject,
      Message,
    },
    isEnd: true,
  });
  return {
    schemaVersion: "0.3",
    description: "Denies a user everything whose credentials GuardDuty found in wrong hands.",
    assumeRole: responderRoleArn(organization, account),
    parameters: Object.fromEntries(
      NAMES.map((name) => {
        const { description, allowedPattern } = PARAMETERS[name];
        return [name, { type: "String", description, allowedPattern }];
      }),
    ),
    mainSteps: [
      {
        name: "Quarantine",
        action: "aws:executeAwsApi",
        inputs: {
          Service: "iam",
          Api: "AttachUserPolicy",
          UserName: "{{ UserName }}",
          PolicyArn: quarantinePolicyArn(organization, account),
        },
        onFailure: "step:TellFailure",
        nextStep: "TellQuarantine",
      },
      tell(
        "TellQuarantine",
        "CRITICAL: {{ UserName }} is quarantined",
        `${FOUND}. The user is denied everything, until somebody undoes it: npm run offboard -- {{ UserName }} --undo. ` +
          "Sessions in roles go on: npm run offboard -- {{ UserName }} --now ends them.",
      ),
      tell(
        "TellFailure",
        "CRITICAL: {{ UserName }} is NOT quarantined",
        `${FOUND}. The policy was not seen attached: the user is exempt, is none of people's or is gone, or IAM refused or did not answer. ` +
          "Look now; npm run offboard -- {{ UserName }} --now closes their access.",
      ),
    ],
  };
}

/** Trust of the role with which EventBridge starts the automation: of the one rule. */
export function responseStarterTrust({ organization, account }: RoleContext): PolicyDocument<TrustStatement> {
  const rule = eventRuleArn(organization, account, findingRuleName(organization, "CredentialsMisused"));
  return policyDocument<TrustStatement>({
    Sid: "RuleStarts",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account.id }, ArnEquals: { "aws:SourceArn": rule } },
  });
}

/** What that role may do: start the one automation, and hand it its role. */
export const responseStarterPermissions = ({ organization, account }: RoleContext): PolicyDocument =>
  policyDocument(
    {
      Sid: "StartQuarantine",
      Effect: "Allow",
      Action: "ssm:StartAutomationExecution",
      Resource: [
        `${quarantineAutomationArn(organization, account)}:*`,
        `arn:aws:ssm:${organization.region}:${account.id}:automation-execution/*`,
        `arn:aws:ssm:${organization.region}:${account.id}:document/${quarantineDocumentName(organization)}`,
      ],
    },
    {
      Sid: "PassResponder",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: responderRoleArn(organization, account),
      Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
    },
  );

/** The role with which EventBridge starts the automation. */
export const responseStarterRole = (context: RoleContext): ServiceRoleBlueprint =>
  serviceRoleBlueprint(context.account, {
    id: "ResponseStarter",
    kind: "the role that starts the automation of quarantine",
    service: "EventBridge",
    name: responseStarterRoleName(context.organization),
    description: "EventBridge starts the automation that puts people in quarantine.",
    trust: responseStarterTrust(context),
    isBounded: true,
    permissions: { description: "Start one automation.", document: responseStarterPermissions(context) },
  });
