import { defineOrganization } from "./model/organization";

export const organization = defineOrganization({
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    // The keys are yours, the identity account's too: `Pulumi.<key>.yaml`, the stack and the GitHub environment are named like them.
    users: { id: "111111111111", kind: "identity" },
    dev: { id: "222222222222", kind: "workload", environment: "dev" },
    staging: { id: "333333333333", kind: "workload", environment: "staging" },
    prod: { id: "444444444444", kind: "workload", environment: "prod" },
  },
  contractors: { require: ["nda", "baa", "approvals"] },
});
