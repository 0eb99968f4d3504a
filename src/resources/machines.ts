import { linuxUsersAutomation, linuxUsersCommand } from "../documents/machines/linux-users";
import {
  linuxUsersExecutors,
  linuxUsersRole,
  type LinuxUsersExecutor,
} from "../documents/machines/linux-users-role";
import { sessionBucketPolicy, sessionKeyPolicy } from "../documents/machines/session-store";
import { sessionPreferences } from "../documents/machines/sessions";
import type { PartnerRoleBlueprint } from "../documents/partner-role-blueprint";
import { render } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import {
  LINUX_USERS_COMMAND,
  linuxUsersDocument,
  SESSION_DOCUMENT,
  sessionBucketName,
  sessionKeyAlias,
  sessionsName,
} from "../model/names";
import { MADE_WITHOUT_LOCKOUT_CHECK } from "./key-lockout-check";
import { after, computed, describe, type Component, type DescribedResource } from "./resource";
import { roleResources } from "./role";
import type { MachineSettings } from "./settings";

const LOG_RETENTION_DAYS = 365;

const componentOf = ({ organization }: RoleContext): Component => ({
  type: "muster:stacks:Machines",
  name: sessionsName(organization),
});

function keyResources(context: RoleContext): readonly [DescribedResource, DescribedResource] {
  const { organization } = context;
  const name = sessionsName(organization);
  const parent = componentOf(context);
  const key = describe(
    "aws:kms/key:Key",
    name,
    {
      description: "Encrypts sessions on machines and their log.",
      policy: render(sessionKeyPolicy(context)),
      enableKeyRotation: true,
      ...MADE_WITHOUT_LOCKOUT_CHECK,
      // Roles of machines know it by its name.
      tags: { ...tagsOf(context), Name: name },
    },
    { parent },
  );
  const alias = describe(
    "aws:kms/alias:Alias",
    name,
    { name: sessionKeyAlias(organization), targetKeyId: computed(key, "keyId") },
    { parent },
  );
  return [key, alias];
}

/** Evidence outlives the program that began to collect it: the bucket is encrypted by S3's own key, which nobody deletes. */
function bucketResources(
  context: RoleContext,
  { keptBucket }: MachineSettings,
): readonly DescribedResource[] {
  const kept = { parent: componentOf(context), retainOnDelete: true } as const;
  const name = sessionBucketName(context.organization, context.account);
  const bucket = describe(
    "aws:s3/bucket:Bucket",
    name,
    { bucket: name, tags: tagsOf(context) },
    { ...kept, ...(keptBucket === true && { takesOver: name }) },
  );
  const versioning = describe(
    "aws:s3/bucketVersioning:BucketVersioning",
    name,
    { bucket: after(bucket, name), versioningConfiguration: { status: "Enabled" } },
    kept,
  );
  const closed = describe(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name,
    {
      bucket: after(bucket, name),
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    kept,
  );
  const encryption = describe(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name,
    {
      bucket: after(closed, name),
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
          bucketKeyEnabled: false,
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    },
    kept,
  );
  const policy = describe(
    "aws:s3/bucketPolicy:BucketPolicy",
    name,
    { bucket: after(encryption, name), policy: render(sessionBucketPolicy(context)) },
    kept,
  );
  return [bucket, versioning, closed, encryption, policy];
}

function document(
  context: RoleContext,
  name: string,
  documentType: "Automation" | "Command" | "Session",
  content: object,
): DescribedResource {
  return describe(
    "aws:ssm/document:Document",
    name,
    { name, documentType, documentFormat: "JSON", content: JSON.stringify(content), tags: tagsOf(context) },
    // AWS refuses content that a document has had before (DuplicateDocumentContent), and Pulumi's provider then takes what somebody
    // else wrote for its own: terraform-provider-aws, internal/service/ssm/document.go, resourceDocumentUpdate.
    { parent: componentOf(context), remadeOnChanges: ["content"] },
  );
}

function executorResources(context: RoleContext, executor: LinuxUsersExecutor): readonly DescribedResource[] {
  return [
    ...roleResources(context, linuxUsersRole(context, executor)),
    document(
      context,
      linuxUsersDocument(executor.partner),
      "Automation",
      linuxUsersAutomation(context, executor),
    ),
  ];
}

/**
 * How people come to machines: Session Manager's preferences with what sessions are logged to, and the documents that make users of
 * Linux with the roles that run them.
 */
export function machineResources(
  context: RoleContext,
  settings: MachineSettings,
  partnerRoles: readonly PartnerRoleBlueprint[],
): readonly DescribedResource[] {
  const name = sessionsName(context.organization);
  const [key, alias] = keyResources(context);
  const logGroup = describe(
    "aws:cloudwatch/logGroup:LogGroup",
    name,
    {
      name,
      retentionInDays: LOG_RETENTION_DAYS,
      kmsKeyId: computed(key, "arn"),
      tags: tagsOf(context),
    },
    { parent: componentOf(context) },
  );
  return [
    key,
    alias,
    logGroup,
    ...bucketResources(context, settings),
    document(context, SESSION_DOCUMENT, "Session", sessionPreferences(context, settings)),
    document(context, LINUX_USERS_COMMAND, "Command", linuxUsersCommand()),
    ...linuxUsersExecutors(partnerRoles).flatMap((executor) => executorResources(context, executor)),
  ];
}
