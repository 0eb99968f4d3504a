import {
  OPS_ACCESS_TAG,
  OPS_ACCESS_TAG_VALUE,
  SESSION_DOCUMENT,
  sessionBucketName,
  sessionKeyAlias,
  sessionsName,
} from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/** How sessions on machines are held, from a stack's settings. */
export interface SessionSettings {
  /** Minutes without a key pressed after which a session ends: 1 to 60. */
  readonly idleMinutes: number;
  /** Minutes after which a session ends whatever happens in it: 1 to 1,440. */
  readonly longestMinutes: number;
  /** The machine's user that sessions run as; without it, ssm-user, who may do everything by sudo. */
  readonly runAs?: string | undefined;
}

/**
 * What Session Manager does in every session: commands and output go to the log group as they come and to the bucket at the end, both
 * encrypted, and what travels is encrypted with the key besides.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
 */
export const sessionPreferences = (
  { organization, account }: RoleContext,
  { idleMinutes, longestMinutes, runAs }: SessionSettings,
) => ({
  schemaVersion: "1.0",
  description: "How sessions on machines are logged, encrypted and ended.",
  sessionType: "Standard_Stream",
  inputs: {
    s3BucketName: sessionBucketName(organization, account),
    s3KeyPrefix: "",
    s3EncryptionEnabled: true,
    cloudWatchLogGroupName: sessionsName(organization),
    cloudWatchEncryptionEnabled: true,
    cloudWatchStreamingEnabled: true,
    kmsKeyId: sessionKeyAlias(organization),
    idleSessionTimeout: String(idleMinutes),
    maxSessionDuration: String(longestMinutes),
    runAsEnabled: runAs !== undefined,
    runAsDefaultUser: runAs ?? "",
    shellProfile: { windows: "", linux: "" },
  },
});

/**
 * Sessions on machines that carry the tag, with the account's preferences and no other document, so that every one of them is logged
 * and none forwards a port; to resume and to end one's own.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-sessiondocumentaccesscheck.html
 */
export function sessionStatements({ organization, account }: RoleContext): readonly PermissionStatement[] {
  const here = (service: string, resource: string): string =>
    `arn:aws:${service}:${organization.region}:${account.id}:${resource}`;
  return [
    {
      Sid: "Sessions",
      Effect: "Allow",
      Action: "ssm:StartSession",
      Resource: here("ec2", "instance/*"),
      Condition: {
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
        StringEquals: { [`aws:ResourceTag/${OPS_ACCESS_TAG}`]: OPS_ACCESS_TAG_VALUE },
      },
    },
    {
      Sid: "SessionDocument",
      Effect: "Allow",
      Action: "ssm:StartSession",
      Resource: here("ssm", `document/${SESSION_DOCUMENT}`),
    },
    {
      Sid: "OwnSessions",
      Effect: "Allow",
      Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
      Resource: here("ssm", "session/*"),
      // Systems Manager tags each session with who began it.
      Condition: { StringEquals: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}" } },
    },
  ];
}
