import assert from "node:assert/strict";

import type { AwsCall } from "./aws-calls";

/** What a policy says of a resource. */
export interface Violation {
  /** `mandatory`, `advisory`, `remediate`. */
  readonly level: string;
  readonly policy: string;
  /** `iam.Role infra-ReadR-dev` */
  readonly resource: string;
  readonly message: string;
}

/** What a pulumi command did. */
export interface Outcome {
  /** The exit status. */
  readonly code: number;
  /** Everything that the command printed. */
  readonly output: string;
  /** What it plans or has done, sorted: `update iam.Role infra-ReadR-dev (assumeRolePolicy)`. */
  readonly changes: readonly string[];
  /** The texts of its warnings. */
  readonly warnings: readonly string[];
  /** What a policy pack refused, advised or mended. */
  readonly violations: readonly Violation[];
  /** What it asked of AWS. */
  readonly calls: readonly AwsCall[];
}

/** The parts of an engine event that tests read (`apitype.EngineEvent`), one JSON object a line of `--event-log`. */
interface EngineEvent {
  readonly resourcePreEvent?: {
    readonly metadata: { readonly op: string; readonly urn: string; readonly diffs?: readonly string[] };
  };
  readonly policyEvent?: {
    readonly resourceUrn?: string;
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly message: string;
  };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

const UNCHANGING = new Set(["same", "read", "refresh"]);

/** `urn:pulumi:dev::muster::muster:stacks:Role$aws:iam/role:Role::infra-ReadR-dev` is `iam.Role infra-ReadR-dev`. */
function resourceOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  const [, module = "", type = ""] = types.slice(types.lastIndexOf("$") + 1).split(":");
  return `${module.split("/")[0] ?? ""}.${type} ${name.join("::")}`;
}

function changesIn(event: EngineEvent): readonly string[] {
  const step = event.resourcePreEvent?.metadata;
  if (step === undefined || UNCHANGING.has(step.op)) return [];
  const properties = step.op === "update" && step.diffs ? ` (${step.diffs.join(", ")})` : "";
  return [`${step.op} ${resourceOf(step.urn)}${properties}`];
}

function warningsIn({ diagnosticEvent }: EngineEvent): readonly string[] {
  return diagnosticEvent?.severity === "warning" ? [diagnosticEvent.message] : [];
}

function violationsIn({ policyEvent }: EngineEvent): readonly Violation[] {
  if (policyEvent === undefined) return [];
  const { enforcementLevel: level, policyName: policy, message, resourceUrn = "" } = policyEvent;
  return [{ level, policy, resource: resourceOf(resourceUrn), message }];
}

/** What the engine's event log tells of a command. */
export function readEvents(log: string): Pick<Outcome, "changes" | "warnings" | "violations"> {
  const events = log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
  return {
    changes: events.flatMap(changesIn).sort(),
    warnings: events.flatMap(warningsIn),
    violations: events.flatMap(violationsIn),
  };
}

/** What mandatory policies said, by policy and resource: `aws-iam-user-roster: iam.User mallory`. */
export function refusalsIn({ violations }: Outcome): ReadonlyMap<string, readonly string[]> {
  const refusals = new Map<string, string[]>();
  for (const { level, policy, resource, message } of violations) {
    if (level !== "mandatory") continue;
    const refusal = `${policy}: ${resource}`;
    refusals.set(refusal, [...(refusals.get(refusal) ?? []), message]);
  }
  return refusals;
}

/** Lines about resources that stay as they are: `    aws:iam:Role infra-ReadR-dev  `, ` ~  aws:iam:Role … refreshing`. */
const UNEVENTFUL = /^(?: {4}\S+ \S+ *| [~+] {2}\S+ \S+ (?:refreshing|refresh|creating|updating) .*)\n/gm;

const eventful = ({ code, output }: Outcome): string =>
  `The command exited with ${code}:\n${output.replaceAll(UNEVENTFUL, "")}`;

/** Asserts that a command succeeded, and shows what it printed otherwise. */
export function assertSucceeded(outcome: Outcome): void {
  assert.ok(outcome.code === 0, eventful(outcome));
}

/** Asserts that a command was refused with these words, for somebody who has never seen our code. */
export function assertRefused(outcome: Outcome, ...words: readonly (string | RegExp)[]): void {
  assert.ok(outcome.code !== 0, eventful(outcome));
  for (const expected of words) {
    const said =
      typeof expected === "string" ? outcome.output.includes(expected) : expected.test(outcome.output);
    assert.ok(said, `Expected ${String(expected)} in what was printed. ${eventful(outcome)}`);
  }
  assert.doesNotMatch(outcome.output, /^\s+at .+:\d+:\d+\)?$/m, "A user's mistake prints no stack trace.");
  assert.doesNotMatch(outcome.output, /unhandled|node_modules/i);
}
