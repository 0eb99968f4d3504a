import { IAM } from "@aws-sdk/client-iam";
import type { AccountPasswordPolicyArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

/** An account has one password policy, so its id is a constant, the one that the real provider uses. */
const id = "iam-account-password-policy";

export const accountPasswordPolicy = resourceType<AccountPasswordPolicyArgs>({
  properties: {
    allowUsersToChangePassword: { default: true },
    hardExpiry: { default: false },
    maxPasswordAge: { default: 0 },
    minimumPasswordLength: { default: 6 },
    passwordReusePrevention: { default: 0 },
    requireLowercaseCharacters: { default: false },
    requireNumbers: { default: false },
    requireSymbols: { default: false },
    requireUppercaseCharacters: { default: false },
  },
  computed: { expirePasswords: ["maxPasswordAge"] },

  async create(inputs, clients) {
    await put(clients.of(IAM), inputs);
    return { id, computed: { expirePasswords: expires(inputs) } };
  },

  async read(_known, clients) {
    const answer = await unlessMissing(clients.of(IAM).getAccountPasswordPolicy({}));
    const live = answer?.PasswordPolicy;
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        allowUsersToChangePassword: live.AllowUsersToChangePassword,
        hardExpiry: live.HardExpiry,
        maxPasswordAge: live.MaxPasswordAge,
        minimumPasswordLength: live.MinimumPasswordLength,
        passwordReusePrevention: live.PasswordReusePrevention,
        requireLowercaseCharacters: live.RequireLowercaseCharacters,
        requireNumbers: live.RequireNumbers,
        requireSymbols: live.RequireSymbols,
        requireUppercaseCharacters: live.RequireUppercaseCharacters,
      },
      computed: { expirePasswords: live.ExpirePasswords },
    };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(IAM), news);
  },

  async delete(_known, clients) {
    await unlessMissing(clients.of(IAM).deleteAccountPasswordPolicy({}));
  },
});

type PasswordPolicy = Inputs<AccountPasswordPolicyArgs>;

const expires = (policy: PasswordPolicy) => (policy.maxPasswordAge ?? 0) > 0;

/** Zero means "no limit" to Pulumi and is outside the range that the API accepts. */
const limit = (value: number | undefined) => (value === 0 ? undefined : value);

async function put(iam: IAM, policy: PasswordPolicy): Promise<void> {
  await iam.updateAccountPasswordPolicy({
    AllowUsersToChangePassword: policy.allowUsersToChangePassword,
    HardExpiry: policy.hardExpiry,
    MaxPasswordAge: limit(policy.maxPasswordAge),
    MinimumPasswordLength: policy.minimumPasswordLength,
    PasswordReusePrevention: limit(policy.passwordReusePrevention),
    RequireLowercaseCharacters: policy.requireLowercaseCharacters,
    RequireNumbers: policy.requireNumbers,
    RequireSymbols: policy.requireSymbols,
    RequireUppercaseCharacters: policy.requireUppercaseCharacters,
  });
}
