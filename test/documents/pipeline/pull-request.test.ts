import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { stateAccess } from "../../../src/documents/pipeline/state-access";
import { PIPELINE_PERMISSIONS } from "../../../src/documents/pipeline-blueprint";
import { CONTEXT } from "./decide-as";

const DOCS = readFileSync(path.join(__dirname, "..", "..", "..", "docs", "pipelines.md"), "utf8");
const [, section = ""] = DOCS.split("## What a pull request can reach\n");
const words = (section.split("\n## ")[0] ?? "").replaceAll(/\s+/g, " ");

/** By each statement that Preview has, what the documentation says of what it opens. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  ReadSettings: ["all security groups, trails, alarms, log groups", "of any subscription the address"],
  ReadIam: ["reads IAM whole"],
  ReadTrail: ["the settings of the trail and its status"],
  ReadBucketSettings: [
    "buckets of the trail, of Config and of recorded sessions",
    "the names of what is in them",
  ],
  ReadDocuments: ["documents for sessions, with their text"],
  ReadAlarms: ["alarms' topics with their policies"],
  ReadMetricFilters: ["metric filters"],
  ReadAlarmRules: ["rules of EventBridge with their targets"],
  ReadKeySettings: ["policies of every key"],
  ReadSubnetGroup: ["subnet group of databases"],
  ReadSecretSettings: ["secret of the region"],
  ListIam: ["ids of access keys and MFA devices included"],
  ReadAccountSettings: ["the security contact, with its name, address and telephone number", "Security Hub"],
  ReadDetectors: ["GuardDuty", "Access Analyzer"],
  ReadRecorders: ["AWS Config"],
  ReadConfigRules: ["AWS Config"],
  StateBucket: ["Pulumi's state where `state` names its bucket"],
  State: ["Pulumi's state where `state` names its bucket"],
  StateKey: ["where `state` names a key, the Preview role may decrypt with it"],
};

describe("docs/pipelines.md, what a pull request can reach", () => {
  const key = "arn:aws:kms:eu-west-1:111111111111:key/1";
  const statements = [
    ...PIPELINE_PERMISSIONS.Preview(CONTEXT),
    stateAccess("Preview", { bucket: "example-state", key }),
  ].flatMap(({ document }) => document.Statement);

  it("has every statement of Preview", () => {
    assert.deepEqual(statements.map(({ Sid }) => Sid).sort(), Object.keys(SAID).sort());
  });

  for (const [sid, phrases] of Object.entries(SAID)) {
    it(`names what ${sid} opens`, () => {
      for (const phrase of phrases) assert.ok(words.includes(phrase), phrase);
    });
  }

  it("says what GitHub's own tokens open", () => {
    assert.match(words, /GitHub's identity token of pull requests, for any audience/);
    assert.match(words, /a `GITHUB_TOKEN` with all rights that the repository lets a workflow ask for/);
  });
});
