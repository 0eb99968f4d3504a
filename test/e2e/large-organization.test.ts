import assert from "node:assert/strict";

import type { WrittenAccount, WrittenPerson, WrittenRoster } from "../support/rosters";
import { credentialsOf, groupsOf, tagsOf, trustOf } from "./support/live";
import { assertSucceeded } from "./support/outcome";
import { Workspace, type Organization } from "./support/workspace";

const MOST_GROUPS_OF_A_USER = 10;
const DEVELOPERS = 300;

const WORKLOADS: readonly (readonly [string, WrittenAccount["environment"] & string])[] = [
  ["dev", "dev"],
  ["dev-eu", "dev"],
  ["dev-us", "dev"],
  ["staging", "staging"],
  ["staging-eu", "staging"],
  ["prod", "prod"],
  ["prod-eu", "prod"],
  ["prod-us", "prod"],
];

const ORGANIZATION: Organization = {
  prefix: "infra",
  region: "eu-west-1",
  pipeline: { kind: "users" },
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    ...Object.fromEntries(
      WORKLOADS.map(([key, environment], index): [string, WrittenAccount] => [
        key,
        { id: String(index + 2).repeat(12), kind: "workload", environment },
      ]),
    ),
  },
};

const accessEverywhere = (role: string): Record<string, string> =>
  Object.fromEntries(WORKLOADS.map(([key]) => [key, role]));

const developer = (number: number): [string, WrittenPerson] => [
  `developer.${String(number)}`,
  {
    email: `developer.${String(number)}@example.com`,
    category: "developer",
    access: { dev: "Developer" },
  },
];

const ROSTER: WrittenRoster = {
  people: {
    "ada.devops": { email: "ada@example.com", category: "devops", access: accessEverywhere("Ops") },
    "sam.security": { email: "sam@example.com", category: "security", access: { prod: "Security" } },
    ...Object.fromEntries(Array.from({ length: DEVELOPERS }, (_, index) => developer(index + 1))),
  },
  power: ["ada.devops", "sam.security"],
  breakGlass: Object.fromEntries(
    WORKLOADS.map(([key]) => [key, { primary: "ada.devops", backup: "sam.security" }]),
  ),
};

describe("An organization of eight workload accounts and 302 people", function () {
  this.timeout(300_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await Workspace.open({ organization: ORGANIZATION, roster: ROSTER }, ["users", "dev"]);
    for (const stack of ["users", "dev"]) assertSucceeded(await workspace.deploy(stack));
  });

  after(async () => {
    await workspace.remove();
  });

  it("keeps somebody who holds everything in every account within IAM's ten groups", async () => {
    const groups = await groupsOf(workspace.iam("users"), "ada.devops");
    assert.deepEqual(groups, [
      "infra-AssumeRoleG-all",
      "infra-BreakGlassG-all",
      "infra-ManageOwnUserG",
      "infra-PowerG",
    ]);
    assert.ok(groups.length <= MOST_GROUPS_OF_A_USER);
  });

  it("admits by tag where the names no longer fit, and only people's users", async () => {
    const trust = await trustOf(workspace.iam("dev"), "infra-DeveloperR-dev");
    assert.deepEqual(
      trust.map(({ Condition }) => Condition),
      [
        {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": "43200" },
          StringEquals: { "sts:RoleSessionName": "${aws:username}" },
          ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/people/*" },
          StringLike: { "aws:PrincipalTag/infra:dev": "*+Developer+*" },
        },
      ],
    );
  });

  it("names people where their names fit", async () => {
    const [holders] = await trustOf(workspace.iam("dev"), "infra-OpsR-dev");
    assert.deepEqual(holders?.Condition?.["ArnEquals"], {
      "aws:PrincipalArn": ["arn:aws:iam::111111111111:user/people/ada.devops"],
    });
  });

  it("has put the tag on every developer, and on nobody else", async () => {
    const iam = workspace.iam("users");
    const tags = await Promise.all(Object.keys(ROSTER.people).map((name) => tagsOf(iam, name)));
    const admitted = tags.filter((own) => own["infra:dev"]?.includes("+Developer+"));
    assert.equal(admitted.length, DEVELOPERS);
    assert.deepEqual(
      admitted.filter(({ Category }) => Category !== "developer"),
      [],
    );
  });

  it("has users without keys for its pipeline", async () => {
    const iam = workspace.iam("dev");
    for (const user of ["infra-PreviewU-dev", "infra-ReviewU-dev", "infra-DeployU-dev"]) {
      assert.deepEqual(await credentialsOf(iam, user), { accessKeys: [], mfaDevices: [] });
    }
  });
});
