import type { PeopleBlueprint } from "../documents/blueprint";
import type { RoleContext } from "../documents/role-permissions";
import type { UserBlueprint } from "../documents/user-blueprint";
import { PEOPLE_PATH } from "../model/names";
import { groupResources } from "./group-resources";
import { describeResource, type DescribedResource } from "./described-resource";

function userResource({ name, renamedFrom, tags }: UserBlueprint): DescribedResource<"aws:iam/user:User"> {
  return describeResource(
    "aws:iam/user:User",
    name,
    {
      name,
      path: PEOPLE_PATH,
      tags,
      // Without it IAM refuses to delete a leaver who still has keys, MFA devices or a password.
      forceDestroy: true,
    },
    renamedFrom && { renamedFrom },
  );
}

/** The users and groups of the identity account. */
export function peopleResources(
  context: RoleContext,
  { users, groups }: PeopleBlueprint,
): readonly DescribedResource[] {
  return [...users.map(userResource), ...groups.flatMap((group) => groupResources(context, group))];
}
