import { databaseKeyPolicy } from "../documents/databases/key";
import { render } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { databaseAccessName, databaseKeyAlias, type Arn } from "../model/names";
import { computed, describe, type Component, type DescribedResource } from "./resource";
import type { DatabaseAccessSettings } from "./settings";
import { MADE_WITHOUT_LOCKOUT_CHECK } from "./key-lockout-check";
import { tagsOf } from "../documents/tags";
import { KEEPS_DESCRIPTION } from "./unchangeable-description";

const componentOf = ({ organization }: RoleContext): Component => ({
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
  return describe(
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
      tags: { ...tagsOf(context), Name: name },
    },
    { parent: componentOf(context), ...KEEPS_DESCRIPTION },
  );
}

/** What stands between databases and those who use them: a security group, a key, and secrets without values. */
export function databaseAccessResources(
  context: RoleContext,
  settings: DatabaseAccessSettings,
  secretUsers: readonly Arn[],
): readonly DescribedResource[] {
  const name = databaseAccessName(context.organization);
  const parent = componentOf(context);
  const tags = tagsOf(context);
  const key = describe(
    "aws:kms/key:Key",
    name,
    {
      description: "Encrypts the secrets of databases.",
      policy: render(databaseKeyPolicy(context, secretUsers)),
      enableKeyRotation: true,
      ...MADE_WITHOUT_LOCKOUT_CHECK,
      tags,
    },
    { parent },
  );
  const keyId = computed(key, "keyId");
  return [
    securityGroup(context, settings),
    key,
    describe(
      "aws:kms/alias:Alias",
      name,
      { name: databaseKeyAlias(context.organization), targetKeyId: keyId },
      { parent },
    ),
    // The value is put in by whoever knows it, or by a rotation: it never passes through here.
    ...settings.secretNames.map((secret) =>
      describe(
        "aws:secretsmanager/secret:Secret",
        secret,
        { name: secret, description: "Its value is kept outside Pulumi.", kmsKeyId: keyId, tags },
        { parent },
      ),
    ),
  ];
}
