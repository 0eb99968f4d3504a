import type { RoleContext } from "../documents/role-permissions";
import type { ServiceRoleBlueprint } from "../documents/service-role-blueprint";
import { accountTags } from "../documents/account-tags";
import { customerPolicyResource } from "./customer-policy-resource";
import {
  createdAfter,
  describeResource,
  type DescribedComponent,
  type DependentResource,
  type DescribedResource,
} from "./described-resource";

/** The role's resources, and its ARN once it may do what its policy says. */
export interface ServiceRolePart {
  readonly resources: readonly DescribedResource[];
  readonly arn: DependentResource<string>;
}

/** A service's role inside a component, managed whole: what is attached by hand is drift. */
export function serviceRolePart(
  context: RoleContext,
  parent: DescribedComponent,
  { name, arn, description, trust, policy, isBounded }: ServiceRoleBlueprint,
): ServiceRolePart {
  const permissions = customerPolicyResource(context, parent, policy);
  const role = describeResource(
    "aws:iam/role:Role",
    name,
    {
      name,
      description,
      assumeRolePolicy: trust.text,
      forceDetachPolicies: true,
      ...(isBounded && { permissionsBoundary: createdAfter(permissions, policy.arn) }),
      tags: accountTags(context),
    },
    { parent },
  );
  const attachment = describeResource(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    policy.name,
    { role: createdAfter(role, name), policyArn: createdAfter(permissions, policy.arn) },
    { parent },
  );
  const attachments = describeResource(
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    name,
    { roleName: createdAfter(role, name), policyArns: [createdAfter(attachment, policy.arn)] },
    { parent },
  );
  const inlinePolicies = describeResource(
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    name,
    { roleName: createdAfter(role, name), policyNames: [] },
    { parent },
  );
  return {
    resources: [permissions, role, attachment, attachments, inlinePolicies],
    arn: createdAfter(attachment, arn),
  };
}
