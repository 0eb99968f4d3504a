import { sessionBucketArn, sessionLogGroupArn, sessionsName } from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/**
 * What the agent of Systems Manager needs on a machine for sessions and commands, by AWS's list for Session Manager alone, with the
 * channel of commands that agents before 3.3.40 use. AWS's own policy for it, AmazonSSMManagedInstanceCore, lets every machine read every
 * parameter of the account beside (`ssm:GetParameter` on `*`): passwords among them.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function agentStatements(context: RoleContext): readonly PermissionStatement[] {
  const { organization, account } = context;
  const group = sessionLogGroupArn(organization, account);
  const bucket = sessionBucketArn(organization, account);
  return [
    {
      Sid: "Agent",
      Effect: "Allow",
      Action: [
        "ec2messages:AcknowledgeMessage",
        "ec2messages:DeleteMessage",
        "ec2messages:FailMessage",
        "ec2messages:GetEndpoint",
        "ec2messages:GetMessages",
        "ec2messages:SendReply",
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      Resource: "*",
    },
    {
      // It looks for the group by its name, and whether it is encrypted.
      Sid: "FindSessionLog",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: "*",
    },
    {
      Sid: "WriteSessionLog",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: group,
    },
    { Sid: "KeepSessions", Effect: "Allow", Action: "s3:PutObject", Resource: `${bucket}/*` },
    { Sid: "SeeEncryption", Effect: "Allow", Action: "s3:GetEncryptionConfiguration", Resource: bucket },
    {
      // The key's id is known to nobody before it is made: its name tells it.
      Sid: "EncryptSessions",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:${organization.region}:${account.id}:key/*`,
      Condition: { StringEquals: { "aws:ResourceTag/Name": sessionsName(organization) } },
    },
  ];
}
