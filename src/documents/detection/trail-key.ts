import { accountRootArn, trailInAnyRegionArn, type Arn } from "../../model/names";
import type { HeldRole } from "../../model/roles";
import type { AccountBlueprint } from "../blueprint";
import { accountAdministersKey } from "../key-administration";
import { policyDocument, type PolicyDocument, type ResourceStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { CLOUDTRAIL_PRINCIPAL, fromOwnTrail } from "./trail-delivery";

/** Security audits the trail (seed: MenoTime), and administrators reach everything. */
const TRAIL_READERS: readonly HeldRole[] = ["Security", "Admin", "BreakGlass"];

/** The roles that read what the trail writes to its bucket: BreakGlass as an administrator alone, which may read other objects too. */
export function trailReaders(
  { organization }: Pick<RoleContext, "organization">,
  { roles }: Pick<AccountBlueprint, "roles">,
): readonly Arn[] {
  const isAdministrator = organization.breakGlassPermissions === "administrator";
  return roles
    .filter(({ role }) => TRAIL_READERS.includes(role) && (role !== "BreakGlass" || isAdministrator))
    .map(({ arn }) => arn);
}

/**
 * Policy of the key that encrypts the trail's objects: the trail encrypts, the readers decrypt where their own policies allow it too,
 * and the account administers. The account is the principal and a condition says who: KMS refuses a role that is not made yet.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function trailKeyPolicy(
  context: RoleContext,
  readers: readonly Arn[],
): PolicyDocument<ResourceStatement> {
  const { organization, account } = context;
  const ownObjects = {
    "kms:EncryptionContext:aws:cloudtrail:arn": trailInAnyRegionArn(organization, account),
  };
  const reading: ResourceStatement = {
    Sid: "ReadersDecryptEvents",
    Effect: "Allow",
    Principal: { AWS: accountRootArn(account.id) },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { ArnEquals: { "aws:PrincipalArn": readers }, StringLike: ownObjects },
  };
  return policyDocument(
    accountAdministersKey(account),
    {
      Sid: "TrailEncryptsEvents",
      Effect: "Allow",
      Principal: CLOUDTRAIL_PRINCIPAL,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: { StringEquals: fromOwnTrail(context), StringLike: ownObjects },
    },
    {
      // Without an encryption context, which only encrypting has.
      Sid: "TrailChecksKey",
      Effect: "Allow",
      Principal: CLOUDTRAIL_PRINCIPAL,
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: { StringEquals: fromOwnTrail(context) },
    },
    ...(readers.length > 0 ? [reading] : []),
  );
}
