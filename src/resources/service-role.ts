import { render, type PolicyDocument, type TrustStatement } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import { customerPolicyArn, roleArnOf } from "../model/names";
import { after, describe, type Component, type Dependent, type DescribedResource } from "./resource";
import { KEEPS_DESCRIPTION } from "./unchangeable-description";

/** A role that a service of AWS assumes, with one policy. */
interface ServiceRole {
  readonly name: string;
  readonly description: string;
  readonly trust: PolicyDocument<TrustStatement>;
  /** Whether the policy is the role's boundary too: then the role may do no more, whatever somebody attaches to it. */
  readonly isBounded?: true;
  readonly policy: { readonly name: string; readonly description: string; readonly document: PolicyDocument };
}

/** The role's resources, and its ARN once it may do what its policy says. */
export interface ServiceRolePart {
  readonly resources: readonly DescribedResource[];
  readonly arn: Dependent<string>;
}

/** A service's role inside a component, managed whole: what is attached by hand is drift. */
export function serviceRolePart(
  context: RoleContext,
  parent: Component,
  { name, description, trust, policy, isBounded }: ServiceRole,
): ServiceRolePart {
  const { account } = context;
  const tags = tagsOf(context);
  const policyArn = customerPolicyArn(account, policy.name);
  const customerPolicy = describe(
    "aws:iam/policy:Policy",
    policy.name,
    { name: policy.name, description: policy.description, policy: render(policy.document), tags },
    { parent, ...KEEPS_DESCRIPTION },
  );
  const role = describe(
    "aws:iam/role:Role",
    name,
    {
      name,
      description,
      assumeRolePolicy: render(trust),
      forceDetachPolicies: true,
      ...(isBounded && { permissionsBoundary: after(customerPolicy, policyArn) }),
      tags,
    },
    { parent },
  );
  const attachment = describe(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    policy.name,
    { role: after(role, name), policyArn: after(customerPolicy, policyArn) },
    { parent },
  );
  const attachments = describe(
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    name,
    { roleName: after(role, name), policyArns: [after(attachment, policyArn)] },
    { parent },
  );
  const inlinePolicies = describe(
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    name,
    { roleName: after(role, name), policyNames: [] },
    { parent },
  );
  return {
    resources: [customerPolicy, role, attachment, attachments, inlinePolicies],
    arn: after(attachment, roleArnOf(account, name)),
  };
}
