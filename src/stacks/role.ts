import * as iam from "@pulumi/aws/iam";
import { ComponentResource } from "@pulumi/pulumi";

import type { DeployedRole, PolicyBlueprint } from "../documents/role-blueprint";
import { createCustomerPolicy, policyArn } from "./customer-policy";
import { into, tagsOf, type Placement } from "./placement";

/** A role with everything attached to it, managed whole: what is attached by hand is drift. */
export class Role extends ComponentResource {
  constructor(placement: Placement, blueprint: DeployedRole) {
    super("muster:stacks:Role", blueprint.name, {}, into(placement));
    const parent = { parent: this };
    const boundary = blueprint.boundary && createCustomerPolicy(placement, this, blueprint.boundary);
    const role = new iam.Role(
      blueprint.name,
      {
        name: blueprint.name,
        description: blueprint.description,
        assumeRolePolicy: blueprint.trust.text,
        maxSessionDuration: blueprint.sessionSeconds,
        forceDetachPolicies: true,
        tags: { ...tagsOf(placement), ...blueprint.tags },
        ...(blueprint.path !== undefined && { path: blueprint.path }),
        ...(boundary && { permissionsBoundary: boundary }),
      },
      parent,
    );
    const attach = (policy: PolicyBlueprint): iam.RolePolicyAttachment =>
      new iam.RolePolicyAttachment(
        attachmentName(blueprint.name, policy),
        { role: role.name, policyArn: policyArn(placement, this, policy) },
        parent,
      );
    const attachments = blueprint.policies.map(attach);
    new iam.RolePolicyAttachmentsExclusive(
      blueprint.name,
      { roleName: role.name, policyArns: attachments.map((attachment) => attachment.policyArn) },
      parent,
    );
    new iam.RolePoliciesExclusive(blueprint.name, { roleName: role.name, policyNames: [] }, parent);
    this.registerOutputs();
  }
}

/** `infra-ReadR-dev/ReadOnlyAccess` */
function attachmentName(roleName: string, { arn }: PolicyBlueprint): string {
  return `${roleName}/${arn.slice(arn.lastIndexOf("/") + 1)}`;
}
