/** How the ids of long-term access keys begin. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
export const KEY_DESCRIPTION_PREFIX = "AKIA";

/**
 * Matches the keys of the tags in which AWS keeps descriptions of access keys: the keys' ids, which have twenty characters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys_update.html
 */
export const KEY_DESCRIPTION_TAG = `${KEY_DESCRIPTION_PREFIX}${"?".repeat(16)}`;
