import type { WorkloadAccess } from "./model/workload";
import { defineWorkloads } from "./model/workloads-definition";

const ingress = (environment: string): WorkloadAccess => ({
  secrets: [`mw/${environment}/webhook-token`],
  logGroups: [`/mw/${environment}/ingress`],
  sendQueues: [`mw-${environment}-events`],
});

const worker = (environment: string): WorkloadAccess => ({
  secrets: [`mw/${environment}/worker/*`],
  logGroups: [`/mw/${environment}/worker`],
  receiveQueues: [`mw-${environment}-events`],
  databaseUsers: ["mw_worker"],
});

export const workloads = defineWorkloads({
  "mw-ingress": {
    runsOn: "ecs",
    environments: { dev: ingress("dev"), staging: ingress("staging"), prod: ingress("prod") },
  },
  "mw-worker": {
    runsOn: "ecs",
    environments: { dev: worker("dev"), staging: worker("staging"), prod: worker("prod") },
  },
  // Analysts may invoke it: its function is called infra-analytics-visits.
  "analytics-visits": {
    runsOn: "lambda",
    environments: {
      staging: { readTables: ["visits"], publicTables: true, sensitiveTables: ["sensitive_customer_data"] },
    },
  },
});
