import { z } from "zod";

import { toInstant } from "../model/dates";
import { countNoun, type Problem } from "../model/problems";
import { checkSettings } from "../resources/account-settings";
import { missingOutcome, passedOutcome, unknownOutcome, type DoctorOutcome } from "./doctor-finding";
import { leftToOrganization, type DetectorSetting } from "./examine-detectors";
import type { CommandAnswer } from "./run-command";

/** Of which stack of which project, and when. */
interface StackPlace {
  readonly key: string;
  readonly project: string;
  readonly now: Date;
}

const ANSWER = z.record(z.string(), z.object({ value: z.string().optional() }));

/** The configuration of a stack, as `pulumi config --json` says it: without values that are secret. */
function configurationOf(answer: CommandAnswer): Readonly<Record<string, string>> | undefined {
  if (answer.kind !== "ended" || answer.code !== 0) return undefined;
  const parsed = ANSWER.safeParse(JSON.parse(answer.stdout));
  if (!parsed.success) return undefined;
  return Object.fromEntries(
    Object.entries(parsed.data).flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
  );
}

const outcomeOf = ([first, ...others]: readonly [Problem, ...Problem[]]): DoctorOutcome => {
  const { path, rule, allowed, remedy } = first;
  const more = others.length === 0 ? "" : `, and ${countNoun(others.length, "problem")} more`;
  return missingOutcome(
    `${path}: ${rule.replace(/\.$/, "")}${more}`,
    [
      ...(allowed === undefined ? [] : [`Allowed: ${allowed}.`]),
      ...(remedy === undefined ? [] : [remedy]),
      ...(others.length === 0 ? [] : ["`pulumi preview` lists them all."]),
    ].join(" "),
  );
};

/** What the settings of a stack leave to the organization; nothing where they could not be read, or would be refused. */
export function detectorsLeftToOrganization(
  { key, project, now }: StackPlace,
  answer: CommandAnswer | undefined,
): readonly DetectorSetting[] {
  const configuration = answer && configurationOf(answer);
  const settings = configuration && checkSettings(key, configuration, toInstant(now), project).settings;
  return settings === undefined ? [] : leftToOrganization(settings);
}

/**
 * What a deployment would refuse of a stack's settings.
 * @param misplaced what the file has outside of its sections
 * @param answer of `pulumi config --json`; undefined where the backend could not be asked
 */
export function settingsOutcome(
  { key, project, now }: StackPlace,
  misplaced: readonly Problem[],
  answer: CommandAnswer | "no stack" | undefined,
): DoctorOutcome {
  const configuration = answer === undefined || answer === "no stack" ? undefined : configurationOf(answer);
  const checked = configuration && checkSettings(key, configuration, toInstant(now), project);
  const [first, ...others] = [...misplaced, ...(checked?.problems ?? [])];
  if (first !== undefined) return outcomeOf([first, ...others]);
  if (answer === "no stack")
    return missingOutcome("read by nobody before there is a stack", "Make the stack first.");
  return checked === undefined
    ? unknownOutcome("cannot be read without the stack", "Put the stack right first.")
    : passedOutcome("no key of the namespace muster, or close to it, that a deployment refuses");
}
