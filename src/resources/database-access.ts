import { databaseKeyPolicy } from "../documents/databases/database-key";
import { renderDocument } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { databaseAccessName, databaseKeyAlias, databaseSubnetGroupName, type Arn } from "../model/names";
import { UserError } from "../model/problems";
import {
  computedProperty,
  describeResource,
  type DescribedComponent,
  type DescribedResource,
} from "./described-resource";
import type { DatabaseAccessSettings, RotationSettings } from "./account-settings";
import { MADE_WITHOUT_LOCKOUT_CHECK } from "./key-lockout-check";
import { accountTags } from "../documents/account-tags";
import { KEEPS_DESCRIPTION } from "./unchangeable-description";

const componentOf = ({ organization }: RoleContext): DescribedComponent => ({
  type: "muster:stacks:DatabaseAccess",
  name: databaseAccessName(organization),
});

function securityGroup(
  context: RoleContext,
  { vpcId, port, applicationSecurityGroup, bastion }: DatabaseAccessSettings,
): DescribedResource<"aws:ec2/securityGroup:SecurityGroup"> {
  const name = databaseAccessName(context.organization);
  const from = (group: string, who: string) => ({
    protocol: "tcp",
    fromPort: port,
    toPort: port,
    securityGroups: [group],
    description: `From ${who}`,
  });
  return describeResource(
    "aws:ec2/securityGroup:SecurityGroup",
    name,
    {
      name,
      description: "Databases: from the application alone, and to nowhere.",
      vpcId,
      ingress: [
        from(applicationSecurityGroup, "the application"),
        ...(bastion === undefined
          ? []
          : [from(bastion.securityGroup, `the bastion, until ${bastion.until}`)]),
      ],
      // Stated, because AWS's own default is everywhere.
      egress: [],
      tags: { ...accountTags(context), Name: name },
    },
    { parent: componentOf(context), ...KEEPS_DESCRIPTION },
  );
}

function subnetGroup(
  context: RoleContext,
  privateSubnets: readonly string[],
): DescribedResource<"aws:rds/subnetGroup:SubnetGroup"> {
  const name = databaseSubnetGroupName(context.organization);
  return describeResource(
    "aws:rds/subnetGroup:SubnetGroup",
    name,
    {
      name,
      description: "Private subnets of databases.",
      subnetIds: [...privateSubnets],
      tags: accountTags(context),
    },
    { parent: componentOf(context) },
  );
}

/**
 * The key opens to the rotation's role, so that it may be none of those that people, partners, services or the pipeline have.
 * @throws UserError where it is, or where the function or its role is in another account or region
 */
function assertRotation(
  { function: rotator, role }: RotationSettings,
  { organization, account }: RoleContext,
): void {
  const roles = `arn:aws:iam::${account.id}:role/`;
  const name = role.slice(role.lastIndexOf("/") + 1);
  const isOurs = name.toLowerCase().startsWith(`${organization.prefix.toLowerCase()}-`);
  const isHere =
    rotator.startsWith(`arn:aws:lambda:${organization.region}:${account.id}:`) && role.startsWith(roles);
  if (isHere && !isOurs) return;
  throw new UserError(
    `Pulumi.${account.key}.yaml: muster:databaseAccess.rotation, the function ${rotator} with the role ${role}\n` +
      `Both have to be in the account ${account.id}, the function in ${organization.region}, and the role is none of ` +
      `Muster's, which are called ${organization.prefix}-…: the key of the secrets opens to it.`,
  );
}

function rotationOf(
  context: RoleContext,
  secret: DescribedResource,
  rotation: RotationSettings | undefined,
): readonly DescribedResource[] {
  if (rotation?.secrets.includes(secret.name) !== true) return [];
  return [
    describeResource(
      "aws:secretsmanager/secretRotation:SecretRotation",
      secret.name,
      {
        secretId: computedProperty(secret, "arn"),
        rotationLambdaArn: rotation.function,
        rotationRules: { automaticallyAfterDays: rotation.days },
        // A deployment is no moment at which passwords change.
        rotateImmediately: false,
      },
      { parent: componentOf(context) },
    ),
  ];
}

/** What stands between databases and those who use them: a security group, a subnet group, a key, and secrets without values. */
export function databaseAccessResources(
  context: RoleContext,
  settings: DatabaseAccessSettings,
  secretUsers: readonly Arn[],
): readonly DescribedResource[] {
  const { secretNames, privateSubnets, rotation } = settings;
  if (rotation !== undefined) assertRotation(rotation, context);
  const name = databaseAccessName(context.organization);
  const parent = componentOf(context);
  const tags = accountTags(context);
  const key = describeResource(
    "aws:kms/key:Key",
    name,
    {
      description: "Encrypts the secrets of databases.",
      policy: renderDocument(databaseKeyPolicy(context, secretUsers, rotation)),
      enableKeyRotation: true,
      ...MADE_WITHOUT_LOCKOUT_CHECK,
      tags,
    },
    { parent },
  );
  const keyId = computedProperty(key, "keyId");
  return [
    securityGroup(context, settings),
    ...(privateSubnets === undefined ? [] : [subnetGroup(context, privateSubnets)]),
    key,
    describeResource(
      "aws:kms/alias:Alias",
      name,
      { name: databaseKeyAlias(context.organization), targetKeyId: keyId },
      { parent },
    ),
    // The value is put in by whoever knows it, or by a rotation: it never passes through here.
    ...secretNames.flatMap((secretName) => {
      const secret = describeResource(
        "aws:secretsmanager/secret:Secret",
        secretName,
        { name: secretName, description: "Its value is kept outside Pulumi.", kmsKeyId: keyId, tags },
        { parent },
      );
      return [secret, ...rotationOf(context, secret, rotation)];
    }),
  ];
}
