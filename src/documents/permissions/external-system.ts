import { LINUX_USERS_DOCUMENT } from "../../model/names";
import type { PartnerResources } from "../../model/partner";
import { executeLinuxUsers } from "../machines/linux-users";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext, RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";

// Nobody else's documents begin so. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
const AWS_DOCUMENT = /^(AWS|Amazon)-/;

/** Whether a partner makes users of its machines: by an automation of its own, which it may execute and nothing else. */
export const managesLinuxUsers = ({ instances = [], documents = [] }: PartnerResources): boolean =>
  instances.length > 0 && documents.includes(LINUX_USERS_DOCUMENT);

/** A command is a document on an instance: without one of the two there is nothing to run. */
function runCommands(
  instances: readonly string[],
  documents: readonly string[],
): readonly PermissionStatement[] {
  if (instances.length === 0 || documents.length === 0) return [];
  return [
    {
      Sid: "RunCommands",
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: [...instances, ...documents],
    },
    {
      // Its result is found by the command's id alone, which nobody can guess and which listing would give away.
      Sid: "ReadResults",
      Effect: "Allow",
      Action: "ssm:GetCommandInvocation",
      Resource: "*",
    },
  ];
}

/** An execution's result is found by its id alone, which nobody can guess and which listing would give away. */
const manageLinuxUsers = (context: RoleContext, partner: string): readonly PermissionStatement[] => [
  executeLinuxUsers(context, { partner }),
  {
    Sid: "ReadExecutions",
    Effect: "Allow",
    Action: "ssm:GetAutomationExecution",
    Resource: `arn:aws:ssm:${context.organization.region}:${context.account.id}:automation-execution/*`,
  },
];

/**
 * An external system keeps the configuration of the machines that are named (seed: Healthcare Blocks,
 * external_admin_systems): it runs named documents on named instances, and reads and writes named parameters.
 */
export function externalSystemPermissions(
  context: RoleContext,
  resources: PartnerResources,
  partner: string,
): RolePermissions {
  const { instances = [], documents = [], parameters = [] } = resources;
  const { organization, account } = context;
  const here = (service: string, resource: string): string =>
    `arn:aws:${service}:${organization.region}:${account.id}:${resource}`;
  const instanceArns = instances.map((id) => here("ec2", `instance/${id}`));
  const documentArns = documents
    .filter((name) => name !== LINUX_USERS_DOCUMENT)
    .map((name) =>
      AWS_DOCUMENT.test(name)
        ? `arn:aws:ssm:${organization.region}::document/${name}`
        : here("ssm", `document/${name}`),
    );
  const statements: readonly PermissionStatement[] = [
    ...runCommands(instanceArns, documentArns),
    ...(managesLinuxUsers(resources) ? manageLinuxUsers(context, partner) : []),
    ...(documentArns.length === 0
      ? []
      : [
          {
            Sid: "ReadDocuments",
            Effect: "Allow",
            Action: "ssm:GetDocument",
            Resource: documentArns,
          } as const,
        ]),
    ...(parameters.length === 0
      ? []
      : [
          {
            Sid: "KeepParameters",
            Effect: "Allow",
            Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:PutParameter"],
            Resource: parameters.map((name) => here("ssm", `parameter${name}`)),
          } as const,
        ]),
  ];
  if (statements.length === 0) return { policies: [] };
  return {
    policies: [
      customerPolicy(
        "permissions",
        "Keeps the configuration of named machines, and nothing else.",
        ...statements,
      ),
    ],
  };
}
