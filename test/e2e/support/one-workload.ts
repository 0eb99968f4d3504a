import type { Sources } from "./workspace";

/** The id of the workload account. */
export const WORKLOAD_ID = "666666666666";

/** A company of an identity account and one workload account, named like its environment, where ada.devops holds a role. */
export const oneWorkload = (environment: "dev" | "prod", role: "Ops" | "Read"): Sources => ({
  organization: {
    prefix: "acme",
    region: "eu-central-1",
    accounts: {
      users: { id: "555555555555", kind: "identity" },
      [environment]: { id: WORKLOAD_ID, kind: "workload", environment },
    },
  },
  roster: {
    people: {
      "ada.devops": { email: "ada@example.com", category: "devops", access: { [environment]: role } },
      // DBAs hold nothing in dev.
      ...(environment === "prod" && {
        "dan.dba": { email: "dan@example.com", category: "dba", access: { prod: "Dba" } },
      }),
      "sam.security": {
        email: "sam@example.com",
        category: "security",
        access: { [environment]: "Security" },
      },
    },
    power: ["ada.devops", "sam.security"],
  },
});
