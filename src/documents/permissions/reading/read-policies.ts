import { QUOTAS } from "../../../model/quotas";
import { renderDocument } from "../../policy-document";
import type { CustomerPolicy } from "../../role-permissions";
import { customerPolicy } from "../customer-policy";

/**
 * API Gateway has one action for everything that it returns, so its paths are listed instead: keys of APIs and of usage
 * plans are not among them. Definitions of APIs are, with the variables of their stages.
 */
const API_PATHS = [
  "/apis*",
  "/domainnames",
  "/domainnames/*",
  "/restapis",
  "/restapis/*",
  "/usageplans",
  "/vpclinks",
  "/vpclinks/*",
] as const;

const readPolicy = (actions: readonly string[]): CustomerPolicy =>
  customerPolicy(
    "permissions",
    "How the account is set up, action by action.",
    ...(actions.includes("apigateway:GET")
      ? [
          {
            Sid: "ReadApis",
            Effect: "Allow" as const,
            Action: "apigateway:GET",
            Resource: API_PATHS.map((path) => `arn:aws:apigateway:*::${path}`),
          },
        ]
      : []),
    {
      Sid: "Read",
      Effect: "Allow",
      Action: actions.filter((action) => action !== "apigateway:GET"),
      Resource: "*",
    },
  );

const fitsIam = ({ document }: CustomerPolicy): boolean =>
  renderDocument(document).length <= QUOTAS.policyCharacters;

/** How many of the first actions fit into one document, one at least. Halves the range, because rendering is what takes time. */
function countThatFits(actions: readonly string[]): number {
  let [fitting, tooMany] = [1, actions.length + 1];
  while (tooMany - fitting > 1) {
    const count = Math.floor((fitting + tooMany) / 2);
    if (fitsIam(readPolicy(actions.slice(0, count)))) fitting = count;
    else tooMany = count;
  }
  return fitting;
}

/** Each document is full before the next begins. */
function packed(actions: readonly string[]): readonly CustomerPolicy[] {
  const parts: CustomerPolicy[] = [];
  for (let rest = actions; rest.length > 0 || parts.length === 0;) {
    const count = countThatFits(rest);
    parts.push({ ...readPolicy(rest.slice(0, count)), index: parts.length });
    rest = rest.slice(count);
  }
  return parts;
}

/** Policies that allow these actions, spelled out, in as many documents as IAM's size asks for. */
export const readPolicies = (actions: readonly string[]): readonly CustomerPolicy[] =>
  packed([...new Set(actions)].toSorted());
