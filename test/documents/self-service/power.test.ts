import assert from "node:assert/strict";
import { render, type PolicyDocument } from "../../../src/documents/policy-document";
import { manageOwnUser } from "../../../src/documents/self-service/manage-own-user";
import { power } from "../../../src/documents/self-service/power";
import { parseUserName, userArn, type Arn } from "../../../src/model/names";
import { QUOTAS } from "../../../src/model/quotas";
import type { MfaState } from "../../../src/access/caller";
import { decide, userCaller, type Caller, type Decision } from "../../support/evaluate";
import { mutate } from "../../support/mutation";
import { authorizationProblems } from "../../support/service-authorization";
import { ACCOUNTS } from "../fixture";

const RECENT: MfaState = { ageSeconds: 3_599 };
const arnOf = (name: string): Arn => userArn(ACCOUNTS.identity, parseUserName(name)!);
const device = (name: string): string => `arn:aws:iam::111111111111:mfa/${name}`;

const sarah = arnOf("sarah.devops");
const chris = arnOf("chris.security");
const maria = arnOf("maria.cto");
const john = arnOf("john.developer");

/** sarah and chris hold PowerG; maria is a break-glass holder. */
const document = power(ACCOUNTS.identity, [chris, maria, sarah]);
const policies: readonly PolicyDocument[] = [manageOwnUser(ACCOUNTS.identity), document];

const ask = (action: string, resource: string, mfa: MfaState = RECENT): Promise<Decision> =>
  decide({ caller: userCaller(sarah, mfa), policies, action, resource });

const withoutMfa = (caller: Caller): Caller => ({
  ...caller,
  context: { ...caller.context, "aws:MultiFactorAuthPresent": "false" },
});

/** Which of its two statements a document grants to a caller. */
async function grantsOf(granting: PolicyDocument, caller: Caller): Promise<readonly string[]> {
  const alone = { caller, policies: [granting] };
  const overOthers = await decide({ ...alone, action: "iam:DeleteUser", resource: john });
  const overGuarded = await decide({ ...alone, action: "iam:TagUser", resource: chris });
  return [
    ...(overOthers === "allowed" ? ["over others"] : []),
    ...(overGuarded === "allowed" ? ["over the guarded"] : []),
  ];
}

type Row = readonly [says: string, action: string, resource: string];

const CAN: readonly Row[] = [
  ["make people", "iam:CreateUser", arnOf("new.colleague")],
  ["remove people", "iam:DeleteUser", john],
  ["give people a password", "iam:CreateLoginProfile", john],
  ["take people's keys away", "iam:DeleteAccessKey", john],
  ["remove a lost device", "iam:DeactivateMFADevice", john],
  ["throw a lost device away", "iam:DeleteVirtualMFADevice", device("john.developer")],
  ["change people's roles", "iam:TagUser", john],
  ["change another holder's roles", "iam:TagUser", chris],
  ["see another holder", "iam:GetUser", chris],
  ["see another holder's keys", "iam:ListAccessKeys", chris],
  ["take a policy off another holder", "iam:DetachUserPolicy", maria],
  ["put people into groups", "iam:AddUserToGroup", "arn:aws:iam::111111111111:group/infra-AssumeRoleG-dev"],
  [
    "change roles of the account",
    "iam:PutRolePolicy",
    "arn:aws:iam::111111111111:role/infra-SecurityR-users",
  ],
  ["change policies", "iam:CreatePolicyVersion", "arn:aws:iam::111111111111:policy/app"],
  ["list people", "iam:ListUsers", "*"],
  ["change the rules for passwords", "iam:UpdateAccountPasswordPolicy", "*"],
  ["make a key of their own", "iam:CreateAccessKey", sarah],
  ["replace their own device: take the old one off", "iam:DeactivateMFADevice", sarah],
  ["replace their own device: put a new one on", "iam:EnableMFADevice", sarah],
  ["replace their own device: make it", "iam:CreateVirtualMFADevice", device("sarah.devops-2")],
  ["replace their own device: throw the old one away", "iam:DeleteVirtualMFADevice", device("sarah.devops")],
  ["change their own password", "iam:ChangePassword", sarah],
];

const CREDENTIALS = [
  "iam:CreateAccessKey",
  "iam:UpdateAccessKey",
  "iam:DeleteAccessKey",
  "iam:CreateLoginProfile",
  "iam:UpdateLoginProfile",
  "iam:DeleteLoginProfile",
  "iam:EnableMFADevice",
  "iam:ResyncMFADevice",
  "iam:DeactivateMFADevice",
  "iam:UploadSSHPublicKey",
  "iam:UploadSigningCertificate",
  "iam:CreateServiceSpecificCredential",
  "iam:ResetServiceSpecificCredential",
  "iam:UpdateUser",
  "iam:DeleteUser",
] as const;

describe("PowerG", () => {
  for (const [says, action, resource] of CAN) {
    it(`its holders can ${says}: ${action}`, async () => {
      assert.equal(await ask(action, resource), "allowed");
    });
  }

  for (const action of CREDENTIALS) {
    it(`its holders cannot take over another holder: ${action}`, async () => {
      assert.equal(await ask(action, chris), "denied");
    });
    it(`its holders cannot take over a break-glass holder: ${action}`, async () => {
      assert.equal(await ask(action, maria), "denied");
    });
  }

  for (const name of ["chris.security", "chris.security-phone", "maria.cto"]) {
    it(`its holders cannot touch the device ${name}`, async () => {
      assert.equal(await ask("iam:DeleteVirtualMFADevice", device(name)), "denied");
      assert.equal(await ask("iam:CreateVirtualMFADevice", device(name)), "denied");
    });
  }

  it("is IAM alone", async () => {
    assert.equal(await ask("s3:ListAllMyBuckets", "*"), "denied");
    assert.equal(
      await ask("sts:AssumeRole", "arn:aws:iam::111111111111:role/infra-SecurityR-users"),
      "denied",
    );
  });

  // Asked of the document alone, since ManageOwnUser denies most of it too. AWS never sends the last of these: it is here
  // so that each of the two conditions is seen to hold by itself.
  const TOO_LITTLE: readonly (readonly [says: string, caller: Caller])[] = [
    ["MFA of an hour ago", userCaller(sarah, { ageSeconds: 3_600 })],
    ["no MFA", userCaller(sarah, "console without MFA")],
    ["access keys", userCaller(sarah, "access keys")],
    ["an age of MFA and no MFA", withoutMfa(userCaller(sarah, RECENT))],
  ];

  for (const [says, caller] of TOO_LITTLE) {
    it(`grants nothing with ${says}`, async () => {
      assert.deepEqual(await grantsOf(document, caller), []);
    });
  }

  for (const { without, document: mutated } of mutate(document)) {
    it(`grants more without ${without}`, async () => {
      const grants = await Promise.all(TOO_LITTLE.map(([, caller]) => grantsOf(mutated, caller)));
      assert.notDeepEqual(grants.flat(), []);
    });
  }

  it("says what AWS knows", async () => {
    assert.deepEqual(await authorizationProblems(document, "user"), []);
  });

  it("fits twenty holders with names as long as IAM has them", () => {
    const holders = Array.from({ length: 20 }, (_, index) => arnOf(String(index).padStart(64, "x")));
    assert.ok(render(power(ACCOUNTS.identity, holders)).length <= QUOTAS.policyCharacters);
  });
});
