import { coversAction } from "../../documents/patterns";
import { remainingDeployed } from "../../model/holdings";
import type { Model } from "../../model/model";
import { everyUserArn, identityProviderArn, pipelineUserArn, workloadRoleName } from "../../model/names";
import { GITHUB_ISSUER, PIPELINE_ROLE_NAMES, STACK_PLACEHOLDER } from "../../model/pipeline";
import { PARTNER_ROLES, ROLES, type HeldRole } from "../../model/roles";
import { keysOf } from "../../model/keys-of";
import {
  requestsAllowedThrough,
  requestsAdmittedBy,
  EVERYTHING,
  type AttachedPolicies,
  type ParsedPolicy,
} from "../allowed-requests";
import {
  everyRole,
  placedRoleTitle,
  type PlacedProvenRole,
  type ProvenAccount,
  type ProvenUser,
  type ProofInput,
} from "../proven-account";
import { SIGN_INS, provenUserCaller, type ProvenCaller } from "../proven-caller";
import type { Claim, Invariant } from "../invariant";
import { mentionsName } from "../mentions-name";
import type { Breach, Prover } from "../prover";
import type { RequestSet } from "../request-set";
import {
  accountsThatCouldEnter,
  anybodyInAccount,
  usersAndRolesNamedIn,
  principalsNamedIn,
} from "./policy-callers";

const isHeld = (label: string): label is HeldRole =>
  keysOf(ROLES).some((role) => role === label && ROLES[role].admits !== "partner");

/** Roles of people with their place in the roster. */
function peoplesRoles(input: ProofInput): readonly (PlacedProvenRole & { readonly held: HeldRole })[] {
  return everyRole(input).flatMap((placed) => {
    const { kind, label } = placed.role;
    return kind === "people" && isHeld(label) ? [{ ...placed, held: label }] : [];
  });
}

const people = ({ accounts }: ProofInput): readonly ProvenUser[] =>
  accounts.flatMap(({ users }) => users.filter(({ kind }) => kind === "person"));

/** How each holder gets in by the roster: with MFA entered lately, under their own name, between their dates. */
function admissions(
  model: Model,
  account: string,
  role: HeldRole,
): ReadonlyMap<string, readonly RequestSet[]> {
  return new Map(
    model.holdings.of(account, role).map((holding) => [
      holding.person,
      remainingDeployed(holding, model.now).map(({ from, until }) => ({
        actions: "sts:AssumeRole",
        when: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": String(ROLES[role].mfaAgeSeconds) },
          StringEquals: { "sts:RoleSessionName": holding.person },
          ...(from && { DateGreaterThanEquals: { "aws:CurrentTime": from } }),
          ...(until && { DateLessThan: { "aws:CurrentTime": until } }),
        },
      })),
    ]),
  );
}

/** Requests on a role that its trust alone lets through. */
function letIn(
  prover: Prover,
  { role }: PlacedProvenRole,
  caller: ProvenCaller,
  {
    when,
    apartFrom = [],
  }: { readonly when?: RequestSet["when"]; readonly apartFrom?: readonly RequestSet[] } = {},
): readonly Breach[] {
  const access = requestsAdmittedBy(role.trust, caller);
  if (access.groups.some(({ length }) => length === 0)) return [];
  return prover.breaches(access, { actions: "*", resources: role.arn, ...(when && { when }) }, apartFrom);
}

/**
 * What a trust makes of a caller. Callers of one kind get in by the same statements and are expected alike, each under
 * their own name; whom the trust mentions is a kind of their own.
 */
function kindOf(
  { role }: PlacedProvenRole,
  caller: ProvenCaller,
  name: string,
  expected: readonly RequestSet[],
): string {
  if (mentionsName(role.trust, name)) return JSON.stringify([name, caller.words]);
  const { groups, denials } = requestsAdmittedBy(role.trust, caller);
  const regions = [...groups.flat(), ...denials].map(({ source }) => source.statement);
  return JSON.stringify([regions, datesOf(expected)]);
}

/** The requests without the name that is different in each. */
const datesOf = (sets: readonly RequestSet[]): readonly unknown[] =>
  sets.map(({ when }) => [when?.DateGreaterThanEquals, when?.DateLessThan]);

const trustSetting = ({ account, role }: PlacedProvenRole): Claim["setting"] => ({
  permissions: { policies: [EVERYTHING] },
  resourcePolicy: role.trust,
  resourceAccount: account.id,
});

const USER = /:user\/people\/([^*?/$]+)$/;

/** Names of people's users that a trust has in a condition and that are nobody's here: whoever gets one gets in. */
function unknownUsers({ role }: PlacedProvenRole, persons: readonly ProvenUser[]): readonly string[] {
  const known = new Set(persons.map(({ name }) => name));
  const values = role.trust.statements.flatMap(({ conditions }) => conditions.flatMap((one) => one.values));
  const names = values.flatMap((value) => USER.exec(value)?.[1] ?? []);
  return [...new Set(names)].filter((name) => !known.has(name));
}

function* onlyHolders(input: ProofInput): Iterable<Claim> {
  const { model } = input;
  const { identity } = model.organization;
  const persons = people(input);
  for (const placed of peoplesRoles(input)) {
    yield {
      about: placedRoleTitle(placed),
      setting: trustSetting(placed),
      finds: "allowed",
      breaches: (prover) => {
        const expected = admissions(model, placed.account.key, placed.held);
        const proven = new Set<string>();
        const strangers = ["stranger", ...unknownUsers(placed, persons)].map((name) => ({
          name,
          arn: everyUserArn(identity).replace("*", name),
          tags: {},
        }));
        return [
          ...[...persons, ...strangers].flatMap((user) =>
            SIGN_INS.flatMap((signIn) => {
              const caller = provenUserCaller(user, signIn);
              const apartFrom = expected.get(user.name) ?? [];
              const kind = kindOf(placed, caller, user.name, apartFrom);
              if (proven.has(kind)) return [];
              proven.add(kind);
              return letIn(prover, placed, caller, { apartFrom });
            }),
          ),
          // Beyond the people's path: every other user, session and root of the account where people live.
          ...letIn(prover, placed, anybodyInAccount(identity.id, `anybody else of ${identity.key}`), {
            when: { ArnNotLike: { "aws:PrincipalArn": everyUserArn(identity) } },
          }),
        ];
      },
    };
  }
}

function* everyHolder(input: ProofInput): Iterable<Claim> {
  const { model } = input;
  const { identity } = model.organization;
  const byName = new Map(people(input).map((user) => [user.name, user]));
  const numbers = new Map<ParsedPolicy, number>();
  const numberOf = (policy: ParsedPolicy): number => {
    const number = numbers.get(policy) ?? numbers.size;
    numbers.set(policy, number);
    return number;
  };
  for (const placed of peoplesRoles(input)) {
    const alike = new Map<string, { user: ProvenUser; wanted: readonly RequestSet[]; count: number }>();
    for (const [name, wanted] of admissions(model, placed.account.key, placed.held)) {
      if (wanted.length === 0) continue;
      // A user who should be there and is not has nothing, and gets in nowhere.
      const absent: ProvenUser = {
        kind: "person",
        name,
        arn: everyUserArn(identity).replace("*", name),
        tags: {},
        policies: [],
      };
      const user = byName.get(name) ?? absent;
      const mentioned = [placed.role.trust, ...user.policies].some((policy) => mentionsName(policy, name));
      const caller = provenUserCaller(user, "with MFA");
      const kind = JSON.stringify([
        kindOf(placed, caller, name, wanted),
        user.policies.map(numberOf),
        ...(mentioned ? [name] : []),
      ]);
      const known = alike.get(kind);
      if (known === undefined) alike.set(kind, { user, wanted, count: 1 });
      else known.count += 1;
    }
    for (const { user, wanted, count } of alike.values()) {
      yield {
        about: `${user.name}${count === 1 ? "" : ` and ${String(count - 1)} alike`} in ${placedRoleTitle(placed)}`,
        setting: {
          permissions: user,
          resourcePolicy: placed.role.trust,
          resourceAccount: placed.account.id,
        },
        finds: "denied",
        breaches: (prover) => {
          const caller = provenUserCaller(user, "with MFA");
          const [access] = requestsAllowedThrough(
            placed.role.trust,
            placed.account.id,
            caller,
            onlyFor("sts:AssumeRole", user),
          );
          if (access === undefined) return [];
          return wanted.flatMap((set) => prover.refused(access, { ...set, resources: placed.role.arn }));
        },
      };
    }
  }
}

const speakOf = new WeakMap<ParsedPolicy, ParsedPolicy>();

/** Without the statements that do not speak of assuming roles: most of what people have. */
function onlyFor(action: "sts:AssumeRole", { policies, boundary }: AttachedPolicies): AttachedPolicies {
  const narrowed = policies.map((policy) => {
    const known = speakOf.get(policy);
    if (known !== undefined) return known;
    const some = { ...policy, statements: policy.statements.filter((one) => coversAction(one, action)) };
    speakOf.set(policy, some);
    return some;
  });
  return { policies: narrowed, ...(boundary && { boundary }) };
}

/** Who else may get into a role that is no person's, each with what their requests have to carry. */
interface Guest {
  readonly account?: string;
  readonly principal?: string;
  readonly when: RequestSet["when"];
  /** Whether they tag their sessions: by tags of sessions, a policy could tell them from others. */
  readonly tagsSessions?: true;
}

const BECOMING = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"] as const;

const LABEL = /^(task|function|instance|pod|database)-(.+)$/;
const RUNTIME_ROLES = ["task", "function", "instance", "pod"] as const;

/** The service of AWS that runs a role's code; where it says for what, what it says. */
function runtimeGuests(
  kind: string | undefined,
  service: string,
  account: ProvenAccount,
  { organization: { region }, workloads }: Model,
): readonly Guest[] {
  switch (kind) {
    case "task":
      return [
        {
          principal: "ecs-tasks.amazonaws.com",
          when: {
            StringEquals: { "aws:SourceAccount": account.id },
            ArnLike: { "aws:SourceArn": `arn:aws:ecs:${region}:${account.id}:*` },
          },
        },
      ];
    // AWS does not say for which function or machine: decisions 14 and 109.
    case "function":
      return [{ principal: "lambda.amazonaws.com", when: {} }];
    case "instance":
      return [{ principal: "ec2.amazonaws.com", when: {} }];
    case "pod":
      return workloads.flatMap((workload) =>
        workload.service === service &&
        workload.environment === account.environment &&
        workload.runsOn === "eks"
          ? [
              {
                principal: "pods.eks.amazonaws.com",
                when: {
                  StringEquals: {
                    "aws:SourceAccount": account.id,
                    "aws:RequestTag/kubernetes-namespace": workload.pod.namespace,
                    "aws:RequestTag/kubernetes-service-account": workload.pod.serviceAccount,
                  },
                  ArnEquals: {
                    "aws:SourceArn": `arn:aws:eks:${region}:${account.id}:cluster/${workload.pod.cluster}`,
                  },
                },
                tagsSessions: true,
              },
            ]
          : [],
      );
    case undefined:
    default:
      return [];
  }
}

function guestsOf({ account, role }: PlacedProvenRole, { model }: ProofInput): readonly Guest[] {
  const { organization, partners } = model;
  switch (role.kind) {
    case "people":
      return [{ account: organization.identity.id, when: {} }];
    case "partner":
      return partners
        .filter(({ name }) => PARTNER_ROLES.some((one) => role.label === `${one}-${name}`))
        .map((partner) => ({
          account: partner.account,
          when: { StringEquals: { "sts:ExternalId": partner.externalId } },
        }));
    case "service": {
      const [, kind, service = ""] = LABEL.exec(role.label) ?? [];
      const placed = organization.accounts.find(({ key }) => key === account.key);
      if (placed === undefined) return [];
      if (kind !== "database") return runtimeGuests(kind, service, account, model);
      const runtimes = RUNTIME_ROLES.map(
        (one) =>
          `arn:aws:iam::${account.id}:role/workloads/${workloadRoleName(organization, one, service, placed)}`,
      );
      return [{ account: account.id, when: { ArnEquals: { "aws:PrincipalArn": runtimes } } }];
    }
    case "pipeline": {
      const placed = organization.accounts.find(({ key }) => key === account.key);
      const named = PIPELINE_ROLE_NAMES.find((one) => one === role.label);
      if (placed === undefined || named === undefined || organization.pipeline === undefined) return [];
      if (organization.pipeline.kind === "users") {
        const user = pipelineUserArn(organization, named, placed);
        return [{ account: account.id, when: { ArnEquals: { "aws:PrincipalArn": user } } }];
      }
      if (organization.pipeline.kind === "oidc") {
        const { issuer: url, audience, subjects } = organization.pipeline;
        const admitted = named === "Preview" ? subjects.preview : subjects.deploy;
        return [
          {
            principal: identityProviderArn(placed, url),
            when: {
              StringEquals: {
                [`${url}:aud`]: audience,
                [`${url}:sub`]: admitted.map((subject) => subject.replaceAll(STACK_PLACEHOLDER, account.key)),
              },
            },
          },
        ];
      }
      const issuer = GITHUB_ISSUER;
      const [owner = "", name = ""] = organization.pipeline.repository.split("/");
      const repositories = [`repo:${owner}/${name}:*`, `repo:${owner}@*/${name}@*:*`];
      const branch = `refs/heads/${organization.pipeline.branch}`;
      return [
        {
          principal: identityProviderArn(placed, issuer),
          when: {
            StringEquals: {
              [`${issuer}:aud`]: "sts.amazonaws.com",
              ...(named === "Deploy" && { [`${issuer}:ref`]: branch }),
            },
            StringLike: {
              [`${issuer}:sub`]:
                named === "Preview"
                  ? repositories
                  : repositories.map((one) =>
                      one.replace(/\*$/, named === "Deploy" ? `environment:${account.key}` : `ref:${branch}`),
                    ),
            },
          },
        },
      ];
    }
    case "other":
      return [{ account: account.id, when: {} }];
  }
}

function* onlyGuests(input: ProofInput): Iterable<Claim> {
  for (const placed of everyRole(input)) {
    const { role } = placed;
    const guests = guestsOf(placed, input);
    const apartFrom = (some: readonly Guest[]): readonly RequestSet[] =>
      some.map(({ when, tagsSessions }) => ({
        actions: role.kind === "other" ? "sts:*" : [...BECOMING, ...(tagsSessions ? ["sts:TagSession"] : [])],
        ...(when && { when }),
      }));
    yield {
      about: placedRoleTitle(placed),
      setting: trustSetting(placed),
      finds: "allowed",
      breaches: (prover) => [
        ...accountsThatCouldEnter(input, role.trust).flatMap((id) =>
          letIn(prover, placed, anybodyInAccount(id, `anybody of ${id}`), {
            apartFrom: apartFrom(guests.filter(({ account }) => account === id)),
          }),
        ),
        ...usersAndRolesNamedIn(role.trust).flatMap((caller) =>
          letIn(prover, placed, caller, {
            apartFrom: apartFrom(guests.filter(({ account }) => account === caller.accountId)),
          }),
        ),
        ...principalsNamedIn(role.trust)
          // Roles that AWS itself made for a service of its own are that service's.
          .filter(() => role.kind !== "other")
          .flatMap((caller) =>
            letIn(prover, placed, caller, {
              apartFrom: apartFrom(guests.filter(({ principal }) => principal === caller.principal?.value)),
            }),
          ),
      ],
    };
  }
}

/** What trusts must and must not let in. */
export const TRUSTS: readonly Invariant[] = [
  {
    id: "trusts-admit-holders-only",
    says: "A role's trust admits nobody but its holders in the roster, with MFA entered lately, under their own name, between their dates.",
    source:
      "DESIGN section 4; MenoTime: MFA mandatory for all access; access review: nobody beyond the roster",
    claims: onlyHolders,
  },
  {
    id: "trusts-admit-every-holder",
    says: "Everybody who holds a role in the roster gets in, with MFA entered lately, between their dates.",
    source: "DESIGN section 4",
    claims: everyHolder,
  },
  {
    id: "accounts-are-reached-by-trusts-of-the-roster",
    says: "Nobody of one account, no partner, service or pipeline gets into a role of another but as the organization and the roster say; of these, pods alone tag their sessions. Roles that AWS's services made for themselves admit their service.",
    source: "DESIGN section 4; https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    claims: onlyGuests,
  },
];
