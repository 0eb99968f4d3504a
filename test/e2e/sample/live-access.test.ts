import assert from "node:assert/strict";

import { changing } from "../support/aws-calls";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

interface Report {
  readonly users: readonly { readonly name: string; readonly roles: readonly unknown[] }[];
  readonly deviations?: unknown;
}

/** What the sample's own stacks have and its blueprints have not. */
const SERVICE_ROLES = [
  {
    kind: "the alarms' role",
    reason: "EventBridge alone assumes it; what its policy allows is compared by npm run drift.",
    names: ["users", "dev", "staging", "prod"].map((key) => `${key}/infra-EventR`),
  },
  {
    kind: "the trail's role",
    reason: "CloudTrail alone assumes it; what its policy allows is compared by npm run drift.",
    names: ["users", "dev", "staging", "prod"].map((key) => `${key}/infra-TrailR`),
  },
];

const EVERY_ACCOUNT = ["--live", "{stack}"] as const;

describe("npm run access", function () {
  this.timeout(600_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["users", "dev", "staging", "prod"], rosterToday());
  });

  const access = async (...args: readonly string[]) => {
    const { code, stdout, stderr, calls } = await workspace.script("access", ...args);
    assert.notEqual(stdout, "", stderr);
    assert.deepEqual(changing(calls), []);
    return { code, stdout, stderr, calls };
  };
  const report = async (...args: readonly string[]) => {
    const { code, stdout } = await access("--json", ...args);
    return { code, ...(JSON.parse(stdout) as Report) };
  };

  it("says of accounts as they are what the roster says", async () => {
    const byRoster = await report();
    const asTheyAre = await report(...EVERY_ACCOUNT);
    assert.deepEqual(
      asTheyAre.users.filter(({ roles }) => roles.length > 0),
      byRoster.users.filter(({ roles }) => roles.length > 0),
    );
    assert.deepEqual(asTheyAre.deviations, { access: [], trust: [], power: [], passedOver: SERVICE_ROLES });
    assert.deepEqual({ byRoster: byRoster.code, asTheyAre: asTheyAre.code }, { byRoster: 0, asTheyAre: 0 });
  });

  it("asks AWS nothing without --live", async () => {
    assert.deepEqual((await access()).calls, []);
  });

  it("names who gets in by hand, and into what", async () => {
    const iam = workspace.byHand("dev");
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:user/people/john.developer" },
          Action: "sts:AssumeRole",
        },
      ],
    });
    await iam.createRole({ RoleName: "backdoor", AssumeRolePolicyDocument: trust });
    await iam.attachRolePolicy({
      RoleName: "backdoor",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    const users = workspace.byHand("users");
    const may = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["sts:AssumeRole", "iam:*"], Resource: "*" }],
    };
    await users.putUserPolicy({
      UserName: "john.developer",
      PolicyName: "by-hand",
      PolicyDocument: JSON.stringify(may),
    });
    const { code, deviations } = await report(...EVERY_ACCOUNT);
    const question = await access(
      "can",
      "john.developer",
      "dev/backdoor",
      "s3:DeleteBucket",
      ...EVERY_ACCOUNT,
    );
    const who = await access("who-can", "s3:DeleteBucket", "--account", "dev", "--live", "dev");
    await iam.detachRolePolicy({
      RoleName: "backdoor",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    await iam.deleteRole({ RoleName: "backdoor" });
    await users.deleteUserPolicy({ UserName: "john.developer", PolicyName: "by-hand" });

    assert.equal(code, 1);
    assert.deepEqual(deviations, {
      access: [
        {
          person: "john.developer",
          account: "dev",
          environment: "dev",
          role: "backdoor",
          after: "always, without any condition",
        },
      ],
      trust: [],
      power: [
        { who: "john.developer", kind: "user", after: "all 16 rights over others" },
        { who: "dev/backdoor", kind: "role", after: "all 16 rights over others" },
      ],
      passedOver: SERVICE_ROLES,
    });
    assert.match(question.stdout, /^Can john\.developer s3:DeleteBucket in dev\/backdoor: allowed\n/);
    assert.match(question.stdout, /Allow number 1 of by-hand \(inline\)/);
    // Without the identity account as it is, nobody knows of the policy by hand: the role's trust is one half.
    assert.match(who.stderr, /^As AWS has them: dev; as the roster says: users, staging, prod\.$/m);
    assert.doesNotMatch(who.stdout, /john\.developer/);
  });

  it("names everybody else whom a trust admits by hand, and says what it looked at", async () => {
    const iam = workspace.byHand("dev");
    const statement = (Principal: object, Action: string) => ({ Effect: "Allow", Principal, Action });
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        statement({ AWS: ["arn:aws:iam::999988887777:root", "*"] }, "sts:AssumeRole"),
        statement({ Federated: "arn:aws:iam::222222222222:saml-provider/Okta" }, "sts:AssumeRoleWithSAML"),
      ],
    });
    const clean = await access(...EVERY_ACCOUNT);
    // IAM takes no trust in a SAML provider that is not there.
    await iam.createSAMLProvider({ Name: "Okta", SAMLMetadataDocument: "a".repeat(1_024) });
    await iam.createRole({ RoleName: "open-door", AssumeRolePolicyDocument: trust });
    const { code, stdout } = await access(...EVERY_ACCOUNT);
    const role = await access("--role", "dev/open-door", "--live", "dev");
    const map = await access("--html", "map.html", "--live", "dev");
    await iam.deleteRole({ RoleName: "open-door" });
    await iam.deleteSAMLProvider({ SAMLProviderArn: "arn:aws:iam::222222222222:saml-provider/Okta" });

    assert.equal(clean.code, 0);
    assert.match(
      clean.stdout,
      /^Nothing differs in what was compared\.\nNot in the roster, and passed over by what they are:\n {2}the alarms' role: users\/infra-EventR, .*\n {2}the trail's role: users\/infra-TrailR, .*\nCompared with the roster in users, dev, /m,
    );
    assert.equal(code, 1);
    for (const who of ["account 999988887777", "everybody", "SAML provider Okta"]) {
      assert.match(stdout, new RegExp(`│ ${who} +│ dev/open-door +│ no +│ yes +│`));
      assert.match(role.stdout, new RegExp(`│ ${who} +│ not in the roster +│ always +│ trust +│`));
    }
    assert.match(role.stdout, /^Not read, and taken to be as the roster says: users, staging, prod\.$/m);
    assert.equal(map.code, 1);
  });

  it("refuses a profile without credentials, and one of another account", async () => {
    const { code, stderr } = await workspace.script("access", "--live", "nobody");
    assert.equal(code, 2);
    assert.match(stderr, /^The profile nobody has no credentials: /m);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });
});
