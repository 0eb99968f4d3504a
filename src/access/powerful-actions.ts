import { coversAction } from "../documents/patterns";
import { decideRequest, type RequestingPrincipal } from "./decide-request";
import { findAction } from "./actions/aws-action";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import type { IamAccounts } from "./iam/iam-accounts";
import type { ActionRequest } from "./action-request";
import { combineDecisions, type Verdict } from "./verdict";

/**
 * Actions of IAM with which somebody changes what others may do, or becomes somebody else, with a resource each. The policy pack
 * finds ways through other services, such as `iam:PassRole` to a function.
 */
const ACTIONS = {
  "iam:AttachUserPolicy": "user",
  "iam:PutUserPolicy": "user",
  "iam:DeleteUserPermissionsBoundary": "user",
  "iam:CreateAccessKey": "user",
  "iam:CreateLoginProfile": "user",
  "iam:UpdateLoginProfile": "user",
  "iam:TagUser": "user",
  "iam:AttachGroupPolicy": "group",
  "iam:PutGroupPolicy": "group",
  "iam:AddUserToGroup": "group",
  "iam:AttachRolePolicy": "role",
  "iam:PutRolePolicy": "role",
  "iam:UpdateAssumeRolePolicy": "role",
  "iam:DeleteRolePermissionsBoundary": "role",
  "iam:CreatePolicyVersion": "policy",
  "iam:SetDefaultPolicyVersion": "policy",
} as const satisfies Record<string, "user" | "group" | "role" | "policy">;

/** The actions of IAM that change what others may do. */
export const POWER_ACTIONS: readonly string[] = Object.keys(ACTIONS);

const SOMEBODY = "somebody.else";

async function requestsIn(accountId: string, userPath: string): Promise<readonly ActionRequest[]> {
  return Promise.all(
    Object.entries(ACTIONS).map(async ([id, type]) => {
      const action = await findAction(id);
      const name = type === "user" ? `${userPath}${SOMEBODY}` : SOMEBODY;
      return {
        action,
        resource: `arn:aws:iam::${accountId}:${type}/${name}`,
        resourceTypes: action.resourceTypes.filter((one) => one.name === type),
      };
    }),
  );
}

/** Skips actions that no policy names: IAM's own resources have no policies that could allow them instead. */
const mayBeAllowed = ({ policies }: RequestingPrincipal, action: string): boolean =>
  policies.some(({ statements }) =>
    statements.some((statement) => statement.effect === "Allow" && coversAction(statement, action)),
  );

/** A right to change what others may do. */
export interface PowerfulAction {
  /** `iam:AttachUserPolicy`. */
  readonly action: string;
  readonly verdict: Exclude<Verdict, { kind: "denied" }>;
}

/** Finds how a principal may change what others in its account may do; users are those of a path such as `people/`. */
export async function findPowerfulActions(
  evaluator: Evaluator,
  accounts: IamAccounts,
  principal: RequestingPrincipal,
  userPath: string,
  circumstances: Circumstances,
): Promise<readonly PowerfulAction[]> {
  const requests = await requestsIn(principal.caller.accountId, userPath);
  const found = await Promise.all(
    requests.map(async (request) => {
      if (!mayBeAllowed(principal, request.action.id)) return [];
      const verdict = combineDecisions([
        await decideRequest(evaluator, accounts, principal, request, circumstances),
      ]);
      return verdict.kind === "denied" ? [] : [{ action: request.action.id, verdict }];
    }),
  );
  return found.flat();
}
