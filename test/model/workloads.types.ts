/** What compiles, and what does not, as `roster.types.ts` has it. */
import type { WorkloadAccess } from "../../src/model/workload";
import { defineWorkloads } from "../../src/model/workloads-definition";

const pod = { cluster: "main", namespace: "shop", serviceAccount: "worker" };
const access = (environment: string): WorkloadAccess => ({ secrets: [`app/${environment}/token`] });

// What compiles.

defineWorkloads({});

defineWorkloads({
  intake: {
    runsOn: "ecs",
    project: "phoenix",
    environments: {
      dev: access("dev"),
      staging: {},
      prod: { readObjects: ["example-data/*"], publicTables: true },
    },
  },
  worker: { runsOn: "eks", environments: { prod: { pod, readTables: ["visits"] } } },
});

// A key that no service's access has, near one that it has and not, alone and beside others.

defineWorkloads({
  // @ts-expect-error readTable: Property '"a service's access has the keys secrets, logGroups,
  report: { runsOn: "lambda", environments: { staging: { readTable: ["visits"] } } },
});

defineWorkloads({
  report: { runsOn: "lambda", environments: { staging: access("staging") } },
  // @ts-expect-error buckets: Property '"a service's access has the keys secrets, logGroups,
  worker: { runsOn: "eks", environments: { prod: { pod, readTables: ["visits"], buckets: ["data"] } } },
});

defineWorkloads({
  // @ts-expect-error pod: Property '"a service's access has the keys secrets, logGroups,
  worker: { runsOn: "ecs", environments: { prod: { readTables: ["visits"], pod } } },
});

// A key that no service has, and an environment beside one that there is.

defineWorkloads({
  // @ts-expect-error projekt: Type 'string' is not assignable to type '{ readonly "a service has the keys runsOn, environments and project": never; }'.
  report: { runsOn: "lambda", projekt: "phoenix", environments: {} },
});

defineWorkloads({
  // @ts-expect-error qa: Property '"environments are dev, staging and prod"' is missing in type
  report: { runsOn: "lambda", environments: { dev: {}, qa: { readTables: ["visits"] } } },
});

// A runtime and an environment that there is not, a pod that is missing, and one table in the place of several.

defineWorkloads({
  // @ts-expect-error runsOn: Type '"lamda"' is not assignable to type
  report: { runsOn: "lamda", environments: { staging: { readTables: ["visits"] } } },
});

defineWorkloads({
  // @ts-expect-error qa: Object literal may only specify known properties, and 'qa' does not exist in type
  report: { runsOn: "lambda", environments: { qa: { readTables: ["visits"] } } },
});

defineWorkloads({
  // @ts-expect-error prod: Property 'pod' is missing in type
  worker: { runsOn: "eks", environments: { prod: { readTables: ["visits"] } } },
});

defineWorkloads({
  // @ts-expect-error readTables: Type 'string' is not assignable to type 'readonly string[]'.
  report: { runsOn: "lambda", environments: { prod: { readTables: "visits" } } },
});
