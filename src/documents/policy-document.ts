/** Condition operator → condition key → value or values, as IAM's JSON has them. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

interface StatementBase {
  /** Letters and digits only. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Condition?: Conditions;
}

/** A statement of a document that is attached to a role, a group, or set as a boundary. */
export type PermissionStatement = StatementBase &
  ({ readonly Action: string | readonly string[] } | { readonly NotAction: string | readonly string[] }) &
  ({ readonly Resource: string | readonly string[] } | { readonly NotResource: string | readonly string[] });

type Principal = { readonly AWS: string } | { readonly Service: string } | { readonly Federated: string };

/** A statement of a document that belongs to a resource: a bucket, a topic, a key. */
export type ResourceStatement = PermissionStatement & { readonly Principal: Principal };

/** A statement of a role's trust policy. */
export interface TrustStatement extends StatementBase {
  readonly Principal: Principal;
  readonly Action: string | readonly string[];
}

export interface PolicyDocument<Statement = PermissionStatement> {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** A document of these statements, in the current version of the policy language. */
export function policyDocument<Statement>(...statements: readonly Statement[]): PolicyDocument<Statement> {
  return { Version: "2012-10-17", Statement: statements };
}

/** The document as deployed: JSON without white space, which IAM does not count against its quotas either. */
export function renderDocument(document: PolicyDocument<unknown>): string {
  return JSON.stringify(document);
}
