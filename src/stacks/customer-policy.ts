import * as iam from "@pulumi/aws/iam";
import type { Output, Resource } from "@pulumi/pulumi";

import type { CustomerPolicyBlueprint, PolicyBlueprint } from "../documents/role-blueprint";
import type { Arn } from "../model/names";
import { tagsOf, type Placement } from "./placement";

/** Creates the policy; the answer is its ARN, known at preview, which waits for the policy all the same. */
export function createCustomerPolicy(
  placement: Placement,
  parent: Resource,
  { name, description, text, arn }: CustomerPolicyBlueprint,
): Output<Arn> {
  const policy = new iam.Policy(
    name,
    { name, description, policy: text, tags: tagsOf(placement) },
    { parent },
  );
  return policy.name.apply(() => arn);
}

/** The ARN of a policy to attach, which is created first where it is our own. */
export function policyArn(
  placement: Placement,
  parent: Resource,
  policy: PolicyBlueprint,
): Arn | Output<Arn> {
  return policy.kind === "aws-managed" ? policy.arn : createCustomerPolicy(placement, parent, policy);
}
