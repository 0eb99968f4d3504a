import type { Account } from "../model/account";
import { accountRootArn } from "../model/names";
import type { ResourceStatement } from "./policy-document";

/** What changes a key or tells about it, and none of what encrypts or decrypts with it. */
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

/** The account's own policies say who administers a key, and nothing of who uses it. */
export const accountAdministersKey = (account: Account): ResourceStatement => ({
  Sid: "AccountAdministersKey",
  Effect: "Allow",
  Principal: { AWS: accountRootArn(account.id) },
  Action: KEY_ADMINISTRATION,
  Resource: "*",
});
