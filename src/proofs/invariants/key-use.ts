import type { ProvenCaller } from "../proven-caller";
import type { RequestSet } from "../request-set";

/**
 * What changes a key or tells about it: the account's own policies give it. All else uses the key, actions of tomorrow too.
 * The list is not the documents', so that an action more in a document is a breach.
 */
const KEY_ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey*",
  "kms:EnableKey*",
  "kms:GetKey*",
  "kms:List*",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
] as const;

/** Every request to a key but those that administer it. */
export const KEY_USE: RequestSet = { actions: "*", except: KEY_ADMINISTRATION };

/** A caller with what AWS says of their account to a key; of services, nothing is taken for known. */
export const callerOfKey = (caller: ProvenCaller): ProvenCaller =>
  caller.accountId === ""
    ? caller
    : { ...caller, keys: new Map([...caller.keys, ["kms:calleraccount", caller.accountId]]) };
