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
import { closedBucketPart } from "./closed-bucket";
import { MADE_WITHOUT_LOCKOUT_CHECK } from "./key-lockout-check";
import { computed, describe, type Component, type DescribedResource } from "./resource";
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
