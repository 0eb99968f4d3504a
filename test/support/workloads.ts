/** The services of the tests, as `src/workloads.ts` would hold them. Tests never read that file: adopters edit it. */
export const sampleWorkloads = () => ({
  "mw-ingress": {
    runsOn: "ecs",
    environments: {
      prod: {
        secrets: ["mw/prod/webhook-token"],
        logGroups: ["/mw/prod/ingress"],
        sendQueues: ["mw-prod-events"],
      },
    },
  },
  "mw-worker": {
    runsOn: "ecs",
    project: "phoenix",
    environments: {
      dev: { receiveQueues: ["mw-dev-events"], databaseUsers: ["mw_worker"] },
      prod: {
        secrets: ["mw/prod/worker/*"],
        logGroups: ["/mw/prod/worker"],
        receiveQueues: ["mw-prod-events"],
        readObjects: ["example-prod-data/*"],
        writeObjects: ["example-prod-data/*"],
        databaseUsers: ["mw_worker"],
        databaseIds: ["db-ABCDEFGHIJKL01234"],
      },
    },
  },
  "analytics-visits": {
    runsOn: "lambda",
    environments: {
      staging: { readTables: ["visits"], publicTables: true, sensitiveTables: ["sensitive_customer_data"] },
    },
  },
});
