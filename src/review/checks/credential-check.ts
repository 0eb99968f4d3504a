import { ROOT_ACCOUNT } from "../../aws/snapshot/mfa-device";
import type { HeldCredential } from "../../credentials/held-credential";
import { MOST_UNUSED_DAYS } from "../../credentials/credential-standing";
import { statusCommand } from "../../credentials/status-command";
import { CATEGORIES } from "../../model/categories";
import { secondsBetween, type Instant } from "../../model/dates";
import { countNoun } from "../../model/problems";
import { shellWord } from "../../text/shell-word";
import { SECONDS_A_DAY } from "../cadence";
import type { UserEvidence } from "../evidence";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { Fix, FoundBy } from "../review-finding";
import { credentialWords, judgedCredentials } from "../judged-credentials";
import { leaverFindings } from "./leavers";
import { ShutOut } from "./shut-out";

const SECONDS_AN_HOUR = 3_600;

/** Whole days from one instant to another. */
export const daysBetween = (from: Instant, until: Instant): number =>
  Math.floor(secondsBetween(from, until) / SECONDS_A_DAY);

const day = (instant: Instant): string => instant.slice(0, 10);

type CommandFix = Extract<Fix, { readonly kind: "command" }>;

/** Says when a credential was used; AWS records that for passwords and access keys only. */
const usedWords = ({ kind, lastUsed }: HeldCredential): readonly string[] => {
  if (kind !== "password" && kind !== "access key") return [];
  return [lastUsed === undefined ? "never used, as far as IAM remembers" : `last used ${day(lastUsed)}`];
};

const allowedWords = ({ holder }: HeldCredential): string => {
  if (holder.kind === "unknown") return "";
  const whose = holder.kind === "person" ? CATEGORIES[holder.category].person : "the pipeline";
  return `; allowed for ${whose}: ${countNoun(holder.days, "day")}`;
};

const ageWords = (held: HeldCredential, now: Instant): readonly string[] => {
  const { kind, createdAt } = held;
  if (createdAt === undefined) return [];
  const made = kind === "password" ? "changed" : "made";
  return [
    `${made} ${day(createdAt)}, ${countNoun(daysBetween(createdAt, now), "day")} ago${allowedWords(held)}`,
  ];
};

function passwordFix(user: string, isUnused: boolean): CommandFix {
  return isUnused
    ? {
        kind: "command",
        words: `Ask whether ${user} needs it; nobody brings a deleted password back.`,
        commands: [`aws iam delete-login-profile --user-name ${shellWord(user)}`],
      }
    : {
        kind: "command",
        words: `${user} changes it, or has to at the next sign-in.`,
        commands: [`aws iam update-login-profile --user-name ${shellWord(user)} --password-reset-required`],
      };
}

function keyFix(held: HeldCredential, isUnused: boolean): CommandFix {
  const { kind, user } = held;
  const deactivation = statusCommand(held, "Inactive") ?? "";
  if (isUnused) return { kind: "command", words: "Deactivate it.", commands: [deactivation] };
  return {
    kind: "command",
    words: `${user} makes a new one, and then deactivates this one.`,
    commands: [
      ...(kind === "access key" ? [`aws iam create-access-key --user-name ${shellWord(user)}`] : []),
      deactivation,
    ],
  };
}

/** Reports a credential that is too old or unused, of somebody who has not left. */
function agingFinding(held: HeldCredential, now: Instant): readonly FoundBy[] {
  const { account, user, holder, kind, id, createdAt, lastUsed = createdAt, standing } = held;
  if (standing.kind !== "too old" && standing.kind !== "unused") return [];
  const isPassword = kind === "password";
  const isUnused =
    standing.kind === "unused" ||
    (usedWords(held).length > 0 && lastUsed !== undefined && daysBetween(lastUsed, now) >= MOST_UNUSED_DAYS);
  const overdue = isPassword ? "password-overdue" : "key-overdue";
  return [
    {
      rule: standing.kind === "too old" ? overdue : "credential-unused",
      account,
      subject: `${user} ${id ?? kind}`,
      ...(holder.kind === "person" && { person: holder.name }),
      message:
        standing.kind === "too old"
          ? `The ${credentialWords(held)} of ${user} is ${countNoun(standing.days, "day")} old.`
          : `The ${credentialWords(held)} of ${user} has not been used for ${String(MOST_UNUSED_DAYS)} days.`,
      evidence: [...ageWords(held, now), ...usedWords(held)],
      fix: isPassword ? passwordFix(user, isUnused) : keyFix(held, isUnused),
    },
  ];
}

function mfaFinding({ account, user, standing }: HeldCredential, users: UserEvidence): readonly FoundBy[] {
  if (standing.kind !== "missing") return [];
  const own = users.of(user);
  return [
    {
      rule: "mfa-missing",
      account,
      subject: user,
      person: user,
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

/**
 * Passwords, keys and devices of everybody whom the roster has in an account, against their category and their use. Somebody who is
 * shut out gets nowhere with a credential and cannot enrol a device.
 */
function ofAccount(context: ReviewContext, key: string, shutOut: ShutOut): readonly FoundBy[] {
  const { model, evidence, now } = context;
  const held = judgedCredentials(context, key) ?? [];
  const users = evidence.credentials(key);
  const areDevicesKnown = evidence.section(key, "mfaDevices") !== undefined;
  return [
    ...leaverFindings(model, held, shutOut),
    ...held.flatMap((one) =>
      areDevicesKnown && one.holder.kind === "person" && !shutOut.has(one.holder.name)
        ? mfaFinding(one, users)
        : [],
    ),
    ...held.flatMap((one) => agingFinding(one, now)),
  ];
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

/** IAM makes a new report when the last is four hours old; an older report shows that IAM made none on request. */
const REPORT_HOURS = 24;

/** Says what the credential report leaves open about passwords: the report is old, or lacks a row for somebody who has one. */
function reportLines(context: ReviewContext, key: string): readonly string[] {
  const { evidence, now } = context;
  const report = evidence.section(key, "credentialReport");
  if (report === undefined) return [];
  const untold = (judgedCredentials(context, key) ?? []).filter(
    ({ kind, standing }) => kind === "password" && standing.kind === "not known",
  );
  return [
    ...(secondsBetween(report.generatedAt, now) > REPORT_HOURS * SECONDS_AN_HOUR
      ? [`${key}, credentialReport: of ${report.generatedAt}; what passwords and root did since is not known`]
      : []),
    ...(untold.length > 0
      ? [
          `${key}, credentialReport: how old the ${countNoun(untold.length, "password")} of ${namesOf(untold)} ${untold.length === 1 ? "is" : "are"}`,
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
export function credentialCheck(context: ReviewContext): CheckResult {
  const { accounts } = context;
  const shutOut = new ShutOut(context);
  return checkResult({
    findings: accounts.flatMap(({ key }) => [
      ...ofAccount(context, key, shutOut),
      ...rootFindings(context, key),
    ]),
    undecidable: [
      ...missingLines(
        context,
        accounts,
        "authorizationDetails",
        "userCredentials",
        "credentialReport",
        "mfaDevices",
        "rootUser",
      ),
      ...accounts.flatMap(({ key }) => reportLines(context, key)),
    ],
  });
}

/** Credentials of contractors who are there, wherever they have them: people alone have such in the identity account. */
export function contractorCredentialCheck(context: ReviewContext): CheckResult {
  const { key } = context.model.organization.identity;
  const contractors = new Set<string>(
    context.model.people.filter(({ contract }) => contract !== undefined).map(({ name }) => name),
  );
  if (contractors.size === 0) return checkResult({});
  return checkResult({
    findings: ofAccount(context, key, new ShutOut(context)).filter(
      ({ person }) => person !== undefined && contractors.has(person),
    ),
    undecidable: missingLines(
      context,
      [context.model.organization.identity],
      "authorizationDetails",
      "userCredentials",
      "credentialReport",
      "mfaDevices",
    ),
  });
}
