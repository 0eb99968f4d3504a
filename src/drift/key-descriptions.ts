import type { LiveUser } from "../aws/live-account";

/** The letters that ids of access keys begin with. */
const PREFIX = /^AKIA/i;

/**
 * Finds tags that a refresh passes over and that describe no access key of the user. The console keeps the description of an access key
 * as a tag of its user; the tag's key is the access key's id.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */
export function strayDescriptions({ tags, credentials: { accessKeys } }: LiveUser): readonly string[] {
  return Object.keys(tags)
    .filter((key) => PREFIX.test(key))
    .filter((key) => !accessKeys.some(({ id }) => id === key))
    .sort();
}
