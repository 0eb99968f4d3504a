import { STS } from "@aws-sdk/client-sts";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import type { Account } from "../model/account";
import { UserError } from "../model/problems";

/** Where an account's credentials come from: a profile of the AWS configuration, or whatever the environment has. */
export interface CredentialSource {
  readonly profile?: string;
}

const configFile = (env: NodeJS.ProcessEnv): string =>
  env["AWS_CONFIG_FILE"] ?? join(homedir(), ".aws", "config");

function hasProfile(name: string, env: NodeJS.ProcessEnv): boolean {
  const file = configFile(env);
  if (!existsSync(file)) return false;
  const sections = readFileSync(file, "utf8").match(/^\[.*\]/gm) ?? [];
  return sections.some((section) => section.replace(/\s+/g, " ") === `[profile ${name}]`);
}

/**
 * Keys in the environment come first, as for every AWS client; a pipeline has one account's at a time. Otherwise the
 * profile that `pattern` names (`example-{stack}`), or one that is named like the stack, if there is one.
 */
export function credentialSource(
  { key }: Account,
  pattern: string | undefined,
  env: NodeJS.ProcessEnv,
): CredentialSource {
  if (pattern !== undefined) return { profile: pattern.replaceAll("{stack}", key) };
  if (env["AWS_ACCESS_KEY_ID"] !== undefined || env["AWS_PROFILE"] !== undefined) return {};
  return hasProfile(key, env) ? { profile: key } : {};
}

/** The environment of a program that works with these credentials. */
export function environmentWith({ profile }: CredentialSource, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return profile === undefined ? env : { ...env, AWS_PROFILE: profile };
}

/** @throws UserError where the credentials are missing, or belong to another account */
export async function assertCredentialsOf(
  { key, id }: Account,
  source: CredentialSource,
  region: string,
): Promise<void> {
  const found = await new STS({ region, ...source }).getCallerIdentity({}).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`There are no credentials for ${key}: ${reason}`);
  });
  if (found.Account === id) return;
  throw new UserError(
    `The credentials for ${key} are those of account ${String(found.Account)}, not ${id}. ` +
      'Name a profile for each stack, with --profile "example-{stack}", or look at one stack at a time.',
  );
}
