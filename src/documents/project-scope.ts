import type { Account } from "../model/account";
import { groupBy } from "../model/group-by";
import { remainingValidities } from "../model/holdings";
import type { Model } from "../model/model";
import type { UserName } from "../model/names";
import type { HeldRole } from "../model/roles";
import { personalDocuments, sessionsNamed, type PersonalDenial } from "./personal-denial";
import type { PolicyDocument } from "./policy-document";
import { rolesOfProject } from "./workload-role-blueprint";

const PROJECT = "aws:ResourceTag/Project";

/**
 * Actions that contractors may use on resources without a project, as far as their role has them: to find their own among
 * all others, and to register what a tagged service then runs. None of it shows data, logs, code, parameters of stacks or what a
 * machine starts with; task definitions alone show what containers start with, and no tag tells them apart (decision 13).
 */
const WITHOUT_PROJECT = [
  "application-autoscaling:Describe*",
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:DescribeScalingActivities",
  "cloudformation:ListStacks",
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
  "ecs:DescribeClusters",
  "ecs:DescribeServices",
  "ecs:DescribeTaskDefinition",
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
      .filter((holding) => remainingValidities(holding, now).length > 0)
      .map(({ person }) => person),
  );
  const contractors = people.flatMap(({ name, contract }) =>
    contract !== undefined && holders.has(name) ? [{ name, project: contract.project }] : [],
  );
  return [...groupBy(contractors, ({ project }) => project)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([project, team]) => ({ project, people: team.map(({ name }) => name) }));
}

const onlyTagged = (teams: readonly Team[]): PersonalDenial => ({
  people: teams.flatMap(({ people }) => people),
  statementFor: (people) => ({
    Sid: "OnlyTaggedResources",
    Effect: "Deny",
    NotAction: WITHOUT_PROJECT,
    Resource: "*",
    Condition: { StringLike: sessionsNamed(people), Null: { [PROJECT]: "true" } },
  }),
});

const onlyOwnProject = ({ project, people }: Team, index: number): PersonalDenial => ({
  people,
  statementFor: (some) => ({
    Sid: `OnlyProject${String(index + 1)}`,
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      StringLike: sessionsNamed(some),
      Null: { [PROJECT]: "false" },
      StringNotEquals: { [PROJECT]: project },
    },
  }),
});

/**
 * A tag on a role says nothing dependable about who may pass it, so roles are told by name: those of the services that
 * name the project in `src/workloads.ts`, or none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
function passOwnRoles(model: Model, account: Account, teams: readonly Team[]): readonly PersonalDenial[] {
  const withRoles = teams.map(({ project, people }) => ({
    people,
    roles: rolesOfProject(model, account, project),
  }));
  const pass = { Effect: "Deny", Action: "iam:PassRole" } as const;
  return [
    ...withRoles.flatMap(({ people, roles }, index): readonly PersonalDenial[] => {
      if (roles.length === 0) return [];
      const statementFor: PersonalDenial["statementFor"] = (some) => ({
        Sid: `PassRolesOfProject${String(index + 1)}`,
        ...pass,
        NotResource: roles,
        Condition: { StringLike: sessionsNamed(some) },
      });
      return [{ people, statementFor }];
    }),
    {
      people: withRoles.filter(({ roles }) => roles.length === 0).flatMap(({ people }) => people),
      statementFor: (some) => ({
        Sid: "PassNoRoles",
        ...pass,
        Resource: "*",
        Condition: { StringLike: sessionsNamed(some) },
      }),
    },
  ];
}

/** What the contractors who hold the role are denied by their projects. */
export function projectDenials(model: Model, account: Account, role: HeldRole): readonly PersonalDenial[] {
  const teams = teamsOf(model, account, role);
  return [onlyTagged(teams), ...teams.map(onlyOwnProject), ...passOwnRoles(model, account, teams)];
}

/**
 * Keeps each contractor within their project on whatever role they hold (seed: MenoTime, contractors): with resources
 * that carry the project as their tag `Project`, the role is all it is; with others it shows where they are, at most.
 * In as few documents as their size asks for; none where no contractor holds the role.
 */
export const projectScope = (model: Model, account: Account, role: HeldRole): readonly PolicyDocument[] =>
  personalDocuments(projectDenials(model, account, role));
