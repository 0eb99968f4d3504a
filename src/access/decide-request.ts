import { findAction, offersKey } from "./actions/aws-action";
import { contextValue, type Caller, type RequestContext } from "./caller";
import type { Circumstances } from "./circumstances";
import type { Evaluator } from "./evaluator";
import type { IamAccounts } from "./iam/iam-accounts";
import { iamPolicy, type IamPolicy } from "./iam/iam-policy";
import { coversNothingElse, coversSomeOf, type MusterKey, type MusterResource } from "./muster-resource";
import type { ActionRequest } from "./action-request";
import { resourceAccountOf, type AccessDecision, type AccessQuestion } from "./simulator";
import { withoutPermission } from "./without-permission";

/** Somebody with all that is attached to them: a user, or a session of a role. */
export interface RequestingPrincipal {
  readonly caller: Caller;
  readonly policies: readonly IamPolicy[];
  readonly boundary?: IamPolicy;
}

/** A key's policy that leaves everything to IAM, like the default that AWS writes. */
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
function openWithout(decision: AccessDecision, reason: string): AccessDecision {
  return decision.kind === "allowed" ? { kind: "unknown", reason } : decision;
}

/**
 * A key's policy is asked first, and leaves the rest to IAM where it says so; no other service is like that.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
const actOnKey = async (evaluator: Evaluator, question: AccessQuestion): Promise<AccessDecision> =>
  openWithout(
    await evaluator.decide({ ...question, resourcePolicy: delegatingKeyPolicy(question.resourceAccount) }),
    "The key's own policy decides too, and it is not known here.",
  );

const isKeyOperation = ({ action, resourceTypes }: ActionRequest): boolean =>
  action.service === "kms" && resourceTypes.some(({ name }) => name === "key");

/** The tags of the user that a question is about, if it is a person of the roster. The user may have others, and values that the question gives come first. */
function resourceTags(
  accounts: IamAccounts,
  { action, resource, resourceTypes }: ActionRequest,
  context: RequestContext,
): RequestContext {
  const tags = Object.entries(accounts.person(resource)?.tags ?? {});
  return Object.fromEntries(
    tags
      .map(([key, value]) => [`aws:ResourceTag/${key}`, value] as const)
      .filter(([key]) => offersKey(action, resourceTypes, key) && contextValue(context, key) === undefined),
  );
}

/** Actions that read an object's content, for which its key has to decrypt. */
const READS_CONTENT: readonly string[] = ["s3:GetObject", "s3:GetObjectVersion"];

/** Whether the caller may decrypt with a key, under whatever encryption context. */
async function mayDecrypt(
  evaluator: Evaluator,
  question: AccessQuestion,
  { arn, policy }: MusterKey,
): Promise<boolean> {
  const action = await findAction("kms:Decrypt");
  const decision = await evaluator.decide({
    ...question,
    action,
    resourceTypes: action.resourceTypes.filter(({ name }) => name === "key"),
    resource: arn,
    resourcePolicy: policy,
  });
  return decision.kind !== "denied";
}

/** Marks the statements that come from resources' policies; they were evaluated among the caller's own. */
function asOfResources(decision: AccessDecision, resources: readonly MusterResource[]): AccessDecision {
  if (decision.kind !== "denied") return decision;
  const names = resources.map(({ denials }) => denials.name);
  return {
    ...decision,
    by: decision.by.map((one) => (names.includes(one.policy) ? { ...one, from: "resource" } : one)),
  };
}

/** Answers with the policies of Muster's own resources: a Deny there counts like one of the caller's. */
async function decideOnOwn(
  evaluator: Evaluator,
  question: AccessQuestion,
  resources: readonly MusterResource[],
): Promise<AccessDecision> {
  const { caller, resource, action } = question;
  const inAccount = resources.filter(({ accountId }) => accountId === caller.accountId);
  const asked: AccessQuestion = {
    ...question,
    policies: [...question.policies, ...inAccount.map(({ denials }) => denials)],
  };
  const decision = asOfResources(await evaluator.decide(asked), inAccount);
  const whole = resources.find((own) => coversNothingElse(own, resource));
  if (whole === undefined || decision.kind !== "allowed") return decision;
  // Across accounts both sides have to allow it, and these policies let services in alone.
  if (whole.accountId !== caller.accountId) return { kind: "denied", by: [], missing: ["resource"] };
  if (whole.key === undefined || !READS_CONTENT.includes(action.id)) return decision;
  if (await mayDecrypt(evaluator, question, whole.key)) return decision;
  return {
    kind: "unknown",
    reason: `By the ${whole.key.policy.name}, or their own, they may not decrypt what that key encrypts; which objects are older than the key is not known here.`,
  };
}

/** Whether the principal may make the request, as far as the documents tell. */
export async function decideRequest(
  evaluator: Evaluator,
  accounts: IamAccounts,
  principal: RequestingPrincipal,
  request: ActionRequest,
  { at, context }: Circumstances,
): Promise<AccessDecision> {
  const { caller } = principal;
  const settled = withoutPermission(request.action.id, caller);
  if (settled !== undefined) return settled;
  const resourceAccount = resourceAccountOf(request.resource, caller);
  const question: AccessQuestion = {
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
  const read = accounts.resourcePolicyOf(request.resource);
  if (read !== undefined) return evaluator.decide({ ...question, resourcePolicy: read });
  const own = accounts.resources.filter(
    (one) => one.service === request.action.service && coversSomeOf(one, request.resource),
  );
  if (own.some((one) => coversNothingElse(one, request.resource)) || resourceAccount === caller.accountId)
    return decideOnOwn(evaluator, { ...question, resourceAccount: caller.accountId }, own);
  return openWithout(
    await evaluator.decide({
      ...question,
      resourceAccount: caller.accountId,
      context: { "aws:ResourceAccount": resourceAccount, ...question.context },
    }),
    `The resource is in account ${resourceAccount}: its own policy decides too, which is not known here.`,
  );
}
