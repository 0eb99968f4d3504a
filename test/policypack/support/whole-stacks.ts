import { databaseAccessConfig } from "../../support/database-access";
import { sampleOrganization } from "../../support/rosters";
import type { Situation } from "./pack";

/** Stacks that together have every type of resource that the program knows. */
export const WHOLE_STACKS: readonly { readonly stack: string; readonly situation: Situation }[] = [
  {
    stack: "users",
    situation: {
      organization: { ...sampleOrganization(), pipeline: { kind: "users" } },
      config: {
        "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
        "muster:emergency": '{"guardDuty":"HIGH"}',
      },
    },
  },
  {
    stack: "prod",
    situation: {
      organization: {
        ...sampleOrganization(),
        otherRegions: ["eu-central-1"],
        pipeline: { kind: "github", repository: "example/accounts" },
      },
      workloads: {
        web: { runsOn: "ecs", environments: { prod: {} } },
        legacy: { runsOn: "ec2", environments: { prod: {} } },
      },
      config: {
        "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
        "muster:accountAlias": "example-prod",
        "muster:accessAnalyzer": '{"unusedAccessDays":90}',
        "muster:awsConfig": "{}",
        "muster:securityContact":
          '{"name":"Security","title":"On call","email":"security@example.com","phone":"+49 30 1234567"}',
        ...databaseAccessConfig("444444444444"),
        "muster:machines": '{"runAs":"operator"}',
      },
    },
  },
];
