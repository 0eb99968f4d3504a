import type { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";

import { assertSucceeded } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

/** `--expect-no-changes` where there are some. https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/ */
const CHANGES_FOUND = 7;

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const ANYBODY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
});

interface ChangeByHand {
  readonly what: string;
  make(iam: IAM): Promise<unknown>;
  /** How Pulumi puts it right. */
  readonly healing: readonly string[];
}

const CHANGES: Readonly<Record<"dev" | "users", readonly ChangeByHand[]>> = {
  dev: [
    {
      what: "a trust changed",
      make: (iam) => iam.updateAssumeRolePolicy({ RoleName: "infra-ReadR-dev", PolicyDocument: ANYBODY }),
      healing: ["update iam.Role infra-ReadR-dev (assumeRolePolicy)"],
    },
    {
      what: "a policy attached to a role",
      make: (iam) =>
        iam.attachRolePolicy({ RoleName: "infra-MonitorR-dev", PolicyArn: ADMINISTRATOR_ACCESS }),
      healing: ["update iam.RolePolicyAttachmentsExclusive infra-MonitorR-dev (policyArns)"],
    },
    {
      what: "a policy detached from a role",
      make: (iam) => iam.detachRolePolicy({ RoleName: "infra-AdminR-dev", PolicyArn: ADMINISTRATOR_ACCESS }),
      healing: [
        "create iam.RolePolicyAttachment infra-AdminR-dev/AdministratorAccess",
        "update iam.RolePolicyAttachmentsExclusive infra-AdminR-dev (policyArns)",
      ],
    },
    {
      what: "an inline policy put on a role",
      make: (iam) =>
        iam.putRolePolicy({ RoleName: "infra-DbaR-dev", PolicyName: "more", PolicyDocument: EVERYTHING }),
      healing: ["update iam.RolePoliciesExclusive infra-DbaR-dev (policyNames)"],
    },
    {
      what: "a permissions boundary set on a role",
      make: (iam) =>
        iam.putRolePermissionsBoundary({
          RoleName: "infra-DeveloperR-dev",
          PermissionsBoundary: ADMINISTRATOR_ACCESS,
        }),
      healing: ["update iam.Role infra-DeveloperR-dev (permissionsBoundary)"],
    },
    {
      what: "a policy's document replaced",
      make: (iam) =>
        iam.createPolicyVersion({
          PolicyArn: "arn:aws:iam::222222222222:policy/infra-AnalystR-dev-permissions",
          PolicyDocument: EVERYTHING,
          SetAsDefault: true,
        }),
      healing: ["update iam.Policy infra-AnalystR-dev-permissions (policy)"],
    },
    {
      what: "a role deleted",
      make: async (iam) => {
        const RoleName = "infra-DashboardR-dev";
        const { AttachedPolicies: attached = [] } = await iam.listAttachedRolePolicies({ RoleName });
        for (const { PolicyArn } of attached) await iam.detachRolePolicy({ RoleName, PolicyArn });
        await iam.deleteRole({ RoleName });
      },
      healing: [
        "create iam.Role infra-DashboardR-dev",
        "create iam.RolePoliciesExclusive infra-DashboardR-dev",
        "create iam.RolePolicyAttachment infra-DashboardR-dev/infra-DashboardR-dev-holders",
        "create iam.RolePolicyAttachment infra-DashboardR-dev/infra-DashboardR-dev-permissions",
        "create iam.RolePolicyAttachmentsExclusive infra-DashboardR-dev",
      ],
    },
  ],
  users: [
    {
      what: "a member added to a group",
      make: (iam) => iam.addUserToGroup({ GroupName: "infra-PowerG", UserName: "john.developer" }),
      healing: ["update iam.GroupMembership infra-PowerG (users)"],
    },
    {
      what: "a member removed from a group",
      make: (iam) => iam.removeUserFromGroup({ GroupName: "infra-ManageOwnUserG", UserName: "alex.dba" }),
      healing: ["update iam.GroupMembership infra-ManageOwnUserG (users)"],
    },
    {
      what: "an inline policy put on a group",
      make: (iam) =>
        iam.putGroupPolicy({
          GroupName: "infra-AssumeRoleG-dev",
          PolicyName: "more",
          PolicyDocument: EVERYTHING,
        }),
      healing: ["update iam.GroupPoliciesExclusive infra-AssumeRoleG-dev (policyNames)"],
    },
    {
      what: "a policy attached to a group",
      make: (iam) =>
        iam.attachGroupPolicy({ GroupName: "infra-AssumeRoleG-prod", PolicyArn: ADMINISTRATOR_ACCESS }),
      healing: ["update iam.GroupPolicyAttachmentsExclusive infra-AssumeRoleG-prod (policyArns)"],
    },
    {
      what: "a tag that grants roles changed on a user",
      make: (iam) =>
        iam.tagUser({ UserName: "kim.contractor", Tags: [{ Key: "infra:prod", Value: "+Admin+" }] }),
      healing: ["update iam.User kim.contractor (tags)"],
    },
  ],
};

describe("What somebody changes by hand", function () {
  this.timeout(240_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
  });

  for (const stack of ["dev", "users"] as const) {
    describe(`in ${stack}`, () => {
      const healing = CHANGES[stack].flatMap((change) => change.healing).sort();
      let seen: readonly string[];

      before(async () => {
        await workspace.bring([stack], rosterToday());
        const iam = workspace.byHand(stack);
        for (const change of CHANGES[stack]) await change.make(iam);
        const preview = await workspace.preview(stack, "--refresh", "--expect-no-changes");
        assert.equal(preview.code, CHANGES_FOUND, preview.output);
        seen = preview.changes;
      });

      for (const change of CHANGES[stack]) {
        it(`is seen: ${change.what}`, () => {
          assert.deepEqual(
            change.healing.filter((step) => !seen.includes(step)),
            [],
          );
        });
      }

      it("shows nothing that nobody changed", () => {
        assert.deepEqual(seen, healing);
      });

      it("is put right by `up --refresh`", async () => {
        const outcome = await workspace.deploy(stack, "--refresh");
        assertSucceeded(outcome);
        assert.deepEqual(outcome.changes, healing);
        assertSucceeded(await workspace.preview(stack, "--refresh", "--expect-no-changes"));
      });
    });
  }
});
