import assert from "node:assert/strict";

import {
  ANSWERED_SEVERITIES,
  FINDING_SEVERITIES,
  type AnsweredSeverity,
  type FindingFilter,
} from "../../src/documents/detection/finding-rules";
import { buildModel } from "../../src/model/model";
import { accountResources } from "../../src/resources/account-resources";
import { readSettings } from "../../src/resources/account-settings";
import {
  ComputedProperty,
  DependentResource,
  type DescribedResource,
} from "../../src/resources/described-resource";
import { matchesEventPattern } from "../support/event-pattern";
import { accessKeyOf, misusedCredentials } from "../support/misused-credentials";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { blueprintOf, SAMPLE_MOMENT } from "../support/sample";
import {
  assumeRole,
  onTheBus,
  refusedAssumeRole,
  ROOT_USER,
  sessionOf,
  type TrailEvent,
} from "../support/trail-events";

const HOME = "eu-west-1";
const REGIONS = [HOME, "eu-central-1"];
const model = buildModel(
  { ...sampleOrganization(), otherRegions: REGIONS.slice(1) },
  sampleRoster(),
  SAMPLE_MOMENT,
);

type Answered = AnsweredSeverity | "nothing";
type TellsFrom = FindingFilter["guardDuty"];

function resourcesIn(key: string, settings: Readonly<Record<string, string>>): readonly DescribedResource[] {
  return accountResources(
    model.organization,
    blueprintOf(model, key),
    readSettings(key, settings, model.now),
  );
}

function resourcesWith(answered: Answered, tellsFrom: TellsFrom): readonly DescribedResource[] {
  return resourcesIn("users", {
    "muster:guardDuty": JSON.stringify({ tellsFrom }),
    ...(answered !== "nothing" && { "muster:emergency": JSON.stringify({ guardDuty: answered }) }),
  });
}

interface Rule {
  readonly region: string;
  readonly pattern: unknown;
  readonly targets: readonly string[];
}

const isText = (value: unknown): value is string => typeof value === "string";

function textOf(value: unknown): string {
  if (value instanceof ComputedProperty) return `${value.resource.type}:${value.resource.name}`;
  const text = value instanceof DependentResource ? (value.value as unknown) : value;
  assert.ok(isText(text));
  return text;
}

/** The account's rules, each with what it sends to. */
function rulesOf(resources: readonly DescribedResource[]): readonly Rule[] {
  return resources.flatMap((rule) => {
    if (rule.type !== "aws:cloudwatch/eventRule:EventRule") return [];
    const { eventPattern, region = HOME } = rule.properties as Readonly<Record<string, unknown>>;
    const targets = resources.flatMap(({ type, properties }) => {
      const { rule: of, arn } = properties as Readonly<Record<string, unknown>>;
      return type === "aws:cloudwatch/eventTarget:EventTarget" &&
        of instanceof DependentResource &&
        of.resource.name === rule.name
        ? [textOf(arn)]
        : [];
    });
    return [{ region: textOf(region), pattern: JSON.parse(textOf(eventPattern)) as unknown, targets }];
  });
}

/** Whatever an event comes to that is on a region's bus: what a rule sends to another bus is an event there, for every rule. */
function reached(rules: readonly Rule[], event: object, region: string): readonly string[] {
  return rules
    .filter((rule) => rule.region === region && matchesEventPattern(rule.pattern, event))
    .flatMap(({ targets }) => targets)
    .flatMap((target) => (target.endsWith(":event-bus/default") ? reached(rules, event, HOME) : [target]))
    .map((target) => /(?::|\/)([^:/]+)(?::\$DEFAULT)?$/.exec(target)?.[1] ?? target)
    .sort();
}

const FINDINGS: readonly (readonly [what: string, changed: object, isOfUser: boolean])[] = [
  ["a user's credentials", {}, true],
  ["credentials of a role's session", accessKeyOf("AssumedRole", "infra-OpsR-prod"), false],
  ["a machine", { type: "Backdoor:EC2/Spambot", resource: { resourceType: "Instance" } }, false],
];

const LEAST = { CRITICAL: 9, HIGH: 7, MEDIUM: 4, LOW: 1, NEVER: Infinity, nothing: Infinity } as const;

describe("a finding of GuardDuty, whatever the settings and the region of its detector,", () => {
  for (const answered of ["nothing", ...ANSWERED_SEVERITIES] as const)
    for (const tellsFrom of ["NEVER", ...FINDING_SEVERITIES] as const)
      it(`is told to each topic once and answered once: answered from ${answered}, told from ${tellsFrom}`, () => {
        const rules = rulesOf(resourcesWith(answered, tellsFrom));
        const wakes = Math.max(LEAST[tellsFrom], LEAST.HIGH);
        const credentials = answered === "nothing" ? Infinity : Math.min(LEAST[answered], LEAST.MEDIUM);
        for (const region of REGIONS)
          for (const [what, changed, isOfUser] of FINDINGS)
            for (const severity of [1, 3.9, 4, 6.9, 7, 8.9, 9, 10])
              assert.deepEqual(
                reached(rules, misusedCredentials("john.developer", { severity, ...changed }), region),
                [
                  ...(isOfUser && severity >= LEAST[answered] ? ["infra-Quarantine"] : []),
                  ...(severity >= wakes || (isOfUser && severity >= credentials) ? ["infra-alarms"] : []),
                  ...(severity >= LEAST[tellsFrom] && severity < wakes ? ["infra-notices"] : []),
                ],
                `${what}, of severity ${String(severity)}, in ${region}`,
              );
      });
});

const BREAK_GLASS = "arn:aws:iam::444444444444:role/infra-BreakGlassR-prod";
const REFUSED = { errorCode: "AccessDenied", responseElements: null };
/** Uses of BreakGlass and attempts at it in prod's trail, each in the words of CloudTrail. */
const ATTEMPTS: readonly (readonly [who: string, event: TrailEvent])[] = [
  ["a holder", assumeRole(BREAK_GLASS)],
  ["a session of another role", assumeRole(BREAK_GLASS, { userIdentity: sessionOf("infra-OpsR-prod", "x") })],
  [
    "a session that is refused",
    assumeRole(BREAK_GLASS, { userIdentity: sessionOf("infra-OpsR-prod", "x"), ...REFUSED }),
  ],
  [
    "a session that is refused, with the role in the parameters and in the message",
    refusedAssumeRole(BREAK_GLASS, {
      userIdentity: sessionOf("infra-OpsR-prod", "x"),
      requestParameters: { roleArn: BREAK_GLASS },
    }),
  ],
  [
    "a session that is refused another account's",
    refusedAssumeRole("arn:aws:iam::333333333333:role/infra-BreakGlassR-staging"),
  ],
  ["the root user", assumeRole(BREAK_GLASS, { userIdentity: ROOT_USER, ...REFUSED })],
  [
    "a service on behalf of the root user",
    assumeRole(BREAK_GLASS, { userIdentity: { ...ROOT_USER, invokedBy: "cloudformation.amazonaws.com" } }),
  ],
  ["somebody of whose kind the event says nothing", assumeRole(BREAK_GLASS, { userIdentity: {} })],
];

describe("a use of BreakGlass or an attempt, in whatever region", () => {
  const rules = rulesOf(resourcesIn("prod", {}));
  for (const [who, event] of ATTEMPTS)
    for (const region of [...REGIONS, "us-east-1"])
      it(`by ${who} is told of once: ${region}`, () =>
        assert.deepEqual(reached(rules, onTheBus(event), region), ["infra-alarms"]));
});
