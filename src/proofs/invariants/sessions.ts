import { remainingDeployed } from "../../model/holdings";
import { PARTNER_ROLES } from "../../model/roles";
import { ROLE_NAMES, type HeldRole } from "../../model/roles";
import { accessOf } from "../allowed-requests";
import { everyRole, titleOf, type PlacedRole, type ProvenRole, type World } from "../accounts";
import { sessionCaller } from "../caller";
import type { Claim, Invariant } from "../invariant";
import type { RequestSet } from "../request-set";

const isHeld = (label: string): label is HeldRole =>
  ROLE_NAMES.some((role) => role === label) && !PARTNER_ROLES.some((role) => role === label);

/** What contractors may do with resources that carry no project: find their own among all others, and sign in to register. */
const FINDING = [
  "application-autoscaling:Describe*",
  "autoscaling:Describe*",
  "cloudformation:Describe*",
  "cloudformation:List*",
  "cloudwatch:DescribeAlarms*",
  "cloudwatch:GetMetric*",
  "cloudwatch:ListMetrics",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeImages",
  "ec2:DescribeInstance*",
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
  "elasticloadbalancing:Describe*",
  "logs:DescribeLogGroups",
  "s3:ListAllMyBuckets",
] as const;

/** A session of one person among those who are told apart by nothing. */
interface Session {
  readonly placed: PlacedRole;
  readonly name: string;
  readonly alike: number;
  readonly never: readonly RequestSet[];
}

/** What the statements that name each session say of it; a statement may be cut into several that say the same. */
function statementsOf({ policies, boundary }: ProvenRole): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const statements = [...policies, ...(boundary ? [boundary] : [])].flatMap((policy) => policy.statements);
  for (const { conditions, ...statement } of statements) {
    const naming = conditions.filter(({ key }) => key.toLowerCase() === "aws:userid");
    if (naming.length === 0) continue;
    const others = conditions.filter((condition) => !naming.includes(condition));
    const said = JSON.stringify([
      { ...statement, label: "" },
      others,
      naming.map(({ operator }) => operator),
    ]);
    for (const value of naming.flatMap(({ values }) => values)) {
      found.set(value, `${found.get(value) ?? ""} ${said}`);
    }
  }
  return found;
}

/** One session for all of which the documents and the roster say the same. */
function sessionsOf(
  world: World,
  neverOf: (person: string, placed: PlacedRole, role: HeldRole) => readonly RequestSet[],
): readonly Session[] {
  return everyRole(world).flatMap((placed) => {
    const { label, kind } = placed.role;
    if (kind !== "people" || !isHeld(label)) return [];
    const named = statementsOf(placed.role);
    const alike = new Map<string, { name: string; alike: number; never: readonly RequestSet[] }>();
    for (const { person } of world.model.holdings.of(placed.account.key, label)) {
      const never = neverOf(person, placed, label);
      if (never.length === 0) continue;
      const key = JSON.stringify([named.get(`*:${person}`), never]);
      const known = alike.get(key);
      if (known === undefined) alike.set(key, { name: person, alike: 1, never });
      else known.alike += 1;
    }
    return [...alike.values()].map((session) => ({ placed, ...session }));
  });
}

function* claimsOf(sessions: readonly Session[], apartFrom: readonly RequestSet[] = []): Iterable<Claim> {
  for (const { placed, name, alike, never } of sessions) {
    const title = titleOf(placed);
    yield {
      about: `${title} of ${name}${alike === 1 ? "" : ` and ${String(alike - 1)} alike`}`,
      setting: { permissions: placed.role },
      finds: "allowed",
      breaches: (prover) => {
        const access = accessOf(sessionCaller(placed.role.arn, name, title), placed.role);
        return never.flatMap((set) => prover.breaches(access, set, apartFrom));
      },
    };
  }
}

/** What the sessions of some people must not be able to do. */
export const SESSIONS: readonly Invariant[] = [
  {
    id: "sessions-end-with-their-grants",
    says: "Nothing is allowed to a session after the end of the grant that it began with, until the next begins.",
    source:
      "Access review: expired access is removed; decision 7; MenoTime, contractors: until their last day",
    claims: (world) =>
      claimsOf(
        sessionsOf(world, (person, { account }, role) => {
          const holding = world.model.holdings.of(account.key, role).find((one) => one.person === person);
          const open = holding === undefined ? [] : remainingDeployed(holding, world.model.now);
          return open.flatMap(({ until }, index): readonly RequestSet[] => {
            if (until === undefined) return [];
            const next = open[index + 1]?.from;
            return [
              {
                actions: "*",
                when: {
                  DateGreaterThanEquals: { "aws:CurrentTime": until },
                  ...(next && { DateLessThan: { "aws:CurrentTime": next } }),
                },
              },
            ];
          });
        }),
      ),
  },
  {
    id: "contractors-stay-in-their-project",
    says: "Contractors reach resources of their own project alone; of others they see where these are, at most.",
    source: "MenoTime, contractors: only specific resources needed; decision 13",
    claims: (world) =>
      claimsOf(
        sessionsOf(world, (person) => {
          const contract = world.model.people.find(({ name }) => name === person)?.contract;
          if (contract === undefined) return [];
          return [
            {
              actions: "*",
              except: [...FINDING, "iam:PassRole"],
              when: { StringNotEquals: { "aws:ResourceTag/Project": contract.project } },
            },
          ];
        }),
      ),
  },
  {
    id: "contractors-pass-their-projects-roles",
    says: "Contractors pass the roles of their project's services, and no others.",
    source: "MenoTime, contractors; decision 13",
    claims: (world) =>
      claimsOf(
        sessionsOf(world, (person, { account }) => {
          const contract = world.model.people.find(({ name }) => name === person)?.contract;
          if (contract === undefined) return [];
          const services = world.model.workloads.filter(
            ({ project, environment }) => project === contract.project && environment === account.environment,
          );
          const roles = services.flatMap(({ service }) =>
            ["task", "function"].map(
              (kind) =>
                `arn:aws:iam::${account.id}:role/workloads/${world.model.organization.prefix}-${kind}-${service}-${account.key}`,
            ),
          );
          return [{ actions: "iam:PassRole", ...(roles.length > 0 && { exceptResources: roles }) }];
        }),
      ),
  },
];
