import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import type { PolicyDocument, TrustStatement } from "../../../src/documents/policy-document";
import type { WrittenRoster } from "../../support/rosters";
import { admittedBy, documentOf, trustOf } from "../support/live";
import { assertSucceeded } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const ROLE = "infra-DbReadR-prod";
const SESSION_END = `arn:aws:iam::444444444444:policy/${ROLE}-session-end`;

const instant = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
const compact = (text: string): string => text.replaceAll(/[-:]/g, "");

function grantUntil(end: number): WrittenRoster {
  const until = instant(end);
  const from = instant(end - 3_600_000);
  const grant = { person: "john.developer", account: "prod", role: "DbRead", reason: "INC-1042" };
  return { ...rosterToday(), temporary: [{ ...grant, from, until, approvedBy: ["alex.dba"] }] };
}

describe("A grant that ends", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let end: number;
  let trust: readonly TrustStatement[];
  let sessionEnd: PolicyDocument;

  /** A slow machine may need longer than a short grant lasts; then a longer one tells the same. */
  async function deployWhileOpen(seconds: number): Promise<void> {
    end = Math.ceil(Date.now() / 1_000 + seconds) * 1_000;
    workspace.write(grantUntil(end));
    assertSucceeded(await workspace.deploy("prod"));
    if (Date.now() > end && seconds < 150) await deployWhileOpen(2 * seconds);
  }

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["prod"], rosterToday());
    await deployWhileOpen(20);
    const iam = workspace.iam("prod");
    trust = await trustOf(iam, ROLE);
    sessionEnd = await documentOf(iam, SESSION_END);
  });

  it("is open until then, by a statement of its own", () => {
    const until = instant(end);
    const dated = trust.filter(({ Condition }) => Condition?.["DateLessThan"] !== undefined);
    assert.deepEqual(
      dated.map(({ Condition }) => [
        Condition?.["ArnEquals"]?.["aws:PrincipalArn"],
        Condition?.["DateLessThan"]?.["aws:CurrentTime"],
      ]),
      [[["arn:aws:iam::111111111111:user/people/john.developer"], until]],
    );
  });

  it("has from the start what ends its sessions", () => {
    const until = instant(end);
    assert.deepEqual(sessionEnd.Statement, [
      {
        Sid: `EndOf${compact(until)}`,
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: {
          StringLike: { "aws:userid": ["*:john.developer"] },
          DateGreaterThanEquals: { "aws:CurrentTime": until },
        },
      },
    ]);
  });

  it("leaves the trust with the next deployment after its end", async () => {
    await sleep(Math.max(0, end + 1_000 - Date.now()));
    const deployment = await workspace.deploy("prod");
    assertSucceeded(deployment);
    assert.deepEqual(deployment.changes, [
      `update iam.Policy ${ROLE}-holders (policy)`,
      `update iam.Role ${ROLE} (assumeRolePolicy)`,
    ]);
    assert.deepEqual(await admittedBy(workspace.iam("prod"), ROLE), ["alex.dba"]);
  });

  it("keeps ending the sessions that were begun before", async () => {
    const iam = workspace.iam("prod");
    assert.deepEqual(await documentOf(iam, SESSION_END), sessionEnd);
    const { AttachedPolicies: attached = [] } = await iam.listAttachedRolePolicies({ RoleName: ROLE });
    assert.ok(attached.some(({ PolicyArn }) => PolicyArn === SESSION_END));
  });
});
