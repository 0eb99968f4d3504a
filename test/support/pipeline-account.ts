import type { PipelineDefinition } from "../../src/model/pipeline";
import type { WrittenOrganization, WrittenRoster } from "./rosters";

/** One account that holds everything that the stacks can make: people, roles, a boundary, databases, a pipeline. */
export const PIPELINE_ACCOUNT = "prod";

export const PIPELINE_ORGANIZATION = {
  prefix: "infra",
  region: "eu-west-1",
  otherRegions: ["eu-central-1"],
  accounts: {
    [PIPELINE_ACCOUNT]: { id: "444444444444", kind: "workload", environment: "prod", identity: true },
  },
  pipeline: { kind: "github", repository: "example/accounts" },
} as const satisfies WrittenOrganization & { readonly pipeline: PipelineDefinition };

export const PIPELINE_ROSTER: WrittenRoster = {
  people: {
    "ada.devops": { email: "ada@example.com", category: "devops", access: { prod: "Ops" } },
    "dan.dba": { email: "dan@example.com", category: "dba", access: { prod: "Dba" } },
    "sam.security": { email: "sam@example.com", category: "security", access: { prod: "Security" } },
  },
  power: ["ada.devops", "sam.security"],
};

/** Its services, whose roles have a path of their own. */
export const PIPELINE_WORKLOADS = {
  worker: { runsOn: "ecs", project: "phoenix", environments: { prod: { secrets: ["worker/*"] } } },
  batch: { runsOn: "ec2", environments: { prod: {} } },
} as const;
