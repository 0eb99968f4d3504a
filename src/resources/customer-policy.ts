import type { ManagedPolicyBlueprint } from "../documents/deployed-role";
import type { RoleContext } from "../documents/role-permissions";
import { describe, type Component, type DescribedResource } from "./resource";
import { tagsOf } from "../documents/tags";
import { KEEPS_DESCRIPTION } from "./unchangeable-description";

/** A policy of our own. */
export function customerPolicy(
  context: RoleContext,
  parent: Component,
  { name, description, text }: ManagedPolicyBlueprint,
): DescribedResource<"aws:iam/policy:Policy"> {
  return describe(
    "aws:iam/policy:Policy",
    name,
    { name, description, policy: text, tags: tagsOf(context) },
    { parent, ...KEEPS_DESCRIPTION },
  );
}
