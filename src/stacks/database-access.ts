import * as ec2 from "@pulumi/aws/ec2";
import * as kms from "@pulumi/aws/kms";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as types from "@pulumi/aws/types";
import { ComponentResource, type Output } from "@pulumi/pulumi";

import { databaseKeyPolicy } from "../documents/databases/key";
import { render } from "../documents/policy-document";
import { databaseAccessName, databaseKeyAlias, type Arn } from "../model/names";
import { into, tagsOf, type Placement } from "./placement";
import type { DatabaseAccessSettings } from "./settings";

/** What stands between databases and those who use them: a security group, a key, and secrets without values. */
export class DatabaseAccess extends ComponentResource {
  constructor(
    private readonly placement: Placement,
    private readonly settings: DatabaseAccessSettings,
    secretUsers: readonly Arn[],
  ) {
    super("muster:stacks:DatabaseAccess", databaseAccessName(placement.organization), {}, into(placement));
    this.createSecurityGroup();
    const keyId = this.createKey(secretUsers);
    for (const name of settings.secretNames) this.createSecret(name, keyId);
    this.registerOutputs();
  }

  private createSecurityGroup(): void {
    const { applicationSecurityGroup, bastionSecurityGroup } = this.settings;
    const name = databaseAccessName(this.placement.organization);
    new ec2.SecurityGroup(
      name,
      {
        name,
        description: "Databases: from the application alone, and to nowhere.",
        vpcId: this.settings.vpcId,
        ingress: [
          this.from(applicationSecurityGroup, "the application"),
          ...(bastionSecurityGroup === undefined
            ? []
            : [this.from(bastionSecurityGroup, "the bastion (temporary: remove bastionSecurityGroup)")]),
        ],
        // Stated, because AWS's own default is everywhere.
        egress: [],
        tags: { ...tagsOf(this.placement), Name: name },
      },
      { parent: this },
    );
  }

  private from(securityGroup: string, who: string): types.input.ec2.SecurityGroupIngress {
    const { port } = this.settings;
    return {
      protocol: "tcp",
      fromPort: port,
      toPort: port,
      securityGroups: [securityGroup],
      description: `From ${who}`,
    };
  }

  private createKey(secretUsers: readonly Arn[]): Output<string> {
    const { organization } = this.placement;
    const name = databaseAccessName(organization);
    const key = new kms.Key(
      name,
      {
        description: "Encrypts the secrets of databases.",
        policy: render(databaseKeyPolicy(this.placement, secretUsers)),
        enableKeyRotation: true,
        tags: tagsOf(this.placement),
      },
      { parent: this },
    );
    new kms.Alias(name, { name: databaseKeyAlias(organization), targetKeyId: key.keyId }, { parent: this });
    return key.keyId;
  }

  /** The value is put in by whoever knows it, or by a rotation: it never passes through here. */
  private createSecret(name: string, kmsKeyId: Output<string>): void {
    new secretsmanager.Secret(
      name,
      { name, description: "Its value is kept outside Pulumi.", kmsKeyId, tags: tagsOf(this.placement) },
      { parent: this },
    );
  }
}
