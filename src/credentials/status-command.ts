import { shellWord } from "../text/shell-word";
import type { CredentialKind, HeldCredential } from "./held-credential";

const COMMANDS = {
  "access key": { command: "update-access-key", flag: "--access-key-id" },
  "SSH key": { command: "update-ssh-public-key", flag: "--ssh-public-key-id" },
  "service credential": {
    command: "update-service-specific-credential",
    flag: "--service-specific-credential-id",
  },
  "signing certificate": { command: "update-signing-certificate", flag: "--certificate-id" },
} as const;

const hasStatus = (kind: CredentialKind): kind is keyof typeof COMMANDS => kind in COMMANDS;

/** IAM's id of a service credential, without the service's name before it. */
export const idWithoutService = (id: string): string => id.slice(id.lastIndexOf(" ") + 1);

/**
 * The command of the AWS command line that gives a credential its status; undefined of passwords and devices, which have none.
 * @param profileFlag what else the command takes, with the space before it, or nothing
 */
export function statusCommand(
  { user, kind, id }: Pick<HeldCredential, "user" | "kind" | "id">,
  status: "Active" | "Inactive",
  profileFlag = "",
): string | undefined {
  if (id === undefined || !hasStatus(kind)) return undefined;
  const { command, flag } = COMMANDS[kind];
  return `aws iam ${command} --user-name ${shellWord(user)} ${flag} ${shellWord(idWithoutService(id))} --status ${status}${profileFlag}`;
}
