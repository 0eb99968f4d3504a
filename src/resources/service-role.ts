import type { RoleContext } from "../documents/role-permissions";
import type { ServiceRoleBlueprint } from "../documents/service-role-blueprint";
import { tagsOf } from "../documents/tags";
import { customerPolicy } from "./customer-policy";
import { after, describe, type Component, type Dependent, type DescribedResource } from "./resource";

/** The role's resources, and its ARN once it may do what its policy says. */
export interface ServiceRolePart {
  readonly resources: readonly DescribedResource[];
  readonly arn: Dependent<string>;
}

/** A service's role inside a component, managed whole: what is attached by hand is drift. */
export function serviceRolePart(
  context: RoleContext,
  parent: Component,
  { name, arn, description, trust, policy, isBounded }: ServiceRoleBlueprint,
): ServiceRolePart {
  const permissions = customerPolicy(context, parent, policy);
  const role = describe(
    "aws:iam/role:Role",
    name,
    {
      name,
      description,
      assumeRolePolicy: trust.text,
      forceDetachPolicies: true,
      ...(isBounded && { permissionsBoundary: after(permissions, policy.arn) }),
      tags: tagsOf(context),
    },
    { parent },
  );
  const attachment = describe(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    policy.name,
    { role: after(role, name), policyArn: after(permissions, policy.arn) },
    { parent },
  );
  const attachments = describe(
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    name,
    { roleName: after(role, name), policyArns: [after(attachment, policy.arn)] },
    { parent },
  );
  const inlinePolicies = describe(
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    name,
    { roleName: after(role, name), policyNames: [] },
    { parent },
  );
  return {
    resources: [permissions, role, attachment, attachments, inlinePolicies],
    arn: after(attachment, arn),
  };
}
