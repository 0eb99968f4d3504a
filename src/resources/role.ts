import type { DeployedRole, PolicyBlueprint } from "../documents/deployed-role";
import type { RoleContext } from "../documents/role-permissions";
import { customerPolicy } from "./customer-policy";
import { after, describe, type Component, type DescribedResource } from "./resource";
import { tagsOf } from "../documents/tags";

/** `infra-ReadR-dev/ReadOnlyAccess` */
function attachmentName(roleName: string, { arn }: PolicyBlueprint): string {
  return `${roleName}/${arn.slice(arn.lastIndexOf("/") + 1)}`;
}

/** A role with everything attached to it, managed whole: what is attached by hand is drift. */
export function roleResources(context: RoleContext, blueprint: DeployedRole): readonly DescribedResource[] {
  const { name, description, path, tags, trust, sessionSeconds, policies, boundary } = blueprint;
  const parent: Component = { type: "muster:stacks:Role", name };
  const boundaryPolicy = boundary && customerPolicy(context, parent, boundary);
  const role = describe(
    "aws:iam/role:Role",
    name,
    {
      name,
      description,
      assumeRolePolicy: trust.text,
      maxSessionDuration: sessionSeconds,
      forceDetachPolicies: true,
      tags: { ...tagsOf(context), ...tags },
      ...(path !== undefined && { path }),
      ...(boundaryPolicy && { permissionsBoundary: after(boundaryPolicy, boundary.arn) }),
    },
    { parent },
  );
  const attached = policies.map((policy) => {
    const own = policy.kind === "customer" ? customerPolicy(context, parent, policy) : undefined;
    const attachment = describe(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      attachmentName(name, policy),
      { role: after(role, name), policyArn: own ? after(own, policy.arn) : policy.arn },
      { parent },
    );
    return { own, attachment, arn: policy.arn };
  });
  return [
    ...(boundaryPolicy ? [boundaryPolicy] : []),
    role,
    ...attached.flatMap(({ own, attachment }) => [...(own ? [own] : []), attachment]),
    describe(
      "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
      name,
      {
        roleName: after(role, name),
        policyArns: attached.map(({ attachment, arn }) => after(attachment, arn)),
      },
      { parent },
    ),
    describe(
      "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
      name,
      { roleName: after(role, name), policyNames: [] },
      { parent },
    ),
  ];
}
