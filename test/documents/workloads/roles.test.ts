import assert from "node:assert/strict";

import { blueprintsOf } from "../../../src/documents/blueprint";
import {
  policyDocument,
  type PermissionStatement,
  type PolicyDocument,
} from "../../../src/documents/policy-document";
import { checkQuotas } from "../../../src/documents/quota-check";
import { buildModel } from "../../../src/model/model";
import { formatProblems } from "../../../src/model/problems";
import {
  decideAssumeRole,
  sessionCaller,
  userCaller,
  type Caller,
  type Decision,
} from "../../support/evaluate";
import { mutate } from "../../support/mutation";
import { NOW, sampleOrganization, sampleRoster } from "../../support/rosters";
import { roleNamed, rolesIn } from "./fixture";

const trustOf = (name: string, account: string): unknown =>
  (JSON.parse(roleNamed(name, account).trust.text) as PolicyDocument<unknown>).Statement;

describe("the roles of services", () => {
  it("are one for each service and account, and one more where it signs in to databases", () => {
    const names = (account: string) => rolesIn(account).map(({ arn }) => arn.slice("arn:aws:iam::".length));
    assert.deepEqual(names("prod"), [
      "444444444444:role/workloads/infra-task-mw-ingress-prod",
      "444444444444:role/workloads/infra-task-mw-worker-prod",
      "444444444444:role/workloads/infra-database-mw-worker-prod",
    ]);
    assert.deepEqual(names("staging"), [
      "333333333333:role/workloads/infra-function-analytics-visits-staging",
    ]);
    assert.deepEqual(names("dev"), [
      "222222222222:role/workloads/infra-task-mw-worker-dev",
      "222222222222:role/workloads/infra-database-mw-worker-dev",
    ]);
    assert.deepEqual(names("users"), []);
    assert.deepEqual(rolesIn("prod", {}), []);
  });

  it("say whose they are in tags", () => {
    assert.deepEqual(roleNamed("infra-task-mw-ingress-prod", "prod").tags, { Service: "mw-ingress" });
    assert.deepEqual(roleNamed("infra-task-mw-worker-prod", "prod").tags, {
      Service: "mw-worker",
      Project: "phoenix",
    });
  });

  it("have no policy where the service is given nothing", () => {
    const [role] = rolesIn("dev", { idle: { runsOn: "ecs", environments: { dev: {} } } });
    assert.deepEqual(role?.policies, []);
  });

  it("trust ECS on behalf of this account's tasks", () => {
    assert.deepEqual(trustOf("infra-task-mw-ingress-prod", "prod"), [
      {
        Sid: "Tasks",
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "444444444444" },
          ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-west-1:444444444444:*" },
        },
      },
    ]);
  });

  describe("for tasks admit", () => {
    const role = roleNamed("infra-task-mw-ingress-prod", "prod");
    const service = (name: string, account: string, source: string): Caller => ({
      arn: `${name}.amazonaws.com`,
      accountId: account,
      context: { "aws:SourceAccount": account, "aws:SourceArn": source },
    });
    const task = (account: string): string => `arn:aws:ecs:eu-west-1:${account}:task/menotime/1`;
    const cases: readonly (readonly [string, Caller, Decision])[] = [
      ["ECS for the account's tasks", service("ecs-tasks", "444444444444", task("444444444444")), "allowed"],
      ["ECS for another account", service("ecs-tasks", "999988887777", task("999988887777")), "denied"],
      [
        "ECS for another account that names our tasks",
        service("ecs-tasks", "999988887777", task("444444444444")),
        "denied",
      ],
      [
        "ECS for what is no task of ours",
        service("ecs-tasks", "444444444444", task("999988887777")),
        "denied",
      ],
      ["another service", service("lambda", "444444444444", task("444444444444")), "denied"],
      [
        "a person",
        userCaller("arn:aws:iam::111111111111:user/people/sarah.devops", { ageSeconds: 60 }),
        "denied",
      ],
    ];
    const deployed = JSON.parse(role.trust.text) as PolicyDocument;
    const ask = (trust: PolicyDocument, caller: Caller): Promise<Decision> =>
      decideAssumeRole({ caller, policies: [], roleArn: role.arn, trust, sessionName: "task" });

    for (const [who, caller, expected] of cases) {
      it(`${who}: ${expected}`, async () => {
        assert.equal(await ask(deployed, caller), expected);
      });
    }

    for (const { without, document } of mutate(deployed)) {
      it(`a case fails without ${without}`, async () => {
        for (const [, caller, expected] of cases) if ((await ask(document, caller)) !== expected) return;
        assert.fail("Every case still holds.");
      });
    }
  });

  it("trust Lambda, which names no source", () => {
    assert.deepEqual(trustOf("infra-function-analytics-visits-staging", "staging"), [
      {
        Sid: "Functions",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
  });

  describe("for databases admit", () => {
    const database = roleNamed("infra-database-mw-worker-prod", "prod");
    const assume = policyDocument<PermissionStatement>({
      Sid: "Any",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: "*",
    });
    const task = (name: string): Caller => sessionCaller(roleNamed(name, "prod").arn, "task");
    const cases: readonly (readonly [string, Caller, Decision])[] = [
      ["the service's own task", task("infra-task-mw-worker-prod"), "allowed"],
      ["another service's task", task("infra-task-mw-ingress-prod"), "denied"],
      [
        "an administrator",
        sessionCaller("arn:aws:iam::444444444444:role/infra-AdminR-prod", "sarah.devops"),
        "denied",
      ],
      [
        "a role of the task's name elsewhere",
        sessionCaller("arn:aws:iam::333333333333:role/workloads/infra-task-mw-worker-prod", "task"),
        "denied",
      ],
      [
        "a person",
        userCaller("arn:aws:iam::111111111111:user/people/sarah.devops", { ageSeconds: 60 }),
        "denied",
      ],
    ];
    const deployed = JSON.parse(database.trust.text) as PolicyDocument;
    const ask = (trust: PolicyDocument, caller: Caller): Promise<Decision> =>
      decideAssumeRole({ caller, policies: [assume], roleArn: database.arn, trust, sessionName: "task" });

    for (const [who, caller, expected] of cases) {
      it(`${who}: ${expected}`, async () => {
        assert.equal(await ask(deployed, caller), expected);
      });
    }

    for (const { without, document } of mutate(deployed)) {
      it(`a case fails without ${without}`, async () => {
        for (const [, caller, expected] of cases) if ((await ask(document, caller)) !== expected) return;
        assert.fail("Every case still holds.");
      });
    }
  });

  it("are refused where IAM has no room for them, with what to do", () => {
    const service = "a-service-with-a-long-name-12345";
    const workloads = {
      [service]: {
        runsOn: "ecs",
        environments: {
          staging: {
            databaseUsers: ["app"],
            secrets: Array.from({ length: 90 }, (_, index) => `app/a-rather-long-name/${String(index)}`),
          },
        },
      },
    };
    const organization = { ...sampleOrganization(), prefix: "our-organization" };
    const model = buildModel(organization, sampleRoster(), NOW, workloads);
    assert.equal(
      formatProblems("Quotas:", checkQuotas(blueprintsOf(model))),
      [
        "Quotas:",
        "",
        "src/workloads.ts",
        "  1. SERVICE",
        "     The policy our-organization-task-a-service-with-a-long-name-12345-staging-permissions has 8,240 characters.",
        "     Allowed: 6,144 characters",
        "     To do: Name fewer resources, or the beginning that they share; or split the service.",
        "  2. SERVICE",
        "     The name our-organization-database-a-service-with-a-long-name-12345-staging has 66 characters.",
        "     Allowed: 64 characters",
        "     To do: Choose a shorter name for the service, or a shorter key for the account if it is new. Prefix and keys of what is deployed already stay: they are part of every name.",
      ]
        .join("\n")
        .replaceAll("SERVICE", `["${service}"].environments.staging`),
    );
  });
});
