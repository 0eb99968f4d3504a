import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import type { Account } from "../model/account";
import { errorMessage, UserError } from "../model/problems";
import { unreachable } from "./unreachable";
import { UnreadableAnswer, unreadableAnswer } from "./unreadable-answer";

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

/** Keys that AWS's clients take before any profile. https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html */
const KEYS: readonly string[] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/** The environment of a program that works with these credentials; without keys of its own where a profile is named. */
export function environmentWith({ profile }: CredentialSource, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (profile === undefined) return env;
  const others = Object.entries(env).filter(([name]) => !KEYS.includes(name));
  return { ...Object.fromEntries(others), AWS_PROFILE: profile };
}

/** Credentials that are missing or those of another account, with what to do apart from what is wrong. */
export class CredentialsProblem extends UserError {
  constructor(
    readonly fault: string,
    readonly remedy: string,
  ) {
    super(`${fault}\nTo do: ${remedy}`);
  }
}

const remedyFor = ({ key, id }: Account, { profile }: CredentialSource): string =>
  profile === undefined
    ? `Name a profile for each account with --profile "example-{stack}", or have one called ${key} that signs in to ${id}. Keys or ` +
      "AWS_PROFILE in the environment come before the latter: unset them, or let them be this account's."
    : `Sign the profile ${profile} in to ${key} (${id}): \`aws login --profile ${profile}\`, or as you do otherwise.`;

/**
 * The ARN of whoever the credentials are of.
 * @throws CredentialsProblem where the credentials are missing, or belong to another account
 * @throws Unreachable where nobody could be asked, UnreadableAnswer where the answer is none of AWS's
 */
export async function assertCredentialsForAccount(
  account: Account,
  source: CredentialSource,
  region: string,
): Promise<string> {
  const { key, id } = account;
  const { STS } = await import("@aws-sdk/client-sts");
  const found = await new STS({ region, ...source }).getCallerIdentity({}).catch((error: unknown) => {
    const reason = errorMessage(error);
    throw (
      unreachable(error) ??
      unreadableAnswer(error) ??
      new CredentialsProblem(`There are no credentials for ${key}: ${reason}`, remedyFor(account, source))
    );
  });
  // The SDK takes a web page, where STS sends XML, for an answer without anything in it.
  if (found.Account === undefined) throw new UnreadableAnswer("");
  if (found.Account === id) return found.Arn ?? "";
  throw new CredentialsProblem(
    `The credentials for ${key} are those of account ${found.Account}, not ${id}.`,
    remedyFor(account, source),
  );
}
