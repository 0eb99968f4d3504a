import assert from "node:assert/strict";

import { buildModel, type Model } from "../../src/model/model";
import { formatProblems, UserError } from "../../src/model/problems";
import { NOW, sampleOrganization } from "../support/rosters";

type Path = readonly (string | number)[];

/** One edit of what was written. */
export interface Change {
  readonly file: "organization" | "roster";
  readonly path: Path;
  /** Absent where the change removes what stands at the path. */
  readonly value?: unknown;
}

/** Writes a value into the roster. */
export const inRoster = (value: unknown, ...path: Path): Change => ({ file: "roster", path, value });
/** Writes a value into the organization. */
export const inOrganization = (value: unknown, ...path: Path): Change => ({
  file: "organization",
  path,
  value,
});
/** Removes a key from the roster. */
export const rosterWithout = (...path: Path): Change => ({ file: "roster", path });
/** Removes a key from the organization. */
export const organizationWithout = (...path: Path): Change => ({ file: "organization", path });

/** An employee without access; `name` is that of their mailbox. */
export const employee = (category: string, name = category) => ({
  email: `${name}@example.com`,
  category,
  access: {},
});

/** A contractor without access. */
export const contractor = {
  ...employee("contractor"),
  project: "phoenix",
  sponsor: "olga",
  from: "2026-11-01",
  until: "2027-01-31",
};

/** One person of each category, and a second of devops; nobody holds anything but power. */
const team = {
  people: {
    devon: employee("developer", "devon"),
    olga: employee("devops", "olga"),
    oscar: employee("devops", "oscar"),
    dora: employee("dba", "dora"),
    sven: employee("security", "sven"),
    quinn: employee("qa", "quinn"),
    anna: employee("analyst", "anna"),
    erik: employee("executive", "erik"),
    kim: contractor,
  },
  power: ["olga", "sven"],
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const PROPERTY = { enumerable: true, configurable: true, writable: true };

function edited(value: unknown, { path, ...change }: Omit<Change, "file">): unknown {
  const [step, ...deeper] = path;
  if (step === undefined) return change.value;
  assert.ok(isObject(value), `nothing to edit at ${String(step)}`);
  const inner: unknown = Reflect.get(value, step);
  if (deeper.length === 0 && !("value" in change)) Reflect.deleteProperty(value, step);
  // Not an assignment: that would take the key `__proto__` for the prototype.
  else Object.defineProperty(value, step, { ...PROPERTY, value: edited(inner, { path: deeper, ...change }) });
  return value;
}
/** The sample organization and the team's roster, with the changes. */
export function written(changes: readonly Change[]): { organization: unknown; roster: unknown } {
  const apply = (value: unknown, file: Change["file"]): unknown =>
    changes
      .filter((change) => change.file === file)
      .reduce<unknown>((sofar, { path, ...change }) => {
        const edit = "value" in change ? { path, value: change.value } : { path };
        return edited(sofar, edit);
      }, value);
  return {
    organization: apply(sampleOrganization(), "organization"),
    roster: apply(structuredClone(team), "roster"),
  };
}

/** The model of the team with the changes. */
export function modelWith(...changes: readonly Change[]): Model {
  const { organization, roster } = written(changes);
  return buildModel(organization, roster, NOW);
}

/** What a user reads: the whole message of the refusal, or that there is none. */
export function outputOf(organization: unknown, roster: unknown): string {
  try {
    buildModel(organization, roster, NOW);
    return "accepted";
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** What a user reads about warnings: the whole text, or that there are none. */
export function warningsOf({ warnings }: Model): string {
  return warnings.length === 0 ? "no warnings" : formatProblems("Worth a look:", warnings);
}

export interface RosterRefusal {
  /** The rule that is broken, as the design states it. */
  readonly rule: string;
  readonly changes: readonly Change[];
  /** The lines of every problem in `src/organization.ts`. */
  readonly organization?: readonly (readonly string[])[];
  /** The lines of every problem in `src/roster.ts`. */
  readonly roster?: readonly (readonly string[])[];
}

/** The whole message that lists the problems, given line by line. */
export function messageOf({
  organization = [],
  roster = [],
}: Omit<RosterRefusal, "rule" | "changes">): string {
  const total = organization.length + roster.length;
  const lines = [`${String(total)} problem${total === 1 ? "" : "s"} to solve first.`];
  let number = 0;
  for (const [file, problems] of [
    ["src/organization.ts", organization],
    ["src/roster.ts", roster],
  ] as const) {
    if (problems.length > 0) lines.push("", file);
    for (const [place = "", ...rest] of problems) {
      number += 1;
      lines.push(`  ${String(number)}. ${place}`, ...rest.map((line) => `     ${line}`));
    }
  }
  return lines.join("\n");
}

/** One test for each case: the whole output is compared. */
export function refuses(cases: readonly RosterRefusal[]): void {
  for (const { rule, changes, ...problems } of cases) {
    it(rule, () => {
      const { organization, roster } = written(changes);
      assert.equal(outputOf(organization, roster), messageOf(problems));
    });
  }
}

/** One test for each value that must not stand at the path, all refused with the same lines. */
export function refusesValues(
  put: typeof inOrganization,
  path: readonly [string, ...string[]],
  lines: readonly string[],
  values: Readonly<Record<string, unknown>>,
): void {
  const cases = Object.entries(values).map(([rule, value]): RosterRefusal => {
    const change = put(value, ...path);
    return {
      rule,
      changes: [change],
      [change.file]: [[`${path.join(".")} = ${JSON.stringify(value)}`, ...lines]],
    };
  });
  refuses(cases);
}

/** One test for each case: nothing is wrong with it. */
export function accepts(cases: readonly Pick<RosterRefusal, "rule" | "changes">[]): void {
  for (const { rule, changes } of cases) {
    it(rule, () => {
      const { organization, roster } = written(changes);
      assert.equal(outputOf(organization, roster), "accepted");
    });
  }
}
