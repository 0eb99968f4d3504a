import assert from "node:assert/strict";

import { liveAdmissions } from "../../src/aws/live-trust";

const ROOT = { AWS: "arn:aws:iam::555555555555:root" };

const CASES: readonly (readonly [what: string, statement: object, admits: readonly string[]])[] = [
  ["an account", { Principal: ROOT, Action: "sts:AssumeRole" }, ["admits arn:aws:iam::555555555555:root"]],
  [
    "an account by a pattern of actions",
    { Principal: ROOT, Action: "sts:Assume*" },
    ["admits arn:aws:iam::555555555555:root"],
  ],
  [
    "an account by all actions but one",
    { Principal: ROOT, NotAction: "sts:TagSession" },
    ["admits arn:aws:iam::555555555555:root"],
  ],
  [
    "nobody by an action that only goes with another",
    { Principal: ROOT, Action: "sts:SetSourceIdentity" },
    [],
  ],
  ["nobody by all actions but those that assume", { Principal: ROOT, NotAction: "sts:Assume*" }, []],
];

describe("everybody whom a trust admits", () => {
  for (const [what, statement, admits] of CASES) {
    it(what, () => {
      const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
      assert.deepEqual(liveAdmissions(trust), admits);
    });
  }
});
