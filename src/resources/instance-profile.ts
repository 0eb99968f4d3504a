import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import type { WorkloadRoleBlueprint } from "../documents/workload-role-blueprint";
import { after, describe, type DescribedResource } from "./resource";

/** What hands a service's role to machines; none for a role that no machine has. */
export function instanceProfileResources(
  context: RoleContext,
  { name, path, tags, instanceProfile }: WorkloadRoleBlueprint,
): readonly DescribedResource[] {
  if (instanceProfile === undefined) return [];
  return [
    describe(
      "aws:iam/instanceProfile:InstanceProfile",
      instanceProfile,
      {
        name: instanceProfile,
        path,
        role: after({ type: "aws:iam/role:Role", name }, name),
        tags: { ...tagsOf(context), ...tags },
      },
      { parent: { type: "muster:stacks:Role", name } },
    ),
  ];
}
