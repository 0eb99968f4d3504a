import type { DeployedRole, PolicyBlueprint } from "../documents/deployed-role";
import type { RoleContext } from "../documents/role-permissions";
import { customerPolicyResource } from "./customer-policy-resource";
import {
  createdAfter,
  describeResource,
  type DescribedComponent,
  type DescribedResource,
} from "./described-resource";
import { accountTags } from "../documents/account-tags";

/** `infra-ReadR-dev/ReadOnlyAccess` */
function attachmentName(roleName: string, { arn }: PolicyBlueprint): string {
  return `${roleName}/${arn.slice(arn.lastIndexOf("/") + 1)}`;
}

/** A role with everything attached to it, managed whole: what is attached by hand is drift. */
export function roleResources(context: RoleContext, blueprint: DeployedRole): readonly DescribedResource[] {
  const { name, description, path, tags, trust, sessionSeconds, policies, boundary } = blueprint;
  const parent: DescribedComponent = { type: "muster:stacks:Role", name };
  const boundaryPolicy = boundary && customerPolicyResource(context, parent, boundary);
  const role = describeResource(
    "aws:iam/role:Role",
    name,
    {
      name,
      description,
      assumeRolePolicy: trust.text,
      maxSessionDuration: sessionSeconds,
      forceDetachPolicies: true,
      tags: { ...accountTags(context), ...tags },
      ...(path !== undefined && { path }),
      ...(boundaryPolicy && { permissionsBoundary: createdAfter(boundaryPolicy, boundary.arn) }),
    },
    { parent },
  );
  const attached = policies.map((policy) => {
    const own = policy.kind === "customer" ? customerPolicyResource(context, parent, policy) : undefined;
    const attachment = describeResource(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      attachmentName(name, policy),
      { role: createdAfter(role, name), policyArn: own ? createdAfter(own, policy.arn) : policy.arn },
      { parent },
    );
    return { own, attachment, arn: policy.arn };
  });
  return [
    ...(boundaryPolicy ? [boundaryPolicy] : []),
    role,
    ...attached.flatMap(({ own, attachment }) => [...(own ? [own] : []), attachment]),
    describeResource(
      "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
      name,
      {
        roleName: createdAfter(role, name),
        policyArns: attached.map(({ attachment, arn }) => createdAfter(attachment, arn)),
      },
      { parent },
    ),
    describeResource(
      "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
      name,
      { roleName: createdAfter(role, name), policyNames: [] },
      { parent },
    ),
  ];
}
