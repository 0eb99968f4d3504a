import assert from "node:assert/strict";

import { configRuleBlueprints } from "../../../src/documents/detection/config-rules";
import {
  FINDING_SEVERITIES,
  findingRuleBlueprints,
  type FindingFilter,
} from "../../../src/documents/detection/finding-rules";
import { buildModel } from "../../../src/model/model";
import { matchesEventPattern } from "../../support/event-pattern";
import { sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_MOMENT } from "../../support/sample";

const { organization } = buildModel(
  { ...sampleOrganization(), otherRegions: ["eu-central-1"] },
  sampleRoster(),
  SAMPLE_MOMENT,
);

function rules(filter: Partial<FindingFilter>) {
  const account = organization.accounts.find(({ key }) => key === "prod");
  assert.ok(account);
  return findingRuleBlueprints(
    { organization, account },
    { guardDuty: "NEVER", securityHub: "NEVER", configRules: [], ...filter },
  );
}

/** The rules that hear an event. */
const hearing = (filter: Partial<FindingFilter>, event: object): readonly string[] =>
  rules(filter)
    .filter(({ pattern }) => matchesEventPattern(JSON.parse(pattern), event))
    .map(({ name, severity }) => `${name}: ${severity}`);

/** As GuardDuty sends it, cut to what tells one from another: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
const threat = (severity: number) => ({
  source: "aws.guardduty",
  "detail-type": "GuardDuty Finding",
  region: "eu-central-1",
  detail: { type: "UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B", severity },
});

const FAILED = {
  ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
  Compliance: { Status: "FAILED" },
  RecordState: "ACTIVE",
  Severity: { Label: "HIGH" },
  Workflow: { Status: "NEW" },
};

/** As Security Hub sends it: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
const control = (changed: object = {}) => ({
  source: "aws.securityhub",
  "detail-type": "Security Hub Findings - Imported",
  region: "eu-west-1",
  detail: { findings: [{ ...FAILED, ...changed }] },
});

describe("rules for findings", () => {
  it("tell of nothing where nothing is to be told", () => {
    assert.deepEqual(rules({}), []);
  });

  it("stand where detectors do, in words", () => {
    assert.deepEqual(
      rules({ guardDuty: "MEDIUM", securityHub: "CRITICAL" }).map(
        ({ name, description, regions, state }) => ({
          name,
          description,
          regions,
          state,
        }),
      ),
      [
        {
          name: "infra-ThreatFound",
          description: "CRITICAL: GuardDuty of prod found a threat of severity 7 or more.",
        },
        {
          name: "infra-LesserThreatFound",
          description: "NOTICE: GuardDuty of prod found a threat of severity 4 or more, below 7.",
        },
        {
          name: "infra-ControlFailed",
          description:
            "NOTICE: Security Hub of prod found a control that fails, of severity CRITICAL or worse.",
        },
      ].map((one) => ({ ...one, regions: ["eu-west-1", "eu-central-1"], state: "ENABLED" })),
    );
  });

  const wakes = ["infra-ThreatFound: critical"];
  const notice = ["infra-LesserThreatFound: notice"];
  const HEARD = {
    NEVER: { 1: [], 4: [], 6.9: [], 7: [], 8.9: [], 9: [], 10: [] },
    CRITICAL: { 1: [], 4: [], 6.9: [], 7: [], 8.9: [], 9: wakes, 10: wakes },
    HIGH: { 1: [], 4: [], 6.9: [], 7: wakes, 8.9: wakes, 9: wakes, 10: wakes },
    MEDIUM: { 1: [], 3.9: [], 4: notice, 6.9: notice, 7: wakes, 8.9: wakes, 10: wakes },
    LOW: { 1: notice, 4: notice, 6.9: notice, 7: wakes, 8.9: wakes, 9: wakes, 10: wakes },
  } as const satisfies Record<FindingFilter["guardDuty"], Readonly<Record<number, readonly string[]>>>;
  for (const guardDuty of ["NEVER", ...FINDING_SEVERITIES] as const) {
    for (const [severity, heard] of Object.entries(HEARD[guardDuty]))
      it(`from ${guardDuty} on: GuardDuty's of ${severity} ${heard.join() || "is not told"}`, () => {
        assert.deepEqual(hearing({ guardDuty, securityHub: "LOW" }, threat(Number(severity))), heard);
      });
  }

  const failed = ["infra-ControlFailed: notice"];
  const CONTROLS: readonly (readonly [string, object, readonly string[]])[] = [
    ["a control that failed", control(), failed],
    ["one that is worse", control({ Severity: { Label: "CRITICAL" } }), failed],
    ["one that is less", control({ Severity: { Label: "MEDIUM" } }), []],
    ["one that passed", control({ Compliance: { Status: "PASSED" } }), []],
    ["one without data", control({ Compliance: { Status: "NOT_AVAILABLE" } }), []],
    ["one that somebody suppressed", control({ Workflow: { Status: "SUPPRESSED" } }), []],
    ["one whose resource is gone", control({ RecordState: "ARCHIVED" }), []],
    [
      "GuardDuty's finding, which it tells of itself",
      control({ ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/guardduty" }),
      [],
    ],
  ];
  for (const [what, event, heard] of CONTROLS)
    it(`from HIGH on: Security Hub's ${what} ${heard.join() || "is not told"}`, () => {
      assert.deepEqual(hearing({ guardDuty: "LOW", securityHub: "HIGH" }, event), heard);
    });

  const broken = (changed: object = {}) => ({
    source: "aws.config",
    "detail-type": "Config Rules Compliance Change",
    region: "eu-west-1",
    detail: {
      messageType: "ComplianceChangeNotification",
      configRuleName: "infra-KeysAreRotated",
      newEvaluationResult: { complianceType: "NON_COMPLIANT" },
      ...changed,
    },
  });
  const BROKEN: readonly (readonly [string, object, readonly string[]])[] = [
    ["a user's old key", broken(), ["infra-LesserRuleBroken: notice"]],
    [
      "a key of the root user",
      broken({ configRuleName: "infra-RootHasNoKeys" }),
      ["infra-RuleBroken: critical"],
    ],
    ["a rule of somebody else", broken({ configRuleName: "theirs-KeysAreRotated" }), []],
    ["a rule that is kept again", broken({ newEvaluationResult: { complianceType: "COMPLIANT" } }), []],
    ["a rule that is evaluated", broken({ messageType: "ConfigRulesEvaluationStarted" }), []],
  ];
  for (const [what, event, heard] of BROKEN)
    it(`AWS Config's ${what} ${heard.join() || "is not told"}`, () => {
      assert.deepEqual(hearing({ configRules: configRuleBlueprints(organization, 30) }, event), heard);
    });

  it("without rules of AWS Config none of them is told", () => {
    assert.deepEqual(hearing({ configRules: [] }, broken()), []);
  });
});
