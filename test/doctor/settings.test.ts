import assert from "node:assert/strict";

import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorOutcome,
} from "../../src/doctor/doctor-finding";
import type { CommandAnswer } from "../../src/doctor/run-command";
import { settingsOutcome } from "../../src/doctor/settings";
import type { Problem } from "../../src/model/problems";

const WHERE = { key: "dev", project: "clinic", now: new Date("2026-11-23T12:00:00Z") };
const MISPLACED: Problem = {
  severity: "error",
  file: "Pulumi.dev.yaml",
  path: "configs",
  rule: "Pulumi knows no such section, and passes over all that is in it.",
  remedy: "Did you mean `config:`?",
};

const answer = (config: object, code = 0): CommandAnswer => ({
  kind: "ended",
  code,
  stdout: JSON.stringify(config),
  stderr: "",
});

const WELL = passedOutcome("no key of the namespace muster, or close to it, that a deployment refuses");
const UNREAD = unknownOutcome("cannot be read without the stack", "Put the stack right first.");
const MISSPELT = {
  "mustr:trailKey": { value: "x", secret: false },
};

describe("the settings of a stack, as doctor judges them", () => {
  const CASES: readonly (readonly [
    what: string,
    misplaced: readonly Problem[],
    answer: CommandAnswer | "no stack" | undefined,
    expected: DoctorOutcome,
  ])[] = [
    ["none", [], answer({}), WELL],
    [
      "others' and Muster's",
      [],
      answer({ "aws:region": { value: "eu-west-1" }, "muster:accountAlias": { value: "clinic-dev" } }),
      WELL,
    ],
    ["one whose value is secret", [], answer({ "muster:accountAlias": { secret: true } }), WELL],
    [
      "no stack",
      [],
      "no stack",
      missingOutcome("read by nobody before there is a stack", "Make the stack first."),
    ],
    ["no backend", [], undefined, UNREAD],
    ["no answer", [], { kind: "no answer" }, UNREAD],
    ["a refusal", [], answer({}, 255), UNREAD],
    [
      "a misspelt namespace",
      [],
      answer(MISSPELT),
      missingOutcome(
        'mustr:trailKey: Nothing reads settings of the namespace "mustr"',
        "Did you mean muster:trailKey?",
      ),
    ],
    [
      "a misspelt section, and no stack",
      [MISPLACED],
      "no stack",
      missingOutcome(
        "configs: Pulumi knows no such section, and passes over all that is in it",
        "Did you mean `config:`?",
      ),
    ],
    [
      "several",
      [MISPLACED],
      answer({ ...MISSPELT, "muster:machines": { value: '{"idle":1}' } }),
      missingOutcome(
        "configs: Pulumi knows no such section, and passes over all that is in it, and 2 problems more",
        "Did you mean `config:`? `pulumi preview` lists them all.",
      ),
    ],
  ];
  for (const [what, misplaced, config, expected] of CASES)
    it(what, () => assert.deepEqual(settingsOutcome(WHERE, misplaced, config), expected));
});
