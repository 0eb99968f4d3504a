import { BREAK_GLASS_TAG, OPS_ACCESS_TAG, roleTagKey, TABLE_LEVEL_TAG } from "../../model/names";
import type { Organization } from "../../model/account";
import type { AuthorizationDetails } from "./authorization-details";
import type { Secret } from "./secret-section";
import { sha256Of } from "./sha256";

type Tags = Readonly<Record<string, string>>;

/** What the program writes into tags, or decides by. */
const PROGRAM_TAGS: readonly string[] = [
  "Category",
  "Environment",
  "ManagedBy",
  "Project",
  "Service",
  BREAK_GLASS_TAG,
  OPS_ACCESS_TAG,
  TABLE_LEVEL_TAG,
];

/** Keys of tags whose values a snapshot keeps. */
export const keptTagKeys = (organization: Organization): readonly string[] => [
  ...PROGRAM_TAGS,
  ...organization.accounts.map((account) => roleTagKey(organization, account)),
];

/** A hash of a value, which is one already where it was kept so before. */
const hashed = (value: string): string =>
  /^sha256:[0-9a-f]{16}$/.test(value) ? value : `sha256:${sha256Of(value).slice(0, 16)}`;

/** Tags with the values of these keys; of others, which may hold anything about anybody, a hash tells whether they change. */
export const keptTags = (tags: Tags, keys: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, keys.includes(key) ? value : hashed(value)]),
  );

const withKeptTags =
  (keys: readonly string[]) =>
  <Tagged extends { readonly tags: Tags }>(one: Tagged) => ({ ...one, tags: keptTags(one.tags, keys) });

/** Authorization details whose users and roles have the tags that a snapshot keeps. */
export const keptDetails = (
  details: AuthorizationDetails,
  keys: readonly string[],
): AuthorizationDetails => ({
  ...details,
  users: details.users.map(withKeptTags(keys)),
  roles: details.roles.map(withKeptTags(keys)),
});

export const keptSecrets = (secrets: readonly Secret[], keys: readonly string[]): Secret[] =>
  secrets.map(withKeptTags(keys));
