import type { IAM, PasswordPolicy as PolicyAnswer } from "@aws-sdk/client-iam";

import { undefinedIfNoSuchEntity } from "../iam-answers";
import type { AccountFacts, PasswordPolicy } from "../snapshot/account-facts";
import type { RootUser } from "../snapshot/root-user";

const policyOf = (policy: PolicyAnswer): PasswordPolicy => ({
  minimumLength: policy.MinimumPasswordLength ?? 0,
  ...(policy.ExpirePasswords === true &&
    policy.MaxPasswordAge !== undefined && { maxAgeDays: policy.MaxPasswordAge }),
  ...(policy.PasswordReusePrevention !== undefined && { remembered: policy.PasswordReusePrevention }),
  requires: [
    ...(policy.RequireLowercaseCharacters === true ? ["lower case" as const] : []),
    ...(policy.RequireUppercaseCharacters === true ? ["upper case" as const] : []),
    ...(policy.RequireNumbers === true ? ["numbers" as const] : []),
    ...(policy.RequireSymbols === true ? ["symbols" as const] : []),
  ],
  isHardExpiry: policy.HardExpiry === true,
  usersMayChange: policy.AllowUsersToChangePassword === true,
});

export async function readAccountFacts(iam: IAM): Promise<AccountFacts> {
  const [aliases, answer] = await Promise.all([
    iam.listAccountAliases({}),
    undefinedIfNoSuchEntity(iam.getAccountPasswordPolicy({})),
  ]);
  const policy = answer?.PasswordPolicy;
  return {
    aliases: [...(aliases.AccountAliases ?? [])].sort(),
    ...(policy !== undefined && { passwordPolicy: policyOf(policy) }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export async function readRootUser(iam: IAM): Promise<RootUser> {
  const { SummaryMap: summary = {} } = await iam.getAccountSummary({});
  const { AccountPasswordPresent: password } = summary;
  return {
    hasMfa: (summary.AccountMFAEnabled ?? 0) > 0,
    hasAccessKeys: (summary.AccountAccessKeysPresent ?? 0) > 0,
    hasSigningCertificates: (summary.AccountSigningCertificatesPresent ?? 0) > 0,
    ...(password !== undefined && { hasPassword: password > 0 }),
  };
}
