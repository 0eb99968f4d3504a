import type { AuthorizationDetails } from "../../src/aws/snapshot/authorization-details";
import type { Account } from "../../src/model/account";
import {
  DependentResource,
  type DescribedResource,
  type PropertiesOf,
  type ResourceTypeToken,
} from "../../src/resources/described-resource";

/** What is known beforehand of a value of a property. */
function text(value: unknown): string {
  const known = value instanceof DependentResource ? (value.value as unknown) : value;
  if (typeof known !== "string")
    throw new Error(`This is no text that is known beforehand: ${String(known)}`);
  return known;
}

const texts = (values: unknown): string[] => (Array.isArray(values) ? values.map(text) : []);

const tagsFrom = (tags: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [key, text(value)]));

/** What IAM holds in an account once its resources are made, and nothing else. */
export function authorizationDetailsOf(
  { id }: Account,
  resources: readonly DescribedResource[],
): AuthorizationDetails {
  const of = <Type extends ResourceTypeToken>(type: Type): readonly PropertiesOf<Type>[] =>
    resources.flatMap((one) => (one.type === type ? [one.properties as PropertiesOf<Type>] : []));
  const arnOf = (kind: string, path: string, name: string): string =>
    `arn:aws:iam::${id}:${kind}${path}${name}`;
  const named = (kind: string, { name, path }: { readonly name?: unknown; readonly path?: unknown }) => {
    const place = path === undefined ? "/" : text(path);
    return { name: text(name), path: place, arn: arnOf(kind, place, text(name)) };
  };
  const ofRoles = of("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  const ofGroups = of("aws:iam/groupPolicyAttachment:GroupPolicyAttachment");
  const memberships = of("aws:iam/groupMembership:GroupMembership");
  return {
    users: of("aws:iam/user:User").map((user) => ({
      ...named("user", user),
      inline: [],
      attached: [],
      groups: memberships
        .filter(({ users }) => texts(users).includes(text(user.name)))
        .map(({ group }) => text(group))
        .sort(),
      tags: tagsFrom(user.tags),
    })),
    groups: of("aws:iam/group:Group").map((group) => ({
      ...named("group", group),
      inline: [],
      attached: ofGroups
        .filter((one) => text(one.group) === text(group.name))
        .map(({ policyArn }) => text(policyArn))
        .sort(),
    })),
    roles: of("aws:iam/role:Role").map((role) => ({
      ...named("role", role),
      inline: [],
      attached: ofRoles
        .filter((one) => text(one.role) === text(role.name))
        .map(({ policyArn }) => text(policyArn))
        .sort(),
      tags: tagsFrom(role.tags),
      trust: text(role.assumeRolePolicy),
      ...(role.permissionsBoundary !== undefined && { boundary: text(role.permissionsBoundary) }),
    })),
    policies: of("aws:iam/policy:Policy").map((policy) => ({
      ...named("policy", policy),
      isAwsManaged: false,
      inForce: { id: "v1", document: text(policy.policy) },
      dormant: [],
    })),
  };
}
