import { MENOTIME } from "../seeds/menotime";
import { beside } from "../seeds/seed-case";
import { can, proveRole } from "./role-proof";

const database = "arn:aws:rds:{region}:{account}:db:menotime-prod";
const EVERYWHERE = ["dev", "staging", "prod"] as const;

describe("Admin", () => {
  proveRole({
    role: "Admin",
    environments: EVERYWHERE,
    cases: [
      can(EVERYWHERE, "change roles", "iam:AttachRolePolicy", "arn:aws:iam::{account}:role/infra-OpsR"),
      // MenoTime, DevOps: no deletion in production "without multi-approval", so with it there is
      ...beside(
        MENOTIME.prodAccess,
        can(
          "prod",
          "delete production's databases, once two have approved",
          "rds:DeleteDBInstance",
          database,
          {
            decision: "15.20",
          },
        ),
        can(
          "prod",
          "delete production's buckets, once two have approved",
          "s3:DeleteBucket",
          "arn:aws:s3:::menotime-prod-data",
          {
            decision: "15.20",
          },
        ),
        can(
          "prod",
          "terminate production's instances, once two have approved",
          "ec2:TerminateInstances",
          "arn:aws:ec2:{region}:{account}:instance/i-1",
          {
            decision: "15.20",
          },
        ),
      ),
      can(EVERYWHERE, "work in any region", "ec2:DescribeInstances", "*", { region: "ap-southeast-2" }),
    ],
  });
});
