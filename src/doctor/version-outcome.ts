import type { Account } from "../model/account";
import { isRelease, formatVersion, type DeployedVersion } from "../releases/deployed-version";
import type { CloneDepth } from "../releases/repository";
import { missingOutcome, passedOutcome, unknownOutcome, type DoctorOutcome } from "./doctor-finding";

const FETCHES: Readonly<Record<CloneDepth, string>> = {
  whole: "Run `git fetch --tags`.",
  shallow: "Run `git fetch --unshallow --tags`.",
  none: "Run this in a clone of the repository.",
};

/**
 * Whether an account has a version that somebody can get again. Only one that follows tags has to: any other has what was
 * deployed last, and its line says what that is.
 */
export function versionOutcome({ key, follows }: Account, version: DeployedVersion): DoctorOutcome {
  const found = formatVersion(version);
  if (version.kind === "none") return missingOutcome(found, "Put the stack right first.");
  if (version.kind === "unknown" && !version.isRead)
    return unknownOutcome(found, `Run \`pulumi stack history -s ${key}\` by hand.`);
  if (follows === "branch" || isRelease(version)) return passedOutcome(found);
  if (version.kind === "elsewhere") return unknownOutcome(found, FETCHES[version.clone]);
  return missingOutcome(found, `${key} follows tags: run \`npm run promote -- <tag> ${key}\`.`);
}
