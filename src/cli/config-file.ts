import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { replaceFile } from "../files/replace-file";
import { UserError } from "../model/problems";

/** The file is read and written with one character a byte, so that what is no UTF-8 stays what it is. */
const BYTES = "latin1";
const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

const awsFile = (named: string | undefined, name: string): string =>
  named === undefined || named === "" ? join(homedir(), ".aws", name) : named.replace(/^~(?=\/)/, homedir());

/** The config file that AWS's own tools read. https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html */
export const awsConfigFile = (env: NodeJS.ProcessEnv): string => awsFile(env["AWS_CONFIG_FILE"], "config");

/** The file of credentials that they read; its settings come before those of the config file. */
export const awsCredentialsFile = (env: NodeJS.ProcessEnv): string =>
  awsFile(env["AWS_SHARED_CREDENTIALS_FILE"], "credentials");

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error ? String(error.code) : undefined;

function refused(what: string, error: unknown): unknown {
  if (codeOf(error) === undefined || !(error instanceof Error)) return error;
  return new UserError(`${what}: ${error.message}.`);
}

/**
 * The file's content, one character a byte; undefined where there is no file.
 * @throws UserError where it cannot be read
 */
export function readConfigFile(file: string): string | undefined {
  try {
    return readFileSync(file, BYTES);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw refused(`${file} cannot be read`, error);
  }
}

/**
 * Replaces the file's content, one character a byte; a new file is its owner's alone.
 * @throws UnwritableFile where it cannot be written
 */
export function replaceConfigFile(file: string, text: string): void {
  replaceFile(file, text, { mode: OWNER_ONLY, folderMode: OWNER_ONLY_FOLDER, encoding: BYTES });
}
