import assert from "node:assert/strict";
import { renderDocument, type PolicyDocument } from "../../../src/documents/policy-document";
import { assumeRolePolicies } from "../../../src/documents/self-service/assume-role";
import { manageOwnUser } from "../../../src/documents/self-service/manage-own-user";
import { powerPolicy } from "../../../src/documents/self-service/power-policy";
import { parseUserName, roleArn, userArn } from "../../../src/model/names";
import { QUOTAS } from "../../../src/model/quotas";
import type { MfaState, RequestContext } from "../../../src/access/caller";
import { awsManagedDocument, decide, userCaller, type Decision } from "../../support/evaluate";
import { mutate } from "../../support/mutation";
import { authorizationProblems } from "../../support/service-authorization";
import { ACCOUNTS, contextIn } from "../fixture";

const SIGNED_IN: MfaState = { ageSeconds: 600 };
const SIGNED_IN_LONG_AGO: MfaState = { ageSeconds: 3_600 };
const FIRST_SIGN_IN: MfaState = "console without MFA";
const STOLEN_KEYS: MfaState = "access keys";

const people = "arn:aws:iam::111111111111:user/people/";
const bob = `${people}bob`;
const device = (name: string): string => `arn:aws:iam::111111111111:mfa/${name}`;
const opsInDev = roleArn(contextIn("dev").organization, "Ops", ACCOUNTS.dev);

const document = manageOwnUser(ACCOUNTS.identity);
const everybody: readonly PolicyDocument[] = [document, ...assumeRolePolicies([opsInDev])];

const ask = (
  action: string,
  resource: string,
  mfa: MfaState,
  policies: readonly PolicyDocument[],
  context: RequestContext = {},
): Promise<Decision> => decide({ caller: userCaller(bob, mfa), policies, action, resource, context });

type Row = readonly [says: string, mfa: MfaState, action: string, resource: string, context?: RequestContext];

const KEY_ID = "AKIAIOSFODNN7EXAMPLE";
const tagKeys = (...keys: readonly string[]): RequestContext => ({ "aws:TagKeys": keys });
const COMMAND_LINE = "arn:aws:signin:eu-west-1:111111111111:oauth2/public-client/localhost";

const CAN: readonly Row[] = [
  [
    "enrol a device at the first sign-in: make it",
    FIRST_SIGN_IN,
    "iam:CreateVirtualMFADevice",
    device("bob"),
  ],
  ["enrol a device at the first sign-in: enable it", FIRST_SIGN_IN, "iam:EnableMFADevice", bob],
  ["enrol a device at the first sign-in: correct it", FIRST_SIGN_IN, "iam:ResyncMFADevice", bob],
  ["replace the first password", FIRST_SIGN_IN, "iam:ChangePassword", bob],
  ["see the rules for passwords", FIRST_SIGN_IN, "iam:GetAccountPasswordPolicy", "*"],
  ["see their own user at the first sign-in", FIRST_SIGN_IN, "iam:GetUser", bob],
  ["see their devices at the first sign-in", FIRST_SIGN_IN, "iam:ListMFADevices", bob],
  ["see which devices exist", FIRST_SIGN_IN, "iam:ListVirtualMFADevices", "*"],
  ["see their user with access keys", STOLEN_KEYS, "iam:GetUser", bob],
  ["replace a device", SIGNED_IN, "iam:DeactivateMFADevice", bob],
  ["have a second device", SIGNED_IN, "iam:CreateVirtualMFADevice", device("bob-2")],
  ["throw a device away", SIGNED_IN, "iam:DeleteVirtualMFADevice", device("bob-2")],
  ["change their password", SIGNED_IN, "iam:ChangePassword", bob],
  ["make an access key", SIGNED_IN, "iam:CreateAccessKey", bob],
  ["delete an access key hours later", SIGNED_IN_LONG_AGO, "iam:DeleteAccessKey", bob],
  ["change their password hours later", SIGNED_IN_LONG_AGO, "iam:ChangePassword", bob],
  ["switch an access key off", SIGNED_IN, "iam:UpdateAccessKey", bob],
  ["delete an access key", SIGNED_IN, "iam:DeleteAccessKey", bob],
  ["see when a key was used", SIGNED_IN, "iam:GetAccessKeyLastUsed", bob],
  ["upload an SSH key", SIGNED_IN, "iam:UploadSSHPublicKey", bob],
  ["see their groups", SIGNED_IN, "iam:ListGroupsForUser", bob],
  ["see the console's page", SIGNED_IN, "iam:GetAccountSummary", "*"],
  ["describe an access key", SIGNED_IN, "iam:TagUser", bob, tagKeys(KEY_ID)],
  ["describe two access keys", SIGNED_IN, "iam:TagUser", bob, tagKeys(KEY_ID, "AKIAI44QH8DHBEXAMPLE")],
  ["take a description away", SIGNED_IN, "iam:UntagUser", bob, tagKeys(KEY_ID)],
  ["sign in from a command line: in the browser", SIGNED_IN, "signin:AuthorizeOAuth2Access", COMMAND_LINE],
  ["sign in from a command line: get credentials", SIGNED_IN, "signin:CreateOAuth2Token", COMMAND_LINE],
  // No source says whether AWS fills the MFA keys there; the code that it turns into a token is given with MFA only.
  ["get credentials for the browser's code", STOLEN_KEYS, "signin:CreateOAuth2Token", COMMAND_LINE],
  ["get them before MFA, for a code that needs MFA", FIRST_SIGN_IN, "signin:CreateOAuth2Token", COMMAND_LINE],
  ["replace the first password, whatever AWS says of MFA", STOLEN_KEYS, "iam:ChangePassword", bob],
];

const CANNOT: readonly Row[] = [
  ["make an access key an hour after MFA", SIGNED_IN_LONG_AGO, "iam:CreateAccessKey", bob],
  ["switch an access key on an hour after MFA", SIGNED_IN_LONG_AGO, "iam:UpdateAccessKey", bob],
  ["upload an SSH key an hour after MFA", SIGNED_IN_LONG_AGO, "iam:UploadSSHPublicKey", bob],
  ["switch an SSH key on an hour after MFA", SIGNED_IN_LONG_AGO, "iam:UpdateSSHPublicKey", bob],
  ["remove a device an hour after MFA", SIGNED_IN_LONG_AGO, "iam:DeactivateMFADevice", bob],
  ["make a device an hour after MFA", SIGNED_IN_LONG_AGO, "iam:CreateVirtualMFADevice", device("bob-2")],
  ["enable a device an hour after MFA", SIGNED_IN_LONG_AGO, "iam:EnableMFADevice", bob],
  ["correct a device an hour after MFA", SIGNED_IN_LONG_AGO, "iam:ResyncMFADevice", bob],
  ["make more devices than a user may have", SIGNED_IN, "iam:CreateVirtualMFADevice", device("bob-9")],
  [
    "make a device of somebody whose name begins alike",
    SIGNED_IN,
    "iam:CreateVirtualMFADevice",
    device("bob-smith"),
  ],
  ["make an access key before MFA", FIRST_SIGN_IN, "iam:CreateAccessKey", bob],
  ["remove their device before MFA", FIRST_SIGN_IN, "iam:DeactivateMFADevice", bob],
  ["delete a device before MFA", FIRST_SIGN_IN, "iam:DeleteVirtualMFADevice", device("bob")],
  ["upload an SSH key before MFA", FIRST_SIGN_IN, "iam:UploadSSHPublicKey", bob],
  ["see their groups before MFA", FIRST_SIGN_IN, "iam:ListGroupsForUser", bob],
  ["make a device with stolen keys", STOLEN_KEYS, "iam:CreateVirtualMFADevice", device("bob")],
  ["enable a device with stolen keys", STOLEN_KEYS, "iam:EnableMFADevice", bob],
  ["correct a device with stolen keys", STOLEN_KEYS, "iam:ResyncMFADevice", bob],
  ["sign in from a command line before MFA", FIRST_SIGN_IN, "signin:AuthorizeOAuth2Access", COMMAND_LINE],
  ["sign in from a command line with stolen keys", STOLEN_KEYS, "signin:AuthorizeOAuth2Access", COMMAND_LINE],
  ["describe a key before MFA", FIRST_SIGN_IN, "iam:TagUser", bob, tagKeys(KEY_ID)],
  ["describe a key with stolen keys", STOLEN_KEYS, "iam:TagUser", bob, tagKeys(KEY_ID)],
  ["make a key with stolen keys", STOLEN_KEYS, "iam:CreateAccessKey", bob],
  ["remove a device with stolen keys", STOLEN_KEYS, "iam:DeactivateMFADevice", bob],
  ["make keys for somebody else", SIGNED_IN, "iam:CreateAccessKey", `${people}alice`],
  ["change somebody else's password", SIGNED_IN, "iam:UpdateLoginProfile", `${people}alice`],
  ["enable a device for somebody else", SIGNED_IN, "iam:EnableMFADevice", `${people}alice`],
  [
    "remove the device of somebody whose name begins alike",
    SIGNED_IN,
    "iam:DeactivateMFADevice",
    `${people}bob-smith`,
  ],
  ["see somebody else", SIGNED_IN, "iam:GetUser", `${people}alice`],
  ["list people", SIGNED_IN, "iam:ListUsers", "*"],
  ["make a device under another name", SIGNED_IN, "iam:CreateVirtualMFADevice", device("alice")],
  ["make a device whose name merely begins alike", SIGNED_IN, "iam:CreateVirtualMFADevice", device("bobby")],
  ["set a new password without the old one", SIGNED_IN, "iam:UpdateLoginProfile", bob],
  ["tag themselves", SIGNED_IN, "iam:TagUser", bob],
  ["give themselves a role", SIGNED_IN, "iam:TagUser", bob, tagKeys("infra:prod")],
  ["give themselves a role in another case", SIGNED_IN, "iam:TagUser", bob, tagKeys("INFRA:PROD")],
  [
    "give themselves a role beside a description",
    SIGNED_IN,
    "iam:TagUser",
    bob,
    tagKeys(KEY_ID, "infra:prod"),
  ],
  ["take a role from themselves", SIGNED_IN, "iam:UntagUser", bob, tagKeys("infra:prod")],
  ["write a tag that goes on after a key's id", SIGNED_IN, "iam:TagUser", bob, tagKeys(`${KEY_ID}2`)],
  ["write a tag in small letters", SIGNED_IN, "iam:TagUser", bob, tagKeys(KEY_ID.toLowerCase())],
  ["describe somebody else's key", SIGNED_IN, "iam:TagUser", `${people}alice`, tagKeys(KEY_ID)],
  ["attach a policy to themselves", SIGNED_IN, "iam:AttachUserPolicy", bob],
  [
    "become root-like by a group",
    SIGNED_IN,
    "iam:AddUserToGroup",
    "arn:aws:iam::111111111111:group/infra-PowerG",
  ],
  ["touch anything else in the account", SIGNED_IN, "s3:ListAllMyBuckets", "*"],
];

const RAISING_ONESELF = [
  "iam:TagUser",
  "iam:UntagUser",
  "iam:AttachUserPolicy",
  "iam:DetachUserPolicy",
  "iam:PutUserPolicy",
  "iam:DeleteUserPolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:UpdateUser",
] as const;

describe("ManageOwnUser", () => {
  for (const [says, mfa, action, resource, context] of CAN) {
    it(`people can ${says}: ${action}`, async () => {
      assert.equal(await ask(action, resource, mfa, everybody, context), "allowed");
    });
  }

  for (const [says, mfa, action, resource, context] of CANNOT) {
    it(`people cannot ${says}: ${action}`, async () => {
      assert.equal(await ask(action, resource, mfa, everybody, context), "denied");
    });
  }

  describe("holds whatever else a person may do", () => {
    const withEverything: readonly PolicyDocument[] = [
      ...everybody,
      { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] },
    ];
    const guarded = [userArn(ACCOUNTS.identity, parseUserName("bob")!)];
    const asPower = [...everybody, powerPolicy(ACCOUNTS.identity, guarded)];

    for (const action of RAISING_ONESELF) {
      it(`nobody does this to themselves: ${action}`, async () => {
        assert.equal(await ask(action, bob, SIGNED_IN, withEverything), "denied");
        assert.equal(await ask(action, bob, SIGNED_IN, asPower), "denied");
      });
    }

    const ROLE_TAGS = [["infra:prod"], ["Infra:Prod"], [KEY_ID, "infra:prod"], ["BreakGlassHolder"]];
    for (const keys of ROLE_TAGS) {
      for (const action of ["iam:TagUser", "iam:UntagUser"]) {
        it(`nobody writes ${keys.join(" and ")} on themselves: ${action}`, async () => {
          assert.equal(await ask(action, bob, SIGNED_IN, withEverything, tagKeys(...keys)), "denied");
          assert.equal(await ask(action, bob, SIGNED_IN, asPower, tagKeys(...keys)), "denied");
        });
      }
    }

    for (const mfa of [FIRST_SIGN_IN, STOLEN_KEYS]) {
      const signed = JSON.stringify(mfa);
      it(`nobody asks for anything else with ${signed}`, async () => {
        assert.equal(await ask("iam:ListUsers", "*", mfa, withEverything), "denied");
      });

      it(`everybody gets a session token with ${signed}, which is how MFA is entered`, async () => {
        assert.equal(await ask("sts:GetSessionToken", "*", mfa, withEverything), "allowed");
      });
    }

    for (const [says, mfa, action, resource, context] of CANNOT.filter((row) => row[1] === STOLEN_KEYS)) {
      it(`nobody can ${says}: ${action}`, async () => {
        assert.equal(await ask(action, resource, mfa, withEverything, context), "denied");
      });
    }
  });

  for (const { without, document: mutated } of mutate(document)) {
    it(`something changes without ${without}`, async () => {
      const policies = [
        mutated,
        { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] },
      ] satisfies readonly PolicyDocument[];
      const denials: readonly Row[] = [
        ...CANNOT.filter((row) => row[1] !== SIGNED_IN),
        ...RAISING_ONESELF.map((action): Row => ["", SIGNED_IN, action, bob]),
        ...[tagKeys("infra:prod"), tagKeys(KEY_ID, "infra:prod")].map((context): Row => [
          "",
          SIGNED_IN,
          "iam:TagUser",
          bob,
          context,
        ]),
      ];
      for (const [, mfa, action, resource, context] of denials) {
        if ((await ask(action, resource, mfa, policies, context)) === "allowed") return;
      }
      for (const [, mfa, action, resource, context] of CAN) {
        if ((await ask(action, resource, mfa, policies, context)) === "denied") return;
      }
      // An Allow's conditions show without a second one beside it.
      for (const [, mfa, action, resource, context] of CANNOT) {
        const unopposed = [
          { ...mutated, Statement: mutated.Statement.filter(({ Effect }) => Effect === "Allow") },
        ];
        const before = [
          { ...document, Statement: document.Statement.filter(({ Effect }) => Effect === "Allow") },
        ];
        if (
          (await ask(action, resource, mfa, before, context)) === "denied" &&
          (await ask(action, resource, mfa, unopposed, context)) === "allowed"
        )
          return;
      }
      assert.fail("Every case still holds.");
    });
  }

  it("exempts from MFA exactly what the first sign-in needs", () => {
    const exempt = document.Statement.flatMap((statement) =>
      "NotAction" in statement ? [statement.NotAction].flat() : [],
    );
    assert.deepEqual(exempt.toSorted(), [
      "iam:ChangePassword",
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:GetAccountPasswordPolicy",
      "iam:GetUser",
      "iam:ListMFADevices",
      "iam:ListVirtualMFADevices",
      "iam:ResyncMFADevice",
      "signin:CreateOAuth2Token",
      "sts:AssumeRole",
      "sts:GetSessionToken",
    ]);
  });

  it("lets people sign in from a command line as AWS's own policy does", () => {
    const [aws] = awsManagedDocument("SignInLocalDevelopmentAccess").Statement;
    const ours = document.Statement.find(({ Sid }) => Sid === "SignInFromCommandLine");
    assert.deepEqual({ ...aws, Sid: "SignInFromCommandLine" }, ours);
  });

  it("says what AWS knows", async () => {
    assert.deepEqual(await authorizationProblems(document, "user"), []);
  });

  it("fits", () => {
    assert.ok(renderDocument(document).length <= QUOTAS.policyCharacters);
  });
});
