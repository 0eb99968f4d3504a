import type { RoleContext } from "../documents/role-permissions";
import { describeResource, type DescribedResource } from "./described-resource";
import type { StackSettings } from "./account-settings";

/** The account's password policy and, where the settings name one, its alias. */
export function signInResources(
  { organization }: RoleContext,
  { accountAlias }: StackSettings,
): readonly DescribedResource[] {
  return [
    // `passwordLength` and `passwordReuse` of src/model/cis.ts; 90 days by the seed of Healthcare Blocks.
    describeResource(
      "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
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
    ),
    ...(accountAlias === undefined
      ? []
      : [describeResource("aws:iam/accountAlias:AccountAlias", accountAlias, { accountAlias })]),
  ];
}
