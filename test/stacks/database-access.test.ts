import assert from "node:assert/strict";
import { join } from "node:path";

import { createAccount } from "../../src/stacks/account";
import { readSettings } from "../../src/resources/settings";
import { assertGolden } from "../support/golden";
import { registeredResources, type RegisteredResource } from "../support/resources";
import { blueprintOf, sampleModel } from "../support/sample";

const SETTINGS = {
  vpcId: "vpc-0123456789abcdef0",
  applicationSecurityGroup: "sg-0123456789abcdef0",
  secretNames: ["menotime/prod/rds/app", "menotime/prod/rds/reporting"],
};

function registered(databaseAccess: object | undefined): Promise<readonly RegisteredResource[]> {
  const model = sampleModel();
  const config: Record<string, string> =
    databaseAccess === undefined ? {} : { "muster:databaseAccess": JSON.stringify(databaseAccess) };
  return registeredResources("prod", () =>
    createAccount(model.organization, blueprintOf(model, "prod"), readSettings("prod", config)),
  );
}

const idOf = ({ type, name }: RegisteredResource): string => `${type} ${name}`;

describe("access to databases, where the settings of a stack ask for it", () => {
  it("is these resources beside the others, and no value of a secret", async () => {
    const without = new Set((await registered(undefined)).map(idOf));
    const own = (await registered(SETTINGS)).filter((resource) => !without.has(idOf(resource)));
    assertGolden(join(__dirname, "golden", "prod-database-access.json"), `${JSON.stringify(own, null, 2)}\n`);
    assert.doesNotMatch(own.map(({ type }) => type).join(), /secretVersion/i);
  });

  it("lets the bastion in only while the settings name it", async () => {
    const bastion = { ...SETTINGS, bastionSecurityGroup: "sg-0fedcba9876543210", port: 3306 };
    const group = (await registered(bastion)).find(({ type }) => type.endsWith(":SecurityGroup"));
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
        description: "From the bastion (temporary: remove bastionSecurityGroup)",
      },
    ]);
    assert.deepEqual(group.inputs.egress, []);
  });
});
