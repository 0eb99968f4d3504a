import { auditedTrail } from "../../model/audited-trail";
import type { PermissionStatement } from "../policy-document";
import type { CustomerPolicy, RoleContext, RolePermissions } from "../role-permissions";
import { SECURITY_AUDIT } from "./aws-managed";
import { customerPolicy } from "./customer-policy";
import { DATA_ACCESS, SETTINGS_ACCESS } from "./data-access";
import { AUDIT_READS } from "./reading/granted-reads";
import { readPolicies } from "./reading/read-policies";

const LOGS = [
  "cloudtrail:DescribeQuery",
  "cloudtrail:GetQueryResults",
  "cloudtrail:StartQuery",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "logs:StartQuery",
  // SecurityAudit lists the objects of the trail's bucket as they are now.
  "s3:ListBucketVersions",
] as const;

const permissions = customerPolicy("permissions", "The logs, which AWS's SecurityAudit leaves out.", {
  Sid: "ReadLogs",
  Effect: "Allow",
  Action: LOGS,
  Resource: "*",
});

/** What the trail writes to its bucket. */
const objectsOf = ({ organization, account }: RoleContext): string =>
  auditedTrail(organization, account).objects;

/** All of the trail (seed: MenoTime, "View all CloudTrail logs"), whichever key it has. */
const readTrail = (context: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "ReadTrailObjects",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:GetObjectVersion"],
    Resource: objectsOf(context),
  },
  {
    // `noData` says of what.
    Sid: "DecryptTrailObjects",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: auditedTrail(context.organization, context.account).keys,
  },
];

/** The trail's objects are no application's. */
const noData = (context: RoleContext): readonly PermissionStatement[] => {
  const objects = "s3:GetObject*";
  const decryption = "kms:Decrypt";
  return [
    {
      Sid: "NoData",
      Effect: "Deny",
      Action: DATA_ACCESS.filter((action) => action !== objects && action !== decryption),
      Resource: "*",
    },
    { Sid: "NoObjects", Effect: "Deny", Action: objects, NotResource: objectsOf(context) },
    {
      Sid: "NoDecryption",
      Effect: "Deny",
      Action: decryption,
      Resource: "*",
      Condition: {
        StringNotLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": auditedTrail(context.organization, context.account)
            .inAnyRegion,
        },
      },
    },
  ];
};

/** In prod settings hold what patients' data is behind. A function's code comes with its settings. */
const NO_SETTINGS: PermissionStatement = {
  Sid: "NoSettings",
  Effect: "Deny",
  Action: [...SETTINGS_ACCESS, "lambda:GetFunction"],
  Resource: "*",
};

const limits = (context: RoleContext): CustomerPolicy =>
  customerPolicy(
    "limits",
    "The trail's objects, but no application data and no databases, whatever AWS adds to SecurityAudit and the policy of a bucket opens.",
    ...readTrail(context),
    ...noData(context),
    ...(context.account.environment === "prod" ? [NO_SETTINGS] : []),
  );

/**
 * Audits: what AWS's policy for auditors holds, the logs, and no data (seeds: MenoTime, Healthcare Blocks). In prod, where
 * the data is patients', only what of it was looked at and granted, rather than whatever AWS adds.
 */
export const securityPermissions = (context: RoleContext): RolePermissions => ({
  policies:
    context.account.environment === "prod"
      ? [...readPolicies([...AUDIT_READS, ...LOGS]), limits(context)]
      : [SECURITY_AUDIT, permissions, limits(context)],
});
