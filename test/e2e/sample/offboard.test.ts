import type { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";

import type { PolicyDocument } from "../../../src/documents/policy-document";
import { decide, sessionCaller, userCaller, type Decision } from "../../support/evaluate";
import type { WrittenPerson, WrittenRoster } from "../../support/rosters";
import { changing } from "../support/aws-calls";
import { documentOf, giveCredentials, unlessMissing, type Credentials } from "../support/live";
import { assertSucceeded } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const POLICY = "infra-offboarding-john.developer";
const ROLE = "infra-DeveloperR-dev";
const ROLE_ARN = `arn:aws:iam::222222222222:role/${ROLE}`;
const STACKS = ["users", "dev", "staging"] as const;

const EVERYTHING: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
};

interface Report {
  readonly exitStatus: number;
  readonly stage: string;
  readonly removalNotBefore?: string;
  readonly lastDay: readonly { readonly path: string; readonly change: string }[];
  readonly accounts: readonly {
    readonly stack: string;
    readonly problem?: string;
    readonly steps: readonly { readonly outcome: string; readonly what: string; readonly undo?: string }[];
    readonly roles: { readonly otherRoles: readonly unknown[] };
  }[];
}

const instant = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
const HOUR = 3_600_000;

function rosterWithJohn(change: Partial<WrittenPerson>): WrittenRoster {
  const roster = rosterToday();
  const { "john.developer": john } = roster.people;
  assert.ok(john);
  return { ...roster, people: { ...roster.people, "john.developer": { ...john, ...change } } };
}

describe("npm run offboard", function () {
  this.timeout(300_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring([...STACKS], rosterToday());
  });

  /** The inline policies of a role, as IAM has them now. */
  async function inlineOf(iam: IAM, RoleName: string): Promise<readonly PolicyDocument[]> {
    const { PolicyNames: names = [] } = await iam.listRolePolicies({ RoleName });
    return Promise.all(
      names.map(async (PolicyName) => {
        const { PolicyDocument: text = "" } = await iam.getRolePolicy({ RoleName, PolicyName });
        return JSON.parse(decodeURIComponent(text)) as PolicyDocument;
      }),
    );
  }

  /** Whether a session in the Developer role of dev may do something, by what is on the role to restrict people. */
  async function session(
    name: string,
    issued: number,
    policies: readonly PolicyDocument[],
  ): Promise<Decision> {
    return decide({
      caller: sessionCaller(ROLE_ARN, name),
      policies: [EVERYTHING, ...policies],
      action: "s3:ListAllMyBuckets",
      resource: "*",
      resourceAccount: "222222222222",
      at: instant(Date.now()),
      context: { "aws:TokenIssueTime": instant(issued) },
    });
  }

  it("says what a removal takes away, without asking AWS", async () => {
    const { code, stdout, stderr, calls } = await workspace.script("offboard", "john.developer");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^john\.developer is in src\/roster\.ts\. What a removal takes away:$/m);
    assert.match(stdout, /^ {2}roles {3}Developer in dev$/m);
    assert.match(stdout, /people\["john\.developer"\]\.until {3}"20\d\d-/);
    assert.deepEqual(calls, []);
  });

  it("refuses a name that nobody has", async () => {
    const { code, stdout, stderr, calls } = await workspace.script("offboard", "john.develper", "--now");
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /Did you mean "john\.developer"\?/);
    assert.doesNotMatch(stderr, /^\s+at /m);
    assert.deepEqual(calls, []);
  });

  describe("--now", () => {
    let credentials: Credentials;
    /** In the order in which IAM lists them. */
    let keys: readonly string[];
    let report: Report;
    let code: number;
    let calls: readonly string[];
    let closedAt: number;

    before(async () => {
      const iam = workspace.byHand("users");
      credentials = await giveCredentials(iam, "john.developer");
      const { AccessKeyMetadata: listed = [] } = await iam.listAccessKeys({ UserName: "john.developer" });
      keys = listed.map(({ AccessKeyId }) => AccessKeyId ?? "");
      await iam.updateAccessKey({
        UserName: "john.developer",
        AccessKeyId: keys[1],
        Status: "Inactive",
      });
      for (const stack of ["dev", "staging"]) workspace.byHand(stack);
      closedAt = Date.now();
      const outcome = await workspace.script("offboard", "john.developer", "--now", "--json");
      assert.notEqual(outcome.stdout, "", outcome.stderr);
      ({ code, calls } = outcome);
      report = JSON.parse(outcome.stdout) as Report;
    });

    after(async () => {
      const iam = workspace.byHand("users");
      await unlessMissing(iam.deleteUserPolicy({ UserName: "john.developer", PolicyName: POLICY }));
      for (const stack of ["dev", "staging"]) {
        await unlessMissing(
          workspace
            .byHand(stack)
            .deleteRolePolicy({ RoleName: `infra-DeveloperR-${stack}`, PolicyName: POLICY }),
        );
      }
      for (const AccessKeyId of keys) {
        await unlessMissing(iam.deleteAccessKey({ UserName: "john.developer", AccessKeyId }));
      }
      for (const SerialNumber of credentials.mfaDevices) {
        await iam.deactivateMFADevice({ UserName: "john.developer", SerialNumber });
        await iam.deleteVirtualMFADevice({ SerialNumber });
      }
    });

    it("closes the user first, and the roles that they hold, and no others", () => {
      assert.equal(code, 0);
      const [first, second] = keys;
      const [before] = /20\S+Z/.exec(report.accounts[1]?.steps[0]?.what ?? "") ?? [];
      const ended = (stack: string): string =>
        `done: The person's sessions in infra-DeveloperR-${stack} that began before ${before} are denied everything.`;
      assert.deepEqual(
        report.accounts.map(({ stack, steps }) => [
          stack,
          ...steps.map(({ outcome, what }) => `${outcome}: ${what}`),
        ]),
        [
          [
            "users",
            "done: The user john.developer is denied everything, whatever they sign in with.",
            `done: The access key ${first} is inactive.`,
            `nothing to do: The access key ${second} was inactive already.`,
            "done: The console password is deleted.",
          ],
          ["dev", ended("dev")],
          ["staging", ended("staging")],
          ["prod"],
        ],
      );
      assert.deepEqual([...changing(calls)].sort(), [
        "iam:DeleteLoginProfile",
        "iam:PutRolePolicy",
        "iam:PutRolePolicy",
        "iam:PutUserPolicy",
        "iam:UpdateAccessKey",
      ]);
      assert.equal(changing(calls)[0], "iam:PutUserPolicy");
    });

    it("leaves no key active and no password, and the MFA device where it was", async () => {
      const iam = workspace.iam("users");
      const { AccessKeyMetadata: left = [] } = await iam.listAccessKeys({ UserName: "john.developer" });
      assert.deepEqual(
        left.map(({ Status }) => Status),
        ["Inactive", "Inactive"],
      );
      assert.equal(await unlessMissing(iam.getLoginProfile({ UserName: "john.developer" })), undefined);
      const { MFADevices: devices = [] } = await iam.listMFADevices({ UserName: "john.developer" });
      assert.deepEqual(
        devices.map(({ SerialNumber }) => SerialNumber),
        credentials.mfaDevices,
      );
    });

    it("leaves the user nothing to do with sessions that they have", async () => {
      const iam = workspace.iam("users");
      const { PolicyDocument: text = "" } = await iam.getUserPolicy({
        UserName: "john.developer",
        PolicyName: POLICY,
      });
      for (const mfa of ["access keys", { ageSeconds: 60 }] as const) {
        const decision = await decide({
          caller: userCaller("arn:aws:iam::111111111111:user/people/john.developer", mfa),
          policies: [EVERYTHING, JSON.parse(decodeURIComponent(text)) as PolicyDocument],
          action: "sts:AssumeRole",
          resource: ROLE_ARN,
        });
        assert.equal(decision, "denied");
      }
    });

    it("ends that person's open sessions in the role, and nobody else's", async () => {
      const inline = await inlineOf(workspace.iam("dev"), ROLE);
      assert.equal(inline.length, 1);
      assert.equal(await session("john.developer", closedAt - HOUR, inline), "denied");
      assert.equal(await session("john.developer", closedAt, inline), "denied");
      assert.equal(await session("kim.contractor", closedAt - HOUR, inline), "allowed");
      assert.equal(await session("sarah.devops", closedAt - HOUR, inline), "allowed");
      assert.deepEqual(await inlineOf(workspace.iam("dev"), "infra-AdminR-dev"), []);
    });

    it("says how to undo each of it", () => {
      assert.deepEqual(
        report.accounts.flatMap(({ steps }) => steps.flatMap(({ undo }) => undo ?? [])),
        [
          `aws iam delete-user-policy --user-name john.developer --policy-name ${POLICY} --profile users`,
          `aws iam update-access-key --user-name john.developer --access-key-id ${keys[0]} --status Active --profile users`,
          "npm run onboard -- john.developer",
          `aws iam delete-role-policy --role-name ${ROLE} --policy-name ${POLICY} --profile dev`,
          `aws iam delete-role-policy --role-name infra-DeveloperR-staging --policy-name ${POLICY} --profile staging`,
        ],
      );
    });

    it("names what may let them in beside the roster, in every account", async () => {
      assert.deepEqual(
        report.accounts.map(({ roles }) => roles),
        [...STACKS, "prod"].map(() => ({ otherRoles: [] })),
      );
      const staging = workspace.byHand("staging");
      const AssumeRolePolicyDocument = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: ["arn:aws:iam::111111111111:root", "999999999999"] },
            Action: "sts:AssumeRole",
          },
        ],
      });
      await staging.createRole({ RoleName: "backdoor", AssumeRolePolicyDocument });
      try {
        const found = await workspace.script("offboard", "john.developer", "--now");
        assert.equal(found.code, 1, found.stderr);
        assert.match(
          found.stdout,
          / {2}OPEN {6}The role backdoor is not the roster's:\n {12}admits arn:aws:iam::111111111111:root\n {12}admits 999999999999\n/,
        );
        assert.match(found.stdout, /^Not looked at, and may let them in:$/m);
      } finally {
        await staging.deleteRole({ RoleName: "backdoor" });
      }
    });

    it("may run again, and then only renews the Denies", async () => {
      const again = await workspace.script("offboard", "john.developer", "--now");
      assert.equal(again.code, 0, again.stderr);
      assert.match(again.stdout, /nothing {3}There is no console password\./);
      assert.equal(again.stdout.match(/nothing {3}The access key \S+ was inactive already\./g)?.length, 2);
      assert.match(again.stdout, /What is left to do:/);
      assert.deepEqual([...changing(again.calls)].sort(), [
        "iam:DeleteLoginProfile",
        "iam:PutRolePolicy",
        "iam:PutRolePolicy",
        "iam:PutUserPolicy",
      ]);
      assert.equal((await inlineOf(workspace.iam("dev"), ROLE)).length, 1);
    });

    it("keeps a new password from somebody who could do nothing with it", async () => {
      const refused = await workspace.script("onboard", "john.developer");
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /The user john\.developer has the policy infra-offboarding-/);
      assert.deepEqual(changing(refused.calls), []);
    });

    describe("and the edit of the roster that it asks for", () => {
      before(async () => {
        const [edit] = report.lastDay;
        assert.equal(edit?.path, 'people["john.developer"].until');
        workspace.write(rosterWithJohn({ until: JSON.parse(edit.change) as string }));
        assertSucceeded(await workspace.deploy("dev", "--refresh"));
      });

      it("keeps the sessions closed when a refresh takes the Deny off the role", async () => {
        const iam = workspace.iam("dev");
        assert.deepEqual(await inlineOf(iam, ROLE), []);
        const { AttachedPolicies: attached = [] } = await iam.listAttachedRolePolicies({ RoleName: ROLE });
        const own = await Promise.all(
          attached
            .flatMap(({ PolicyArn }) => PolicyArn ?? [])
            .filter((arn) => arn.includes("session-end"))
            .map((arn) => documentOf(iam, arn)),
        );
        assert.equal(await session("john.developer", closedAt - HOUR, own), "denied");
        assert.equal(await session("john.developer", closedAt + 10_000, own), "denied");
        assert.equal(await session("kim.contractor", closedAt - HOUR, own), "allowed");
      });

      it("leads to the removal, but not before the last session is over", async () => {
        const { code: status, stdout } = await workspace.script("offboard", "john.developer", "--json");
        assert.equal(status, 0);
        const left = JSON.parse(stdout) as Report;
        assert.deepEqual([left.stage, left.lastDay], ["left", []]);
        assert.equal(left.removalNotBefore, report.removalNotBefore);
      });
    });
  });

  describe("--now, for somebody who is gone from the roster", () => {
    after(async () => {
      for (const stack of ["users", "dev", "staging"]) {
        const iam = workspace.byHand(stack);
        const { Roles: roles = [] } = await iam.listRoles({});
        for (const { RoleName } of roles) {
          const PolicyName = "infra-offboarding-old.colleague";
          await unlessMissing(iam.deleteRolePolicy({ RoleName, PolicyName }));
        }
      }
    });

    it("closes every role that they may have held, and goes on where it cannot reach an account", async () => {
      workspace.write(rosterToday());
      const { code, stdout } = await workspace.shell(
        'sed \'s/^\\[profile prod\\]/[profile elsewhere]/\' "$AWS_CONFIG_FILE" > "$AWS_CONFIG_FILE.other" && ' +
          "AWS_CONFIG_FILE=$AWS_CONFIG_FILE.other npm run --silent offboard -- old.colleague --now --json",
      );
      assert.equal(code, 2);
      const report = JSON.parse(stdout) as Report;
      assert.equal(report.stage, "departed");
      const [users, dev, staging, prod] = report.accounts;
      assert.deepEqual(users?.steps[0], {
        outcome: "nothing to do",
        what: "There is no user old.colleague.",
      });
      assert.equal(dev?.steps.filter(({ outcome }) => outcome === "done").length, 10);
      assert.equal(staging?.steps.filter(({ outcome }) => outcome === "done").length, 10);
      assert.match(
        prod?.problem ?? "",
        /The credentials for prod are those of account 111111111111, not 444444444444/,
      );
      const inline = await inlineOf(workspace.iam("dev"), ROLE);
      assert.equal(await session("old.colleague", Date.now() - HOUR, inline), "denied");
      assert.equal(await session("john.developer", Date.now() - HOUR, inline), "allowed");
    });
  });
});
