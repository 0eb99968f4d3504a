import type {
  AuthorizationDetails,
  GroupDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from "../../aws/snapshot/authorization-details";
import type { LiveRole } from "../../aws/live-account";
import { PassedOverCollector } from "../../aws/passed-over";
import type { RoleRule } from "../../aws/role-rule";
import { rolesOfServices } from "../../aws/roles-of-services";
import { rolesThatPass } from "../../aws/roles-that-pass";
import type { AccountBlueprint } from "../../documents/blueprint";
import { OPS_PATH } from "../../documents/permissions/iam-paths";
import { servicePolicies, serviceRoles } from "../../documents/service-roles";
import { isSameDocument, parseDocument, type Statement } from "../../documents/statement";
import type { Account, Organization } from "../../model/account";
import { addSeconds } from "../../model/dates";
import { PEOPLE_PATH, PIPELINE_PATH, quarantinePolicyArn } from "../../model/names";
import { differenceLines } from "../../text/difference-lines";
import { shellWord } from "../../text/shell-word";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy, FoundInAccount } from "../review-finding";
import { ShutOut } from "./shut-out";

const NOT_DEPLOYED =
  "Whether somebody changed it by hand, or nobody has deployed the roster yet: npm run drift tells.";
const DEPLOY = "The next deployment undoes what was changed by hand, and makes what is not there yet.";

/** What the roster makes of a role, as far as a snapshot has it. */
interface ExpectedRole {
  readonly name: string;
  readonly path?: string;
  readonly trust: { readonly text: string };
  readonly policies: readonly { readonly arn: string }[];
  readonly boundary?: { readonly arn: string };
  readonly sessionSeconds?: number;
}

/** What the roster makes of an account. */
interface Expected {
  readonly roles: ReadonlyMap<string, ExpectedRole>;
  readonly groups: ReadonlyMap<string, readonly { readonly arn: string }[]>;
  /** Groups by user. */
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** Tags by person. */
  readonly tags: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Text by ARN. */
  readonly policies: ReadonlyMap<string, string>;
}

function expectedOf(organization: Organization, blueprint: AccountBlueprint): Expected {
  const { roles, partnerRoles, workloadRoles, pipeline, people } = blueprint;
  const all = [...roles, ...partnerRoles, ...workloadRoles, ...(pipeline?.roles ?? [])];
  const groups = [...(people?.groups ?? []), ...(pipeline?.users ?? []).map(({ group }) => group)];
  const names = [...(people?.users ?? []), ...(pipeline?.users ?? [])].map(({ name }) => name);
  const memberships = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { name, members } of groups) for (const member of members) memberships.get(member)?.push(name);
  const policies = [
    ...all.flatMap(({ policies: own, boundary }) => [...own, ...(boundary ? [boundary] : [])]),
    ...groups.flatMap((group) => group.policies),
  ];
  return {
    roles: new Map(all.map((role) => [role.name, role])),
    groups: new Map(groups.map((group) => [group.name, group.policies])),
    users: memberships,
    tags: new Map((people?.users ?? []).map(({ name, tags }) => [name, tags])),
    policies: new Map(
      [
        ...policies.flatMap((policy) => (policy.kind === "customer" ? [policy] : [])),
        ...servicePolicies(organization, blueprint),
      ].map(({ arn, text }) => [arn, text]),
    ),
  };
}

/** `*`, or all of a service: `s3:*`. */
const isWide = (action: string): boolean => action === "*" || /^[\w-]+:\*$/.test(action);

const isWildcard = ({ effect, actions, notActions, resources, notResources }: Statement): boolean =>
  effect === "Allow" &&
  (actions.some(isWide) || notActions.length > 0) &&
  (resources.includes("*") || notResources.length > 0);

const hasWildcard = (document: string): boolean => (parseDocument(document) ?? []).some(isWildcard);

/** Whether a document has a wildcard that another, the roster's, does not have in the same words. */
function hasOtherWildcard(expected: string, found: string): boolean {
  const wordsOf = (document: string): readonly string[] =>
    (parseDocument(document) ?? []).filter(isWildcard).map((statement) => JSON.stringify(statement));
  const known = new Set(wordsOf(expected));
  return wordsOf(found).some((words) => !known.has(words));
}

const statementWords = (document: string): readonly string[] =>
  (parseDocument(document) ?? [{ label: "it is no policy document that this program can read" }]).map(
    (statement) =>
      "effect" in statement
        ? `statement ${statement.label}: ${statement.effect} ${[
            ...statement.actions,
            ...statement.notActions.map((action) => `everything but ${action}`),
          ].join(
            ", ",
          )} on ${[...statement.resources, ...statement.notResources.map((one) => `everything but ${one}`)].join(", ")}`
        : statement.label,
  );

const words = (expected: readonly string[], found: readonly string[]): readonly string[] => [
  ...found.filter((one) => !expected.includes(one)).map((one) => `+ ${one}`),
  ...expected.filter((one) => !found.includes(one)).map((one) => `- ${one}`),
];

const liveRole = ({ boundary, ...role }: RoleDetail): LiveRole => ({
  ...role,
  ...(boundary !== undefined && { boundary }),
});

const tagWords = (tags: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(tags).map(([key, value]) => `${key}=${value}`);

/** Self-service lets people describe their own access keys, in tags that the keys' ids name. */
const isKeyDescription = (tag: string): boolean => /^AKIA[A-Z0-9]+=/.test(tag);

type Holder = UserDetail | GroupDetail | RoleDetail;
type HolderKind = "user" | "group" | "role";

const detachment = (kind: HolderKind, name: string, arn: string): string =>
  `aws iam detach-${kind}-policy --${kind}-name ${shellWord(name)} --policy-arn ${shellWord(arn)}`;

const inlineDeletion = (kind: HolderKind, name: string, policy: string): string =>
  `aws iam delete-${kind}-policy --${kind}-name ${shellWord(name)} --policy-name ${shellWord(policy)}`;

/** No stack lists what users have attached, so a deployment detaches nothing from them. */
const userDetachment = (name: string, differing: readonly string[]) =>
  ({
    kind: "command",
    words: "Detach it, which pulumi up does not; grant what somebody needs in the roster.",
    commands: differing.map((line) => detachment("user", name, line.slice(2))),
  }) as const;

/** `offboard` closes the access of everybody whom the roster names, under `departed` too. */
const outsiderEdit = (name: string) =>
  ({
    kind: "edit",
    words: `If they belong here, write them into src/roster.ts. Otherwise their name goes under departed; then npm run offboard -- ${name} --now closes the user.`,
    changes: [{ kind: "departed", person: name }],
  }) as const;

/** In a workload account nobody has a user, and `offboard` looks for none. */
const outsiderCommands = ({ name, groups, attached, inline }: UserDetail, words: string) =>
  ({
    kind: "command",
    words,
    commands: [
      `aws iam list-access-keys --user-name ${shellWord(name)}`,
      `aws iam list-mfa-devices --user-name ${shellWord(name)}`,
      ...groups.map(
        (group) =>
          `aws iam remove-user-from-group --user-name ${shellWord(name)} --group-name ${shellWord(group)}`,
      ),
      ...attached.map((arn) => detachment("user", name, arn)),
      ...inline.map((policy) => inlineDeletion("user", name, policy.name)),
      `aws iam delete-user --user-name ${shellWord(name)}`,
    ],
  }) as const;

/** Compares everything in an account's IAM with what the roster asks for. */
class Comparison {
  readonly findings: FoundBy[] = [];
  private readonly expected: Expected;
  private readonly rules: readonly RoleRule[];
  private readonly passed = new Set<string>();
  private readonly passedOver = new PassedOverCollector();

  constructor(
    private readonly organization: Organization,
    private readonly account: Account,
    blueprint: AccountBlueprint,
    private readonly details: AuthorizationDetails,
    private readonly shutOut: ShutOut,
  ) {
    this.expected = expectedOf(organization, blueprint);
    this.rules = [
      ...rolesThatPass(organization, account),
      ...rolesOfServices(serviceRoles(organization, blueprint)),
    ];
  }

  all(): readonly FoundBy[] {
    this.roles();
    for (const group of this.details.groups) this.group(group);
    for (const user of this.details.users) this.user(user);
    for (const policy of this.details.policies) this.policy(policy);
    return this.findings;
  }

  /** Lists the roles that may exist beside the roster's, a row for each kind. */
  get passedRows(): readonly (readonly string[])[] {
    return this.passedOver.all.map(({ kind, reason, names }) => [
      this.account.key,
      kind,
      names.join(", "),
      reason,
    ]);
  }

  private get deployment() {
    return {
      kind: "command",
      words: DEPLOY,
      commands: ["npm run drift", `pulumi up -s ${this.account.key} --refresh`],
    } as const;
  }

  private add(found: FoundInAccount): void {
    this.findings.push({ ...found, account: this.account.key });
  }

  /** The holder in whose rows a finding stands. */
  private concerned(kind: HolderKind, name: string): Pick<FoundBy, "person" | "principal"> {
    if (kind === "group") return {};
    return {
      principal: { kind, name },
      ...(kind === "user" && this.expected.tags.has(name) && { person: name }),
    };
  }

  private roles(): void {
    for (const role of this.details.roles) {
      const expected = this.expected.roles.get(role.name);
      if (expected !== undefined) {
        this.knownRole(role, expected);
        continue;
      }
      const live = liveRole(role);
      const rule = this.rules.find((one) => one.claims(live));
      const faults = rule?.faults(live);
      if (rule !== undefined && faults?.length === 0) {
        this.passed.add(role.name);
        this.passedOver.add(rule, role.name);
        continue;
      }
      this.add({
        rule: "role-outside-roster",
        subject: role.name,
        message: `The role ${role.name} is in ${this.account.key} and not in the roster.`,
        evidence: [
          ...(faults ?? []),
          ...differenceLines("", role.trust).slice(0, 2),
          ...role.attached.map((arn) => `has ${arn}`),
        ],
        fix: {
          kind: "command",
          words:
            "If it is needed, write it into src/workloads.ts, or make it under /ops/; otherwise delete it. Of what it still has, IAM asks first.",
          commands: [
            ...role.attached.map((arn) => detachment("role", role.name, arn)),
            ...role.inline.map((policy) => inlineDeletion("role", role.name, policy.name)),
            `aws iam delete-role --role-name ${shellWord(role.name)}`,
          ],
        },
        undecidable: "What it is for.",
      });
      this.inline("role", role);
    }
  }

  private knownRole(role: RoleDetail, expected: ExpectedRole): void {
    this.path("role", role, expected.path ?? "/");
    if (!isSameDocument(role.trust, expected.trust.text)) {
      this.add({
        rule: "trust-differs",
        subject: role.name,
        principal: { kind: "role", name: role.name },
        message: `The trust of ${role.name} differs from the roster's.`,
        evidence: differenceLines(expected.trust.text, role.trust),
        fix: this.deployment,
        undecidable: NOT_DEPLOYED,
      });
    }
    this.attachments(
      "role",
      role,
      expected.policies.map(({ arn }) => arn),
    );
    this.boundary("role", role.name, role.boundary, expected.boundary?.arn);
    this.inline("role", role);
  }

  private group(group: GroupDetail): void {
    const expected = this.expected.groups.get(group.name);
    this.attachments("group", group, expected?.map(({ arn }) => arn) ?? []);
    this.inline("group", group);
  }

  private user(user: UserDetail): void {
    const groups = this.expected.users.get(user.name);
    if (groups === undefined) {
      const isDenied = this.account.isIdentity && this.shutOut.has(user.name);
      this.add({
        rule: "user-outside-roster",
        subject: user.name,
        message: `The user ${user.name} is in ${this.account.key} and not in the roster.`,
        evidence: [
          `${user.arn}${user.createdAt === undefined ? "" : `, made ${user.createdAt}`}`,
          ...user.groups.map((group) => `member of ${group}`),
          ...user.attached.map((arn) => `has ${arn}`),
          ...(isDenied ? ["denied everything, as npm run offboard --now does"] : []),
        ],
        fix: this.outsiderFix(user, isDenied),
        undecidable: "Who made it: the account's trail tells.",
      });
      this.inline("user", user);
      return;
    }
    const differing = words(groups, user.groups);
    if (differing.length > 0) {
      this.add({
        rule: "membership-differs",
        subject: user.name,
        ...this.concerned("user", user.name),
        message: `The groups of ${user.name} differ from the roster's.`,
        evidence: differing,
        fix: this.deployment,
        undecidable: NOT_DEPLOYED,
      });
    }
    this.path("user", user, this.expected.tags.has(user.name) ? PEOPLE_PATH : PIPELINE_PATH);
    this.tags(user);
    this.attachments("user", { name: user.name, attached: this.quarantine(user) }, []);
    this.boundary("user", user.name, user.boundary, undefined);
    this.inline("user", user);
  }

  private outsiderFix(user: UserDetail, isDenied: boolean) {
    const byHand = "IAM deletes a user without keys, devices and password alone: list those first.";
    if (isDenied)
      return outsiderCommands(
        user,
        `Their name stays under departed. The next deployment of ${this.account.key} deletes the user where its stack has it; another goes by hand. ${byHand}`,
      );
    return this.account.isIdentity
      ? outsiderEdit(user.name)
      : outsiderCommands(user, `People have no users in this account. ${byHand}`);
  }

  /** Reports a person to whom the quarantine policy denies everything; the rest of their user is reported separately. */
  private quarantine({ name, attached }: UserDetail): readonly string[] {
    const arn = quarantinePolicyArn(this.organization, this.account);
    if (!this.expected.tags.has(name) || !attached.includes(arn)) return attached;
    this.add({
      rule: "quarantined",
      subject: name,
      person: name,
      principal: { kind: "user", name },
      message: `${name} is in quarantine: a policy on the user denies it everything.`,
      evidence: [`+ ${arn}`],
      fix: {
        kind: "command",
        words:
          "Look at the finding of GuardDuty first, and replace what was stolen. Then this ends the quarantine; pulumi up does not.",
        commands: [`npm run offboard -- ${shellWord(name)} --undo`],
      },
      undecidable:
        "Which finding it answers, and whether the automation attached it: the account's trail tells.",
    });
    return attached.filter((one) => one !== arn);
  }

  /** Further attachments are reported with their policy, once for all holders; those of AWS's policies are reported here. */
  private attachments(
    kind: HolderKind,
    { name, attached }: { readonly name: string; readonly attached: readonly string[] },
    expected: readonly string[],
  ): void {
    const differing = words(expected, attached).filter(
      (line) =>
        line.startsWith("- ") ||
        line.startsWith("+ arn:aws:iam::aws:") ||
        this.expected.policies.has(line.slice(2)),
    );
    if (differing.length === 0) return;
    this.add({
      rule: "policy-differs",
      subject: `${kind} ${name}`,
      ...this.concerned(kind, name),
      message: `The policies of the ${kind} ${name} differ from the roster's.`,
      evidence: differing,
      fix: kind === "user" ? userDetachment(name, differing) : this.deployment,
      ...(kind !== "user" && { undecidable: NOT_DEPLOYED }),
    });
  }

  /** Trusts read people's tags. */
  private tags({ name, tags }: UserDetail): void {
    const expected = this.expected.tags.get(name);
    if (expected === undefined) return;
    const found = tagWords(tags).filter((tag) => !isKeyDescription(tag));
    const differing = words(tagWords(expected), found);
    if (differing.length === 0) return;
    this.add({
      rule: "policy-differs",
      subject: `tags of user ${name}`,
      person: name,
      message: `The tags of the user ${name} differ from the roster's; trusts read some of them.`,
      evidence: differing,
      fix: this.deployment,
      undecidable: NOT_DEPLOYED,
    });
  }

  private boundary(
    kind: HolderKind,
    name: string,
    found: string | undefined,
    expected: string | undefined,
  ): void {
    if (found === expected) return;
    this.add({
      rule: "policy-differs",
      subject: `boundary of ${kind} ${name}`,
      ...this.concerned(kind, name),
      message: `The boundary of the ${kind} ${name} differs from the roster's.`,
      evidence: [`+ ${found ?? "none"}`, `- ${expected ?? "none"}`],
      fix: this.deployment,
      undecidable: NOT_DEPLOYED,
    });
  }

  /** Trusts and policies name people and roles by ARNs, which have the path. */
  private path(kind: "user" | "role", { name, path }: UserDetail | RoleDetail, expected: string): void {
    if (path === expected) return;
    this.add({
      rule: "policy-differs",
      subject: `path of ${kind} ${name}`,
      ...this.concerned(kind, name),
      message: `The ${kind} ${name} is under the path ${path}, and the roster makes it under ${expected}.`,
      evidence: [`+ ${path}`, `- ${expected}`],
      fix: this.deployment,
      undecidable: NOT_DEPLOYED,
    });
  }

  private inline(kind: HolderKind, { name, inline }: Holder): void {
    for (const policy of inline) {
      if (this.isOfOffboarding(kind, name, policy)) continue;
      const isWildcardPolicy = hasWildcard(policy.document);
      this.add({
        rule: isWildcardPolicy ? "wildcard-permission" : "inline-policy",
        subject: `${kind} ${name} ${policy.name}`,
        ...this.concerned(kind, name),
        message: `The ${kind} ${name} has the inline policy ${policy.name}.`,
        evidence: statementWords(policy.document),
        fix: {
          kind: "command",
          words: "Delete it; grant what somebody needs in the roster.",
          commands: [inlineDeletion(kind, name, policy.name)],
        },
      });
    }
  }

  /** Whether a policy is one of `offboard --now`, which is found by whom it shuts out; of sessions alone, it is found here. */
  private isOfOffboarding(kind: HolderKind, name: string, policy: Holder["inline"][number]): boolean {
    if (kind === "user") {
      const isPipelines = this.expected.users.has(name) && !this.expected.tags.has(name);
      return this.account.isIdentity && !isPipelines && this.shutOut.deniesUser(name, policy);
    }
    const denied = kind === "role" ? this.shutOut.deniedSessions(policy) : undefined;
    const seconds = this.expected.roles.get(name)?.sessionSeconds;
    if (denied === undefined || seconds === undefined) return false;
    const { person, before } = denied;
    if (!this.shutOut.has(person)) {
      this.add({
        rule: "inline-policy",
        subject: `role ${name} ${policy.name}`,
        ...this.concerned("role", name),
        message: `The role ${name} denies sessions of ${person} that began before ${before}, as npm run offboard --now has it do.`,
        evidence: statementWords(policy.document),
        fix: {
          kind: "command",
          words: `The next deployment takes it off. Sessions that it denies may be open until ${addSeconds(before, seconds)}.`,
          commands: [`pulumi up -s ${this.account.key} --refresh`],
        },
      });
    }
    return true;
  }

  private policy({ arn, name, path, isAwsManaged, inForce }: PolicyDetail): void {
    if (isAwsManaged) return;
    const text = this.expected.policies.get(arn);
    if (text !== undefined) {
      if (isSameDocument(inForce.document, text)) return;
      const isWidened = hasOtherWildcard(text, inForce.document);
      this.add({
        rule: isWidened ? "wildcard-permission" : "policy-differs",
        subject: `policy ${name}`,
        message: `The policy ${name} differs from the roster's.`,
        evidence: differenceLines(text, inForce.document),
        fix: this.deployment,
        undecidable: NOT_DEPLOYED,
      });
      return;
    }
    const holders = this.holdersOf(arn);
    if (path.startsWith(OPS_PATH) && holders.every(({ passes }) => passes)) return;
    this.add({
      rule: hasWildcard(inForce.document) ? "wildcard-permission" : "policy-outside-roster",
      subject: `policy ${name}`,
      message: `The policy ${name} is in ${this.account.key} and not in the roster.`,
      evidence: [
        ...statementWords(inForce.document),
        ...(holders.length === 0 ? ["attached to nobody"] : holders.map((one) => one.words)),
      ],
      fix: {
        kind: "command",
        words:
          "If it is needed, write it into src/workloads.ts, or make it under /ops/; otherwise detach and delete it.",
        commands: [
          ...holders.map(({ detach }) => detach),
          `aws iam delete-policy --policy-arn ${shellWord(arn)}`,
        ],
      },
    });
  }

  private holdersOf(
    arn: string,
  ): readonly { readonly words: string; readonly passes: boolean; readonly detach: string }[] {
    const { users, groups, roles } = this.details;
    const of = (kind: HolderKind, all: readonly Holder[]) =>
      all
        .filter((one) => one.attached.includes(arn) || ("boundary" in one && one.boundary === arn))
        .map(({ name, attached }) => ({
          words: `attached to ${kind} ${name}`,
          passes: kind === "role" && this.passed.has(name),
          detach: attached.includes(arn)
            ? detachment(kind, name, arn)
            : `aws iam delete-${kind}-permissions-boundary --${kind}-name ${shellWord(name)}`,
        }));
    return [...of("user", users), ...of("group", groups), ...of("role", roles)];
  }
}

/** Wildcards that the roster's own documents have, each with its statement: the program and its commits have the reasons. */
function ownWildcards({ accounts, blueprints }: ReviewContext): readonly (readonly string[])[] {
  const keys = new Set(accounts.map(({ key }) => key));
  return blueprints.flatMap(({ account, roles, partnerRoles, workloadRoles, pipeline, people }) => {
    if (!keys.has(account.key)) return [];
    const holders = [
      ...roles,
      ...partnerRoles,
      ...workloadRoles,
      ...(pipeline?.roles ?? []),
      ...(people?.groups ?? []),
    ];
    return holders.flatMap(({ name, policies }) =>
      policies.flatMap((policy) =>
        policy.kind === "customer"
          ? (parseDocument(policy.text) ?? [])
              .filter(isWildcard)
              .map((statement) => [
                account.key,
                name,
                policy.name,
                statement.label,
                [
                  ...statement.actions.filter(isWide),
                  ...statement.notActions.map((one) => `all but ${one}`),
                ].join(" "),
                statement.conditions.length > 0 ? "under conditions" : "",
              ])
          : [],
      ),
    );
  });
}

/** What IAM holds in the accounts against the roster: users, roles, trusts, groups, policies, whole. */
export function documentCheck(context: ReviewContext): CheckResult {
  const { accounts, model, blueprints, evidence } = context;
  const shutOut = new ShutOut(context);
  const comparisons = accounts.flatMap((account) => {
    const details = evidence.section(account.key, "authorizationDetails");
    const blueprint = blueprints.find((one) => one.account.key === account.key);
    if (details === undefined || blueprint === undefined) return [];
    return [new Comparison(model.organization, account, blueprint, details, shutOut)];
  });
  const differing = comparisons.flatMap((comparison) => comparison.all());
  return checkResult({
    findings: [...differing, ...shutOut.findings()],
    undecidable: missingLines(context, accounts, "authorizationDetails"),
    tables: [
      {
        title: "Wildcards in the roster's own documents, AWS's policies aside",
        head: ["account", "whose", "policy", "statement", "actions", "limits"],
        rows: ownWildcards(context),
      },
      {
        title: "Roles beside the roster that may be there",
        head: ["account", "kind", "roles", "why, and what nobody compared"],
        rows: comparisons.flatMap(({ passedRows }) => passedRows),
      },
    ],
  });
}
