import type { AccessKey } from "../../aws/snapshot/user-credentials";
import { ROOT_ACCOUNT } from "../../aws/snapshot/mfa-device";
import { CATEGORIES } from "../../model/categories";
import { secondsBetween, type Instant } from "../../model/dates";
import { hasLeft, type Person } from "../../model/person";
import { count } from "../../model/problems";
import { shellWord } from "../../text/shell-word";
import { SECONDS_A_DAY } from "../cadence";
import type { UserEvidence } from "../evidence";
import { examination, missingLines, type Examination, type ReviewContext } from "../examination";
import type { FoundBy } from "../finding";

/** `unusedIsDisabled` of src/model/cis.ts. */
export const UNUSED_DAYS = 45;
/** `keysAreRotated` of src/model/cis.ts, for users who are no people of the roster. */
export const MACHINE_KEY_DAYS = 90;

const SECONDS_AN_HOUR = 3_600;

/** Whole days from one instant to another. */
export const daysBetween = (from: Instant, until: Instant): number =>
  Math.floor(secondsBetween(from, until) / SECONDS_A_DAY);

const day = (instant: Instant): string => instant.slice(0, 10);

const usedWords = (lastUsed: Instant | undefined): string =>
  lastUsed === undefined ? "never used, as far as IAM remembers" : `last used ${day(lastUsed)}`;

/** A credential is unused since its last use, or since it was made. */
const isUnused = (made: Instant | undefined, lastUsed: Instant | undefined, now: Instant): boolean => {
  const since = lastUsed ?? made;
  return since !== undefined && daysBetween(since, now) >= UNUSED_DAYS;
};

interface Holder {
  readonly account: string;
  readonly user: string;
  readonly person?: string;
  /** Days after which a credential is due, and whose days these are. */
  readonly days: number;
  readonly rule: string;
}

function keyFinding(
  { account, user, person, days, rule }: Holder,
  key: AccessKey,
  now: Instant,
): readonly FoundBy[] {
  const { id, createdAt, lastUsed } = key;
  const age = createdAt === undefined ? undefined : daysBetween(createdAt, now);
  const isOverdue = age !== undefined && age > days;
  const unused = isUnused(createdAt, lastUsed?.at, now);
  if (!isOverdue && !unused) return [];
  const evidence = [
    ...(createdAt === undefined
      ? []
      : [`made ${day(createdAt)}, ${count(age ?? 0, "day")} ago; ${rule}: ${count(days, "day")}`]),
    usedWords(lastUsed?.at),
  ];
  return [
    {
      rule: isOverdue ? "key-overdue" : "credential-unused",
      account,
      subject: `${user} ${id}`,
      ...(person !== undefined && { person }),
      message: isOverdue
        ? `The access key ${id} of ${user} is ${count(age, "day")} old.`
        : `The access key ${id} of ${user} has not been used for ${String(UNUSED_DAYS)} days.`,
      evidence,
      fix: {
        kind: "command",
        words: unused ? "Deactivate it." : `${user} makes a new key, and then deactivates this one.`,
        commands: [
          ...(unused ? [] : [`aws iam create-access-key --user-name ${shellWord(user)}`]),
          `aws iam update-access-key --user-name ${shellWord(user)} --access-key-id ${shellWord(id)} --status Inactive`,
        ],
      },
    },
  ];
}

function passwordFinding(
  { account, user, person, days, rule }: Holder,
  users: UserEvidence,
  now: Instant,
): readonly FoundBy[] {
  const report = users.report(user);
  if (users.of(user)?.password === undefined || report === undefined) return [];
  const { passwordLastChanged, passwordLastUsed } = report;
  const age = passwordLastChanged === undefined ? undefined : daysBetween(passwordLastChanged, now);
  const isOverdue = age !== undefined && age > days;
  const unused = isUnused(passwordLastChanged, passwordLastUsed, now);
  if (!isOverdue && !unused) return [];
  return [
    {
      rule: isOverdue ? "password-overdue" : "credential-unused",
      account,
      subject: `${user} password`,
      ...(person !== undefined && { person }),
      message: isOverdue
        ? `The password of ${user} is ${count(age, "day")} old.`
        : `The password of ${user} has not been used for ${String(UNUSED_DAYS)} days.`,
      evidence: [
        ...(age === undefined ? [] : [`changed ${count(age, "day")} ago; ${rule}: ${count(days, "day")}`]),
        usedWords(passwordLastUsed),
      ],
      fix: unused
        ? {
            kind: "command",
            words: `Ask whether ${user} needs it; nobody brings a deleted password back.`,
            commands: [`aws iam delete-login-profile --user-name ${shellWord(user)}`],
          }
        : {
            kind: "command",
            words: `${user} changes it, or has to at the next sign-in.`,
            commands: [
              `aws iam update-login-profile --user-name ${shellWord(user)} --password-reset-required`,
            ],
          },
    },
  ];
}

function mfaFinding({ account, user, person }: Holder, users: UserEvidence): readonly FoundBy[] {
  if (!users.canSignIn(user) || users.mfa(user).length > 0) return [];
  const own = users.of(user);
  return [
    {
      rule: "mfa-missing",
      account,
      subject: user,
      ...(person !== undefined && { person }),
      message: `${user} can sign in and has no MFA device.`,
      evidence: [
        ...(own?.password === undefined ? [] : ["a console password"]),
        ...users.activeKeys(user).map(({ id }) => `the active access key ${id}`),
      ],
      fix: {
        kind: "step",
        words: `${user} enrols a device at the next sign-in: nothing else is allowed without one.`,
      },
    },
  ];
}

function leaverFinding(person: Person, account: string, users: UserEvidence, hasPower: boolean): FoundBy {
  const { name, contract, terms } = person;
  const own = users.of(name);
  return {
    rule: "left-with-credentials",
    account,
    subject: name,
    person: name,
    message: `${contract === undefined ? name : `The contractor ${name}`} left at ${String(terms.until)} and can still sign in.`,
    evidence: [
      ...(own?.password === undefined ? [] : ["a console password"]),
      ...users.activeKeys(name).map(({ id }) => `the active access key ${id}`),
    ],
    fix: {
      kind: "edit",
      words: `First: npm run offboard -- ${name} --now. Then they leave the roster; what else names them does not compile.`,
      changes: [
        { kind: "entry", person: name },
        ...(hasPower ? [{ kind: "power", person: name } as const] : []),
        { kind: "departed", person: name },
      ],
    },
  };
}

/** Passwords, keys and devices of everybody whom the roster has in an account, against their category and their use. */
function ofAccount({ model, blueprints, evidence, now }: ReviewContext, key: string): readonly FoundBy[] {
  const users = evidence.credentials(key);
  const blueprint = blueprints.find(({ account }) => account.key === key);
  const people = new Map(model.people.map((person) => [person.name, person]));
  const areDevicesKnown = evidence.section(key, "mfaDevices") !== undefined;
  const ofPeople = (blueprint?.people?.users ?? []).flatMap(({ name }): readonly FoundBy[] => {
    const person = people.get(name);
    if (person === undefined || users.of(name) === undefined) return [];
    if (hasLeft(person, now))
      return users.canSignIn(name)
        ? [leaverFinding(person, key, users, model.power.includes(person.name))]
        : [];
    const { rotationDays, person: words } = CATEGORIES[person.category];
    const holder = {
      account: key,
      user: name,
      person: name,
      days: rotationDays,
      rule: `allowed for ${words}`,
    };
    return [
      ...(areDevicesKnown ? mfaFinding(holder, users) : []),
      ...passwordFinding(holder, users, now),
      ...users.activeKeys(name).flatMap((accessKey) => keyFinding(holder, accessKey, now)),
    ];
  });
  const ofPipeline = (blueprint?.pipeline?.users ?? []).flatMap(({ name }) => {
    const holder = { account: key, user: name, days: MACHINE_KEY_DAYS, rule: "allowed for the pipeline" };
    return users.activeKeys(name).flatMap((accessKey) => keyFinding(holder, accessKey, now));
  });
  return [...ofPeople, ...ofPipeline];
}

function rootFindings({ evidence, window, now }: ReviewContext, account: string): readonly FoundBy[] {
  const root = evidence.section(account, "rootUser");
  const found = { account, subject: "the root user" };
  const used = evidence.credentials(account).report(ROOT_ACCOUNT)?.passwordLastUsed;
  const kept = [
    ...(root?.hasAccessKeys === true ? ["access keys"] : []),
    ...(root?.hasSigningCertificates === true ? ["signing certificates"] : []),
  ];
  return [
    ...(kept.length > 0
      ? [
          {
            ...found,
            rule: "root-credentials",
            message: `The root user of ${account} has ${kept.join(" and ")}.`,
            evidence: kept,
            fix: { kind: "step", words: "Sign in as root and delete them: docs/runbooks/recovery.md." },
          } as const,
        ]
      : []),
    ...(root !== undefined && !root.hasMfa && root.hasPassword !== false
      ? [
          {
            ...found,
            rule: "root-without-mfa",
            message: `The root user of ${account} has no MFA device.`,
            evidence: [
              root.hasPassword === undefined
                ? "IAM does not say whether it has a password"
                : "it has a password",
            ],
            fix: { kind: "step", words: "Enrol two hardware devices as root: docs/runbooks/recovery.md." },
          } as const,
        ]
      : []),
    ...(used !== undefined && used >= window.from && used <= now
      ? [
          {
            ...found,
            rule: "root-used",
            message: `The root user of ${account} signed in on ${day(used)}.`,
            evidence: [`the credential report: password last used ${used}`],
            fix: { kind: "step", words: "Ask who signed in and why; the alarm RootUsed rang for it." },
          } as const,
        ]
      : []),
  ];
}

/** IAM makes its report anew where it is four hours old: an older one it did not make when it was asked. */
const REPORT_HOURS = 24;

/** What the credential report does not tell of passwords: it is old, or has no row of somebody who has one. */
function reportLines({ evidence, now }: ReviewContext, key: string): readonly string[] {
  const report = evidence.section(key, "credentialReport");
  if (report === undefined) return [];
  const users = evidence.credentials(key);
  const untold = (evidence.section(key, "userCredentials") ?? []).filter(
    ({ user, password }) => password !== undefined && users.report(user)?.passwordLastChanged === undefined,
  );
  return [
    ...(secondsBetween(report.generatedAt, now) > REPORT_HOURS * SECONDS_AN_HOUR
      ? [`${key}, credentialReport: of ${report.generatedAt}; what passwords and root did since is not known`]
      : []),
    ...(untold.length > 0
      ? [
          `${key}, credentialReport: how old the ${count(untold.length, "password")} of ${namesOf(untold)} ${untold.length === 1 ? "is" : "are"}`,
        ]
      : []),
  ];
}

const MOST_NAMES = 5;

const namesOf = (all: readonly { readonly user: string }[]): string => {
  const shown = all.slice(0, MOST_NAMES).map(({ user }) => user);
  const more = all.length - shown.length;
  return [...shown, ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
};

/** Credentials of people, of the pipeline and of root users. */
export function credentialCheck(context: ReviewContext): Examination {
  const { accounts } = context;
  return examination({
    findings: accounts.flatMap(({ key }) => [...ofAccount(context, key), ...rootFindings(context, key)]),
    undecidable: [
      ...missingLines(context, accounts, "userCredentials", "credentialReport", "mfaDevices", "rootUser"),
      ...accounts.flatMap(({ key }) => reportLines(context, key)),
    ],
  });
}
