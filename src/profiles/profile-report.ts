import { deviceNames } from "../model/names";
import { countNoun } from "../model/problems";
import { ROLES } from "../model/roles";
import { tableText } from "../text/text-table";
import { wrapText } from "../text/wrap-text";
import { FLAVOURS, type Flavour } from "./flavours";
import { whenHeld } from "./held-roles";
import type { ConfigPlan, ProfileChanges } from "./config-plan";
import type { RoleProfile, PersonProfiles } from "./profile";

/** What a run did, or would do, to a file. */
export interface ConfigOutcome {
  readonly file: string;
  readonly isDryRun: boolean;
  readonly plan: ConfigPlan;
}

/** The same with the profiles that it was about. */
export interface ConfigReport extends ConfigOutcome {
  readonly profiles: PersonProfiles;
  /** The block's lines; undefined where there is no profile. */
  readonly block: readonly string[] | undefined;
}

const HOUR = 3_600;

const isWritten = ({ isDryRun, plan }: ConfigOutcome): boolean => !isDryRun && !plan.isDone;

/** The report for programs. */
export function profileReportJson(report: ConfigReport): string {
  const { file, plan, profiles } = report;
  return `${JSON.stringify({ file, written: isWritten(report), changes: plan.changes, ...profiles }, null, 2)}\n`;
}

/** The report of a removal for programs. */
export function removalAsJson(outcome: ConfigOutcome): string {
  const { file, plan } = outcome;
  return `${JSON.stringify({ file, written: isWritten(outcome), changes: plan.changes }, null, 2)}\n`;
}

const named = (names: readonly string[], word: string): readonly string[] =>
  names.length === 0 ? [] : [`${word} ${names.join(", ")}`];

const describe = ({ added, changed, removed }: ProfileChanges): string =>
  [...named(added, "new:"), ...named(changed, "changed:"), ...named(removed, "gone:")].join("; ");

function outcomeOf({ file, isDryRun, plan }: ConfigOutcome, person: string, many: number): string {
  if (plan.isDone) {
    return many === 0
      ? `${file} has no block of ${person}'s; nothing was written.`
      : `${file} has ${countNoun(many, "profile")} of ${person}'s already; nothing was written.`;
  }
  const changes = describe(plan.changes);
  const what = changes === "" ? "the text between the markers" : changes;
  return isDryRun ? `${file} would change (${what}). Nothing was written.` : `${file} was written (${what}).`;
}

/** Python's reader of such files, and with it the AWS CLI, knows no mark. */
const byteOrderMark = (file: string): string =>
  `${file} begins with a byte order mark, which was left there. The AWS CLI cannot read such a file: save it as UTF-8 without the mark.`;

/** The report of a removal for people. */
export const removalAsText = (outcome: ConfigOutcome, person: string): string =>
  `${outcomeOf(outcome, person, 0)}\n`;

function tableOf({ profiles }: PersonProfiles, width: number | undefined): string {
  const rows = profiles.map(({ name, account, accountId, role, durationSeconds, validities }) => [
    name,
    `${account} (${accountId})`,
    role,
    `${String(durationSeconds / HOUR)} h`,
    whenHeld(validities, "always").replaceAll(" until ", "\nuntil ").replaceAll(" and ", "\nand "),
  ]);
  return tableText({ head: ["Profile", "Account", "Role", "Session", "When"], rows }, width);
}

const needsFreshMfa = ({ role }: RoleProfile): boolean => ROLES[role].mfaAgeSeconds <= HOUR;

const POWER = "Power is the user's own and needs no profile, only MFA: see docs/profiles.md.";

const indented = (commands: readonly string[]): readonly string[] => commands.map((line) => `       ${line}`);

/** What makes the source profile. */
function sourceSteps({
  flavour,
  identity,
  person,
  sourceProfile,
  mfaSerial,
  region,
}: PersonProfiles): readonly string[] {
  const { source, makeSource } = FLAVOURS[flavour];
  const account = `${identity.key} (${identity.id})`;
  const commands = indented(makeSource(sourceProfile, region));
  if (source === "console sign-in") {
    return [
      "Once, with the AWS CLI 2.32 or newer; no access key is needed:",
      ...commands,
      `  A browser opens: sign in to ${account} as ${person}, with MFA. The session renews itself for up to 12 hours; then \`aws login\` again.`,
    ];
  }
  const name = mfaSerial?.split(":mfa/")[1];
  const mayEnrol = deviceNames(person);
  return [
    "Once, if it is not done yet:",
    name === undefined || !mayEnrol.includes(name)
      ? `  1. Have ${name === undefined ? "the hardware token" : "the device"} ${mfaSerial ?? ""} assigned to your user${name === undefined ? "" : `: by yourself you may enrol ${person} and ${person}-2 to ${person}-8 alone`}.`
      : `  1. Enrol an MFA device of the name ${name}, so that it is ${mfaSerial ?? ""}: a virtual one, for a passkey has no codes.`,
    `  2. Make an access key for your user in ${account} and keep it as the profile ${sourceProfile}:`,
    ...commands,
  ];
}

const STALE_MFA: Readonly<Partial<Record<Flavour, string>>> = {
  login: "Where you signed in earlier, sign out of the console and `aws login` again.",
  "aws-vault": "Where aws-vault keeps an older session, `aws-vault clear` first.",
};

/** What profiles alone do not give the person. */
function stepsOf(profiles: PersonProfiles): string {
  const { flavour, isPower } = profiles;
  const first = profiles.profiles.find(({ role, isOpen }) => isOpen && role !== "BreakGlass");
  const fresh = profiles.profiles.filter(needsFreshMfa).map(({ name }) => name);
  const stale = STALE_MFA[flavour];
  return [
    ...sourceSteps(profiles),
    ...(first === undefined ? [] : ["Then:", ...indented([FLAVOURS[flavour].tryOut(first.name)])]),
    ...(stale === undefined || fresh.length === 0
      ? []
      : [`${fresh.join(", ")}: MFA may be an hour old at most. ${stale}`]),
    ...(isPower ? [POWER] : []),
  ].join("\n");
}

function partsOf(report: ConfigReport, width: number | undefined): readonly string[] {
  const { profiles, block, isDryRun } = report;
  const wrapped = (text: string): string => wrapText(text, width);
  const outcome = wrapped(
    [
      outcomeOf(report, profiles.person, profiles.profiles.length),
      ...(report.plan.hasByteOrderMark ? [byteOrderMark(report.file)] : []),
    ].join("\n"),
  );
  if (block === undefined) {
    const nothing = `${profiles.person} holds no role by src/roster.ts, now or later: there is no profile to write.`;
    return [`${wrapped(nothing)}\n${outcome}`, ...(profiles.isPower ? [wrapped(POWER)] : [])];
  }
  if (isDryRun) return [outcome, block.join("\n")];
  return [outcome, tableOf(profiles, width), wrapped(stepsOf(profiles))];
}

/**
 * The report for people.
 * @param width of the terminal in characters
 */
export const profileReportText = (report: ConfigReport, width?: number): string =>
  `${partsOf(report, width).join("\n\n")}\n`;
