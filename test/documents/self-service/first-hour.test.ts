import assert from "node:assert/strict";

import type { MfaState } from "../../../src/access/caller";
import { policyDocument, type PermissionStatement } from "../../../src/documents/policy-document";
import { assumeRolePolicies } from "../../../src/documents/self-service/assume-role";
import { manageOwnUser } from "../../../src/documents/self-service/manage-own-user";
import { userArn, type UserName } from "../../../src/model/names";
import { Deployed } from "../../support/deployed";
import { decide, decideAssumeRole, userCaller, type Decision } from "../../support/evaluate";
import { sampleModel } from "../../support/sample";

/** What AWS may say of MFA in a request: the key is true, false, or not there. */
const MFA = {
  true: { ageSeconds: 600 },
  false: "console without MFA",
  absent: "access keys",
} as const satisfies Record<string, MfaState>;

const model = sampleModel();
const deployed = new Deployed(model);
const { identity } = model.organization;
const NEWCOMER = "alex.dba";
const user = userArn(identity, NEWCOMER as UserName);
const device = `arn:aws:iam::${identity.id}:mfa/${NEWCOMER}`;
const role = deployed.role("prod", "DbRead");
const policies = deployed.userPolicies(NEWCOMER);

const EVERYTHING = policyDocument<PermissionStatement>({
  Sid: "All",
  Effect: "Allow",
  Action: "*",
  Resource: "*",
});

const asks =
  (action: string, resource: string) =>
  (mfa: MfaState): Promise<Decision> =>
    decide({ caller: userCaller(user, mfa), policies, action, resource });

/** Of what AWS asks no permission for: only a Deny would refuse it. */
const isNotRefused =
  (action: string, resource: string) =>
  (mfa: MfaState): Promise<Decision> =>
    decide({ caller: userCaller(user, mfa), policies: [...policies, EVERYTHING], action, resource });

/** Both have a say: the policies of the newcomer's groups, and the trust of the role. */
const becomesRole = (mfa: MfaState): Promise<Decision> =>
  decideAssumeRole({
    caller: userCaller(user, mfa),
    policies,
    roleArn: role.arn,
    trust: deployed.trust("prod", "DbRead"),
    sessionName: NEWCOMER,
  });

/** The groups' policies alone, for whatever the trust will say. */
const mayTryRole = (mfa: MfaState): Promise<Decision> =>
  decide({
    caller: userCaller(user, mfa),
    policies: [manageOwnUser(identity), ...assumeRolePolicies([role.arn])],
    action: "sts:AssumeRole",
    resource: role.arn,
    resourceAccount: identity.id,
  });

type Step = readonly [
  step: string,
  ask: (mfa: MfaState) => Promise<Decision>,
  expected: Readonly<Record<keyof typeof MFA, Decision>>,
];

const ALWAYS = { true: "allowed", false: "allowed", absent: "allowed" } as const;
const IN_THE_CONSOLE = { true: "allowed", false: "allowed", absent: "denied" } as const;
const WITH_MFA = { true: "allowed", false: "denied", absent: "denied" } as const;

/** In their order. A sign-in itself asks no policy of the user. */
const STEPS: readonly Step[] = [
  ["first sign-in: sees the rules for passwords", asks("iam:GetAccountPasswordPolicy", "*"), ALWAYS],
  ["first sign-in: replaces the first password", asks("iam:ChangePassword", user), ALWAYS],
  ["sees their own user", asks("iam:GetUser", user), ALWAYS],
  ["sees which devices they have", asks("iam:ListMFADevices", user), ALWAYS],
  ["enrols MFA: makes the device", asks("iam:CreateVirtualMFADevice", device), IN_THE_CONSOLE],
  ["enrols MFA: enables it", asks("iam:EnableMFADevice", user), IN_THE_CONSOLE],
  ["switches role in the console: may try", mayTryRole, ALWAYS],
  ["switches role in the console: gets in", becomesRole, WITH_MFA],
  ["makes an access key", asks("iam:CreateAccessKey", user), WITH_MFA],
  ["enters MFA on the command line", isNotRefused("sts:GetSessionToken", "*"), ALWAYS],
  ["assumes the role on the command line: may try", mayTryRole, ALWAYS],
  ["assumes the role on the command line: gets in", becomesRole, WITH_MFA],
  [
    "aws login: in the browser",
    asks(
      "signin:AuthorizeOAuth2Access",
      `arn:aws:signin:eu-west-1:${identity.id}:oauth2/public-client/localhost`,
    ),
    WITH_MFA,
  ],
  [
    "aws login: credentials for the code",
    asks(
      "signin:CreateOAuth2Token",
      `arn:aws:signin:eu-west-1:${identity.id}:oauth2/public-client/localhost`,
    ),
    { true: "allowed", false: "allowed", absent: "allowed" },
  ],
];

describe("a newcomer's first hour", () => {
  for (const [step, ask, expected] of STEPS) {
    for (const [key, mfa] of Object.entries(MFA)) {
      const decision = expected[key as keyof typeof MFA];
      it(`${step}, aws:MultiFactorAuthPresent ${key}: ${decision}`, async () => {
        assert.equal(await ask(mfa), decision);
      });
    }
  }
});
