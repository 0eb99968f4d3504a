import { offers } from "./actions/action";
import { valueOf, type Caller, type RequestContext } from "./caller";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import type { IamAccounts } from "./iam/iam-accounts";
import { iamPolicy, type IamPolicy } from "./iam/policy";
import type { Request } from "./request";
import { resourceAccountOf, type Decision, type Question } from "./simulator";
import { withoutPermission } from "./without-permission";

/** Somebody with all that is attached to them: a user, or a session of a role. */
export interface Principal {
  readonly caller: Caller;
  readonly policies: readonly IamPolicy[];
  readonly boundary?: IamPolicy;
}

/** What a key's policy is when it leaves everything to IAM, as the one that AWS writes by default. */
function delegatingKeyPolicy(accountId: string): IamPolicy {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return iamPolicy("key policy", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
}

/** A permission of the caller's own that is worth nothing without one on the other side, which is not known here. */
function openWithout(decision: Decision, reason: string): Decision {
  return decision.kind === "allowed" ? { kind: "unknown", reason } : decision;
}

/**
 * A key's policy is asked first, and leaves the rest to IAM where it says so; no other service is like that.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
const actOnKey = async (evaluator: Evaluator, question: Question): Promise<Decision> =>
  openWithout(
    await evaluator.decide({ ...question, resourcePolicy: delegatingKeyPolicy(question.resourceAccount) }),
    "The key's own policy decides too, and it is not known here.",
  );

const isKeyOperation = ({ action, resourceTypes }: Request): boolean =>
  action.service === "kms" && resourceTypes.some(({ name }) => name === "key");

/** The tags of a person's user that is asked about; others may be on it, and whoever asks may say otherwise. */
function resourceTags(
  accounts: IamAccounts,
  { action, resource, resourceTypes }: Request,
  context: RequestContext,
): RequestContext {
  const tags = Object.entries(accounts.person(resource)?.tags ?? {});
  return Object.fromEntries(
    tags
      .map(([key, value]) => [`aws:ResourceTag/${key}`, value] as const)
      .filter(([key]) => offers(action, resourceTypes, key) && valueOf(context, key) === undefined),
  );
}

/** Whether the principal may do it, as far as the documents tell. */
export async function decideRequest(
  evaluator: Evaluator,
  accounts: IamAccounts,
  principal: Principal,
  request: Request,
  { at, context }: Circumstances,
): Promise<Decision> {
  const { caller } = principal;
  const settled = withoutPermission(request.action.id, caller);
  if (settled !== undefined) return settled;
  const resourceAccount = resourceAccountOf(request.resource, caller);
  const question: Question = {
    ...principal,
    ...request,
    resourceAccount,
    ...(at !== undefined && { at }),
    context: { ...resourceTags(accounts, request, context), ...context },
  };
  const trust = request.action.id === "sts:AssumeRole" ? accounts.trustOf(request.resource) : undefined;
  if (trust !== undefined) return evaluator.decide({ ...question, resourcePolicy: trust });
  if (isKeyOperation(request)) return actOnKey(evaluator, question);
  if (request.action.id === "sts:AssumeRole") {
    return openWithout(
      await evaluator.decide({ ...question, resourceAccount: caller.accountId }),
      "The role's trust decides too, and it is not known here.",
    );
  }
  if (resourceAccount === caller.accountId) return evaluator.decide(question);
  return openWithout(
    await evaluator.decide({
      ...question,
      resourceAccount: caller.accountId,
      context: { "aws:ResourceAccount": resourceAccount, ...question.context },
    }),
    `The resource is in account ${resourceAccount}: its own policy decides too, which is not known here.`,
  );
}
