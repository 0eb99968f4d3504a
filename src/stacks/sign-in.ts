import * as iam from "@pulumi/aws/iam";

import type { StackSettings } from "./settings";
import type { Placement } from "./placement";

/** Creates the account's password policy and, where the settings name one, its alias. */
export function createSignIn({ provider, organization }: Placement, { accountAlias }: StackSettings): void {
  // CIS AWS Foundations v3 1.8 and 1.9; 90 days by the seed of Healthcare Blocks.
  new iam.AccountPasswordPolicy(
    `${organization.prefix}-password-policy`,
    {
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
      maxPasswordAge: 90,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      allowUsersToChangePassword: true,
    },
    { provider },
  );
  if (accountAlias !== undefined) new iam.AccountAlias(accountAlias, { accountAlias }, { provider });
}
