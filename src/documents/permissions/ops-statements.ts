import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { ACTIONS_IN_PROD, DATABASES_IN_PROD, OPS_SERVICES } from "./ops-services";
import { OPS_PATH } from "./iam-paths";
import { inOwnRegion } from "./own-region";

/** Data that a key of another account encrypts is that account's to open. */
const keysOfTheAccount = ({ account }: RoleContext): PermissionStatement => ({
  Sid: "Keys",
  Effect: "Allow",
  Action: ["kms:*crypt*", "kms:GenerateData*"],
  Resource: `arn:aws:kms:*:${account.id}:key/*`,
});

/** What Ops may do in the listed services, and what its boundary lets it and its roles do there. */
export function listedServices(context: RoleContext): readonly PermissionStatement[] {
  const isProd = context.account.environment === "prod";
  return [
    {
      Sid: "Services",
      Effect: "Allow",
      Action: isProd ? ACTIONS_IN_PROD : OPS_SERVICES.map((service) => `${service}:*`),
      Resource: "*",
    },
    {
      // Databases, their copies and their snapshots stay in the organization's region (seed: MenoTime, DevOps).
      Sid: "Databases",
      Effect: "Allow",
      Action: isProd ? DATABASES_IN_PROD : "rds:*",
      Resource: "*",
      Condition: inOwnRegion(context),
    },
    ...(isProd ? [keysOfTheAccount(context)] : []),
  ];
}

/**
 * A stack that has a role keeps it for whoever updates it next without naming another: templates of Ops would run with what
 * the pipeline gave it. So the request names a role of Ops' own, which is bounded.
 */
export const stacksWithOwnRole = ({ account }: RoleContext): PermissionStatement => ({
  Sid: "OwnStacks",
  Effect: "Allow",
  Action: ["cloudformation:CreateStack", "cloudformation:UpdateStack"],
  Resource: "*",
  Condition: { ArnLike: { "cloudformation:RoleArn": `arn:aws:iam::${account.id}:role${OPS_PATH}*` } },
});

/**
 * In prod IAM is Ops' under its own path alone: neither people's roles, nor services', nor the organization's are its to
 * change.
 */
export const ownIam = ({ account }: RoleContext): PermissionStatement => ({
  Sid: "OwnPath",
  Effect: "Allow",
  Action: "iam:*",
  Resource: ["role", "policy", "instance-profile"].map(
    (type) => `arn:aws:iam::${account.id}:${type}${OPS_PATH}*`,
  ),
});
