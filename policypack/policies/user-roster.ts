import type { ExpectedUser } from "../expectations/account";
import { cis } from "../frameworks";
import { resourcePolicy } from "../policy";
import { text, textsByKey, type Properties } from "../resource";

function* strayTags(props: Properties, { name, tags }: ExpectedUser, prefix: string): Iterable<string> {
  const actual = textsByKey(props, "tags");
  const keys = new Set([...actual.keys(), ...Object.keys(tags)]);
  for (const key of [...keys].sort()) {
    if (!key.startsWith(`${prefix}:`) && !(key in tags)) continue;
    const [found, wanted] = [actual.get(key), tags[key]];
    if (found === wanted) continue;
    if (wanted === undefined)
      yield `The user ${name} has the tag ${key} = ${String(found)}, which grants roles.`;
    else yield `The tag ${key} of the user ${name} is ${found ?? "missing"}; by the roster it is ${wanted}.`;
  }
}

/** Users are the roster's people. */
export const userRoster = resourcePolicy({
  name: "aws-iam-user-roster",
  displayName: "Users are the roster's people",
  description:
    "Users exist in the identity account only, one for each person of the roster; the pipeline's, where it has any, aside.",
  why: "A user beside the roster is access that nobody granted, reviews or takes back; a user's tags grant roles too.",
  remediationSteps:
    "Add the person to `people` in src/roster.ts; a pipeline's users come from `pipeline` in src/organization.ts.",
  severity: "critical",
  framework: cis(
    "1.20",
    "Ensure IAM users are managed centrally via identity federation or AWS Organizations",
  ),
  tags: ["iam", "user", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
  types: ["aws:iam/user:User"],
  *check({ name: resourceName, props }, { expected }) {
    const name = text(props, "name") ?? resourceName;
    const user = expected.users.get(name);
    const { identity, prefix } = expected.organization;
    if (user === undefined && expected.account.isIdentity) yield `The user ${name} is nobody in the roster.`;
    else if (user === undefined) {
      yield `The user ${name} would live in ${expected.account.key}: users live in ${identity.key} only.`;
    } else {
      const path = text(props, "path") ?? "/";
      if (path !== user.path) yield `The user ${name} has the path ${path} instead of ${user.path}.`;
      yield* strayTags(props, user, prefix);
    }
  },
});
