import { findAction } from "../../access/actions/aws-action";
import { decideQuestion } from "../../access/decide";
import { iamPolicy, type IamPolicy } from "../../access/iam/iam-policy";
import type { AccessDecision } from "../../access/simulator";
import type { Statement } from "../../documents/statement";
import { groupBy } from "../../model/group-by";
import type { ParsedPolicy } from "../../proofs/allowed-requests";
import type { Claim } from "../../proofs/invariant";
import type { AllowedRequest } from "../../proofs/prover";

/** A list, or nothing where it is empty. */
const element = (name: string, values: readonly string[]): object =>
  values.length === 0 ? {} : { [name]: values };

function principalElement(name: string, principals: Statement["principals"]): object {
  if (principals.length === 0) return {};
  if (principals.some(({ type }) => type === "*")) return { [name]: "*" };
  const byType = groupBy(principals, ({ type }) => type);
  return {
    [name]: Object.fromEntries([...byType].map(([type, some]) => [type, some.map(({ value }) => value)])),
  };
}

/** The statement as IAM's JSON has it. */
function jsonOf(statement: Statement): object {
  const operators = groupBy(statement.conditions, ({ operator }) => operator);
  return {
    ...(statement.label.startsWith('"') && { Sid: statement.label.slice(1, -1) }),
    Effect: statement.effect,
    ...principalElement("Principal", statement.principals),
    ...element("Action", statement.actions),
    ...element("NotAction", statement.notActions),
    ...element("Resource", statement.resources),
    ...element("NotResource", statement.notResources),
    ...(operators.size > 0 && {
      Condition: Object.fromEntries(
        [...operators].map(([operator, some]) => [
          operator,
          Object.fromEntries(some.map(({ key, values }) => [key, values])),
        ]),
      ),
    }),
  };
}

const evaluated = ({ name, statements }: ParsedPolicy): IamPolicy =>
  iamPolicy(name, JSON.stringify({ Version: "2012-10-17", Statement: statements.map(jsonOf) }));

/** The ARN that AWS makes of a session's role and name. */
function principalArn({ caller }: AllowedRequest): string {
  const [, name] = /:(.+)$/.exec(caller.keys.get("aws:userid") ?? "") ?? [];
  if (caller.keys.get("aws:principaltype") !== "AssumedRole" || name === undefined) {
    return caller.principal?.value ?? caller.arn;
  }
  const role = caller.arn.slice(caller.arn.lastIndexOf("/") + 1);
  return `arn:aws:sts::${caller.accountId}:assumed-role/${role}/${name}`;
}

/** Why a request cannot be tried in the evaluator; undefined where it can. */
export function notTried({ isFuture, caller, resource }: AllowedRequest): string | undefined {
  if (isFuture) return "AWS has no such action today";
  const account = resource.split(":")[4] ?? "";
  if (caller.principal !== undefined) return "the evaluator takes no identity providers";
  return resource === "*" || account === "" || account === caller.accountId || resource.includes("role/")
    ? undefined
    : "the resource is another account's";
}

/** What a key's policy is where it leaves the decision to IAM: what a key's own policy says is not known here. */
const delegatingKeyPolicy = (accountId: string): IamPolicy =>
  iamPolicy(
    "key policy",
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  );

/** Asks the evaluator about a request that the prover found (decision 4: a tool, never deployed). */
export async function replayExample(request: AllowedRequest, { setting }: Claim): Promise<AccessDecision> {
  const { permissions = { policies: [] }, resourcePolicy, resourceAccount } = setting;
  const action = await findAction(request.action);
  const isKeyOperation = action.service === "kms" && request.resource.includes(":key/");
  const ownPolicy = isKeyOperation
    ? delegatingKeyPolicy(request.caller.accountId)
    : resourcePolicy && evaluated(resourcePolicy);
  return decideQuestion({
    caller: {
      arn: principalArn(request),
      accountId: request.caller.accountId,
      context: {},
      absent: [...request.absent],
    },
    policies: permissions.policies.map(evaluated),
    ...(permissions.boundary && { boundary: evaluated(permissions.boundary) }),
    ...(ownPolicy && { resourcePolicy: ownPolicy }),
    action,
    resourceTypes: action.resourceTypes,
    resource: request.resource,
    resourceAccount: resourceAccount ?? request.caller.accountId,
    context: request.context,
  });
}
