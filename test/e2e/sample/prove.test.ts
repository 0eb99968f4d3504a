import assert from "node:assert/strict";

import { changing } from "../support/aws-calls";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

interface Proven {
  readonly id: string;
  readonly holds: boolean;
  readonly claims: number;
  readonly failures: readonly { readonly about: string; readonly actions: readonly string[] }[];
  readonly unknown: readonly unknown[];
}

const EVERY_ACCOUNT = ["--live", "{stack}"] as const;

describe("npm run prove", function () {
  this.timeout(600_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["users", "dev", "staging", "prod"], rosterToday());
  });

  async function proofs(...args: readonly string[]): Promise<{ code: number; proven: readonly Proven[] }> {
    const { code, stdout, stderr, calls } = await workspace.script("prove", "--json", ...args);
    assert.deepEqual(changing(calls), []);
    assert.notEqual(stdout, "", stderr);
    return { code, proven: JSON.parse(stdout) as readonly Proven[] };
  }

  it("proves of accounts as they are what it proves of the roster", async () => {
    const byRoster = await proofs();
    const asTheyAre = await proofs(...EVERY_ACCOUNT);
    const failing = ({ proven }: { proven: readonly Proven[] }): readonly Proven[] =>
      proven.filter(({ holds }) => !holds);
    assert.deepEqual(failing(asTheyAre), []);
    assert.deepEqual(failing(byRoster), []);
    assert.deepEqual(
      asTheyAre.proven.filter(({ claims }) => claims === 0).map(({ id }) => id),
      byRoster.proven.filter(({ claims }) => claims === 0).map(({ id }) => id),
    );
    assert.deepEqual({ byRoster: byRoster.code, asTheyAre: asTheyAre.code }, { byRoster: 0, asTheyAre: 0 });
  });

  it("finds what was given and opened by hand, with a request", async () => {
    const iam = workspace.byHand("prod");
    const statement = (Action: string): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
    const trust = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "sts:AssumeRole" },
      ],
    });
    await iam.putRolePolicy({
      RoleName: "infra-ReadR-prod",
      PolicyName: "by-hand",
      PolicyDocument: statement("s3:DeleteBucket"),
    });
    await iam.createRole({ RoleName: "open-door", AssumeRolePolicyDocument: trust });
    const { code, proven } = await proofs(...EVERY_ACCOUNT);
    const { stdout } = await workspace.script("prove", "readers-change-nothing", ...EVERY_ACCOUNT);
    await iam.deleteRole({ RoleName: "open-door" });
    await iam.deleteRolePolicy({ RoleName: "infra-ReadR-prod", PolicyName: "by-hand" });

    const failuresOf = (id: string): Proven["failures"] =>
      proven.find((one) => one.id === id)?.failures ?? [];
    assert.equal(code, 1);
    assert.deepEqual(
      failuresOf("readers-change-nothing").map(({ about, actions }) => ({ about, actions })),
      [{ about: "prod/Read", actions: ["s3:DeleteBucket"] }],
    );
    assert.deepEqual(
      failuresOf("accounts-are-reached-by-trusts-of-the-roster").map(({ about }) => about),
      ["prod/open-door"],
    );
    assert.match(stdout, /^✖ readers-change-nothing /m);
    assert.match(stdout, /prod\/Read: a session of prod\/Read called somebody may s3:DeleteBucket on /);
    assert.match(stdout, /by number 1 of by-hand \(inline\)/);
  });
});
