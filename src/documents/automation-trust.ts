import { policyDocument } from "./policy-document";
import type { RoleContext } from "./role-permissions";
import type { TrustDocument } from "./role-trust";

/** Trust of a role that an automation of Systems Manager works by: on behalf of this account's executions. https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html */
export const automationTrust = ({ organization, account }: RoleContext): TrustDocument =>
  policyDocument({
    Sid: "Automation",
    Effect: "Allow",
    Principal: { Service: "ssm.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": account.id },
      ArnLike: { "aws:SourceArn": `arn:aws:ssm:${organization.region}:${account.id}:automation-execution/*` },
    },
  });
