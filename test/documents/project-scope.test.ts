import assert from "node:assert/strict";

import fc from "fast-check";

import { blueprintsOf } from "../../src/documents/blueprint";
import {
  policyDocument,
  renderDocument,
  type PermissionStatement,
  type PolicyDocument,
} from "../../src/documents/policy-document";
import { projectDenials, projectScope } from "../../src/documents/project-scope";
import { checkQuotas } from "../../src/documents/quota-check";
import { buildModel, type Model } from "../../src/model/model";
import { roleArn } from "../../src/model/names";
import { formatProblems } from "../../src/model/problems";
import { QUOTAS } from "../../src/model/quotas";
import { Deployed } from "../support/deployed";
import { decide, sessionCaller, type Decision } from "../support/evaluate";
import { mutate } from "../support/mutation";
import { authorizationProblems } from "../support/service-authorization";
import { MENOTIME } from "./seeds/menotime";
import { assertMark, beside, markedTitle, type SeedMark } from "./seeds/seed-case";
import { newAddress } from "../support/address";

const organization = {
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    dev: { id: "222222222222", kind: "workload", environment: "dev", trustQuota: 8_192 },
  },
};

const contractor = (project: string, more: object = {}) => ({
  email: newAddress(),
  category: "contractor",
  project,
  sponsor: "sarah.devops",
  from: "2026-11-01",
  until: "2027-01-31",
  access: { dev: "Developer" },
  ...more,
});

const people = {
  "sarah.devops": { email: "s@example.com", category: "devops", access: { dev: ["Read", "Admin"] } },
  "john.developer": { email: "j@example.com", category: "developer", access: { dev: "Developer" } },
  "kim.contractor": contractor("phoenix", { access: { dev: ["Developer", "Read"] } }),
  "lee.contractor": contractor("phoenix"),
  "mo.contractor": contractor("Blue Sky"),
  "gone.contractor": contractor("phoenix", { until: "2026-11-10" }),
};

const workloads = {
  api: { runsOn: "ecs", project: "phoenix", environments: { dev: { databaseUsers: ["app"] } } },
  billing: { runsOn: "ecs", environments: { dev: {} } },
};

const modelOf = (everybody: object = people, services: object = workloads): Model =>
  buildModel(organization, { people: everybody }, new Date("2026-11-23T12:00:00Z"), services);

function devOf(model: Model): Model["organization"]["accounts"][number] {
  const account = model.organization.accounts.find(({ key }) => key === "dev");
  assert.ok(account);
  return account;
}

interface Case extends SeedMark {
  readonly expected: Decision;
  readonly who: keyof typeof people;
  readonly says: string;
  readonly action: string;
  readonly resource: string;
  /** The resource's tag `Project`. */
  readonly project: string | undefined;
}

const caseOf =
  (expected: Decision, who: keyof typeof people) =>
  (says: string, action: string, resource = "*", project?: string, mark: SeedMark = {}): Case => ({
    expected,
    who,
    says,
    action,
    resource,
    project,
    ...mark,
  });
/** Kim works on phoenix. */
const can = caseOf("allowed", "kim.contractor");
const cannot = caseOf("denied", "kim.contractor");
/** Mo works on another project. */
const otherCan = caseOf("allowed", "mo.contractor");
const otherCannot = caseOf("denied", "mo.contractor");
/** John is an employee with the same role. */
const employeeCan = caseOf("allowed", "john.developer");

const here = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:222222222222:${resource}`;
const service = here("ecs", "service/menotime/api");
const fn = here("lambda", "function:api");
const logs = here("logs", "log-group:/menotime/dev");
const table = here("dynamodb", "table/visits");
const roleOf = (kindAndService: string): string =>
  `arn:aws:iam::222222222222:role/workloads/infra-${kindAndService}-dev`;

/** MenoTime, contractors: limited scope of permissions (specific project only). */
const CASES: readonly Case[] = [
  ...beside(
    MENOTIME.contractor,
    can("see instances", "ec2:DescribeInstances", "*", undefined, { decision: "15.2" }),
    can("see their project's services", "ecs:DescribeServices", service, "phoenix", { decision: "15.2" }),
    cannot("see another project's services", "ecs:DescribeServices", service, "Blue Sky"),
    cannot("deploy another project", "ecs:UpdateService", service, "Blue Sky"),
  ),
  can("see services of no project", "ecs:DescribeServices", service),
  can("deploy their project", "ecs:UpdateService", service, "phoenix"),
  cannot("deploy what is of no project", "ecs:UpdateService", service),
  cannot("deploy a project whose name differs in case", "ecs:UpdateService", service, "Phoenix"),
  otherCan("deploy theirs", "ecs:UpdateService", service, "Blue Sky"),
  otherCannot("deploy kim's", "ecs:UpdateService", service, "phoenix"),
  otherCan("see services of no project", "ecs:DescribeServices", service),
  employeeCan("deploy what is of no project", "ecs:UpdateService", service),
  employeeCan("deploy any project", "ecs:UpdateService", service, "Blue Sky"),
  can(
    "register what a service is to run",
    "ecs:RegisterTaskDefinition",
    here("ecs", "task-definition/api:1"),
  ),
  can("change their project's function", "lambda:UpdateFunctionCode", fn, "phoenix"),
  cannot("change a function of no project", "lambda:UpdateFunctionCode", fn),
  can("read their project's code", "lambda:GetFunction", fn, "phoenix"),
  cannot("read the code of no project", "lambda:GetFunction", fn),
  can("read their project's logs", "logs:FilterLogEvents", logs, "phoenix"),
  cannot("read the logs of no project", "logs:FilterLogEvents", logs),
  cannot("read another project's logs", "logs:FilterLogEvents", logs, "Blue Sky"),
  can("read their project's table", "dynamodb:GetItem", table, "phoenix"),
  cannot("read a table of no project", "dynamodb:GetItem", table),
  cannot("read objects that carry no project", "s3:GetObject", "arn:aws:s3:::example-dev/1"),
  cannot("read parameters of no project", "ssm:GetParameter", here("ssm", "parameter/app")),
  cannot(
    "connect to databases, whose users carry no tags",
    "rds-db:connect",
    here("rds-db", "dbuser:db-A/app"),
  ),
  cannot("see what all machines start with", "ec2:DescribeLaunchTemplateVersions"),
  cannot(
    "see what a task of no project was started with",
    "ecs:DescribeTasks",
    here("ecs", "task/menotime/1"),
  ),
  can(
    "see what their project's task was started with",
    "ecs:DescribeTasks",
    here("ecs", "task/menotime/1"),
    "phoenix",
  ),
  can("see which stacks there are", "cloudformation:ListStacks"),
  cannot(
    "see parameters of stacks of no project",
    "cloudformation:DescribeStacks",
    here("cloudformation", "stack/app/1"),
  ),
  cannot("list users", "iam:ListUsers"),
  can("pass the role of their project's service", "iam:PassRole", roleOf("task-api")),
  cannot("pass its database role", "iam:PassRole", roleOf("database-api")),
  cannot("pass the role of another service", "iam:PassRole", roleOf("task-billing")),
  cannot("pass one that is tagged with their project", "iam:PassRole", roleOf("task-billing"), "phoenix"),
  otherCannot("pass the role of kim's service", "iam:PassRole", roleOf("task-api")),
  employeeCan("pass the role of a service", "iam:PassRole", roleOf("task-billing")),
];

/** What the role itself allows is proven beside the role: here it allows everything. */
const EVERYTHING = policyDocument<PermissionStatement>({
  Sid: "All",
  Effect: "Allow",
  Action: "*",
  Resource: "*",
});

describe("contractors, within their project", () => {
  const model = modelOf();
  const account = devOf(model);
  const [scope, ...more] = projectScope(model, account, "Developer");
  assert.ok(scope);
  assert.deepEqual(more, []);

  const ask = (policies: readonly PolicyDocument[], one: Case): Promise<Decision> =>
    decide({
      caller: sessionCaller(roleArn(model.organization, "Developer", account), one.who),
      policies,
      action: one.action,
      resource: one.resource,
      resourceAccount: account.id,
      context: {
        "iam:PassedToService": "ecs-tasks.amazonaws.com",
        ...(one.project !== undefined && { "aws:ResourceTag/Project": one.project }),
      },
    });

  for (const one of CASES) {
    const can = one.expected === "allowed" ? "can" : "cannot";
    it(markedTitle(`${one.who} ${can} ${one.says}: ${one.action}`, one), async () => {
      assert.equal(await ask([EVERYTHING, scope], one), one.expected);
      await assertMark(one, one.expected, { action: one.action, resource: one.resource });
    });
  }

  for (const { without, document } of mutate(scope)) {
    it(`a case fails without ${without}`, async () => {
      for (const one of CASES) if ((await ask([EVERYTHING, document], one)) !== one.expected) return;
      assert.fail("Every case still holds.");
    });
  }

  it("AWS knows what it says", async () => {
    assert.deepEqual(await authorizationProblems(scope, "role"), []);
  });

  it("is part of the role as deployed", async () => {
    const deployed = new Deployed(model).rolePolicies("dev", "Developer");
    for (const one of [
      can("deploy their project", "ecs:UpdateService", service, "phoenix"),
      cannot("deploy what is of no project", "ecs:UpdateService", service),
      employeeCan("deploy what is of no project", "ecs:UpdateService", service),
    ]) {
      assert.equal(await ask(deployed, one), one.expected);
    }
  });

  it("names every contractor who holds the role now or later, once for each project", () => {
    assert.deepEqual(
      scope.Statement.map(({ Sid, Condition }) => [Sid, Condition?.StringLike?.["aws:userid"]]),
      [
        ["OnlyTaggedResources", ["*:mo.contractor", "*:kim.contractor", "*:lee.contractor"]],
        ["OnlyProject1", ["*:mo.contractor"]],
        ["OnlyProject2", ["*:kim.contractor", "*:lee.contractor"]],
        ["PassRolesOfProject2", ["*:kim.contractor", "*:lee.contractor"]],
        ["PassNoRoles", ["*:mo.contractor"]],
      ],
    );
  });

  it("is not there where no contractor holds the role", () => {
    assert.deepEqual(projectScope(model, account, "Admin"), []);
    const others = { ...people, "kim.contractor": contractor("phoenix") };
    assert.deepEqual(projectScope(modelOf(others), account, "Read"), []);
  });
});

/** So many contractors, one after another on each of so many projects. */
const crowdOf = (contractors: number, projects: number): Model =>
  modelOf({
    "sarah.devops": people["sarah.devops"],
    ...Object.fromEntries(
      Array.from({ length: contractors }, (_, index) => [
        `contractor-${String(index)}`,
        contractor(index % projects === 0 ? "phoenix" : `project ${String(index % projects)}`),
      ]),
    ),
  });

/** The document that would do, if IAM had no limit. */
function unsplitScope(model: Model): PolicyDocument {
  const denials = projectDenials(model, devOf(model), "Developer");
  return policyDocument(...denials.map(({ people: all, statementFor }) => statementFor(all)));
}

/** What a document denies to each person, whatever its statements are called and whom else they name. */
function denialsIn({ Statement }: PolicyDocument): readonly string[] {
  return Statement.flatMap(({ Sid: _, Condition, ...rest }) => {
    const { StringLike, ...others } = Condition ?? {};
    return [StringLike?.["aws:userid"] ?? []]
      .flat()
      .map((session) => JSON.stringify({ session, ...rest, others }));
  });
}

describe("more contractors than one policy can name", () => {
  const asked = fc.record({
    who: fc.nat(),
    action: fc.constantFrom(
      "ecs:UpdateService",
      "ecs:DescribeServices",
      "lambda:GetFunction",
      "iam:PassRole",
    ),
    project: fc.constantFrom(undefined, "phoenix", "project 1", "project 2"),
    role: fc.constantFrom("task-api", "task-billing"),
  });

  it("are denied the same by all policies together as by one that had no limit", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(asked, { minLength: 5, maxLength: 5 }),
        async (contractors, projects, questions) => {
          const model = crowdOf(contractors, projects);
          const unsplit = unsplitScope(model);
          const split = projectScope(model, devOf(model), "Developer");
          assert.deepEqual(split.flatMap(denialsIn).sort(), [...denialsIn(unsplit)].sort());
          for (const document of split) assert.ok(renderDocument(document).length <= QUOTAS.policyCharacters);
          for (const { who, action, project, role } of questions) {
            const resource = {
              "ecs:UpdateService": service,
              "ecs:DescribeServices": service,
              "lambda:GetFunction": fn,
              "iam:PassRole": roleOf(role),
            }[action];
            const answers = [split, [unsplit]].map((scope) =>
              decide({
                // One more than there are: an employee, whom nothing here concerns.
                caller: sessionCaller(
                  roleArn(model.organization, "Developer", devOf(model)),
                  `contractor-${String(who % (contractors + 1))}`,
                ),
                policies: [EVERYTHING, ...scope],
                action,
                resource,
                context: project === undefined ? {} : { "aws:ResourceTag/Project": project },
              }),
            );
            const [bySplit, byUnsplit] = await Promise.all(answers);
            assert.equal(bySplit, byUnsplit);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("have further policies, numbered, which the role is given beside the first", () => {
    const [dev] = blueprintsOf(crowdOf(150, 3)).filter(({ account }) => account.key === "dev");
    const developer = dev?.roles.find(({ role }) => role === "Developer");
    assert.deepEqual(
      developer?.policies.map((policy) => (policy.kind === "customer" ? policy.name : policy.arn)),
      [
        "infra-DeveloperR-dev-permissions",
        "infra-DeveloperR-dev-holders",
        "infra-DeveloperR-dev-project-scope",
        "infra-DeveloperR-dev-project-scope-2",
        "infra-DeveloperR-dev-session-end",
      ],
    );
  });

  const errorsOf = (model: Model): string =>
    formatProblems(
      "Quotas:",
      checkQuotas(blueprintsOf(model)).filter(
        ({ severity, rule }) => severity === "error" && !rule.startsWith("The trust"),
      ),
    );

  it("are refused where ten policies do not suffice, with what to do", () => {
    assert.equal(
      errorsOf(crowdOf(450, 200)),
      [
        "Quotas:",
        "",
        "src/roster.ts",
        "  1. people",
        "     The role infra-DeveloperR-dev has 17 policies.",
        "     Allowed: 10 policies",
        "     To do: Grant the role to fewer people and contractors, or to contractors of fewer projects; give dated grants the same dates.",
      ].join("\n"),
    );
  });

  it("are refused where one of them may pass too many roles for a policy, with what to do", () => {
    const everywhere = Object.fromEntries(
      Array.from({ length: 90 }, (_, index) => [
        `service-with-a-name-${String(index)}`,
        { runsOn: "ecs", project: "phoenix", environments: { dev: {} } },
      ]),
    );
    assert.equal(
      errorsOf(modelOf({ ...people, "kim.contractor": contractor("phoenix") }, everywhere)),
      [
        "Quotas:",
        "",
        "src/roster.ts",
        "  1. people",
        "     The policy infra-DeveloperR-dev-project-scope-2 has 7,486 characters.",
        "     Allowed: 6,144 characters",
        "     To do: Name the project in fewer services of src/workloads.ts, whose roles its contractors may pass.",
      ].join("\n"),
    );
  });
});
