import {
  alarmKeyAlias,
  alarmTopicArn,
  everyEventRuleArn,
  eventBusArn,
  eventRoleName,
  noticeTopicArn,
} from "../../model/names";
import { policyDocument, type PolicyDocument, type TrustStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { serviceRoleBlueprint, type ServiceRoleBlueprint } from "../service-role-blueprint";

/**
 * Trust of the role with which EventBridge tells the topics: of this account's rules alone. The topics' key could not ask for
 * that: SNS names no source where EventBridge publishes to an encrypted topic.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
function eventRoleTrust({ organization, account }: RoleContext): PolicyDocument<TrustStatement> {
  return policyDocument<TrustStatement>({
    Sid: "RulesTell",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": account.id },
      ArnLike: { "aws:SourceArn": everyEventRuleArn(organization, account) },
    },
  });
}

/** What that role may do: tell the topics, and send to the first region what rules of others hear. */
function eventRolePermissions({ organization, account }: RoleContext): PolicyDocument {
  return policyDocument(
    {
      Sid: "TellTopics",
      Effect: "Allow",
      Action: "sns:Publish",
      Resource: [alarmTopicArn(organization, account), noticeTopicArn(organization, account)],
    },
    {
      Sid: "EncryptNotices",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: `arn:aws:kms:${organization.region}:${account.id}:key/*`,
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alarmKeyAlias(organization) } },
    },
    {
      Sid: "SendHome",
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: eventBusArn(organization, account),
    },
  );
}

/** The role with which rules of EventBridge tell the topics. */
export const eventRole = (context: RoleContext): ServiceRoleBlueprint =>
  serviceRoleBlueprint(context.account, {
    id: "Alarms",
    kind: "the alarms' role",
    service: "EventBridge",
    name: eventRoleName(context.organization),
    description: "EventBridge tells the alarms' topics what its rules hear.",
    trust: eventRoleTrust(context),
    permissions: { description: "Tell the alarms' topics.", document: eventRolePermissions(context) },
  });
