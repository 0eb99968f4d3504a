import {
  LINUX_USERS_COMMAND,
  linuxUsersDocument,
  linuxUsersRoleArn,
  OPS_ACCESS_TAG,
  OPS_ACCESS_TAG_VALUE,
} from "../../model/names";
import { policyDocument, type PermissionStatement, type PolicyDocument } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { LINUX_USERS_SCRIPT } from "./linux-users-script";

/** What the document does with a user of a machine. */
export const LINUX_USER_ACTIONS = ["create-user", "add-key", "remove-key", "remove-user"] as const;

/**
 * What its parameters may be. Systems Manager puts them into the script as text, so that none of them may hold a quote, a dollar sign,
 * a line's end or a brace.
 */
export const LINUX_USER_PATTERNS = {
  UserName: "^[a-z][a-z0-9_-]{0,31}$",
  PublicKey:
    "^(?:(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\\.com) [A-Za-z0-9+/]{40,4000}={0,3}(?: [A-Za-z0-9_.@+-]{1,100})?)?$",
} as const;

const PARAMETERS = {
  Action: {
    type: "String",
    description: "What to do.",
    allowedValues: LINUX_USER_ACTIONS,
  },
  UserName: {
    type: "String",
    description: "Name of the user on the machine.",
    allowedPattern: LINUX_USER_PATTERNS.UserName,
  },
  PublicKey: {
    type: "String",
    description:
      "The public key to add or to remove, as in the file that ends in .pub; for the other actions nothing.",
    default: "",
    allowedPattern: LINUX_USER_PATTERNS.PublicKey,
  },
} as const;

/**
 * The command that runs on a machine. It is a document of its own, so that the role of the automation may send this and no other.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html
 */
export const linuxUsersCommand = () => ({
  schemaVersion: "2.2",
  description: "Makes and removes users of a Linux machine and their SSH keys.",
  parameters: PARAMETERS,
  mainSteps: [
    {
      name: "ManageUser",
      action: "aws:runShellScript",
      precondition: { StringEquals: ["platformType", "Linux"] },
      inputs: { timeoutSeconds: "120", runCommand: LINUX_USERS_SCRIPT.trimEnd().split("\n") },
    },
  ],
});

/** The user of a document: Ops, or one partner. */
export interface LinuxUsersRunner {
  /** The partner's name in the roster; absent for Ops. */
  readonly partner?: string;
}

/**
 * The automation that people and partners execute. Its role stands in it, and is not for them to choose: so they need to pass none.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-documents.html
 */
export const linuxUsersAutomation = (
  { organization, account }: RoleContext,
  { partner }: LinuxUsersRunner,
) => ({
  schemaVersion: "0.3",
  description:
    "Makes and removes users of Linux machines and their SSH keys. Output: who and which fingerprint.",
  assumeRole: linuxUsersRoleArn(organization, account, partner),
  parameters: {
    InstanceIds: {
      type: "StringList",
      description: "The machines: their ids.",
      allowedPattern: "^i-[0-9a-f]{8,17}$",
      minItems: 1,
      maxItems: 50,
    },
    ...PARAMETERS,
  },
  mainSteps: [
    {
      name: "ManageUser",
      action: "aws:runCommand",
      inputs: {
        DocumentName: LINUX_USERS_COMMAND,
        InstanceIds: "{{ InstanceIds }}",
        Parameters: {
          Action: ["{{ Action }}"],
          UserName: ["{{ UserName }}"],
          PublicKey: ["{{ PublicKey }}"],
        },
      },
    },
  ],
  outputs: ["ManageUser.Output"],
});

/** On which machines: those that are named, or those that carry the tag. */
export type TargetMachines = { readonly ids: readonly string[] } | "tagged";

/** What the automation's role may do: send the one command, and see what became of it. */
export function linuxUsersPermissions(context: RoleContext, machines: TargetMachines): PolicyDocument {
  const { organization, account } = context;
  const instance = (id: string): string => `arn:aws:ec2:${organization.region}:${account.id}:instance/${id}`;
  const onMachines: PermissionStatement = {
    Sid: "OnMachines",
    Effect: "Allow",
    Action: "ssm:SendCommand",
    ...(machines === "tagged"
      ? {
          Resource: instance("*"),
          Condition: { StringEquals: { [`aws:ResourceTag/${OPS_ACCESS_TAG}`]: OPS_ACCESS_TAG_VALUE } },
        }
      : { Resource: machines.ids.map(instance) }),
  };
  return policyDocument<PermissionStatement>(
    {
      Sid: "SendTheCommand",
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: `arn:aws:ssm:${organization.region}:${account.id}:document/${LINUX_USERS_COMMAND}`,
    },
    onMachines,
    {
      // https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runcommand.html
      Sid: "SeeWhatBecameOfIt",
      Effect: "Allow",
      Action: ["ssm:DescribeInstanceInformation", "ssm:ListCommandInvocations", "ssm:ListCommands"],
      Resource: "*",
    },
  );
}

/** The right to execute the document and nothing else. */
export function executeLinuxUsers(
  { organization, account }: RoleContext,
  { partner }: LinuxUsersRunner,
): PermissionStatement {
  const here = (resource: string): string => `arn:aws:ssm:${organization.region}:${account.id}:${resource}`;
  const name = linuxUsersDocument(partner);
  return {
    Sid: "ManageLinuxUsers",
    Effect: "Allow",
    Action: "ssm:StartAutomationExecution",
    Resource: [
      here(`automation-definition/${name}:*`),
      here("automation-execution/*"),
      here(`document/${name}`),
    ],
  };
}
