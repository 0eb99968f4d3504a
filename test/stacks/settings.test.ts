import assert from "node:assert/strict";

import { UserError } from "../../src/model/problems";
import { readSettings } from "../../src/stacks/settings";

describe("stack settings", () => {
  it("has defaults for everything, and ignores other tools' keys", () => {
    assert.deepEqual(readSettings("dev", { "aws:region": "eu-west-1" }), { alarmSubscriptions: [] });
  });

  it("reads what Pulumi keeps as text or JSON", () => {
    assert.deepEqual(
      readSettings("dev", {
        "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
        "muster:trailLogGroup": "organization-trail",
        "muster:accountAlias": "example-dev",
      }),
      {
        alarmSubscriptions: [{ protocol: "email", endpoint: "security@example.com" }],
        trailLogGroup: "organization-trail",
        accountAlias: "example-dev",
      },
    );
  });

  it("refuses every unknown key and unfit value at once", () => {
    const config = {
      "muster:accountAlias": "111111111111",
      "muster:alarmSubscriptions": '[{"protocol":"pigeon","endpoint":"","colour":"grey"}]',
      "muster:trailLoggroup": "organization-trail",
    };
    assert.throws(
      () => readSettings("dev", config),
      (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.equal(
          error.message,
          [
            "5 problems to solve first.",
            "",
            "Pulumi.dev.yaml",
            '  1. muster:accountAlias = "111111111111"',
            "     An alias is 3 to 63 lower-case letters, digits and single hyphens, and no account id.",
            '  2. muster:alarmSubscriptions[0].colour = "grey"',
            "     There is no such setting.",
            '  3. muster:alarmSubscriptions[0].endpoint = ""',
            "     An endpoint is not blank.",
            '  4. muster:alarmSubscriptions[0].protocol = "pigeon"',
            "     A notice travels by one of email, email-json, https, sms, sqs, lambda.",
            '  5. muster:trailLoggroup = "organization-trail"',
            "     There is no such setting.",
            "     Allowed: alarmSubscriptions, trailLogGroup, accountAlias",
          ].join("\n"),
        );
        return true;
      },
    );
  });
});
