import { groupBy } from "../../model/group-by";
import { userArn, type NamedAccount, type UserName } from "../../model/names";
import type { Environment } from "../../model/organization";
import type { IamAccount, IamGroup, IamRole, IamUser, RoleKind } from "./iam-account";
import { awsManagedPolicy } from "./aws-managed-documents";
import { iamPolicy, type IamPolicy } from "./iam-policy";

interface WrittenPolicy {
  readonly kind: "customer";
  readonly name: string;
  readonly text: string;
}

/** The parts of a role that this module needs. */
export interface WrittenRole {
  readonly name: string;
  readonly arn: string;
  readonly trust: { readonly text: string };
  readonly policies: readonly (WrittenPolicy | { readonly kind: "aws-managed"; readonly arn: string })[];
  readonly boundary?: WrittenPolicy | undefined;
  /** The longest session. */
  readonly sessionSeconds?: number | undefined;
}

interface WrittenGroup {
  readonly name: string;
  readonly members: readonly UserName[];
  readonly policies: readonly WrittenPolicy[];
}

/** What this needs of an `AccountBlueprint`, which may be one that an earlier commit made. */
export interface WrittenAccount {
  readonly account: NamedAccount & { readonly environment: Environment };
  readonly roles: readonly (WrittenRole & { readonly role: string })[];
  readonly partnerRoles: readonly (WrittenRole & { readonly role: string; readonly partner: string })[];
  readonly workloadRoles: readonly (WrittenRole & { readonly kind: string; readonly service: string })[];
  readonly pipeline?:
    | {
        readonly roles: readonly (WrittenRole & { readonly role: string })[];
        readonly users: readonly {
          readonly name: UserName;
          readonly arn: string;
          readonly group: WrittenGroup;
        }[];
      }
    | undefined;
  readonly people?:
    | {
        readonly users: readonly {
          readonly name: UserName;
          readonly tags: Readonly<Record<string, string>>;
        }[];
        readonly groups: readonly WrittenGroup[];
      }
    | undefined;
}

/** Where people's users live. */
export interface WrittenOrganization {
  readonly identity: NamedAccount;
}

function policyOf(policy: WrittenRole["policies"][number]): IamPolicy {
  return policy.kind === "aws-managed" ? awsManagedPolicy(policy.arn) : iamPolicy(policy.name, policy.text);
}

function roleOf(kind: RoleKind, label: string, role: WrittenRole): IamRole {
  const { name, arn, trust, policies, boundary, sessionSeconds } = role;
  return {
    kind,
    label,
    name,
    arn,
    trust: iamPolicy(`trust of ${name}`, trust.text),
    policies: policies.map(policyOf),
    ...(boundary && { boundary: policyOf(boundary) }),
    ...(sessionSeconds !== undefined && { sessionSeconds }),
  };
}

const groupPolicies = ({ name, policies }: WrittenGroup): readonly IamPolicy[] =>
  policies.map((policy) => iamPolicy(policy.name, policy.text, name));

function people(organization: WrittenOrganization, blueprint: WrittenAccount): readonly IamUser[] {
  if (blueprint.people === undefined) return [];
  const { users, groups } = blueprint.people;
  const policies = new Map(groups.map((group) => [group.name, groupPolicies(group)]));
  const memberships = groupBy(
    groups.flatMap(({ name, members }) => members.map((member) => ({ member, group: name }))),
    ({ member }) => member,
  );
  return users.map(({ name, tags }) => {
    const own = (memberships.get(name) ?? []).map(({ group }) => group);
    return {
      kind: "person",
      name,
      arn: userArn(organization.identity, name),
      tags,
      groups: own,
      policies: own.flatMap((group) => policies.get(group) ?? []),
    };
  });
}

function pipelineUsers({ pipeline }: WrittenAccount): readonly IamUser[] {
  return (pipeline?.users ?? []).map(({ name, arn, group }) => ({
    kind: "pipeline",
    name,
    arn,
    tags: {},
    groups: [group.name],
    policies: groupPolicies(group),
  }));
}

const groupsOf = ({ people: inhabitants, pipeline }: WrittenAccount): readonly IamGroup[] =>
  [...(inhabitants?.groups ?? []), ...(pipeline?.users ?? []).map(({ group }) => group)].map((group) => ({
    name: group.name,
    policies: groupPolicies(group),
  }));

/** What IAM will hold in an account once the roster is deployed. */
export function iamAccountFromBlueprint(
  organization: WrittenOrganization,
  blueprint: WrittenAccount,
): IamAccount {
  const { account, roles, partnerRoles, workloadRoles, pipeline } = blueprint;
  return {
    key: account.key,
    id: account.id,
    environment: account.environment,
    users: [...people(organization, blueprint), ...pipelineUsers(blueprint)],
    groups: groupsOf(blueprint),
    roles: [
      ...roles.map((role) => roleOf("people", role.role, role)),
      ...partnerRoles.map((role) => roleOf("partner", `${role.role}-${role.partner}`, role)),
      ...workloadRoles.map((role) => roleOf("service", `${role.kind}-${role.service}`, role)),
      ...(pipeline?.roles ?? []).map((role) => roleOf("pipeline", role.role, role)),
    ],
  };
}
