import type { RoleContext } from "../documents/role-permissions";
import { regionalName } from "../model/names";
import { regionProperty } from "./region";
import { describe, type DescribedResource } from "./resource";
import type { StackSettings } from "./settings";

/**
 * Defaults for everything that is made in the account: new volumes are encrypted (CIS v5 5.1.1) and no bucket is public
 * (CIS v5 2.1.4); and the contact that AWS tells of security matters (CIS v5 1.2).
 */
export function accountDefaultResources(
  { organization, account }: RoleContext,
  { publicBuckets, securityContact }: StackSettings,
): readonly DescribedResource[] {
  return [
    ...organization.regions.map((region) =>
      describe("aws:ebs/encryptionByDefault:EncryptionByDefault", regionalName(organization, region), {
        enabled: true,
        ...regionProperty(organization, region),
      }),
    ),
    ...(publicBuckets === "allowed"
      ? []
      : [
          describe("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", organization.prefix, {
            accountId: account.id,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
          }),
        ]),
    ...(securityContact === undefined
      ? []
      : [
          describe("aws:account/alternativeContact:AlternativeContact", `${organization.prefix}-security`, {
            alternateContactType: "SECURITY",
            name: securityContact.name,
            title: securityContact.title,
            emailAddress: securityContact.email,
            phoneNumber: securityContact.phone,
          }),
        ]),
  ];
}
