import assert from "node:assert/strict";

import { buildModel } from "../../src/model/model";
import { UserError } from "../../src/model/problems";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";

/** What a user reads: the whole message of the refusal, or that there is none. */
function outputOf(workloads: unknown): string {
  try {
    buildModel(sampleOrganization(), sampleRoster(), NOW, workloads);
    return "accepted";
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

const api = (access: unknown, more: object = {}) => ({
  api: { runsOn: "ecs", environments: { prod: access }, ...more },
});

interface Refusal {
  readonly rule: string;
  readonly workloads: unknown;
  readonly problems: readonly (readonly string[])[];
}

const SERVICE_NAME =
  "A service's name is a lower-case letter, then lower-case letters, digits and single hyphens, at most 32 in all.";
const SECRET = "A secret is the name of one in Secrets Manager, or the beginning of several, followed by *.";

const REFUSALS: readonly Refusal[] = [
  {
    rule: "an object",
    workloads: ["api"],
    problems: [
      [
        'the exported value = ["api"]',
        "`workloads` is an object whose keys are names of services.",
        "Allowed: { … }",
      ],
    ],
  },
  {
    rule: "of objects with their keys",
    workloads: { api: { environments: { prod: {} }, image: "api:1" } },
    problems: [
      ['api.image = "api:1"', "Unknown key of a service.", 'Allowed: "runsOn", "environments", "project"'],
      ["api.runsOn", "A service needs `runsOn`."],
    ],
  },
  {
    rule: "on something that they can run on",
    workloads: api({}, { runsOn: "beanstalk" }),
    problems: [
      [
        'api.runsOn = "beanstalk"',
        "A service runs on one of four.",
        'Allowed: "ec2", "ecs", "eks", "lambda"',
      ],
    ],
  },
  {
    rule: "of EKS with the pods that are it",
    workloads: { api: { runsOn: "eks", environments: { prod: {} } } },
    problems: [
      [
        "api.environments.prod = {}",
        "A service of EKS says which pods are it.",
        "To do: Add `pod: { cluster, namespace, serviceAccount }`.",
      ],
    ],
  },
  {
    rule: "with names that Kubernetes and EKS take",
    workloads: {
      api: {
        runsOn: "eks",
        environments: { prod: { pod: { cluster: "a:b", namespace: "Shop", serviceAccount: "web*" } } },
      },
    },
    problems: [
      [
        'api.environments.prod.pod.cluster = "a:b"',
        "A cluster is the name of one in EKS.",
        'Allowed: a text such as "main"',
      ],
      [
        'api.environments.prod.pod.namespace = "Shop"',
        "A namespace is the name of one in Kubernetes.",
        'Allowed: a text such as "shop"',
      ],
      [
        'api.environments.prod.pod.serviceAccount = "web*"',
        "A service account is the name of one in Kubernetes.",
        'Allowed: a text such as "worker"',
      ],
    ],
  },
  {
    rule: "without pods where they run on something else",
    workloads: api({ pod: { cluster: "main", namespace: "shop", serviceAccount: "web" } }),
    problems: [
      [
        'api.environments.prod.pod = {"cluster":"main","namespace":"shop","serviceAccount":"web"}',
        "A service that runs on ecs has no pod.",
      ],
    ],
  },
  {
    rule: "somewhere",
    workloads: { api: { runsOn: "ecs", environments: {} } },
    problems: [
      [
        'api = {"runsOn":"ecs","environments":{}}',
        "This service runs in no environment.",
        "To do: Name one under `environments`, or remove it.",
      ],
    ],
  },
  {
    rule: "in environments that there are",
    workloads: { api: { runsOn: "ecs", environments: { production: {}, identity: {} } } },
    problems: [
      [
        "api.environments.identity = {}",
        "Unknown key of `environments`.",
        'Allowed: "dev", "staging", "prod"',
      ],
      [
        "api.environments.production = {}",
        "Unknown key of `environments`.",
        'Allowed: "dev", "staging", "prod"',
      ],
    ],
  },
  {
    rule: "under names that fit everywhere",
    workloads: {
      API: { runsOn: "ecs", environments: { prod: {} } },
      "api-": { runsOn: "ecs", environments: { prod: {} } },
      ["a".repeat(33)]: { runsOn: "ecs", environments: { prod: {} } },
    },
    problems: [
      ['["api-"] = "api-"', SERVICE_NAME],
      [`${"a".repeat(33)} = "${"a".repeat(33)}"`, SERVICE_NAME],
      ['API = "API"', SERVICE_NAME],
    ],
  },
  {
    rule: "with resources of kinds that there are",
    workloads: api({ tables: ["visits"], publicTables: false }),
    problems: [
      ["api.environments.prod.publicTables = false", "`publicTables` is true or absent.", "Allowed: true"],
      [
        'api.environments.prod.tables = ["visits"]',
        "Unknown key of a service's access.",
        'Allowed: "secrets", "logGroups", "databaseUsers", "databaseIds", "readObjects", "writeObjects", "readTables", "writeTables", "sensitiveTables", "sendQueues", "receiveQueues", "publicTables", "pod"',
      ],
    ],
  },
  {
    rule: "with names, not with everything",
    workloads: api({
      secrets: ["*", "app/*/token"],
      logGroups: ["app"],
      databaseUsers: ["*"],
      databaseIds: ["menotime-prod"],
      readObjects: ["*", "example-data"],
      readTables: ["*"],
      sendQueues: ["events*"],
    }),
    problems: [
      [
        'api.environments.prod.databaseIds[0] = "menotime-prod"',
        "A database's id is the one that RDS gave it, not its name.",
        'Allowed: a text such as "db-ABCDEFGHIJKL01234" or "cluster-ABCDEFGHIJKL01234"',
      ],
      [
        'api.environments.prod.databaseUsers[0] = "*"',
        "A database user is the name of one that signs in by IAM.",
        'Allowed: a text such as "app"',
      ],
      [
        'api.environments.prod.logGroups[0] = "app"',
        "A log group's name begins with a slash.",
        'Allowed: a text such as "/app/prod"',
      ],
      ...["*", "example-data"].map((text, index) => [
        `api.environments.prod.readObjects[${String(index)}] = "${text}"`,
        "Objects are a bucket and a key, or the beginning of several, followed by *.",
        'Allowed: "<bucket>/<key>" or "<bucket>/<prefix>*", such as "example-data/*"',
      ]),
      [
        'api.environments.prod.readTables[0] = "*"',
        "A table is the name of one in DynamoDB.",
        'Allowed: a text such as "visits"',
      ],
      ...["*", "app/*/token"].map((text, index) => [
        `api.environments.prod.secrets[${String(index)}] = "${text}"`,
        SECRET,
        'Allowed: a text such as "app/prod/token" or "app/prod/*"',
      ]),
      [
        'api.environments.prod.sendQueues[0] = "events*"',
        "A queue is the name of one in SQS.",
        'Allowed: a text such as "events" or "events.fifo"',
      ],
    ],
  },
  {
    rule: "each once",
    workloads: api({ secrets: ["app/token", "app/token"] }),
    problems: [
      [
        'api.environments.prod.secrets[1] = "app/token"',
        "This resource is listed already.",
        "To do: Remove the repetition.",
      ],
    ],
  },
  {
    rule: "without contradictions",
    workloads: api({ readTables: ["visits"], sensitiveTables: ["visits"], databaseIds: ["db-ABC"] }),
    problems: [
      [
        'api.environments.prod.databaseIds = ["db-ABC"]',
        "Databases are named, and no user to sign in as.",
        "To do: Add `databaseUsers`.",
      ],
      [
        'api.environments.prod.sensitiveTables[0] = "visits"',
        "This table is given to the service and kept from it.",
        "To do: Keep it in one of the two lists.",
      ],
    ],
  },
];

describe("src/workloads.ts", () => {
  for (const [rule, workloads] of [
    ["nothing", {}],
    ["a service without any access", api({})],
    ["names with all their characters", api({ secrets: ["a/B_+=.@-1*"], sendQueues: ["Events_1-2.fifo"] })],
    ["the sample of the tests", sampleWorkloads()],
  ] as const) {
    it(`takes ${rule}`, () => {
      assert.equal(outputOf(workloads), "accepted");
    });
  }

  for (const { rule, workloads, problems } of REFUSALS) {
    it(`has services ${rule}`, () => {
      const lines = problems.flatMap(([place = "", ...rest], index) => [
        `  ${String(index + 1)}. ${place}`,
        ...rest.map((line) => `     ${line}`),
      ]);
      const count = `${String(problems.length)} problem${problems.length === 1 ? "" : "s"}`;
      assert.equal(
        outputOf(workloads),
        [`${count} to solve first.`, "", "src/workloads.ts", ...lines].join("\n"),
      );
    });
  }

  it("becomes part of the model, one entry for each service and environment", () => {
    const { workloads } = buildModel(sampleOrganization(), sampleRoster(), NOW, sampleWorkloads());
    assert.deepEqual(
      workloads.map(({ service, environment, runsOn, project }) => [service, environment, runsOn, project]),
      [
        ["mw-ingress", "prod", "ecs", undefined],
        ["mw-worker", "dev", "ecs", "phoenix"],
        ["mw-worker", "prod", "ecs", "phoenix"],
        ["analytics-visits", "staging", "lambda", undefined],
      ],
    );
    assert.deepEqual(workloads.at(-1)?.access, {
      readTables: ["visits"],
      publicTables: true,
      sensitiveTables: ["sensitive_customer_data"],
    });
  });

  it("warns of a service in an environment that no account has", () => {
    const sample = sampleOrganization();
    const accounts = Object.entries(sample.accounts).filter(([key]) => key !== "staging");
    const organization = { ...sample, accounts: Object.fromEntries(accounts) };
    const people = { ann: { email: "ann@example.com", category: "devops", access: { dev: "Admin" } } };
    const { warnings } = buildModel(organization, { people }, NOW, sampleWorkloads());
    assert.deepEqual(
      warnings.filter(({ file }) => file === "src/workloads.ts"),
      [
        {
          severity: "warning",
          file: "src/workloads.ts",
          path: '["analytics-visits"].environments.staging',
          rule: "No account has the environment staging: this service has no role for it.",
          remedy: 'Remove it here, or add an account with `environment: "staging"` to src/organization.ts.',
        },
      ],
    );
    const all = buildModel(sampleOrganization(), sampleRoster(), NOW, sampleWorkloads()).warnings;
    assert.deepEqual(
      all.filter(({ file }) => file === "src/workloads.ts"),
      [],
    );
  });
});
