import assert from "node:assert/strict";

import { toInstant } from "../../src/model/dates";
import { buildModel } from "../../src/model/model";
import type { Person } from "../../src/model/person";
import { welcomeAsJson, welcomeAsText, buildWelcome } from "../../src/onboarding/welcome";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";

const model = buildModel(sampleOrganization(), sampleRoster(), NOW);

function person(name: string): Person {
  const found = model.people.find((one) => one.name === name);
  assert.ok(found);
  return found;
}

const LINK = "https://signin.aws.amazon.com/switchrole?account=";

describe("the welcome of a new person", () => {
  it("says the password once and the steps in the order that works", () => {
    const welcome = buildWelcome(model, person("john.developer"), { passwordLength: 14 });
    assert.equal(
      welcomeAsText(welcome, "SECRET"),
      `The password of john.developer, shown this once: SECRET

Hand it to them alone, and not by the way that these steps take:

1. Sign in at https://111111111111.signin.aws.amazon.com/console
   as the IAM user john.developer.
2. Choose your own password when AWS asks for it: 14 characters or more, with lower case, upper case, a digit and a symbol.
3. Click your name at the top right, then Security credentials, then Assign MFA device. Its name must be
   john.developer
   (the device is then arn:aws:iam::111111111111:mfa/john.developer).
   An authenticator app works in the console and on the command line. So does a hardware token that shows codes, whose serial number then stands where the command line asks for the device's ARN. A passkey or a security key works in the console alone: for access keys on the command line assign an authenticator app besides.
   Until it is there AWS denies everything else. Do not create access keys yet.
4. Sign out, and sign in again with a code of the device. A session without MFA stays without it.
5. Switch to a role:
   Developer in dev: ${LINK}222222222222&roleName=infra-DeveloperR-dev&displayName=Developer%40dev
   Developer in staging: ${LINK}333333333333&roleName=infra-DeveloperR-staging&displayName=Developer%40staging
   DbRead in prod, from 2026-11-20T10:00:00Z until 2026-11-20T14:00:00Z: ${LINK}444444444444&roleName=infra-DbReadR-prod&displayName=DbRead%40prod
6. Only if you need the command line: you need no access key. With the AWS CLI 2.32 or newer, do as the answer of \`npm run aws-config -- john.developer\` says, and use the profiles that it writes.
`,
    );
  });

  it("tells a holder of BreakGlass to make no access key, and how to sign in without", () => {
    const text = welcomeAsText(buildWelcome(model, person("maria.cto"), { passwordLength: 14 }), "SECRET");
    assert.deepEqual(
      text.split("\n").filter((line) => /access key|passkey/.test(line)),
      [
        "   An authenticator app, a hardware token, a passkey or a security key: each of them signs in to the console.",
        "6. Only if you need the command line: you need no access key, and as a holder of BreakGlass can make none. With the AWS CLI 2.32 or newer, do as the answer of `npm run aws-config -- maria.cto` says, and use the profiles that it writes.",
      ],
    );
  });

  it("names the account by its alias, and the days of those who have some", () => {
    const welcome = buildWelcome(model, person("kim.contractor"), {
      alias: "example-people",
      passwordLength: 20,
    });
    const text = welcomeAsText(welcome, "SECRET");
    assert.match(text, /^1\. Sign in at https:\/\/example-people\.signin\.aws\.amazon\.com\/console$/m);
    assert.match(text, /: 20 characters or more,/);
    assert.match(text, /use the profiles that it writes\.\n\nAccess ends at 2027-02-01T00:00:00Z\.\n$/);
    const before = buildWelcome(
      { ...model, now: toInstant(new Date("2026-10-01T00:00:00Z")) },
      person("kim.contractor"),
      {
        passwordLength: 20,
      },
    );
    assert.match(
      welcomeAsText(before, "SECRET"),
      /\nAccess begins at 2026-11-01T00:00:00Z\.\n\nAccess ends at 2027-02-01T00:00:00Z\.\n$/,
    );
  });

  it("asks for a code where the user has devices already", () => {
    const welcome = buildWelcome(model, person("john.developer"), {
      ownDevices: ["GAHT12345678", "arn:aws:iam::111111111111:mfa/john.developer"],
      passwordLength: 14,
    });
    assert.match(
      welcomeAsText(welcome, "SECRET"),
      /^3\. AWS asks for a code of a device that you have already: GAHT12345678, arn:aws:iam::111111111111:mfa\/john\.developer\.\n {3}If it is yours no longer, stop here and say so \(docs\/runbooks\/recovery\.md\)\.$/m,
    );
  });

  it("says so where there is no role yet", () => {
    const { people, temporary, ...roster } = sampleRoster();
    assert.ok(people["john.developer"] && temporary);
    const without = buildModel(
      sampleOrganization(),
      { ...roster, people: { ...people, "john.developer": { ...people["john.developer"], access: {} } } },
      NOW,
    );
    const welcome = buildWelcome(without, person("john.developer"), { passwordLength: 14 });
    assert.match(
      welcomeAsText(welcome, "SECRET"),
      /^5\. You hold no role yet; the roster says when you do\.$/m,
    );
  });

  it("is whole for programs", () => {
    const welcome = buildWelcome(model, person("alex.dba"), { passwordLength: 14 });
    assert.deepEqual(JSON.parse(welcomeAsJson(welcome, "SECRET")), {
      person: "alex.dba",
      signInUrl: "https://111111111111.signin.aws.amazon.com/console",
      mfaDevice: "arn:aws:iam::111111111111:mfa/alex.dba",
      passwordLength: 14,
      terms: {},
      roles: [
        {
          account: "staging",
          role: "Dba",
          url: `${LINK}333333333333&roleName=infra-DbaR-staging&displayName=Dba%40staging`,
          validities: [{}],
        },
        {
          account: "prod",
          role: "DbRead",
          url: `${LINK}444444444444&roleName=infra-DbReadR-prod&displayName=DbRead%40prod`,
          validities: [{}],
        },
      ],
      password: "SECRET",
    });
  });
});
