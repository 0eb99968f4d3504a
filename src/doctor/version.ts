import type { Account } from "../model/account";
import { isRelease, versionWords, type DeployedVersion } from "../releases/deployed-version";
import { missing, passed, unknown, type Outcome } from "./finding";

/**
 * Whether an account has a version that somebody can get again. Only one that follows tags has to: any other has what was
 * deployed last, and its line says what that is.
 */
export function versionOutcome({ key, follows }: Account, version: DeployedVersion): Outcome {
  const found = versionWords(version);
  if (version.kind === "none") return missing(found, "Put the stack right first.");
  if (follows === "branch" || isRelease(version)) return passed(found);
  if (version.kind === "elsewhere") return unknown(found, "Run `git fetch --tags`.");
  return missing(found, `${key} follows tags: run \`npm run promote -- <tag> ${key}\`.`);
}
