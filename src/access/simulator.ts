import {
  getDenialReasons,
  getGrantReasons,
  runSimulation,
  type AllowedConditionExpression,
  type DiscoveryContextKeyConstraint,
  type RequestAnalysis,
} from "@cloud-copilot/iam-simulate";

import { matchesPattern } from "../documents/patterns";
import { offersKey, type AwsAction, type ActionResourceType } from "./actions/aws-action";
import { accountIdOf, regionOf } from "./arn";
import { withValues, type Caller, type RequestContext } from "./caller";
import { withoutVariables, type IamPolicy } from "./iam/iam-policy";
import { requireAll, requireAny, type Requirement } from "./requirement";

/** What IAM is asked. */
export interface AccessQuestion {
  readonly caller: Caller;
  /** All that is attached to the caller. */
  readonly policies: readonly IamPolicy[];
  readonly boundary?: IamPolicy;
  /** The resource's own policy; a role's trust where the action is `sts:AssumeRole`. */
  readonly resourcePolicy?: IamPolicy;
  readonly action: AwsAction;
  /** The types of resources among which the resource is. */
  readonly resourceTypes: readonly ActionResourceType[];
  /** An ARN, one with wildcards, or `*`. */
  readonly resource: string;
  /** 12 digits. */
  readonly resourceAccount: string;
  /** ISO instant; without it, the time is a requirement like any other. */
  readonly at?: string;
  /** Condition keys that are known of the request beside the caller's. */
  readonly context: RequestContext;
}

/** A statement that decided. */
export interface DecidingStatement {
  readonly from: "identity" | "boundary" | "resource";
  readonly effect: "Allow" | "Deny";
  readonly policy: string;
  /** Its Sid, or `number 2`. */
  readonly statement: string;
}

/** What IAM would answer, as far as the documents tell. */
export type AccessDecision =
  | {
      readonly kind: "allowed";
      readonly requires?: Requirement;
      readonly because: readonly DecidingStatement[];
      /** Why, where no statement has a say. */
      readonly reason?: string;
      /** Why an answer about many resources is not proven for each of them. */
      readonly unproven?: string;
    }
  /** `by` names the statements of an explicit Deny; without any, nothing allows it. */
  | {
      readonly kind: "denied";
      readonly by: readonly DecidingStatement[];
      readonly missing: readonly DecidingStatement["from"][];
      /** Why, where no statement has a say. */
      readonly reason?: string;
      readonly unproven?: string;
    }
  /** The evaluator cannot tell; `reason` says why. */
  | { readonly kind: "unknown"; readonly reason: string };

/** In every request that people and programs send by themselves, over HTTPS. */
const DIRECT_REQUEST: RequestContext = {
  "aws:SecureTransport": "true",
  "aws:ViaAWSService": "false",
  "aws:PrincipalIsAWSService": "false",
};

/** The condition keys that are known of a request. */
export function knownContext({
  caller,
  resource,
  resourceAccount,
  at,
  context,
}: AccessQuestion): Record<string, string | string[]> {
  const region = regionOf(resource);
  const known: RequestContext = {
    ...DIRECT_REQUEST,
    ...(at !== undefined && { "aws:CurrentTime": at }),
    "aws:ResourceAccount": resourceAccount,
    ...(/^[a-z0-9-]+$/.test(region) && { "aws:RequestedRegion": region }),
    ...caller.context,
    ...context,
  };
  return Object.fromEntries(
    Object.entries(known).map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
  );
}

const known = (keyName: string): DiscoveryContextKeyConstraint => ({
  keyName,
  presenceIsKnown: true,
  valueIsKnown: true,
});

/** The condition keys of the documents that no request for this action carries. */
function neverCarried({
  policies,
  boundary,
  resourcePolicy,
  action,
  resourceTypes,
}: AccessQuestion): readonly string[] {
  const documents = [
    ...policies,
    ...(boundary ? [boundary] : []),
    ...(resourcePolicy ? [resourcePolicy] : []),
  ];
  const keys = documents.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)),
  );
  return [...new Set(keys)].filter((key) => !offersKey(action, resourceTypes, key));
}

const FROM = {
  identity: "identity",
  pb: "boundary",
  resource: "resource",
} as const satisfies Partial<Record<string, DecidingStatement["from"]>>;
type Known = keyof typeof FROM;
const isKnown = (policyType: string): policyType is Known => Object.hasOwn(FROM, policyType);

function statementOf(reason: { statementId?: string | undefined; statementIndex: number }): string {
  return reason.statementId ?? `number ${String(reason.statementIndex)}`;
}

function grants(analysis: RequestAnalysis, question: AccessQuestion): readonly DecidingStatement[] {
  return getGrantReasons(analysis).flatMap((reason) => {
    if (!isKnown(reason.policyType)) return [];
    const policy = "policyIdentifier" in reason ? reason.policyIdentifier : question.resourcePolicy?.name;
    return [
      {
        from: FROM[reason.policyType],
        effect: "Allow",
        policy: policy ?? "",
        statement: statementOf(reason),
      },
    ];
  });
}

function denied(analysis: RequestAnalysis, question: AccessQuestion): AccessDecision {
  const reasons = getDenialReasons(analysis).filter(({ policyType }) => isKnown(policyType));
  const by = reasons.flatMap((reason): DecidingStatement[] => {
    if (reason.denialType !== "Explicit" || !isKnown(reason.policyType)) return [];
    const policy = reason.policyIdentifier ?? question.resourcePolicy?.name ?? "";
    return [{ from: FROM[reason.policyType], effect: "Deny", policy, statement: statementOf(reason) }];
  });
  const missing = reasons.flatMap(({ denialType, policyType }) =>
    denialType === "Implicit" && isKnown(policyType) ? [FROM[policyType]] : [],
  );
  return { kind: "denied", by, missing };
}

function requirementOf(expression: AllowedConditionExpression): Requirement | undefined {
  switch (expression.conditionType) {
    case "always":
      return undefined;
    case "never":
      throw new Error(`An allowed request cannot require what never holds (${expression.reason}).`);
    case "group": {
      const of = expression.conditions.map(requirementOf);
      return expression.operator === "and" ? requireAll(of) : requireAny(of);
    }
    case "condition":
      return { kind: "condition", operator: expression.op, key: expression.key, values: expression.values };
    case "sessionName":
      return {
        kind: "condition",
        operator: "StringEquals",
        key: "sts:RoleSessionName",
        values: expression.sessionName,
      };
  }
}

function decisionOf(analysis: RequestAnalysis, question: AccessQuestion): AccessDecision {
  if (analysis.result !== "Allowed") return denied(analysis, question);
  const requires = analysis.conditions && requirementOf(analysis.conditions);
  return { kind: "allowed", ...(requires && { requires }), because: grants(analysis, question) };
}

/**
 * Renders the policy as JSON. For a question about many resources, replaces variables by the caller's values: there the evaluator
 * compares patterns with patterns and reads variables as plain text.
 */
function parsed(policy: IamPolicy, { resource, caller }: AccessQuestion): unknown {
  const { text } = withoutVariables(policy, caller.absent);
  if (!resource.includes("*")) return JSON.parse(text);
  return JSON.parse(withValues(text, caller.context));
}

/** The answer for one resource, or for one of the patterns that a question about many comes to. */
export interface PartialDecision {
  readonly resource: string;
  readonly decision: AccessDecision;
}

/** The evaluator accepts condition keys that AWS lists by name, and drops those whose names callers choose. */
const DROPPED = /^kms:EncryptionContext:/i;

/**
 * Asks the evaluator. Each condition key that is not known becomes a requirement of the answer; service and resource control
 * policies are assumed to allow everything. A question about one resource has one part; one
 * about many has a part for each pattern that some statement allows, or none.
 *
 * The only module that speaks to `@cloud-copilot/iam-simulate` (decision 4).
 */
export async function simulateQuestion(question: AccessQuestion): Promise<readonly PartialDecision[]> {
  const { caller, policies, boundary, resourcePolicy, action, resource, resourceAccount } = question;
  const dropped = Object.keys(question.context).filter(
    (key) => DROPPED.test(key) && offersKey(action, question.resourceTypes, key),
  );
  if (dropped.length > 0) {
    const reason = `The evaluator does not take ${dropped.join(", ")} from a request.`;
    return [{ resource, decision: { kind: "unknown", reason } }];
  }
  const contextVariables = knownContext(question);
  const answer = await runSimulation(
    {
      request: {
        principal: caller.arn,
        action: action.id,
        resource: { resource, accountId: resourceAccount },
        contextVariables,
      },
      identityPolicies: policies.map((policy) => ({ name: policy.name, policy: parsed(policy, question) })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(boundary && {
        permissionBoundaryPolicies: [{ name: boundary.name, policy: parsed(boundary, question) }],
      }),
      ...(resourcePolicy && { resourcePolicy: parsed(resourcePolicy, question) }),
    },
    {
      simulationMode: "Discovery",
      discoveryContextKeyConstraints: [
        ...Object.keys(contextVariables),
        ...caller.absent,
        ...neverCarried(question),
      ].map(known),
    },
  );
  switch (answer.resultType) {
    case "error": {
      const reason = `The evaluator refuses the question: ${answer.errors.message}`;
      return [{ resource, decision: { kind: "unknown", reason } }];
    }
    case "single":
      return [{ resource, decision: decisionOf(answer.result.analysis, question) }];
    case "wildcard":
      return answer.results.map(({ analysis, resourcePattern }) => ({
        // The evaluator answers in the patterns of policies, which may be wider than the question.
        resource: matchesPattern(resourcePattern, resource) ? resource : resourcePattern,
        decision: decisionOf(analysis, question),
      }));
  }
}

/** The account of a resource: the one in its ARN, or the caller's. */
export const resourceAccountOf = (resource: string, caller: Pick<Caller, "accountId">): string =>
  /^\d{12}$/.test(accountIdOf(resource)) ? accountIdOf(resource) : caller.accountId;
