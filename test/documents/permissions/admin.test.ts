import { can, proveRole } from "./role-proof";

const EVERYWHERE = ["dev", "staging", "prod"] as const;

describe("Admin", () => {
  proveRole({
    role: "Admin",
    environments: EVERYWHERE,
    cases: [
      can(EVERYWHERE, "change roles", "iam:AttachRolePolicy", "arn:aws:iam::{account}:role/infra-OpsR"),
      can(
        EVERYWHERE,
        "delete databases, once two have approved",
        "rds:DeleteDBInstance",
        "arn:aws:rds:{region}:{account}:db:menotime",
      ),
      can(
        EVERYWHERE,
        "delete buckets, once two have approved",
        "s3:DeleteBucket",
        "arn:aws:s3:::menotime-data",
      ),
      can(EVERYWHERE, "work in any region", "ec2:DescribeInstances", "*", { region: "ap-southeast-2" }),
    ],
  });
});
