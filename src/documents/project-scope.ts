import type { Account } from "../model/account";
import { groupBy } from "../model/group-by";
import { remaining } from "../model/holdings";
import type { Model } from "../model/model";
import type { UserName } from "../model/names";
import type { HeldRole } from "../model/roles";
import { rolesOfProject } from "./workload-role-blueprint";
import {
  policyDocument,
  type Conditions,
  type PermissionStatement,
  type PolicyDocument,
} from "./policy-document";

const PROJECT = "aws:ResourceTag/Project";

/**
 * What contractors may do with resources that carry no project, of what their role lets them: to find their own among
 * all others, and to register what a tagged service then runs. None of it shows data, logs, code or a machine's start-up
 * script. Most of these actions take no resource, so that no tag could tell them apart.
 */
const WITHOUT_PROJECT = [
  "application-autoscaling:Describe*",
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeScalingActivities",
  "cloudformation:Describe*",
  "cloudformation:List*",
  "cloudwatch:DescribeAlarms*",
  "cloudwatch:GetMetric*",
  "cloudwatch:ListMetrics",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstances",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVolumes",
  "ec2:DescribeVpcs",
  "ecr:DescribeRepositories",
  "ecr:GetAuthorizationToken",
  "ecs:Describe*",
  "ecs:List*",
  "ecs:RegisterTaskDefinition",
  // Statements of its own say which roles.
  "iam:PassRole",
  "elasticloadbalancing:Describe*",
  "logs:DescribeLogGroups",
  "s3:ListAllMyBuckets",
] as const;

interface Team {
  readonly project: string;
  readonly people: readonly UserName[];
}

/** The contractors who hold the role now or later, by project. */
function teamsOf({ holdings, people, now }: Model, account: Account, role: HeldRole): readonly Team[] {
  const holders = new Set(
    holdings
      .of(account.key, role)
      .filter((holding) => remaining(holding, now).length > 0)
      .map(({ person }) => person),
  );
  const contractors = people.flatMap(({ name, contract }) =>
    contract !== undefined && holders.has(name) ? [{ name, project: contract.project }] : [],
  );
  return [...groupBy(contractors, ({ project }) => project)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([project, team]) => ({ project, people: team.map(({ name }) => name) }));
}

/** Inside the role's sessions; trusts pin a session's name to the user's (decision 7). */
const sessionsOf = (people: readonly UserName[]): Conditions[string] => ({
  "aws:userid": people.map((person) => `*:${person}`),
});

const onlyTagged = (teams: readonly Team[]): PermissionStatement => ({
  Sid: "OnlyTaggedResources",
  Effect: "Deny",
  NotAction: WITHOUT_PROJECT,
  Resource: "*",
  Condition: {
    StringLike: sessionsOf(teams.flatMap(({ people }) => people)),
    Null: { [PROJECT]: "true" },
  },
});

const onlyOwnProject = ({ project, people }: Team, index: number): PermissionStatement => ({
  Sid: `OnlyProject${String(index + 1)}`,
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: {
    StringLike: sessionsOf(people),
    Null: { [PROJECT]: "false" },
    StringNotEquals: { [PROJECT]: project },
  },
});

/**
 * A tag on a role says nothing dependable about who may pass it, so roles are told by name: those of the services that
 * name the project in `src/workloads.ts`, or none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
function passOwnRoles(
  model: Model,
  account: Account,
  teams: readonly Team[],
): readonly PermissionStatement[] {
  const withRoles = teams.map(({ project, people }) => ({
    people,
    roles: rolesOfProject(model, account, project),
  }));
  const pass = { Effect: "Deny", Action: "iam:PassRole" } as const;
  const withoutRoles = withRoles.filter(({ roles }) => roles.length === 0).flatMap(({ people }) => people);
  return [
    ...withRoles.flatMap(({ people, roles }, index) =>
      roles.length === 0
        ? []
        : [
            {
              Sid: `PassRolesOfProject${String(index + 1)}`,
              ...pass,
              NotResource: roles,
              Condition: { StringLike: sessionsOf(people) },
            },
          ],
    ),
    ...(withoutRoles.length === 0
      ? []
      : [
          { Sid: "PassNoRoles", ...pass, Resource: "*", Condition: { StringLike: sessionsOf(withoutRoles) } },
        ]),
  ];
}

/**
 * Keeps each contractor within their project on whatever role they hold (seed: MenoTime, contractors): with resources
 * that carry the project as their tag `Project`, the role is all it is; with others it shows where they are, at most.
 * Undefined where no contractor holds the role.
 */
export function projectScopeOf(model: Model, account: Account, role: HeldRole): PolicyDocument | undefined {
  const teams = teamsOf(model, account, role);
  if (teams.length === 0) return undefined;
  return policyDocument(
    onlyTagged(teams),
    ...teams.map(onlyOwnProject),
    ...passOwnRoles(model, account, teams),
  );
}
