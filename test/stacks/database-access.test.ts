import assert from "node:assert/strict";
import { join } from "node:path";

import { createAccount } from "../../src/stacks/create-account";
import { readSettings } from "../../src/resources/account-settings";
import { DATABASE_ACCESS, rotationIn } from "../support/database-access";
import { assertGolden } from "../support/golden";
import { registeredResources, type RegisteredResource } from "../support/resources";
import { blueprintOf, sampleModel } from "../support/sample";

const WRITTEN = {
  vpcId: "vpc-0123456789abcdef0",
  applicationSecurityGroup: "sg-0123456789abcdef0",
  secretNames: ["menotime/prod/rds/app", "menotime/prod/rds/reporting"],
};

const ROTATION = { ...rotationIn("444444444444"), secrets: ["menotime/prod/rds/app"] };

function registered(databaseAccess: object | undefined): Promise<readonly RegisteredResource[]> {
  const model = sampleModel();
  const config: Record<string, string> =
    databaseAccess === undefined ? {} : { "muster:databaseAccess": JSON.stringify(databaseAccess) };
  return registeredResources("prod", () =>
    createAccount(model.organization, blueprintOf(model, "prod"), readSettings("prod", config, model.now)),
  );
}

const idOf = ({ type, name }: RegisteredResource): string => `${type} ${name}`;

describe("access to databases, where the settings of a stack ask for it", () => {
  it("is these resources beside the others, and no value of a secret", async () => {
    const without = new Set((await registered(undefined)).map(idOf));
    const own = (
      await registered({ ...WRITTEN, privateSubnets: DATABASE_ACCESS.privateSubnets, rotation: ROTATION })
    ).filter((resource) => !without.has(idOf(resource)));
    assertGolden(join(__dirname, "golden", "prod-database-access.json"), `${JSON.stringify(own, null, 2)}\n`);
    assert.doesNotMatch(own.map(({ type }) => type).join(), /secretVersion/i);
  });

  const withBastionUntil = async (until: string): Promise<RegisteredResource | undefined> => {
    const bastion = { securityGroup: "sg-0fedcba9876543210", until };
    const all = await registered({ ...WRITTEN, bastion, port: 3306 });
    return all.find(({ type }) => type.endsWith(":SecurityGroup"));
  };

  it("closes the bastion in the first deployment after its end", async () => {
    const group = await withBastionUntil("2026-11-23T12:00:00Z");
    assert.ok(Array.isArray(group?.inputs.ingress) && group.inputs.ingress.length === 1);
  });

  it("lets the bastion in until a date", async () => {
    const group = await withBastionUntil("2026-11-24T12:00:00Z");
    assert.deepEqual(group?.inputs.ingress, [
      {
        protocol: "tcp",
        fromPort: 3306,
        toPort: 3306,
        securityGroups: ["sg-0123456789abcdef0"],
        description: "From the application",
      },
      {
        protocol: "tcp",
        fromPort: 3306,
        toPort: 3306,
        securityGroups: ["sg-0fedcba9876543210"],
        description: "From the bastion, until 2026-11-24T12:00:00Z",
      },
    ]);
    assert.deepEqual(group.inputs.egress, []);
  });

  const refusals = [
    {
      what: "a function of another account",
      rotation: { ...rotationIn("333333333333"), secrets: ROTATION.secrets },
    },
    {
      what: "a function of another region",
      rotation: { ...ROTATION, function: ROTATION.function.replace("eu-west-1", "eu-central-1") },
    },
    {
      what: "a role of another account",
      rotation: { ...ROTATION, role: "arn:aws:iam::333333333333:role/rotation" },
    },
    {
      what: "a role that people have",
      rotation: { ...ROTATION, role: "arn:aws:iam::444444444444:role/people/infra-OpsR-prod" },
    },
    {
      what: "a role that people have, in another case",
      rotation: { ...ROTATION, role: "arn:aws:iam::444444444444:role/INFRA-OpsR-prod" },
    },
  ];
  for (const { what, rotation } of refusals) {
    it(`refuses a rotation by ${what}, to whose role the key would open`, async () => {
      await assert.rejects(registered({ ...WRITTEN, rotation }), {
        name: "UserError",
        message: [
          `Pulumi.prod.yaml: muster:databaseAccess.rotation, the function ${rotation.function} with the role ${rotation.role}`,
          "Both have to be in the account 444444444444, the function in eu-west-1, and the role is none of Muster's, which are called infra-…: the key of the secrets opens to it.",
        ].join("\n"),
      });
    });
  }
});
