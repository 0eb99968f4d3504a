import assert from "node:assert/strict";

import { exitStatus, reportAsJson, reportAsTables, type AccountReport } from "../../src/drift/report";

const ACCOUNT = { stack: "dev", account: "222222222222" };
const clean: AccountReport = { ...ACCOUNT, byHand: [], notDeployed: [], unmanaged: [] };
const drifted: AccountReport = {
  ...ACCOUNT,
  byHand: [
    {
      operation: "update",
      type: "aws:iam/role:Role",
      name: "infra-ReadR-dev",
      properties: [
        { property: "policyArns", deployed: ["arn:a", "arn:b"], found: ["arn:b", "arn:c"] },
        { property: "permissionsBoundary", found: "arn:d" },
      ],
    },
    { operation: "create", type: "aws:iam/role:Role", name: "infra-OpsR-dev", properties: [] },
  ],
  notDeployed: [
    {
      operation: "update",
      type: "aws:iam/user:User",
      name: "kim",
      properties: [{ property: "tags", deployed: {}, found: { a: "1" } }],
    },
  ],
  unmanaged: [
    { kind: "user", name: "ghost", details: ["inline more"] },
    { kind: "inline policy", name: "more", of: "user sarah" },
  ],
};
const failed: AccountReport = { ...ACCOUNT, problem: "There are no credentials for dev." };

describe("the report on drift", () => {
  it("exits 0 where nothing differs, 1 where something does, 2 where nobody knows", () => {
    assert.equal(exitStatus([clean, clean]), 0);
    assert.equal(exitStatus([clean, drifted]), 1);
    assert.equal(exitStatus([clean, failed]), 2);
    assert.equal(exitStatus([drifted, failed, clean]), 2);
  });

  for (const part of ["byHand", "notDeployed", "unmanaged"] as const) {
    it(`exits 1 for ${part} alone`, () => {
      assert.equal(exitStatus([{ ...clean, [part]: drifted[part] }]), 1);
    });
  }

  it("is JSON for programs", () => {
    assert.deepEqual(JSON.parse(reportAsJson([drifted, failed])), {
      exitStatus: 2,
      accounts: [drifted, failed],
    });
  });

  it("says in words what differs, and where to read on", () => {
    assert.equal(
      reportAsTables([drifted]),
      [
        "dev (222222222222):",
        "┌──────────────────┬─────────────────────────────┬──────────────────────┐",
        "│ What             │ Where                       │ How                  │",
        "├──────────────────┼─────────────────────────────┼──────────────────────┤",
        "│ changed by hand  │ iam.Role infra-ReadR-dev    │ was changed          │",
        "│                  │                             │ policyArns:          │",
        "│                  │                             │   + arn:c            │",
        "│                  │                             │   - arn:a            │",
        "│                  │                             │ permissionsBoundary: │",
        "│                  │                             │   - nothing          │",
        "│                  │                             │   + arn:d            │",
        "├──────────────────┼─────────────────────────────┼──────────────────────┤",
        "│ changed by hand  │ iam.Role infra-OpsR-dev     │ is gone              │",
        "├──────────────────┼─────────────────────────────┼──────────────────────┤",
        "│ not deployed yet │ iam.User kim                │ update: tags         │",
        "├──────────────────┼─────────────────────────────┼──────────────────────┤",
        "│ in no stack      │ user ghost                  │ inline more          │",
        "├──────────────────┼─────────────────────────────┼──────────────────────┤",
        "│ in no stack      │ inline policy of user sarah │ more                 │",
        "└──────────────────┴─────────────────────────────┴──────────────────────┘",
        "",
        "What to do about it: docs/runbooks/drift.md.",
        "",
      ].join("\n"),
    );
  });

  it("is short where nothing differs", () => {
    assert.equal(
      reportAsTables([clean]),
      "dev (222222222222): nothing.\n\nEvery account is what the roster says.\n",
    );
  });

  it("repeats why an account could not be looked at", () => {
    assert.equal(
      reportAsTables([failed]),
      "dev (222222222222): not looked at.\nThere are no credentials for dev.\n\nNot every account could be looked at.\n",
    );
  });
});
