import assert from "node:assert/strict";

import { accountsByRoster } from "../../src/access/load";
import type { Secret } from "../../src/aws/snapshot/secret-section";
import { secretReaders } from "../../src/review/secret-readers";
import { REVIEWED_AT, reviewedModel, reviewedRoster } from "./support";

const model = reviewedModel(reviewedRoster());
const accounts = accountsByRoster(model);
const prod = model.organization.accounts.filter(({ key }) => key === "prod");

const ARN = "arn:aws:secretsmanager:eu-west-1:444444444444:secret:vendor-AbCdEf";
const secret = (statement?: object): Secret => ({
  name: "vendor",
  arn: ARN,
  tags: {},
  ...(statement && { resourcePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) }),
});

const rowsOf = async (secrets: readonly Secret[]): Promise<readonly string[]> =>
  (await secretReaders(accounts, prod, () => secrets, REVIEWED_AT)).rows.map((row) => row.join(" | "));

const OPS = "prod | vendor | prod/Ops | sarah.devops | allowed";
const BREAK_GLASS = "prod | vendor | prod/BreakGlass | maria.cto, sarah.devops | allowed";

const admits = (principal: string): object => ({
  Effect: "Allow",
  Principal: { AWS: principal },
  Action: "secretsmanager:GetSecretValue",
  Resource: "*",
});

interface Case {
  readonly name: string;
  /** Of the secret's own policy, which it has none of where this is absent. */
  readonly statement?: object;
  readonly rows: readonly string[];
}

const CASES: readonly Case[] = [
  { name: "without a policy of its own", rows: [OPS, BREAK_GLASS] },
  {
    name: "with a policy that admits a role which has no permission for it",
    statement: admits("arn:aws:iam::444444444444:role/infra-DashboardR-prod"),
    rows: [OPS, "prod | vendor | prod/Dashboard | maria.cto | allowed", BREAK_GLASS],
  },
  {
    name: "with a policy that admits a role which is denied secrets",
    statement: admits("arn:aws:iam::444444444444:role/infra-ReadR-prod"),
    rows: [OPS, BREAK_GLASS],
  },
  {
    name: "with a policy that denies all but one role",
    statement: {
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::444444444444:role/infra-OpsR-prod" } },
    },
    rows: [OPS],
  },
  {
    name: "with a policy that admits a user of the people's account, whose own policies do not",
    statement: admits("arn:aws:iam::111111111111:user/people/sarah.devops"),
    rows: [OPS, BREAK_GLASS],
  },
];

describe("who of the roster can read prod's secrets", () => {
  for (const { name, statement, rows } of CASES) {
    it(name, async () => assert.deepEqual(await rowsOf([secret(statement)]), rows));
  }

  it("where its own policy cannot be read, says so", async () => {
    assert.deepEqual(await rowsOf([{ ...secret(), resourcePolicy: "{" }]), [
      "prod | vendor |  |  | not known: its own policy cannot be read",
    ]);
  });

  it("with more secrets than are asked one by one, asks each that has a policy, and once for all others", async () => {
    const others = Array.from({ length: 30 }, (_, index) => ({
      ...secret(),
      name: `secret-${String(index)}`,
      arn: `${ARN}${String(index)}`,
    }));
    const rows = await rowsOf([...others, secret(CASES[3]?.statement)]);
    assert.deepEqual(
      rows.map((row) => row.split(" | ").slice(0, 3).join(" | ")),
      [
        "prod | vendor | prod/Ops",
        "prod | any without a policy of its own | prod/BreakGlass",
        "prod | any without a policy of its own | prod/Ops",
        "prod | any without a policy of its own | prod/task-mw-ingress",
        "prod | any without a policy of its own | prod/task-mw-worker",
      ],
    );
  });
});
