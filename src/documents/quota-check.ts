import type { RolePolicyPurpose } from "../model/names";
import type { Problem } from "../model/problems";
import { formatPath } from "../model/problems";
import { QUOTAS, WARNING_SHARE } from "../model/quotas";
import type { AccountBlueprint, PeopleBlueprint } from "./blueprint";
import type { GroupBlueprint } from "./group-blueprint";
import type { PartnerRoleBlueprint } from "./partner-role-blueprint";
import type { RoleBlueprint } from "./role-blueprint";
import type { PolicyBlueprint } from "./deployed-role";
import type { WorkloadRoleBlueprint } from "./workload-role-blueprint";

/** How much of a quota something takes. */
interface Usage {
  readonly where: Pick<Problem, "file" | "path">;
  /** What is counted, with its name: "The trust of infra-ReadR-dev". */
  readonly subject: string;
  readonly used: number;
  readonly quota: number;
  readonly unit: "characters" | "filters" | "groups" | "people" | "policies" | "roles" | "tags";
  readonly remedy: string;
  /** Whether the roster makes it grow: nearing the limit of what does not is no reason to warn. */
  readonly grows: boolean;
}

const inRoster = (...path: readonly string[]): Usage["where"] => ({
  file: "src/roster.ts",
  path: formatPath(...path),
});
const inOrganization = (...path: readonly string[]): Usage["where"] => ({
  file: "src/organization.ts",
  path: formatPath(...path),
});

/** A prefix and a key are part of every name: whoever changes them later asks for all resources anew. */
const DEPLOYED_NAMES_STAY = "Prefix and keys of what is deployed already stay: they are part of every name.";
const SHORTER_NAMES = `Choose a shorter key for the account if it is new. ${DEPLOYED_NAMES_STAY}`;
const FIXED_SIZE =
  "Nothing in the roster makes it shorter. Before the first deployment, choose a shorter prefix; afterwards this is a fault of Muster's to report.";
const FEWER_IN_POWER = "Name fewer people in `power`: each of them is as good as the root user.";

function nameUsage(accountKey: string, name: string, quota: number, remedy = SHORTER_NAMES): Usage {
  const where = inOrganization("accounts", accountKey);
  const subject = `The name ${name}`;
  return {
    where,
    subject,
    used: name.length,
    quota,
    unit: "characters",
    remedy,
    grows: false,
  };
}

function trustUsage({ account }: AccountBlueprint, { name, role, trust }: RoleBlueprint): Usage {
  return {
    where: role === "BreakGlass" ? inRoster("breakGlass", account.key) : inRoster("people"),
    subject: `The trust of ${name} (${trust.summary})`,
    used: trust.text.length,
    quota: account.trustQuota,
    unit: "characters",
    remedy:
      "Give dated grants of the role the same dates, so that they share a statement; or have AWS raise " +
      `"Role trust policy length" in ${account.key} and set its \`trustQuota\`.`,
    grows: role === "BreakGlass" || trust.form === "tagged",
  };
}

/** What shortens a policy, by what it is for. */
const REMEDIES: Readonly<Record<RolePolicyPurpose, string>> = {
  permissions: FIXED_SIZE,
  emergency: FIXED_SIZE,
  limits: FIXED_SIZE,
  boundary: FIXED_SIZE,
  state: "Choose a shorter name for the bucket.",
  holders: FIXED_SIZE,
  "session-end": "Give dated grants the same dates.",
  databases: "Give the databases shorter identifiers.",
  "own-database-user": "Name fewer databases in the account.",
  "database-scope": "Give dated grants of one database the same dates.",
  "project-scope":
    "Name the project in fewer services of src/workloads.ts, whose roles its contractors may pass.",
};

function policyUsages(accountKey: string, policies: readonly PolicyBlueprint[]): readonly Usage[] {
  return policies.flatMap((policy) => {
    if (policy.kind === "aws-managed") return [];
    const size: Usage = {
      where: inRoster("people"),
      subject: `The policy ${policy.name}`,
      used: policy.text.length,
      quota: QUOTAS.policyCharacters,
      unit: "characters",
      remedy: REMEDIES[policy.purpose],
      grows: false,
    };
    return [size, nameUsage(accountKey, policy.name, QUOTAS.policyNameCharacters)];
  });
}

function groupAttachmentUsage({ name, policies }: GroupBlueprint): Usage {
  return {
    where: inOrganization("accounts"),
    subject: `The group ${name}`,
    used: policies.length,
    quota: QUOTAS.attachedPolicies,
    unit: "policies",
    remedy: "Split the organization: its accounts have more roles than the policies of one group can list.",
    grows: true,
  };
}

const PERSONAL: readonly RolePolicyPurpose[] = [
  "own-database-user",
  "database-scope",
  "holders",
  "project-scope",
  "session-end",
];

/** What tells sessions apart by their names: one policy for each purpose, further ones as the roster grows. */
function hasFurtherRestrictions(policies: readonly PolicyBlueprint[]): boolean {
  const restrictions = policies.flatMap((policy) =>
    policy.kind === "customer" && PERSONAL.includes(policy.purpose) ? [policy.purpose] : [],
  );
  return new Set(restrictions).size < restrictions.length;
}

const FEWER_HOLDERS =
  "Grant the role to fewer people and contractors, or to contractors of fewer projects; give dated grants the same dates.";
const FEWER_DATABASES = "Name fewer databases in the account.";

/** Databases that the organization names take the most policies of a role, and people and dates those that remain. */
function roleAttachmentUsage(accountKey: string, { name, policies }: RoleBlueprint): Usage {
  const ofDatabases = policies.filter(
    (policy) => policy.kind === "customer" && policy.purpose === "databases",
  );
  const isForDatabases = ofDatabases.length > policies.length / 2;
  const isForHolders = hasFurtherRestrictions(policies);
  return {
    where: isForDatabases ? inOrganization("accounts", accountKey, "databases") : inRoster("people"),
    subject: `The role ${name}`,
    used: policies.length,
    quota: QUOTAS.attachedPolicies,
    unit: "policies",
    remedy: [
      ...(isForDatabases ? [FEWER_DATABASES] : []),
      ...(isForDatabases && !isForHolders ? [] : [FEWER_HOLDERS]),
    ].join(" "),
    grows: isForHolders,
  };
}

function heldRoleUsages(blueprint: AccountBlueprint, role: RoleBlueprint): readonly Usage[] {
  const { key } = blueprint.account;
  return [
    trustUsage(blueprint, role),
    nameUsage(key, role.name, QUOTAS.roleNameCharacters),
    roleAttachmentUsage(key, role),
    ...policyUsages(key, [...role.policies, ...(role.boundary ? [role.boundary] : [])]),
  ];
}

function partnerRoleUsages({ account }: AccountBlueprint, role: PartnerRoleBlueprint): readonly Usage[] {
  const { name, partner, policies, trust } = role;
  const shorterName = `Choose a shorter name for the partner, or a shorter key for the account if it is new. ${DEPLOYED_NAMES_STAY}`;
  const permissions = policies.flatMap((policy) => (policy.kind === "customer" ? [policy] : []));
  return [
    {
      where: inRoster("partners", partner, "externalId"),
      subject: `The trust of ${name}`,
      used: trust.text.length,
      quota: account.trustQuota,
      unit: "characters",
      remedy: "Agree on a shorter external id.",
      grows: false,
    },
    nameUsage(account.key, name, QUOTAS.roleNameCharacters, shorterName),
    ...permissions.map((policy): Usage => ({
      where: inRoster("partners", partner, "resources", account.key),
      subject: `The policy ${policy.name}`,
      used: policy.text.length,
      quota: QUOTAS.policyCharacters,
      unit: "characters",
      remedy: "Name fewer resources, or the beginning that they share.",
      grows: true,
    })),
  ];
}

function workloadRoleUsages({ account }: AccountBlueprint, role: WorkloadRoleBlueprint): readonly Usage[] {
  const { name, service, policies } = role;
  const where: Usage["where"] = {
    file: "src/workloads.ts",
    path: formatPath(service, "environments", account.environment),
  };
  const permissions = policies.flatMap((policy) => (policy.kind === "customer" ? [policy] : []));
  return [
    {
      where,
      subject: `The name ${name}`,
      used: name.length,
      quota: QUOTAS.roleNameCharacters,
      unit: "characters",
      remedy: `Choose a shorter name for the service, or a shorter key for the account if it is new. ${DEPLOYED_NAMES_STAY}`,
      grows: false,
    },
    ...permissions.map((policy): Usage => ({
      where,
      subject: `The policy ${policy.name}`,
      used: policy.text.length,
      quota: QUOTAS.policyCharacters,
      unit: "characters",
      remedy: "Name fewer resources, or the beginning that they share; or split the service.",
      grows: true,
    })),
  ];
}

function roleUsages(blueprint: AccountBlueprint): readonly Usage[] {
  const { account, roles, partnerRoles, workloadRoles, pipeline } = blueprint;
  const total: Usage = {
    where: inOrganization("accounts", account.key),
    subject: `The account ${account.key}`,
    used: roles.length + partnerRoles.length + workloadRoles.length + (pipeline?.roles.length ?? 0),
    quota: QUOTAS.rolesPerAccount,
    unit: "roles",
    remedy: "Spread the roles over more accounts.",
    grows: true,
  };
  return [
    total,
    ...roles.flatMap((role) => heldRoleUsages(blueprint, role)),
    ...partnerRoles.flatMap((role) => partnerRoleUsages(blueprint, role)),
    ...workloadRoles.flatMap((role) => workloadRoleUsages(blueprint, role)),
  ];
}

function patternUsages({ account, alarms }: AccountBlueprint): readonly Usage[] {
  return alarms.flatMap(({ name, patterns }) =>
    patterns.map((pattern) => ({
      where: inOrganization("accounts", account.key),
      subject: `A filter pattern of the alarm ${name}`,
      used: pattern.length,
      quota: QUOTAS.filterPatternCharacters,
      unit: "characters",
      remedy: SHORTER_NAMES,
      grows: false,
    })),
  );
}

function filterUsage({ account, alarms }: AccountBlueprint): Usage {
  return {
    where: inRoster("people"),
    subject: `The log group that the alarms of ${account.key} read`,
    used: alarms.reduce((sum, { patterns }) => sum + patterns.length, 0),
    quota: QUOTAS.filtersPerLogGroup,
    unit: "filters",
    remedy: "Remove people who have left from `people`, and name fewer in `power`.",
    grows: true,
  };
}

function userUsages({ users, groups }: PeopleBlueprint): readonly Usage[] {
  const memberships = new Map<string, number>();
  for (const { members } of groups) {
    for (const member of members) memberships.set(member, (memberships.get(member) ?? 0) + 1);
  }
  return users.flatMap(({ name, tags }): readonly Usage[] => [
    {
      where: inRoster("people", name, "access"),
      subject: `The user ${name}`,
      used: memberships.get(name) ?? 0,
      quota: QUOTAS.groupsPerUser,
      unit: "groups",
      remedy: "Grant roles in fewer accounts.",
      grows: false,
    },
    {
      where: inRoster("people", name, "access"),
      subject: `The user ${name}`,
      used: Object.keys(tags).length,
      quota: QUOTAS.tagsPerUser,
      unit: "tags",
      remedy: "Grant roles in fewer accounts: each of them is a tag.",
      grows: true,
    },
  ]);
}

function peopleUsages(accountKey: string, people: PeopleBlueprint): readonly Usage[] {
  const { users, groups } = people;
  return [
    {
      where: inRoster("people"),
      subject: "The identity account",
      used: users.length,
      quota: QUOTAS.usersPerAccount,
      unit: "people",
      remedy: "Split the organization: IAM has no more users for one account.",
      grows: true,
    },
    {
      where: inOrganization("accounts"),
      subject: "The identity account",
      used: groups.length,
      quota: QUOTAS.groupsPerAccount,
      unit: "groups",
      remedy: "Split the organization: each account needs a group of its own.",
      grows: true,
    },
    ...userUsages(people),
    ...groups.flatMap((group) => [
      nameUsage(accountKey, group.name, QUOTAS.groupNameCharacters),
      groupAttachmentUsage(group),
      ...policyUsages(accountKey, group.policies).map((usage) =>
        group.grownBy === "power" && usage.quota === QUOTAS.policyCharacters
          ? { ...usage, where: inRoster("power"), remedy: FEWER_IN_POWER, grows: true }
          : usage,
      ),
    ]),
  ];
}

function problemOf({ where, subject, used, quota, unit, remedy, grows }: Usage): readonly Problem[] {
  const has = `${subject} has ${used.toLocaleString("en")} ${unit}`;
  const allowed = `${quota.toLocaleString("en")} ${unit}`;
  if (used > quota) return [{ severity: "error", ...where, rule: `${has}.`, allowed, remedy }];
  if (!grows || used < quota * WARNING_SHARE) return [];
  const share = String(Math.floor((100 * used) / quota));
  return [{ severity: "warning", ...where, rule: `${has}, ${share}% of its quota.`, allowed, remedy }];
}

/**
 * What IAM would refuse, or nearly: an error for each quota that is exceeded, a warning from 80% on.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function checkQuotas(blueprints: readonly AccountBlueprint[]): readonly Problem[] {
  return blueprints
    .flatMap((blueprint) => [
      ...roleUsages(blueprint),
      ...patternUsages(blueprint),
      filterUsage(blueprint),
      ...(blueprint.people ? peopleUsages(blueprint.account.key, blueprint.people) : []),
    ])
    .flatMap(problemOf);
}
