import { randomUUID } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { makeFolder } from "../files/make-folder";
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

/** The file that a name stands for, through links, also where it does not exist yet. */
function targetOf(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    const link = lstatSync(file, { throwIfNoEntry: false });
    return link?.isSymbolicLink() === true
      ? targetOf(resolve(dirname(file), readlinkSync(file)))
      : resolve(file);
  }
}

function writeWhole(file: string, text: string, mode: number): void {
  const handle = openSync(file, "wx", mode);
  try {
    fchmodSync(handle, mode);
    writeFileSync(handle, text, BYTES);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Puts the content, one character a byte, in the place of the file, at once: whoever reads it sees the old file or the new
 * one, and whatever interrupts the writing leaves the old one. A link stays a link, and the mode stays; a new file is its
 * owner's alone.
 * @throws UserError where it cannot be written
 */
export function replaceConfigFile(file: string, text: string): void {
  try {
    const target = targetOf(file);
    makeFolder(dirname(target), OWNER_ONLY_FOLDER);
    const mode = statSync(target, { throwIfNoEntry: false })?.mode ?? OWNER_ONLY;
    const draft = `${target}.${randomUUID()}.draft`;
    try {
      writeWhole(draft, text, mode & 0o777);
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  } catch (error) {
    throw refused(`${file} cannot be written, and is as it was`, error);
  }
}
