import type { ManagedPolicyBlueprint } from "../documents/deployed-role";
import type { RoleContext } from "../documents/role-permissions";
import { describeResource, type DescribedComponent, type DescribedResource } from "./described-resource";
import { accountTags } from "../documents/account-tags";
import { KEEPS_DESCRIPTION } from "./unchangeable-description";

/** A policy of our own. */
export function customerPolicyResource(
  context: RoleContext,
  parent: DescribedComponent,
  { name, description, text }: ManagedPolicyBlueprint,
): DescribedResource<"aws:iam/policy:Policy"> {
  return describeResource(
    "aws:iam/policy:Policy",
    name,
    { name, description, policy: text, tags: accountTags(context) },
    { parent, ...KEEPS_DESCRIPTION },
  );
}
