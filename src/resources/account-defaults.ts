import type { RoleContext } from "../documents/role-permissions";
import { regionalName } from "../model/names";
import { regionProperty } from "./region-property";
import { describeResource, type DescribedResource } from "./described-resource";
import type { StackSettings } from "./account-settings";

/**
 * Defaults for everything that is made in the account: new volumes are encrypted and no bucket is public; and the contact that
 * AWS tells of security matters. They are `volumesAreEncrypted`, `noPublicBuckets` and `securityContact` of src/model/cis.ts.
 */
export function accountDefaultResources(
  { organization, account }: RoleContext,
  { publicBuckets, securityContact }: StackSettings,
): readonly DescribedResource[] {
  return [
    ...organization.regions.map((region) =>
      describeResource(
        "aws:ebs/encryptionByDefault:EncryptionByDefault",
        regionalName(organization, region),
        {
          enabled: true,
          ...regionProperty(organization, region),
        },
      ),
    ),
    ...(publicBuckets === "allowed"
      ? []
      : [
          describeResource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", organization.prefix, {
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
          describeResource(
            "aws:account/alternativeContact:AlternativeContact",
            `${organization.prefix}-security`,
            {
              alternateContactType: "SECURITY",
              name: securityContact.name,
              title: securityContact.title,
              emailAddress: securityContact.email,
              phoneNumber: securityContact.phone,
            },
          ),
        ]),
  ];
}
