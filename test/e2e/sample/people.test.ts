import assert from "node:assert/strict";

import type { WrittenPerson, WrittenRoster } from "../../support/rosters";
import { changing } from "../support/aws-calls";
import { admittedBy, credentialsOf, giveCredentials, groupsOf, unlessMissing } from "../support/live";
import { assertRefused, assertSucceeded, type Outcome } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const NINA: WrittenPerson = {
  email: "nina@example.com",
  category: "developer",
  access: { dev: ["Developer", "Read"], staging: "Developer" },
};

/** What one more or one fewer holder of NINA's roles changes outside the account of the users. */
const TRUSTS = {
  dev: [
    "update iam.Policy infra-DeveloperR-dev-holders (policy)",
    "update iam.Policy infra-ReadR-dev-holders (policy)",
    "update iam.Role infra-DeveloperR-dev (assumeRolePolicy)",
    "update iam.Role infra-ReadR-dev (assumeRolePolicy)",
  ],
  staging: [
    "update iam.Policy infra-DeveloperR-staging-holders (policy)",
    "update iam.Role infra-DeveloperR-staging (assumeRolePolicy)",
  ],
  prod: [],
};

function withPeople(people: WrittenRoster["people"], departed: readonly string[] = []): WrittenRoster {
  const roster = rosterToday();
  return {
    ...roster,
    people: { ...roster.people, ...people },
    departed: [...(roster.departed ?? []), ...departed],
  };
}

/** The sample's roster, in which John goes by another name. */
function renamed(john: Partial<WrittenPerson>): WrittenRoster {
  const { people, temporary, ...roster } = rosterToday();
  const { "john.developer": before, ...others } = people;
  assert.ok(before);
  return {
    ...roster,
    people: { ...others, "john.smith": { ...before, ...john } },
    temporary: (temporary ?? []).map((grant) => ({ ...grant, person: "john.smith" })),
  };
}

const membershipsOf = (...groups: readonly string[]): string[] =>
  groups.map((group) => `update iam.GroupMembership ${group} (users)`);

describe("People", function () {
  this.timeout(240_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
  });

  describe("somebody joins", () => {
    const plan = {
      users: [
        "create iam.User nina.developer",
        ...membershipsOf("infra-AssumeRoleG-dev", "infra-AssumeRoleG-staging", "infra-ManageOwnUserG"),
      ],
      ...TRUSTS,
    };

    const stacks = ["users", "dev", "staging", "prod"] as const;
    let previews: ReadonlyMap<string, Outcome>;

    before(async () => {
      await workspace.bring(stacks, rosterToday());
      workspace.write(withPeople({ "nina.developer": NINA }));
      previews = await workspace.inEach(stacks, (stack) => workspace.preview(stack));
    });

    for (const stack of stacks) {
      it(`plans for ${stack} what they need and nothing else, and touches nothing`, () => {
        const preview = previews.get(stack)!;
        assertSucceeded(preview);
        assert.deepEqual(preview.changes, plan[stack]);
        assert.deepEqual(changing(preview.calls), []);
      });
    }

    it("does what it has planned", async () => {
      const deployments = await workspace.inEach(["users", "dev"], (stack) => workspace.deploy(stack));
      const asked = (stack: "users" | "dev"): string[] => {
        const deployment = deployments.get(stack)!;
        assertSucceeded(deployment);
        assert.deepEqual(deployment.changes, plan[stack]);
        return [...new Set(changing(deployment.calls))].sort();
      };
      assert.deepEqual(asked("users"), ["iam:AddUserToGroup", "iam:CreateUser"]);
      assert.deepEqual(asked("dev"), ["iam:CreatePolicyVersion", "iam:UpdateAssumeRolePolicy"]);
    });

    it("lets them in", async () => {
      assert.deepEqual(await groupsOf(workspace.iam("users"), "nina.developer"), [
        "infra-AssumeRoleG-dev",
        "infra-AssumeRoleG-staging",
        "infra-ManageOwnUserG",
      ]);
      assert.deepEqual(await admittedBy(workspace.iam("dev"), "infra-ReadR-dev"), ["nina.developer"]);
    });
  });

  describe("somebody leaves, who has access keys, an MFA device and a password", () => {
    before(async () => {
      await workspace.bring(["users", "dev"], withPeople({ "nina.developer": NINA }));
      const { accessKeys, mfaDevices } = await giveCredentials(workspace.iam("users"), "nina.developer");
      assert.deepEqual([accessKeys.length, mfaDevices.length], [2, 1]);
      workspace.write(withPeople({}, ["nina.developer"]));
    });

    it("deletes the user with all that they had", async () => {
      const deployment = await workspace.deploy("users");
      assertSucceeded(deployment);
      assert.deepEqual(deployment.changes, [
        "delete iam.User nina.developer",
        ...membershipsOf("infra-AssumeRoleG-dev", "infra-AssumeRoleG-staging", "infra-ManageOwnUserG"),
      ]);
      const iam = workspace.iam("users");
      assert.equal(await unlessMissing(iam.getUser({ UserName: "nina.developer" })), undefined);
      const { VirtualMFADevices: devices } = await iam.listVirtualMFADevices({});
      assert.deepEqual(devices, []);
    });

    it("closes the trusts that named them", async () => {
      const deployment = await workspace.deploy("dev");
      assertSucceeded(deployment);
      assert.deepEqual(deployment.changes, TRUSTS.dev);
      const iam = workspace.iam("dev");
      assert.deepEqual(await admittedBy(iam, "infra-ReadR-dev"), []);
      assert.deepEqual(await admittedBy(iam, "infra-DeveloperR-dev"), ["john.developer", "kim.contractor"]);
    });

    it("refuses them when they come back, and changes nothing", async () => {
      workspace.write(withPeople({ "nina.developer": NINA }, ["nina.developer"]));
      const state = workspace.state();
      const refused = await workspace.up("users");
      assertRefused(refused, "1 problem to solve first.", 'people["nina.developer"]', "departed");
      assert.deepEqual(changing(refused.calls), []);
      assert.deepEqual(workspace.state(), state);
    });
  });

  describe("somebody changes their name", () => {
    const sameGroups = ["infra-AssumeRoleG-dev", "infra-AssumeRoleG-staging", "infra-ManageOwnUserG"];
    let user: { readonly id: string | undefined; readonly credentials: unknown };

    before(async () => {
      await workspace.bring(["users", "dev"], rosterToday());
      const iam = workspace.iam("users");
      const credentials = await giveCredentials(iam, "john.developer");
      const { User: john } = await iam.getUser({ UserName: "john.developer" });
      user = { id: john?.UserId, credentials };
    });

    it("is a leaver and a newcomer without `renamedFrom`, and the plan says so", async () => {
      workspace.write(renamed({}));
      const preview = await workspace.preview("users");
      assertSucceeded(preview);
      assert.deepEqual(preview.changes, [
        "create iam.User john.smith",
        "delete iam.User john.developer",
        ...membershipsOf(...sameGroups),
      ]);
    });

    it("is renamed in place with `renamedFrom`", async () => {
      workspace.write(renamed({ renamedFrom: "john.developer" }));
      const deployment = await workspace.deploy("users");
      assertSucceeded(deployment);
      assert.deepEqual(deployment.changes, [
        ...membershipsOf(...sameGroups),
        "update iam.User john.smith (name)",
      ]);
    });

    it("keeps the user's id, keys, MFA device and groups", async () => {
      const iam = workspace.iam("users");
      const { User: john } = await iam.getUser({ UserName: "john.smith" });
      assert.equal(john?.UserId, user.id);
      assert.deepEqual(await credentialsOf(iam, "john.smith"), user.credentials);
      assert.deepEqual(await groupsOf(iam, "john.smith"), sameGroups);
      assert.equal(await unlessMissing(iam.getUser({ UserName: "john.developer" })), undefined);
    });

    it("lets the new name in, and the old one no more", async () => {
      const deployment = await workspace.deploy("dev");
      assertSucceeded(deployment);
      assert.deepEqual(deployment.changes, [
        "update iam.Policy infra-DeveloperR-dev-holders (policy)",
        "update iam.Role infra-DeveloperR-dev (assumeRolePolicy)",
      ]);
      assert.deepEqual(await admittedBy(workspace.iam("dev"), "infra-DeveloperR-dev"), [
        "john.smith",
        "kim.contractor",
      ]);
    });

    it("is done once: `renamedFrom` may stay or go", async () => {
      assertSucceeded(await workspace.preview("users", "--refresh", "--expect-no-changes"));
      workspace.write(renamed({}));
      assertSucceeded(await workspace.deploy("users", "--refresh", "--expect-no-changes"));
    });

    it("leaves under the new name with all that they had under the old one", async () => {
      workspace.write(rosterToday());
      const deployment = await workspace.deploy("users");
      assertSucceeded(deployment);
      assert.deepEqual(deployment.changes, [
        "create iam.User john.developer",
        "delete iam.User john.smith",
        ...membershipsOf(...sameGroups),
      ]);
      const iam = workspace.iam("users");
      assert.equal(await unlessMissing(iam.getUser({ UserName: "john.smith" })), undefined);
      assert.deepEqual((await iam.listVirtualMFADevices({})).VirtualMFADevices, []);
      const { User: john } = await iam.getUser({ UserName: "john.developer" });
      assert.notEqual(john?.UserId, user.id);
    });
  });
});
