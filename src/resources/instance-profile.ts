import type { RoleContext } from "../documents/role-permissions";
import { accountTags } from "../documents/account-tags";
import type { WorkloadRoleBlueprint } from "../documents/workload-role-blueprint";
import { createdAfter, describeResource, type DescribedResource } from "./described-resource";

/** What hands a service's role to machines; none for a role that no machine has. */
export function instanceProfileResources(
  context: RoleContext,
  { name, path, tags, instanceProfile }: WorkloadRoleBlueprint,
): readonly DescribedResource[] {
  if (instanceProfile === undefined) return [];
  return [
    describeResource(
      "aws:iam/instanceProfile:InstanceProfile",
      instanceProfile,
      {
        name: instanceProfile,
        path,
        role: createdAfter({ type: "aws:iam/role:Role", name }, name),
        tags: { ...accountTags(context), ...tags },
      },
      { parent: { type: "muster:stacks:Role", name } },
    ),
  ];
}
