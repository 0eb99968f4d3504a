import assert from "node:assert/strict";
import { renderDocument, type PolicyDocument } from "../../../src/documents/policy-document";
import { manageOwnUser } from "../../../src/documents/self-service/manage-own-user";
import { powerPolicy } from "../../../src/documents/self-service/power-policy";
import { blueprintsOf } from "../../../src/documents/blueprint";
import { checkQuotas } from "../../../src/documents/quota-check";
import { buildModel } from "../../../src/model/model";
import { parseUserName, userArn, type Arn } from "../../../src/model/names";
import { QUOTAS } from "../../../src/model/quotas";
import type { MfaState, RequestContext } from "../../../src/access/caller";
import { decide, userCaller, type Caller, type Decision } from "../../support/evaluate";
import { mutate } from "../../support/mutation";
import { sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_MOMENT } from "../../support/sample";
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
const document = powerPolicy(ACCOUNTS.identity, [chris, sarah]);
const policies: readonly PolicyDocument[] = [manageOwnUser(ACCOUNTS.identity), document];

/** Maria's user has the tag of a break-glass holder. */
const tagsOf = (resource: string): RequestContext =>
  resource === maria ? { "aws:ResourceTag/BreakGlassHolder": "true" } : {};

const ask = (
  action: string,
  resource: string,
  mfa: MfaState = RECENT,
  context: RequestContext = {},
): Promise<Decision> =>
  decide({
    caller: userCaller(sarah, mfa),
    policies,
    action,
    resource,
    context: { ...tagsOf(resource), ...TAG_KEYS_OF[action], ...context },
  });

const TAG_KEYS_OF: Readonly<Record<string, RequestContext>> = {
  "iam:TagUser": { "aws:TagKeys": ["infra:prod"] },
  "iam:UntagUser": { "aws:TagKeys": ["infra:prod"] },
};

const withoutMfa = (caller: Caller): Caller => ({
  ...caller,
  context: { ...caller.context, "aws:MultiFactorAuthPresent": "false" },
});

/** Which of its statements a document grants to a caller. */
async function grantsOf(granting: PolicyDocument, caller: Caller): Promise<readonly string[]> {
  const alone = { caller, policies: [granting] };
  const overOthers = await decide({ ...alone, action: "iam:DeleteUser", resource: john });
  const overGuarded = await decide({ ...alone, action: "iam:GetUser", resource: chris });
  const overTags = await decide({
    ...alone,
    action: "iam:TagUser",
    resource: chris,
    context: TAG_KEYS_OF["iam:TagUser"] ?? {},
  });
  return [
    ...(overOthers === "allowed" ? ["over others"] : []),
    ...(overGuarded === "allowed" ? ["over the guarded"] : []),
    ...(overTags === "allowed" ? ["over their tags"] : []),
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

  const GUARD_TAGS: readonly (readonly [says: string, keys: readonly string[]])[] = [
    ["the tag that guards a break-glass holder", ["BreakGlassHolder"]],
    ["it in another case", ["breakglassHOLDER"]],
    ["it beside another", ["Team", "BreakGlassHolder"]],
    ["tags that nobody names", []],
  ];
  for (const [says, keys] of GUARD_TAGS) {
    for (const action of ["iam:TagUser", "iam:UntagUser"]) {
      it(`its holders cannot change ${says}: ${action}`, async () => {
        const context = keys.length === 0 ? {} : { "aws:TagKeys": keys };
        const decision = await decide({
          caller: userCaller(sarah, RECENT),
          policies,
          action,
          resource: maria,
          context: { ...tagsOf(maria), ...context },
        });
        assert.equal(decision, "denied");
      });
    }
  }

  it("its holders can change the other tags of a break-glass holder", async () => {
    assert.equal(await ask("iam:TagUser", maria), "allowed");
  });

  for (const name of ["chris.security", "chris.security-phone"]) {
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
      const keyOfMaria = await decide({
        caller: userCaller(sarah, RECENT),
        policies: [mutated],
        action: "iam:CreateAccessKey",
        resource: maria,
        context: tagsOf(maria),
      });
      const guards = await Promise.all(
        [{}, { "aws:TagKeys": ["BreakGlassHolder"] }].map((context) =>
          decide({
            caller: userCaller(sarah, RECENT),
            policies: [mutated],
            action: "iam:TagUser",
            resource: maria,
            context: { ...tagsOf(maria), ...context },
          }),
        ),
      );
      assert.ok([...grants.flat(), keyOfMaria, ...guards].some((grant) => grant !== "denied"));
    });
  }

  it("says what AWS knows", async () => {
    assert.deepEqual(await authorizationProblems(document, "user"), []);
  });

  it("fits twenty members with names as long as IAM has them", () => {
    const holders = Array.from({ length: 20 }, (_, index) => arnOf(String(index).padStart(64, "x")));
    assert.ok(renderDocument(powerPolicy(ACCOUNTS.identity, holders)).length <= QUOTAS.policyCharacters);
  });

  it("has a document that does not grow with the break-glass holders of thirty accounts", () => {
    const documentOf = (count: number): string => {
      const keys = Array.from({ length: count }, (_, index) => `account-${String(index)}`);
      const account = (index: number) => ({
        id: String(500_000_000_000 + index),
        kind: "workload" as const,
        environment: "prod" as const,
      });
      const holder = (key: string, which: string): string => `${key}.${which}`;
      const people = keys.flatMap((key) =>
        ["primary", "backup"].map(
          (which) =>
            [
              holder(key, which),
              { email: `${holder(key, which)}@example.com`, category: "devops" as const, access: {} },
            ] as const,
        ),
      );
      const roster = sampleRoster();
      const model = buildModel(
        {
          ...sampleOrganization(),
          accounts: {
            ...sampleOrganization().accounts,
            ...Object.fromEntries(keys.map((key, index) => [key, account(index)])),
          },
        },
        {
          ...roster,
          people: { ...roster.people, ...Object.fromEntries(people) },
          breakGlass: {
            ...roster.breakGlass,
            ...Object.fromEntries(
              keys.map((key) => [key, { primary: holder(key, "primary"), backup: holder(key, "backup") }]),
            ),
          },
        },
        SAMPLE_MOMENT,
      );
      const blueprints = blueprintsOf(model);
      assert.deepEqual(
        checkQuotas(blueprints).filter(({ severity }) => severity === "error"),
        [],
      );
      const groups = blueprints.find(({ people: own }) => own)?.people?.groups ?? [];
      const [policy] = groups.find(({ name }) => name === "infra-PowerG")?.policies ?? [];
      assert.ok(policy);
      return policy.text;
    };
    assert.equal(documentOf(30), documentOf(0));
  });
});
