import { accountTags } from "../../src/documents/account-tags";
import { caseless } from "../../src/model/names";
import type { AccountExpectations, ExpectedUser } from "../expectations/account-expectations";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty, textsByKey, type ResourceProperties } from "../checked-resource";

/**
 * The faults of the tags that say what a user may do, by key. IAM compares keys of tags without case: `Infra:prod` grants the
 * roles that `infra:prod` grants. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
function strayTags(
  props: ResourceProperties,
  { name, tags }: ExpectedUser,
  { account, organization }: AccountExpectations,
): readonly string[] {
  const actual = textsByKey(props, "tags");
  // Another policy checks the tags that every resource has.
  const common = accountTags({ account, organization });
  const expected = Object.entries(tags).filter(([key]) => !(key in common));
  const grantsRoles = (key: string): boolean => caseless(key).startsWith(caseless(`${organization.prefix}:`));
  const expectedKey = (key: string): string | undefined =>
    expected.find(([wanted]) => caseless(wanted) === caseless(key))?.[0];
  const stray = [...actual].flatMap(([key, found]): readonly (readonly [string, string])[] => {
    const wanted = expectedKey(key);
    if (wanted === undefined && grantsRoles(key))
      return [[key, `The user ${name} has the tag ${key} = ${found}, which grants roles.`]];
    if (wanted === undefined || wanted === key) return [];
    return [
      [
        key,
        `The user ${name} has the tag ${key}, which IAM takes for ${wanted}: it is the same without case.`,
      ],
    ];
  });
  const wrong = expected.flatMap(([key, wanted]): readonly (readonly [string, string])[] => {
    const found = actual.get(key);
    if (found === wanted) return [];
    return [
      [key, `The tag ${key} of the user ${name} is ${found ?? "missing"}; by the roster it is ${wanted}.`],
    ];
  });
  return [...stray, ...wrong].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, message]) => message);
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
  framework: cisFramework("usersManagedCentrally"),
  tags: ["iam", "user", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
  types: ["aws:iam/user:User"],
  *check({ name: resourceName, props }, { expected }) {
    const name = textProperty(props, "name") ?? resourceName;
    const user = expected.users.get(name);
    const { identity } = expected.organization;
    if (user === undefined && expected.account.isIdentity) yield `The user ${name} is nobody in the roster.`;
    else if (user === undefined) {
      yield `The user ${name} would live in ${expected.account.key}: users live in ${identity.key} only.`;
    } else {
      const path = textProperty(props, "path") ?? "/";
      if (path !== user.path) yield `The user ${name} has the path ${path} instead of ${user.path}.`;
      yield* strayTags(props, user, expected);
    }
  },
});
