import { accountRootArn, everyAlarmArn, type Arn } from "../../model/names";
import {
  policyDocument,
  type Conditions,
  type PolicyDocument,
  type ResourceStatement,
} from "../policy-document";
import type { RoleContext } from "../role-permissions";

/** CloudWatch, and only on behalf of this account's own alarms: no other account's may use it as a deputy. */
function ownAlarms({ organization, account }: RoleContext): Conditions {
  return {
    StringEquals: { "aws:SourceAccount": account.id },
    ArnLike: { "aws:SourceArn": everyAlarmArn(organization, account) },
  };
}

/**
 * Policy of the key that encrypts the alarms' topics. CloudWatch cannot use the key that AWS manages for SNS, and drops
 * its notices in silence.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function alarmKeyPolicy(context: RoleContext): PolicyDocument<ResourceStatement> {
  return policyDocument<ResourceStatement>(
    {
      Sid: "AccountAdministersKey",
      Effect: "Allow",
      Principal: { AWS: accountRootArn(context.account.id) },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "AlarmsEncryptNotices",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: ownAlarms(context),
    },
  );
}

/** Policy of a topic of alarms: this account's alarms publish to it. */
export function alarmTopicPolicy(context: RoleContext, topic: Arn): PolicyDocument<ResourceStatement> {
  return policyDocument<ResourceStatement>({
    Sid: "AlarmsPublishNotices",
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topic,
    Condition: ownAlarms(context),
  });
}
