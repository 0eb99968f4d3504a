import type { ManagedResource } from "./comparison";
import type { KnownOther } from "./known-others";
import type { LiveAccount, LiveRole } from "./live-account";

/** Something of IAM that exists in the account and in no stack. */
export interface Unmanaged {
  readonly kind:
    "user" | "group" | "role" | "policy" | "identity provider" | "attached policy" | "inline policy";
  /** Name; the ARN of policies and identity providers. */
  readonly name: string;
  /** To whom the policy belongs: `user sarah.devops`. */
  readonly of?: string;
  /** What it comes with: members, policies. */
  readonly details?: readonly string[];
}

function isKnownRole(role: LiveRole, known: readonly KnownOther[]): boolean {
  return known.some((other) => {
    if (other.kind !== "role") return false;
    if ("name" in other) return other.name === role.name;
    return (
      role.path.startsWith(other.path) && (other.boundary === undefined || other.boundary === role.boundary)
    );
  });
}

const isKnown = (kind: "user" | "group", name: string, known: readonly KnownOther[]): boolean =>
  known.some((other) => other.kind === kind && other.name === name);

/** What a stack has, as the values of the properties that tell one resource of a type from another. */
class Managed {
  private readonly keys: ReadonlySet<string>;

  constructor(resources: readonly ManagedResource[]) {
    this.keys = new Set(
      resources.map(({ type, inputs: { name, path = "/", url } }) =>
        JSON.stringify([type, name ?? url, path]),
      ),
    );
  }

  has(type: string, name: string, path = "/"): boolean {
    return this.keys.has(JSON.stringify([`aws:iam/${type}`, name, path]));
  }
}

const withPolicies = ({
  attached,
  inline,
}: {
  attached: readonly string[];
  inline: readonly string[];
}): string[] => [...attached.map((arn) => `attached ${arn}`), ...inline.map((name) => `inline ${name}`)];

const policiesOf = (
  of: string,
  { attached, inline }: { attached: readonly string[]; inline: readonly string[] },
): Unmanaged[] => [
  ...attached.map((name) => ({ kind: "attached policy", name, of }) as const),
  ...inline.map((name) => ({ kind: "inline policy", name, of }) as const),
];

/**
 * What is in the account and in no stack, and is not known to be somebody else's. Policies of roles and groups that a
 * stack has are not among it: their lists are managed whole, so that Pulumi itself sees what is added. Those of users
 * are: nothing may be attached to a user, and a list for each of thousands would only say so.
 */
export function unmanagedIn(
  live: LiveAccount,
  resources: readonly ManagedResource[],
  known: readonly KnownOther[],
): readonly Unmanaged[] {
  const managed = new Managed(resources);
  const users = live.users
    .filter(({ name }) => !isKnown("user", name, known))
    .flatMap((user): readonly Unmanaged[] =>
      managed.has("user:User", user.name, user.path)
        ? policiesOf(`user ${user.name}`, user)
        : [{ kind: "user", name: user.name, details: withPolicies(user) }],
    );
  const groups = live.groups
    .filter(({ name, path }) => !managed.has("group:Group", name, path) && !isKnown("group", name, known))
    .map((group): Unmanaged => {
      const details = [...group.members.map((name) => `member ${name}`), ...withPolicies(group)];
      return { kind: "group", name: group.name, details };
    });
  const roles = live.roles
    .filter((role) => !managed.has("role:Role", role.name, role.path) && !isKnownRole(role, known))
    .map((role): Unmanaged => ({ kind: "role", name: role.name, details: withPolicies(role) }));
  const policies = live.policies
    .filter(({ name, path }) => !managed.has("policy:Policy", name, path))
    .filter(({ path }) => !known.some((other) => other.kind === "policy" && path.startsWith(other.path)))
    .map(({ arn }): Unmanaged => ({ kind: "policy", name: arn }));
  const identityProviders = live.identityProviders
    .filter((arn) => !managed.has("openIdConnectProvider:OpenIdConnectProvider", issuerOf(arn)))
    .map((name): Unmanaged => ({ kind: "identity provider", name }));
  return [...users, ...groups, ...roles, ...policies, ...identityProviders];
}

/** `arn:aws:iam::111111111111:oidc-provider/token.example.com/path` signs as `https://token.example.com/path`. */
const issuerOf = (arn: string): string => `https://${arn.slice(arn.indexOf("/") + 1)}`;
