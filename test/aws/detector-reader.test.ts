import assert from "node:assert/strict";

import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { GuardDuty } from "@aws-sdk/client-guardduty";
import { InvalidAccessException, SecurityHub } from "@aws-sdk/client-securityhub";

import {
  readAnalyzerState,
  readGuardDutyState,
  readSecurityHubState,
  type DetectorState,
} from "../../src/aws/readers/detector-reader";
import { withAnswers, type Answers } from "../support/fake-client";

const NOWHERE = { region: "eu-west-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } };

const guardDuty = (answers: Answers) =>
  readGuardDutyState(withAnswers(new GuardDuty(NOWHERE), answers).client);
const securityHub = (answers: Answers) =>
  readSecurityHubState(withAnswers(new SecurityHub(NOWHERE), answers).client);
const analyzer = (answers: Answers) =>
  readAnalyzerState(withAnswers(new AccessAnalyzer(NOWHERE), answers).client);

const refusal = (Message: string) => new InvalidAccessException({ $metadata: {}, message: Message, Message });
const standard = (name: string) => ({ StandardsArn: `arn:aws:securityhub:::standards/${name}` });
const CIS = standard("cis-aws-foundations-benchmark/v/5.0.0");
const OTHER = standard("aws-foundational-security-best-practices/v/1.0.0");

describe("what a region has of the services that look for threats", () => {
  const cases: readonly (readonly [
    what: string,
    read: () => Promise<DetectorState>,
    state: DetectorState,
  ])[] = [
    ["GuardDuty without a detector", () => guardDuty({ listDetectors: () => ({ DetectorIds: [] }) }), "off"],
    [
      "a detector",
      () =>
        guardDuty({
          listDetectors: () => ({ DetectorIds: ["1"] }),
          getDetector: () => ({ Status: "ENABLED" }),
        }),
      "on",
    ],
    [
      "a detector that somebody has suspended",
      () =>
        guardDuty({
          listDetectors: () => ({ DetectorIds: ["1"] }),
          getDetector: () => ({ Status: "DISABLED" }),
        }),
      "suspended",
    ],
    [
      "an account that is not subscribed to Security Hub",
      () =>
        securityHub({
          getEnabledStandards: () => refusal("Account 444444444444 is not subscribed to AWS Security Hub"),
        }),
      "off",
    ],
    [
      "Security Hub with the CIS standard, on the second page",
      () =>
        securityHub({
          getEnabledStandards: ({ NextToken }) =>
            NextToken === undefined
              ? { StandardsSubscriptions: [OTHER], NextToken: "2" }
              : { StandardsSubscriptions: [CIS] },
        }),
      "on",
    ],
    [
      "Security Hub with another standard",
      () => securityHub({ getEnabledStandards: () => ({ StandardsSubscriptions: [OTHER] }) }),
      "on without the CIS standard",
    ],
    [
      "an analyzer of the account",
      () => analyzer({ listAnalyzers: () => ({ analyzers: [{ type: "ACCOUNT", status: "ACTIVE" }] }) }),
      "on",
    ],
    [
      "one that is being made, and one of unused access",
      () =>
        analyzer({
          listAnalyzers: () => ({
            analyzers: [
              { type: "ACCOUNT", status: "CREATING" },
              { type: "ACCOUNT_UNUSED_ACCESS", status: "ACTIVE" },
            ],
          }),
        }),
      "off",
    ],
  ];
  for (const [what, read, state] of cases)
    it(`${what}: ${state}`, async () => {
      assert.equal(await read(), state);
    });

  it("is not known where Security Hub refuses for another reason", () =>
    assert.rejects(
      securityHub({ getEnabledStandards: () => refusal("The account doesn't have permission.") }),
      InvalidAccessException,
    ));
});
