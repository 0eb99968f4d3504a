import assert from "node:assert/strict";

import { FRESH_MFA } from "../../src/access/circumstances";
import { Evaluator } from "../../src/access/evaluator";
import { readActionRequest } from "../../src/access/action-request";
import { WhoCanAnswers } from "../../src/access/who-can";
import { alarmTesters } from "../../src/alarms/alarm-testers";
import { accountsOf, sample } from "../access/support";
import { sampleModel } from "../support/sample";

const ACCOUNTS = accountsOf(sample());

/** The roles of the sample that may set an alarm of an account off; those that nobody holds are none. */
async function rolesThatMay(key: string, id: string): Promise<readonly string[]> {
  const ables = await new WhoCanAnswers(ACCOUNTS, new Evaluator()).answer(
    await readActionRequest(
      "cloudwatch:SetAlarmState",
      `arn:aws:cloudwatch:eu-west-1:${id}:alarm:infra-RootUsed`,
    ),
    { at: "2026-11-20T12:00:00Z", mfa: FRESH_MFA, context: {} },
    ACCOUNTS.account(key),
  );
  return [...new Set(ables.map(({ kind, role, who }) => role ?? `${kind} ${who.join(", ")}`))];
}

describe("those who may test alarms", () => {
  const { accounts } = sampleModel().organization;

  it("are said by the kind of account", () =>
    assert.deepEqual(
      accounts.map((account) => [account.key, alarmTesters(account)]),
      [
        ["users", ["whoever made the stack first"]],
        ["dev", ["Admin", "BreakGlass as an administrator", "Ops"]],
        ["staging", ["Admin", "BreakGlass as an administrator", "Ops"]],
        ["prod", ["Admin", "BreakGlass as an administrator"]],
      ],
    ));

  it("are, of the roles that somebody in the sample holds, those that its documents let", async () =>
    assert.deepEqual(await Promise.all(accounts.map(({ key, id }) => rolesThatMay(key, id))), [
      [],
      ["dev/Admin"],
      ["staging/Ops"],
      ["prod/BreakGlass"],
    ]));
});
