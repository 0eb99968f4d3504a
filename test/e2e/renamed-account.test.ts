import { S3 } from "@aws-sdk/client-s3";
import assert from "node:assert/strict";

import type { WrittenRoster } from "../support/rosters";
import { definition } from "./support/definition";
import { admittedBy, groupsOf, tagsOf } from "./support/live";
import { assertRefused, assertSucceeded } from "./support/outcome";
import { withProgram, type ProgramChange } from "./support/program-change";
import { SETTINGS, Workspace, type Organization, type Sources } from "./support/workspace";

const companyWith = (key: string): Sources & { organization: Organization; roster: WrittenRoster } => ({
  organization: {
    prefix: "acme",
    region: "eu-central-1",
    accounts: {
      dev: { id: "555555555555", kind: "workload", environment: "dev", identity: true },
      [key]: { id: "666666666666", kind: "workload", environment: "prod" },
    },
    pipeline: { kind: "github", repository: "example/accounts" },
  },
  roster: {
    people: {
      "ada.devops": { email: "ada@example.com", category: "devops", access: { dev: "Admin", [key]: "Ops" } },
      "sam.security": { email: "sam@example.com", category: "security", access: { dev: "Security" } },
    },
    power: ["ada.devops", "sam.security"],
  },
});

/** The same, where the renamed account has a trail that Muster did not make. */
function withTrail(key: string): Organization {
  const { organization } = companyWith(key);
  const { [key]: account = assert.fail(), ...others } = organization.accounts;
  const trail = { name: "other-trail", logGroup: "other", bucket: "other-logs" };
  return { ...organization, accounts: { ...others, [key]: { ...account, trail } } };
}

/** What a role consists of, with the key in all its names. */
const NAMED_AFTER_KEY = /^(?:create|delete) (?:stacks|iam)\.\w+ acme-\w+R-(?:prod|production)\b/;

/** The provider as it was called when stacks were first deployed. */
const NAMED_AFTER_THE_ACCOUNT: ProgramChange = {
  file: "src/stacks/create-account.ts",
  text: "new Provider(PROVIDER_NAME, providerSettings(context), { aliases: [{ name: context.account.key }] })",
  instead: "new Provider(context.account.key, providerSettings(context))",
};

describe("An account whose key changes from prod to production", function () {
  this.timeout(400_000);
  let workspace: Workspace;

  /** Every role and customer managed policy of the account. */
  const namesIn = async (): Promise<readonly string[]> => {
    const iam = workspace.iam("prod");
    const { Roles: roles = [] } = await iam.listRoles({});
    const { Policies: policies = [] } = await iam.listPolicies({ Scope: "Local" });
    return [
      ...roles.map(({ RoleName }) => RoleName ?? ""),
      ...policies.map(({ PolicyName }) => PolicyName ?? ""),
    ].sort();
  };

  /** Every bucket of the account, with the time at which it was made. */
  const bucketsIn = async (): Promise<unknown> =>
    (await workspace.client(S3, "prod").listBuckets({})).Buckets;

  const writeOrganization = (organization: Organization): void =>
    workspace.writeFile(
      "src/organization.ts",
      definition("organization", "defineOrganization", [organization]),
    );

  before(async () => {
    workspace = await Workspace.open(companyWith("prod"));
    await withProgram(workspace, [NAMED_AFTER_THE_ACCOUNT], async () => {
      assertSucceeded(await workspace.deploy("prod"));
    });
    const deployed = await workspace.inEach(["dev", "prod"], (stack) => workspace.deploy(stack));
    for (const outcome of deployed.values()) assertSucceeded(outcome);
    assert.deepEqual(deployed.get("prod")?.changes, [], "the provider's former name is known");
    const { organization, roster } = companyWith("production");
    writeOrganization(organization);
    workspace.write(roster);
  });

  after(async () => {
    await workspace.remove();
  });

  it("is refused in every stack while the settings have the old key", async () => {
    await workspace.createStack("production");
    for (const outcome of (
      await workspace.inEach(["dev", "prod", "production"], (stack) => workspace.deploy(stack))
    ).values()) {
      assertRefused(
        outcome,
        "Pulumi.prod.yaml",
        'the name of the file = "prod"',
        "Allowed: dev, production",
        "pulumi stack rename <new key> -s prod",
        "docs/runbooks/accounts.md",
        "pulumi destroy -s prod",
      );
      assert.deepEqual(
        outcome.changes.filter((change) => !change.startsWith("create pulumi.")),
        [],
      );
    }
    const { code, stderr } = await workspace.shell("pulumi stack rm production --yes");
    assert.equal(code, 0, stderr);
  });

  for (const { organization, made } of [
    { organization: companyWith("production").organization, made: ["cloudwatch.LogGroup acme-trail"] },
    // A trail that somebody else made leaves the alarms' key as the first thing of ours.
    {
      organization: withTrail("production"),
      made: ["kms.Alias acme-alarms", "kms.Key acme-alarms"],
    },
  ]) {
    it(`makes nothing of a stack that is new, but for ${made.join(" and ")}, where only the file was renamed`, async () => {
      assert.equal((await workspace.shell("mv Pulumi.prod.yaml prod.yaml")).code, 0);
      writeOrganization(organization);
      workspace.writeFile("Pulumi.production.yaml", SETTINGS);
      await workspace.createStack("production");
      assertRefused(
        await workspace.deploy("production"),
        made[0]?.split(" ")[1] ?? "",
        "AlreadyExistsException",
      );
      const { changes } = await workspace.destroy("production");
      assert.deepEqual(
        changes.filter((change) => /^\w+ (?!stacks|pulumi|providers)/.test(change)),
        made.slice(1).map((one) => `delete ${one}`),
      );
      const { code, stderr } = await workspace.shell(
        "pulumi stack rm production --yes; mv prod.yaml Pulumi.prod.yaml",
      );
      assert.equal(code, 0, stderr);
      writeOrganization(companyWith("production").organization);
    });
  }

  it("keeps everything whose name has no key, once the stack has the new one", async () => {
    const renamed = await workspace.shell("pulumi stack rename production --stack prod --non-interactive");
    assert.equal(renamed.code, 0, renamed.stderr);
    const { changes, ...preview } = await workspace.preview("production");
    assertSucceeded({ changes, ...preview });
    assert.deepEqual(
      changes.filter((change) => !NAMED_AFTER_KEY.test(change)),
      [
        "update cloudwatch.EventRule acme-RootUsed (description)",
        "update cloudwatch.EventRule acme-RootUsed-us-east-1 (description)",
        "update cloudwatch.EventRule acme-ThreatFound (description)",
        // They leave out the role that deploys, whose name has the key.
        "update cloudwatch.LogMetricFilter acme-CredentialsChanged (pattern)",
        "update cloudwatch.LogMetricFilter acme-KeyChanged-2 (pattern)",
        "update cloudwatch.LogMetricFilter acme-OtherRegionUsed-2 (pattern)",
        "update cloudwatch.LogMetricFilter acme-OtherRegionUsed-3 (pattern)",
        "update cloudwatch.LogMetricFilter acme-RolesChanged (pattern)",
        "update cloudwatch.LogMetricFilter acme-TrailBucketChanged (pattern)",
        ...[
          "BucketPolicyChanged",
          "CallRefused",
          "CredentialsChanged",
          "IamPolicyChanged",
          "KeyChanged",
          "OrganizationChanged",
          "OtherRegionUsed",
          "RecorderChanged",
          "RolesChanged",
          "RootUsed",
          "SignInFailed",
          "SignInWithoutMfa",
          "TrailBucketChanged",
          "TrailChanged",
        ].map((subject) => `update cloudwatch.MetricAlarm acme-${subject} (alarmDescription)`),
        // It opens to roles by their names.
        "update kms.Key acme-trail (policy)",
      ],
    );
  });

  it("has roles and groups of the new key, and none of the old, after deploying the account and the people", async () => {
    const before = await namesIn();
    const buckets = await bucketsIn();
    assertSucceeded(await workspace.deploy("production"));
    assertSucceeded(await workspace.deploy("dev"));
    assert.deepEqual(await namesIn(), before.map((name) => name.replace(/R-prod\b/, "R-production")).sort());
    assert.deepEqual(await bucketsIn(), buckets);
    assert.deepEqual(await admittedBy(workspace.iam("prod"), "acme-OpsR-production"), ["ada.devops"]);
    assert.deepEqual(await groupsOf(workspace.iam("dev"), "ada.devops"), [
      "acme-AssumeRoleG-dev",
      "acme-AssumeRoleG-production",
      "acme-ManageOwnUserG",
      "acme-PowerG",
    ]);
    const tags = Object.keys(await tagsOf(workspace.iam("dev"), "ada.devops"));
    assert.deepEqual(tags.filter((tag) => tag.startsWith("acme:")).sort(), ["acme:dev", "acme:production"]);
  });

  it("changes nothing in a second run", async () => {
    for (const outcome of (
      await workspace.inEach(["dev", "production"], (stack) =>
        workspace.preview(stack, "--refresh", "--expect-no-changes"),
      )
    ).values()) {
      assertSucceeded(outcome);
    }
  });
});
