import type { AccountBlueprint } from "../../documents/blueprint";
import type { GroupBlueprint } from "../../documents/group-blueprint";
import type { DeployedRole, PolicyBlueprint } from "../../documents/role-blueprint";
import { groupBy } from "../../model/group-by";
import { userArn } from "../../model/names";
import type { Organization } from "../../model/account";
import type { IamAccount, IamRole, IamUser, RoleKind } from "./account";
import { awsManagedPolicy } from "./aws-managed";
import { iamPolicy, type IamPolicy } from "./policy";

function policyOf(policy: PolicyBlueprint): IamPolicy {
  return policy.kind === "aws-managed" ? awsManagedPolicy(policy.arn) : iamPolicy(policy.name, policy.text);
}

function roleOf(kind: RoleKind, label: string, role: DeployedRole): IamRole {
  const { name, arn, trust, policies, boundary } = role;
  return {
    kind,
    label,
    name,
    arn,
    trust: iamPolicy(`trust of ${name}`, trust.text),
    policies: policies.map(policyOf),
    ...(boundary && { boundary: policyOf(boundary) }),
  };
}

const groupPolicies = ({ name, policies }: GroupBlueprint): readonly IamPolicy[] =>
  policies.map((policy) => iamPolicy(policy.name, policy.text, name));

function people(organization: Organization, blueprint: AccountBlueprint): readonly IamUser[] {
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

function pipelineUsers({ pipeline }: AccountBlueprint): readonly IamUser[] {
  return (pipeline?.users ?? []).map(({ name, arn, group }) => ({
    kind: "pipeline",
    name,
    arn,
    tags: {},
    groups: [group.name],
    policies: groupPolicies(group),
  }));
}

/** What IAM will hold in an account once the roster is deployed. */
export function iamAccountOf(organization: Organization, blueprint: AccountBlueprint): IamAccount {
  const { account, roles, partnerRoles, workloadRoles, pipeline } = blueprint;
  return {
    key: account.key,
    id: account.id,
    environment: account.environment,
    users: [...people(organization, blueprint), ...pipelineUsers(blueprint)],
    roles: [
      ...roles.map((role) => roleOf("people", role.role, role)),
      ...partnerRoles.map((role) => roleOf("partner", `${role.role}-${role.partner}`, role)),
      ...workloadRoles.map((role) => roleOf("service", `${role.kind}-${role.service}`, role)),
      ...(pipeline?.roles ?? []).map((role) => roleOf("pipeline", role.role, role)),
    ],
  };
}
