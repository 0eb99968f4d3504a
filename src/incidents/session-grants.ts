import { findAction } from "../access/actions/aws-action";
import { UserError } from "../model/problems";
import { textAt, type TrailEvent } from "../aws/trail-event";

/** Something that a session did and that lets somebody do more than before. */
export interface SessionGrant {
  readonly event: TrailEvent;
  /** As IAM calls it: `iam:AttachRolePolicy`. */
  readonly action: string;
  /** The action that takes it back; absent where that depends on what was there before. */
  readonly takenBackBy?: string;
}

/** What a grant is taken back by, where one action does so whatever was there before. */
const TAKEN_BACK_BY: Readonly<Record<string, string>> = {
  "ec2:AuthorizeSecurityGroupEgress": "ec2:RevokeSecurityGroupEgress",
  "ec2:AuthorizeSecurityGroupIngress": "ec2:RevokeSecurityGroupIngress",
  "iam:AddRoleToInstanceProfile": "iam:RemoveRoleFromInstanceProfile",
  "iam:AddUserToGroup": "iam:RemoveUserFromGroup",
  "iam:AttachGroupPolicy": "iam:DetachGroupPolicy",
  "iam:AttachRolePolicy": "iam:DetachRolePolicy",
  "iam:AttachUserPolicy": "iam:DetachUserPolicy",
  "iam:CreateAccessKey": "iam:DeleteAccessKey",
  "iam:CreateGroup": "iam:DeleteGroup",
  "iam:CreateInstanceProfile": "iam:DeleteInstanceProfile",
  "iam:CreateLoginProfile": "iam:DeleteLoginProfile",
  "iam:CreateOpenIDConnectProvider": "iam:DeleteOpenIDConnectProvider",
  "iam:CreatePolicy": "iam:DeletePolicy",
  "iam:CreateRole": "iam:DeleteRole",
  "iam:CreateSAMLProvider": "iam:DeleteSAMLProvider",
  "iam:CreateServiceSpecificCredential": "iam:DeleteServiceSpecificCredential",
  "iam:CreateUser": "iam:DeleteUser",
  "iam:UploadSSHPublicKey": "iam:DeleteSSHPublicKey",
  "kms:CreateGrant": "kms:RevokeGrant",
  "lambda:AddPermission": "lambda:RemovePermission",
  "sns:AddPermission": "sns:RemovePermission",
  "sqs:AddPermission": "sqs:RemovePermission",
};

/** Services whose events come from elsewhere than their actions are called. */
const SERVICE_OF_SOURCE: Readonly<Record<string, string>> = {
  email: "ses",
  monitoring: "cloudwatch",
  tagging: "tag",
};

/** CloudTrail writes the version of some interfaces behind their names: `AddPermission20150331v2`. */
const VERSION = /20\d{6}(v\d+)?$/;

/** The action of an event, as IAM calls it most of the time: the two are not the same for every service. */
export function eventAction({ eventSource, eventName }: TrailEvent): string {
  const source = eventSource.replace(/\.amazonaws\.com$/, "");
  return `${SERVICE_OF_SOURCE[source] ?? source}:${eventName.replace(VERSION, "")}`;
}

const wasDone = ({ errorCode, readOnly }: TrailEvent): boolean =>
  errorCode === undefined && readOnly !== true;

/**
 * Take away what somebody could do, whatever else there is. Not among them is what may take away a limit: deleting a boundary or a
 * policy of a resource, detaching a policy, leaving a group.
 */
const TAKE_AWAY: readonly string[] = [
  "ec2:RevokeSecurityGroupEgress",
  "ec2:RevokeSecurityGroupIngress",
  "iam:DeleteAccessKey",
  "iam:DeleteInstanceProfile",
  "iam:DeleteLoginProfile",
  "iam:DeleteOpenIDConnectProvider",
  "iam:DeleteRole",
  "iam:DeleteSAMLProvider",
  "iam:DeleteSSHPublicKey",
  "iam:DeleteServiceSpecificCredential",
  "iam:DeleteUser",
  "iam:RemoveRoleFromInstanceProfile",
  "kms:RevokeGrant",
  "lambda:RemovePermission",
];

/** What AWS calls management of permissions, all writing of IAM, and doors of networks; what nobody knows counts too. */
async function isGrant(action: string): Promise<boolean> {
  if (action.startsWith("iam:") || TAKEN_BACK_BY[action] !== undefined) return true;
  try {
    return (await findAction(action)).level === "Permissions management";
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

/**
 * What among a session's events may let somebody do more than before, by the service authorization reference. An action that the
 * reference does not know counts; what can do nothing but take away does not.
 */
export async function sessionGrants(events: readonly TrailEvent[]): Promise<readonly SessionGrant[]> {
  const grants: SessionGrant[] = [];
  for (const event of events) {
    const action = eventAction(event);
    if (!wasDone(event) || TAKE_AWAY.includes(action) || !(await isGrant(action))) continue;
    const takenBackBy = TAKEN_BACK_BY[action];
    grants.push({ event, action, ...(takenBackBy !== undefined && { takenBackBy }) });
  }
  return grants;
}

/** Names, ARNs and ids, and no other parameter: a record is kept by git, and a request may hold a secret. */
const TELLS_WHAT = /(?:name|arn|id|identifier|bucket)$/i;

/** What an event is about: the names, ARNs and ids of its request, as `roleName=ops-extra`. */
export function eventSubject({ requestParameters, responseElements }: TrailEvent): string {
  const parameters =
    typeof requestParameters === "object" && requestParameters !== null
      ? Object.entries(requestParameters)
      : [];
  const named = parameters.flatMap(([key, value]) =>
    TELLS_WHAT.test(key) && typeof value === "string" ? [`${key}=${value}`] : [],
  );
  const key = textAt(responseElements, "accessKey", "accessKeyId");
  return [...named, ...(key === undefined ? [] : [`accessKeyId=${key}`])].join(" ");
}
