import type { RoleContext, RolePermissions } from "../role-permissions";
import { READ_ONLY_ACCESS } from "./aws-managed";
import { customerPolicy } from "./customer-policy";
import { DATA_ACCESS, SOURCE_CODE_ACCESS } from "./data-access";

const limits = customerPolicy(
  "limits",
  "Takes data and source code out of AWS's ReadOnlyAccess.",
  { Sid: "NoData", Effect: "Deny", Action: DATA_ACCESS, Resource: "*" },
  { Sid: "NoSourceCode", Effect: "Deny", Action: SOURCE_CODE_ACCESS, Resource: "*" },
  {
    // One GET for everything in API Gateway: only the path tells the keys from the APIs.
    Sid: "NoApiKeys",
    Effect: "Deny",
    Action: "apigateway:GET",
    Resource: ["arn:aws:apigateway:*::/apikeys", "arn:aws:apigateway:*::/apikeys/*"],
  },
);

/** Reads everything; in prod without data and source code, because the data there is patients' (seed: MenoTime). */
export const read = ({ account }: RoleContext): RolePermissions => ({
  policies: account.environment === "prod" ? [READ_ONLY_ACCESS, limits] : [READ_ONLY_ACCESS],
});
