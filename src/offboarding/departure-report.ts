import { powerGroupName, type Naming } from "../model/names";
import { countNoun } from "../model/problems";
import { whenHeld } from "../profiles/held-roles";
import { printable, printableJson, printableLines } from "../text/printable";
import type { AccountClosure, ClosureStep } from "./closure";
import type { OtherRole, RolesLook } from "./other-roles";
import type { Departure, DepartureOfDeparted, DepartureOfPerson } from "./departure";
import type { RosterEdit } from "./roster-edits";

/** Exit statuses of `npm run offboard`. */
export const DEPARTURE_EXIT = { done: 0, otherRoles: 1, failure: 2 } as const;

const hours = (seconds: number): string => countNoun(seconds / 3_600, "hour");

const hasFailed = (closure: AccountClosure): boolean =>
  "problem" in closure ||
  "notLookedAt" in closure.roles ||
  closure.steps.some(({ outcome }) => outcome === "failed");

const otherRolesIn = (closure: AccountClosure): readonly OtherRole[] =>
  "roles" in closure && "otherRoles" in closure.roles ? closure.roles.otherRoles : [];

/** The exit status: 2 where something could not be closed or looked at, 1 where roles admit others than the roster's. */
export function departureExitStatus(
  closures: readonly AccountClosure[],
): (typeof DEPARTURE_EXIT)[keyof typeof DEPARTURE_EXIT] {
  if (closures.some(hasFailed)) return DEPARTURE_EXIT.failure;
  return closures.some((closure) => otherRolesIn(closure).length > 0)
    ? DEPARTURE_EXIT.otherRoles
    : DEPARTURE_EXIT.done;
}

/** Ways in for a leaver that `--now` does not check. */
const NOT_LOOKED_AT = [
  "other users' passwords and access keys that they know or made: IAM does not say who made a key, the trail does",
  "users, credentials and identity providers that no stack has: npm run drift names them",
  "what other services hold: policies of buckets, keys, queues and functions; machines and code that they left running",
  "sessions in roles that the roster does not grant them (--every-role ends those in its own roles), and connections that are open",
  "accounts that are not in src/organization.ts, and what is no part of AWS",
] as const;

/** The consequences of a departure, and what was closed for it, for programs. */
export function departureReportJson(departure: Departure, closures?: readonly AccountClosure[]): string {
  const named = <T extends { readonly account: { readonly key: string } }>(places: readonly T[]) =>
    places.map(({ account, ...place }) => ({ account: account.key, ...place }));
  const answer = {
    exitStatus: departureExitStatus(closures ?? []),
    ...departure,
    open: named(departure.open),
    ...(departure.stage !== "departed" && {
      revoked: { ...departure.revoked, roles: named(departure.revoked.roles) },
      sessions: named(departure.sessions),
    }),
    ...(closures && { accounts: closures, notLookedAt: NOT_LOOKED_AT }),
  };
  return `${printableJson(answer)}\n`;
}

/** "roles     Ops in dev", and further lines below the first. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `  ${(index === 0 ? title : "").padEnd(8)}${line}`);
}

function revokedLines({ revoked }: DepartureOfPerson, naming: Naming): readonly string[] {
  const roles = revoked.roles.map(({ account, role, validities }) =>
    `${role} in ${account.key} ${whenHeld(validities)}`.trimEnd(),
  );
  return [
    ...section("roles", roles.length > 0 ? roles : ["none"]),
    ...section("groups", revoked.groups.length > 0 ? revoked.groups : ["none"]),
    ...(revoked.power
      ? section("power", [`full IAM in the identity account, by ${powerGroupName(naming)}`])
      : []),
  ];
}

function sessionLines({ sessions, stage, removalNotBefore }: DepartureOfPerson): readonly string[] {
  if (sessions.length > 0) {
    return [
      "A session that they opened this minute would last, if nobody ends it:",
      "",
      ...sessions.map(({ account, role, until }) => `  until ${until}  ${role} in ${account.key}`),
    ];
  }
  return [
    stage === "left" && removalNotBefore !== undefined
      ? `Sessions that are still open are denied everything by the roles' own policies, until the last is over: ${removalNotBefore}.`
      : "No session of theirs can be live in a role that the roster grants.",
  ];
}

function editLines(edits: readonly RosterEdit[]): readonly string[] {
  const width = Math.max(...edits.map(({ path }) => path.length));
  return edits.map(({ path, change }) => `     ${path.padEnd(width)}   ${change}`);
}

const numbered = (paragraphs: readonly (readonly string[])[]): readonly string[] =>
  paragraphs.flatMap(([first = "", ...others], index) => [`${String(index + 1)}. ${first}`, ...others]);

const SESSIONS_LIVE_AGAIN = [
  "   Merge that before anybody runs `pulumi up --refresh`, the daily job included: it takes the Denies of --now off the roles " +
    "as drift, and with this edit puts its own in their place. If it ran before, run --now again.",
];

function stepsOfPerson(departure: DepartureOfPerson, isClosed: boolean): readonly string[] {
  const { person, stage, lastDay, removal, removalNotBefore } = departure;
  const atOnce = [`To close their user and their sessions at once: \`npm run offboard -- ${person} --now\``];
  const last = [
    "Say their last moment in src/roster.ts, and deploy every account:",
    "",
    ...editLines(lastDay),
    "",
    ...(isClosed
      ? SESSIONS_LIVE_AGAIN
      : [
          "   It ends their sessions with their grants; a removal would forget who had them. " +
            "For a planned leave write the last day, and leave out step 1.",
        ]),
  ];
  const out = [
    removalNotBefore === undefined
      ? "Take them out of src/roster.ts, and deploy every account:"
      : `Not before ${removalNotBefore}, take them out of src/roster.ts, and deploy every account:`,
    "",
    ...editLines(removal),
    ...(removalNotBefore === undefined
      ? []
      : ["", "   Before that, sessions of theirs may live again, in roles that know their holders by tags."]),
  ];
  return numbered([
    ...(stage === "present" && !isClosed ? [atOnce] : []),
    ...(lastDay.length > 0 ? [last] : []),
    out,
  ]);
}

function stepsOfDeparted({ person, sessionsEnd }: DepartureOfDeparted, isClosed: boolean): readonly string[] {
  if (isClosed) {
    return numbered([
      [
        `Until ${sessionsEnd} nobody runs \`pulumi up --refresh\`, the daily job included: it takes the Denies off the roles as drift, ` +
          "and sessions that are open still may live again. If it ran, run this again.",
      ],
      [
        "Deploy the identity account if their user is still there: `pulumi up` (without --refresh it changes no role).",
      ],
    ]);
  }
  return numbered([
    [`If they were removed less than that ago: \`npm run offboard -- ${person} --now\``],
    ["Deploy every account where they were not removed yet."],
  ]);
}

function departedLines({ person, longestSession }: DepartureOfDeparted): readonly string[] {
  return [
    `${person} is under \`departed\` in src/roster.ts, which does not know any more what they held.`,
    "",
    `A session in a role of the roster that they opened just before the deployment that removed them lasts ${hours(longestSession)} at most.`,
  ];
}

const STAGES = {
  future: "is in src/roster.ts and has not begun yet",
  present: "is in src/roster.ts",
  left: "is in src/roster.ts, and their last day has passed",
} as const;

function personLines(departure: DepartureOfPerson, naming: Naming): readonly string[] {
  return [
    `${departure.person} ${STAGES[departure.stage]}. What a removal takes away:`,
    "",
    ...revokedLines(departure, naming),
    "",
    ...sessionLines(departure),
  ];
}

/** Words the consequences of a departure and what to do, for people; `isClosed` where --now has closed their access. */
export function departureAsText(departure: Departure, naming: Naming, isClosed: boolean): string {
  const isPersons = departure.stage !== "departed";
  const meaning = isPersons ? personLines(departure, naming) : departedLines(departure);
  const steps = isPersons ? stepsOfPerson(departure, isClosed) : stepsOfDeparted(departure, isClosed);
  const lines = isClosed
    ? ["What is left to do:", "", ...steps]
    : [...meaning, "", "What to do:", "", ...steps];
  return `${lines.join("\n")}\n`;
}

/** Quotes another program's text, under a line that says what it is about. */
const below = (text: string): readonly string[] =>
  printableLines(text)
    .split("\n")
    .map((line) => `            ${line}`);

function stepLines(step: ClosureStep): readonly string[] {
  switch (step.outcome) {
    case "done":
      return [`  done      ${step.what}`, `            undo: ${step.undo}`];
    case "nothing to do":
      return [`  nothing   ${step.what}`];
    case "failed":
      return [`  FAILED    ${step.what}`, ...below(step.problem)];
  }
}

function otherRoleLines({ name, isRosters, admits }: OtherRole): readonly string[] {
  const what = isRosters ? "has another trust than the roster says" : "is not the roster's";
  return [
    `  OPEN      The role ${printable(name)} ${what}:`,
    ...admits.map((words) => `            ${printable(words)}`),
  ];
}

function rolesLines(look: RolesLook): readonly string[] {
  if ("notLookedAt" in look) {
    return ["  FAILED    Its other roles were not looked at.", ...below(look.notLookedAt)];
  }
  if (look.otherRoles.length === 0) {
    return ["  looked    No other role here admits anybody but services."];
  }
  return look.otherRoles.flatMap(otherRoleLines);
}

const DONE = "What is done above holds as soon as AWS has told all its regions, which takes seconds.";
const OPEN =
  "OPEN roles may let them in, by another name or from another account, and may have sessions of theirs. Find out who made each; " +
  "end its sessions and delete it, or put its trust right (docs/runbooks/offboarding.md).";
const FAILURE =
  "Something FAILED, see above: what it names may still be open. Put it right and run this again; it may run any number of times.";

function resultLines(closures: readonly AccountClosure[]): readonly string[] {
  return [
    ...(closures.some(hasFailed) ? [FAILURE] : [DONE]),
    ...(closures.some((closure) => otherRolesIn(closure).length > 0) ? [OPEN] : []),
    "Not looked at, and may let them in:",
    ...NOT_LOOKED_AT.map((what) => `  - ${what}`),
  ];
}

/** Words what was done in each account, how to undo it, and what may still admit the person. */
export function closuresAsText(closures: readonly AccountClosure[]): string {
  const accounts = closures.flatMap((closure) => [
    `${closure.stack} (${closure.account}):`,
    ...("problem" in closure
      ? ["  FAILED    Nothing was done here, nor looked at.", ...below(closure.problem)]
      : [...closure.steps.flatMap(stepLines), ...rolesLines(closure.roles)]),
    "",
  ]);
  return `${[...accounts, ...resultLines(closures)].join("\n")}\n`;
}

/** Words what undoing did, and what it leaves as it is. */
export function undoneAsText(stack: string, account: string, steps: readonly ClosureStep[]): string {
  return [
    `${stack} (${account}):`,
    ...steps.flatMap(stepLines),
    "",
    "Left as they are: access keys that are inactive, a password that is deleted, and Denies on roles, which the next " +
      "`pulumi up --refresh` takes off. Stolen credentials are stolen still: have them changed first.",
    "",
  ].join("\n");
}
