import * as iam from "@pulumi/aws/iam";
import type { Output } from "@pulumi/pulumi";

import type { PeopleBlueprint } from "../documents/blueprint";
import type { UserBlueprint } from "../documents/user-blueprint";
import { PEOPLE_PATH, type UserName } from "../model/names";
import { Group } from "./group";
import { tagsOf, type Placement } from "./placement";

function createUser(placement: Placement, { name, renamedFrom, tags }: UserBlueprint): Output<string> {
  const user = new iam.User(
    name,
    {
      name,
      path: PEOPLE_PATH,
      tags: { ...tagsOf(placement), ...tags },
      // Without it IAM refuses to delete a leaver who still has keys, MFA devices or a password.
      forceDestroy: true,
    },
    { provider: placement.provider, ...(renamedFrom && { aliases: [{ name: renamedFrom }] }) },
  );
  return user.name;
}

/** Creates the users and groups of the identity account. */
export function createPeople(placement: Placement, { users, groups }: PeopleBlueprint): void {
  const userNames = new Map(users.map((user) => [user.name, createUser(placement, user)]));
  const nameOf = (member: UserName): Output<string> => {
    const name = userNames.get(member);
    if (name === undefined) throw new Error(`${member} is in a group and has no user.`);
    return name;
  };
  for (const group of groups) new Group(placement, group, nameOf);
}
