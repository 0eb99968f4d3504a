import { WITHHELD_READS } from "../../documents/permissions/reading/withheld-reads";
import { mergeValidities, type Instant, type Validity } from "../../model/dates";
import type { HeldTime } from "../../model/held-time";
import { isPermanent, remainingDeployed } from "../../model/holdings";
import { PARTNER_ROLES } from "../../model/roles";
import { ROLE_NAMES, type HeldRole } from "../../model/roles";
import { findAllowedRequests } from "../allowed-requests";
import {
  everyRole,
  placedRoleTitle,
  withDenialsAlone,
  type PlacedProvenRole,
  type ProvenRole,
  type ProofInput,
} from "../proven-account";
import { provenSessionCaller } from "../proven-caller";
import { PatternSet } from "../language/pattern-set";
import { groupBy } from "../../model/group-by";
import type { Claim, Invariant } from "../invariant";
import { NotModelled } from "../not-modelled";
import type { RequestSet } from "../request-set";
import { CONTENT_READS, CREDENTIAL_READS, SOURCE_CODE } from "./reading-invariants";

const PROJECT = "aws:ResourceTag/Project";

const isHeld = (label: string): label is HeldRole =>
  ROLE_NAMES.some((role) => role === label) && !PARTNER_ROLES.some((role) => role === label);

/** A session of one person among those who are told apart by nothing. */
interface Session {
  readonly placed: PlacedProvenRole;
  readonly name: string;
  readonly alike: number;
  readonly never: readonly RequestSet[];
}

interface Naming {
  /** How a session's user id has to be, or must not be. */
  readonly pattern: string;
  /** All that the statement says with it. */
  readonly said: string;
}

/** The statements that tell sessions apart; one may be cut into several that say the same. */
function namingsOf({ policies, boundary }: ProvenRole): readonly Naming[] {
  const statements = [...policies, ...(boundary ? [boundary] : [])].flatMap((policy) => policy.statements);
  return statements.flatMap(({ conditions, ...statement }) => {
    const naming = conditions.filter(({ key }) => key.toLowerCase() === "aws:userid");
    const others = conditions.filter((condition) => !naming.includes(condition));
    return naming.flatMap(({ operator, values }) => {
      const said = JSON.stringify([operator, { ...statement, label: "" }, others]);
      return values.map((pattern) => ({ pattern, said }));
    });
  });
}

const WHOLE_NAME = /^\*:[^*?]+$/;

/** Tells whether statements say the same of two sessions. */
function likenessIn(role: ProvenRole): (person: string) => string {
  const namings = namingsOf(role);
  const exact = groupBy(
    namings.filter(({ pattern }) => WHOLE_NAME.test(pattern)),
    ({ pattern }) => pattern,
  );
  const wild = namings
    .filter(({ pattern }) => !WHOLE_NAME.test(pattern))
    .map(({ pattern, said }) => ({ said, names: PatternSet.ofGlobs([pattern], "wide") }));
  return (person) =>
    JSON.stringify([
      (exact.get(`*:${person}`) ?? []).map(({ said }) => said),
      wild.filter(({ names }) => names.has(`x:${person}`)).map(({ said }) => said),
    ]);
}

/** One session for all of which the documents and the roster say the same. */
function sessionsOf(
  input: ProofInput,
  neverOf: (person: string, placed: PlacedProvenRole, role: HeldRole) => readonly RequestSet[],
): readonly Session[] {
  return everyRole(input).flatMap((placed) => {
    const { label, kind } = placed.role;
    if (kind !== "people" || !isHeld(label)) return [];
    const likenessOf = likenessIn(placed.role);
    const alike = new Map<string, { name: string; alike: number; never: readonly RequestSet[] }>();
    for (const { person } of input.model.holdings.of(placed.account.key, label)) {
      const never = neverOf(person, placed, label);
      if (never.length === 0) continue;
      const key = JSON.stringify([likenessOf(person), never]);
      const known = alike.get(key);
      if (known === undefined) alike.set(key, { name: person, alike: 1, never });
      else known.alike += 1;
    }
    return [...alike.values()].map((session) => ({ placed, ...session }));
  });
}

function* claimsOf(
  sessions: readonly Session[],
  asTheyAre: (placed: PlacedProvenRole) => PlacedProvenRole = (placed) => placed,
): Iterable<Claim> {
  for (const { placed, name, alike, never } of sessions) {
    const title = placedRoleTitle(placed);
    const { role } = asTheyAre(placed);
    yield {
      about: `${title} of ${name}${alike === 1 ? "" : ` and ${String(alike - 1)} alike`}`,
      setting: { permissions: role },
      finds: "allowed",
      breaches: (prover) => {
        const access = findAllowedRequests(provenSessionCaller(role.arn, name, title), role);
        return never.flatMap((set) => prover.breaches(access, set));
      },
    };
  }
}

/** Whether a trust tells people by their tags. */
const tellsByTags = ({ trust }: ProvenRole): boolean =>
  trust.statements.some(({ conditions }) =>
    conditions.some(({ key }) => key.toLowerCase().startsWith("aws:principaltag/")),
  );

/** The roles that contractors may be given: DESIGN section 2, and nothing in prod. */
const isContractors = ({ account, role }: PlacedProvenRole): boolean =>
  account.environment !== "prod" && ["Developer", "Read"].includes(role.label);

/** Letters that names of sessions may have. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const LETTERS = Array.from("@=+,-._0123456789");
const BEGINNING = /^\*:([^*?:]+)\*$/;
const OF_NO_SESSION = /^[^*?:]*$/;

/**
 * Names of sessions of which one stands for every name: whatever documents say of a name follows from which of their patterns
 * it fits. Those are whole names, which are all here, and beginnings of names, of each of which one is here that nothing else
 * speaks of.
 * @throws NotModelled where the documents tell sessions apart in another way
 */
function namesFor(role: ProvenRole): readonly string[] {
  const patterns = [...new Set(namingsOf(role).map(({ pattern }) => pattern))];
  const whole = patterns.filter((pattern) => WHOLE_NAME.test(pattern)).map((pattern) => pattern.slice(2));
  const beginnings = patterns.flatMap((pattern) => BEGINNING.exec(pattern)?.[1] ?? []);
  const other = patterns.find(
    (pattern) => !WHOLE_NAME.test(pattern) && !BEGINNING.test(pattern) && !OF_NO_SESSION.test(pattern),
  );
  if (other !== undefined) throw new NotModelled(`${role.name}: sessions like ${other} are not modelled.`);
  const mentioned = new Set(whole);
  const unmentioned = ["", ...beginnings].flatMap((beginning) => {
    const names = LETTERS.map((letter) => `${beginning}${letter.repeat(2)}`);
    const free = names.find(
      (name) =>
        !mentioned.has(name) &&
        !beginnings.some((one) => one.length > beginning.length && name.startsWith(one)),
    );
    return free ?? [];
  });
  return [...whole, ...unmentioned];
}

/** Sessions of those who hold a role, now or at a later date, are the only ones that may do anything. */
function* claimsOfHolders(input: ProofInput): Iterable<Claim> {
  for (const placed of everyRole(input)) {
    const { account } = placed;
    const { role } = withDenialsAlone(placed);
    if (role.kind !== "people" || !isHeld(role.label)) continue;
    if (tellsByTags(role) && !isContractors(placed)) continue;
    const holders = new Set<string>(
      input.model.holdings
        .of(account.key, role.label)
        .filter((holding) => remainingDeployed(holding, input.model.now).length > 0)
        .map(({ person }) => person),
    );
    const title = placedRoleTitle(placed);
    yield {
      about: title,
      setting: { permissions: role },
      finds: "allowed",
      breaches: (prover) => {
        for (const name of namesFor(role).filter((one) => !holders.has(one))) {
          const breaches = prover.breaches(
            findAllowedRequests(provenSessionCaller(role.arn, name, title), role),
            {
              actions: "*",
            },
          );
          if (breaches.length > 0) return breaches;
        }
        return [];
      },
    };
  }
}

/** Actions that show that something is there, and in which state, and no more. */
const LOOKING = ["*:List*", "*:Describe*", "cloudwatch:GetMetric*"] as const;

/**
 * Actions beside looking that contractors need where the resource can carry no tag: to register what a tagged service then runs,
 * and to sign in to the registry of its images. Passing roles is an invariant of its own.
 */
const REGISTERING = ["ecs:RegisterTaskDefinition", "ecr:GetAuthorizationToken", "iam:PassRole"] as const;

/** What prod's readers must not see either, of the actions that AWS has. */
const WITHHELD: readonly string[] = WITHHELD_READS.flatMap(({ kind, actions }): readonly string[] =>
  kind === "effects" || kind === "other services" ? [] : actions,
);

/** These take no resource, so that no tag can tell whose it is: decision 13. */
const NOT_TOLD_BY_TAGS = ["ecr:GetAuthorizationToken", "ecs:DescribeTaskDefinition"] as const;

/** The parts of a time that no other covers, none of them before now. */
function gaps(held: Validity, covered: readonly Validity[], now: Instant): readonly HeldTime[] {
  const { until } = held;
  if (until === undefined) return [];
  const found: HeldTime[] = [];
  let from = held.from === undefined || held.from < now ? now : held.from;
  for (const next of covered) {
    if (next.from !== undefined && next.from > from)
      found.push({ from, until: next.from < until ? next.from : until });
    if (next.until === undefined || next.until >= until) return found.filter((gap) => gap.from < gap.until);
    if (next.until > from) from = next.until;
  }
  return [...found, { from, until }].filter((gap) => gap.from < gap.until);
}

/** Signing in to the databases for which somebody has no grant, while others of their grants of the role last. */
function closedDatabases(
  { model }: ProofInput,
  person: string,
  { account }: PlacedProvenRole,
  role: HeldRole,
): readonly RequestSet[] {
  const own = model.grants.filter(
    (grant) => grant.person === person && grant.account === account.key && grant.role === role,
  );
  const holding = model.holdings.of(account.key, role).find((one) => one.person === person);
  if (holding === undefined || isPermanent(holding)) return [];
  if (own.every(({ database }) => database === undefined)) return [];
  const { databases = [] } = model.organization.accounts.find(({ key }) => key === account.key) ?? {};
  return databases.flatMap(({ id, name }) => {
    const open = mergeValidities(
      own.flatMap(({ database, validity }) =>
        database === undefined || database === name ? [validity] : [],
      ),
    );
    return remainingDeployed(holding, model.now)
      .flatMap((held) => gaps(held, open, model.now))
      .map(({ from, until }): RequestSet => ({
        actions: "rds-db:connect",
        resources: `arn:aws:rds-db:*:${account.id}:dbuser:${id}/*`,
        when: {
          DateGreaterThanEquals: { "aws:CurrentTime": from },
          DateLessThan: { "aws:CurrentTime": until },
        },
      }));
  });
}

/** What the sessions of some people must not be able to do. */
export const SESSIONS: readonly Invariant[] = [
  {
    id: "sessions-are-the-holders",
    says: "Nothing is allowed to a session under the name of somebody who does not hold the role, whoever opened it and when, and whatever a resource's policy allows.",
    source: "DESIGN section 4: a session does not end when a grant does; decision 75",
    claims: claimsOfHolders,
  },
  {
    id: "sessions-end-with-their-grants",
    says: "Nothing is allowed to a session after the end of the grant that it began with, until the next begins.",
    source:
      "Access review: expired access is removed; decision 7; MenoTime, contractors: until their last day",
    claims: (input) =>
      claimsOf(
        sessionsOf(input, (person, { account }, role) => {
          const holding = input.model.holdings.of(account.key, role).find((one) => one.person === person);
          const open = holding === undefined ? [] : remainingDeployed(holding, input.model.now);
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
    id: "database-grants-open-their-databases",
    says: "Holders of DbRead or Dba for single databases sign in to no other database that the account names, while no grant of theirs is for it.",
    source: "MenoTime: limited scope, temporary database access; decision 84",
    claims: (input) =>
      claimsOf(sessionsOf(input, (person, placed, role) => closedDatabases(input, person, placed, role))),
  },
  {
    id: "contractors-stay-in-their-project",
    says: "Whatever a resource's policy allows, contractors reach resources of their own project alone; of others they see where these are, at most.",
    source: "MenoTime, contractors: only specific resources needed; decision 13",
    claims: (input) =>
      claimsOf(
        sessionsOf(input, (person) => {
          const contract = input.model.people.find(({ name }) => name === person)?.contract;
          if (contract === undefined) return [];
          const isOther = { StringNotEquals: { [PROJECT]: contract.project } };
          const isNobodys = { Null: { [PROJECT]: "true" } };
          return [
            { actions: "*", when: { ...isOther, Null: { [PROJECT]: "false" } } },
            { actions: "*", except: [...LOOKING, ...REGISTERING], when: isNobodys },
            {
              actions: [...CREDENTIAL_READS, ...CONTENT_READS, ...SOURCE_CODE],
              except: NOT_TOLD_BY_TAGS,
              when: isNobodys,
            },
            { actions: WITHHELD, except: NOT_TOLD_BY_TAGS, when: isNobodys, isKnownOnly: true },
          ];
        }),
        withDenialsAlone,
      ),
  },
  {
    id: "contractors-pass-their-projects-roles",
    says: "Contractors pass the roles of their project's services, and no others.",
    source: "MenoTime, contractors; decision 13",
    claims: (input) =>
      claimsOf(
        sessionsOf(input, (person, { account }) => {
          const contract = input.model.people.find(({ name }) => name === person)?.contract;
          if (contract === undefined) return [];
          const services = input.model.workloads.filter(
            ({ project, environment }) => project === contract.project && environment === account.environment,
          );
          const roles = services.flatMap(({ service }) =>
            ["task", "function", "instance", "pod"].map(
              (kind) =>
                `arn:aws:iam::${account.id}:role/workloads/${input.model.organization.prefix}-${kind}-${service}-${account.key}`,
            ),
          );
          return [{ actions: "iam:PassRole", ...(roles.length > 0 && { exceptResources: roles }) }];
        }),
      ),
  },
];
