import { linuxUsersAutomation, linuxUsersCommand } from "../documents/machines/linux-users";
import {
  linuxUsersExecutors,
  linuxUsersRole,
  type LinuxUsersExecutor,
} from "../documents/machines/linux-users-role";
import { sessionBucketPolicy, sessionKeyPolicy } from "../documents/machines/session-store";
import { sessionPreferences } from "../documents/machines/machine-sessions";
import type { PartnerRoleBlueprint } from "../documents/partner-role-blueprint";
import { renderDocument } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { accountTags } from "../documents/account-tags";
import {
  LINUX_USERS_COMMAND,
  linuxUsersDocument,
  SESSION_DOCUMENT,
  sessionBucketName,
  sessionKeyAlias,
  sessionsName,
} from "../model/names";
import { closedBucketPart } from "./closed-bucket";
import { MADE_WITHOUT_LOCKOUT_CHECK } from "./key-lockout-check";
import {
  computedProperty,
  describeResource,
  type DescribedComponent,
  type DescribedResource,
} from "./described-resource";
import { roleResources } from "./role-resources";
import type { MachineSettings } from "./account-settings";

const LOG_RETENTION_DAYS = 365;

const componentOf = ({ organization }: RoleContext): DescribedComponent => ({
  type: "muster:stacks:Machines",
  name: sessionsName(organization),
});

function keyResources(context: RoleContext): readonly [DescribedResource, DescribedResource] {
  const { organization } = context;
  const name = sessionsName(organization);
  const parent = componentOf(context);
  const key = describeResource(
    "aws:kms/key:Key",
    name,
    {
      description: "Encrypts sessions on machines and their log.",
      policy: renderDocument(sessionKeyPolicy(context)),
      enableKeyRotation: true,
      ...MADE_WITHOUT_LOCKOUT_CHECK,
      // Roles of machines know it by its name.
      tags: { ...accountTags(context), Name: name },
    },
    { parent },
  );
  const alias = describeResource(
    "aws:kms/alias:Alias",
    name,
    { name: sessionKeyAlias(organization), targetKeyId: computedProperty(key, "keyId") },
    { parent },
  );
  return [key, alias];
}

function bucketResources(
  context: RoleContext,
  { keptBucket }: MachineSettings,
): readonly DescribedResource[] {
  return closedBucketPart(context, componentOf(context), {
    name: sessionBucketName(context.organization, context.account),
    policy: sessionBucketPolicy(context),
    isKept: keptBucket === true,
  }).resources;
}

function document(
  context: RoleContext,
  name: string,
  documentType: "Automation" | "Command" | "Session",
  content: object,
): DescribedResource {
  return describeResource(
    "aws:ssm/document:Document",
    name,
    {
      name,
      documentType,
      documentFormat: "JSON",
      content: JSON.stringify(content),
      tags: accountTags(context),
    },
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
  const logGroup = describeResource(
    "aws:cloudwatch/logGroup:LogGroup",
    name,
    {
      name,
      retentionInDays: LOG_RETENTION_DAYS,
      kmsKeyId: computedProperty(key, "arn"),
      tags: accountTags(context),
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
