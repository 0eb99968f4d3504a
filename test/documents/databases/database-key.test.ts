import assert from "node:assert/strict";

import { blueprintsOf } from "../../../src/documents/blueprint";
import { databaseKeyPolicy } from "../../../src/documents/databases/database-key";
import { secretUsers } from "../../../src/documents/databases/secret-users";
import { policyDocument, type PermissionStatement } from "../../../src/documents/policy-document";
import { buildModel } from "../../../src/model/model";
import { ENCRYPTION_CONTEXT, SECRET_ARN, withPlaceholder } from "../../support/encryption-context";
import { decide, sessionCaller, type Decision } from "../../support/evaluate";
import { mutate } from "../../support/mutation";
import { NOW, sampleOrganization, sampleRoster } from "../../support/rosters";
import { sampleWorkloads } from "../../support/workloads";

const model = buildModel(
  { ...sampleOrganization(), pipeline: { kind: "github", repository: "example/accounts" } },
  sampleRoster(),
  NOW,
  sampleWorkloads(),
);
const blueprint = blueprintsOf(model).find(({ account }) => account.key === "prod");
assert.ok(blueprint);
const { organization } = model;
const { account } = blueprint;
const policy = databaseKeyPolicy({ organization, account }, secretUsers(blueprint));

const SECRETS = "secretsmanager.eu-west-1.amazonaws.com";

interface Case {
  readonly expected: Decision;
  readonly who: string;
  readonly says: string;
  readonly action: string;
  readonly via: string | undefined;
  readonly callerAccount: string;
  /** Of the secret whose value is encrypted or decrypted. */
  readonly version: string;
  readonly iam: "nothing" | "everything";
}

const caseOf =
  (expected: Decision) =>
  (who: string, says: string, action: string, more: Partial<Case> = {}): Case => ({
    expected,
    who,
    says,
    action,
    via: SECRETS,
    callerAccount: "444444444444",
    version: "11111111-2222-3333-4444-555555555555",
    iam: "nothing",
    ...more,
  });
const can = caseOf("allowed");
const cannot = caseOf("denied");

const ADMIN = "role/infra-AdminR-prod";
const DEPLOY = "role/infra-DeployR-prod";
const NAMING_THE_KEY = { version: "RequestToValidateKeyAccess" };
const CASES: readonly Case[] = [
  can("role/infra-DbaR-prod", "read a secret", "kms:Decrypt"),
  can("role/workloads/infra-task-mw-worker-prod", "read a secret", "kms:Decrypt"),
  can(ADMIN, "put a value into a secret", "kms:GenerateDataKey"),
  cannot("role/infra-DbaR-prod", "decrypt by itself", "kms:Decrypt", { via: undefined }),
  cannot("role/infra-DbaR-prod", "decrypt by another service", "kms:Decrypt", {
    via: "s3.eu-west-1.amazonaws.com",
  }),
  cannot("role/infra-DbaR-prod", "decrypt for another account", "kms:Decrypt", {
    callerAccount: "333333333333",
  }),
  cannot("role/infra-OpsR-prod", "read a secret, whatever IAM says", "kms:Decrypt", { iam: "everything" }),
  cannot("role/infra-ReadR-prod", "read a secret, whatever IAM says", "kms:Decrypt", { iam: "everything" }),
  cannot("role/workloads/infra-database-mw-worker-prod", "read a secret", "kms:Decrypt"),
  can(ADMIN, "administer the key, as IAM says", "kms:PutKeyPolicy", { iam: "everything" }),
  cannot("role/infra-DbaR-prod", "administer the key", "kms:PutKeyPolicy"),
  can(DEPLOY, "name the key for a secret", "kms:GenerateDataKey", NAMING_THE_KEY),
  can(DEPLOY, "name the key for a secret", "kms:Decrypt", NAMING_THE_KEY),
  cannot(DEPLOY, "read a secret, whatever IAM says", "kms:Decrypt", { iam: "everything" }),
  cannot(DEPLOY, "put a value into a secret", "kms:GenerateDataKey"),
  cannot(DEPLOY, "pretend to name the key by itself", "kms:Decrypt", { ...NAMING_THE_KEY, via: undefined }),
  cannot(DEPLOY, "name the key for another account's secret", "kms:Decrypt", {
    ...NAMING_THE_KEY,
    callerAccount: "333333333333",
  }),
  can(
    "role/OrganizationAccountAccessRole",
    "name the key for a secret",
    "kms:GenerateDataKey",
    NAMING_THE_KEY,
  ),
  can("role/OrganizationAccountAccessRole", "name the key for a secret", "kms:Decrypt", NAMING_THE_KEY),
  can("user/somebody", "name the key for a secret", "kms:Decrypt", NAMING_THE_KEY),
  cannot("role/OrganizationAccountAccessRole", "read a secret, whatever IAM says", "kms:Decrypt", {
    iam: "everything",
  }),
  cannot(ADMIN, "let somebody use it on the side", "kms:CreateGrant", { iam: "everything" }),
];

function ask(resourcePolicy: typeof policy, one: Case): Promise<Decision> {
  const everything = policyDocument<PermissionStatement>({
    Sid: "All",
    Effect: "Allow",
    Action: "*",
    Resource: "*",
  });
  return decide({
    caller: sessionCaller(`arn:aws:iam::444444444444:${one.who}`, "session"),
    policies: one.iam === "everything" ? [everything] : [],
    resourcePolicy: withPlaceholder(resourcePolicy),
    action: one.action,
    resource: "arn:aws:kms:eu-west-1:444444444444:key/11111111-2222-3333-4444-555555555555",
    context: {
      "kms:CallerAccount": one.callerAccount,
      [ENCRYPTION_CONTEXT]: one.version,
      ...(one.via !== undefined && { "kms:ViaService": one.via }),
    },
  });
}

describe("the key of databases' secrets", () => {
  for (const one of CASES) {
    it(`${one.who} ${one.expected === "allowed" ? "can" : "cannot"} ${one.says}: ${one.action}`, async () => {
      assert.equal(await ask(policy, one), one.expected);
    });
  }

  for (const { without, document } of mutate(policy)) {
    it(`a case fails without ${without}`, async () => {
      const mutated = policyDocument(...document.Statement);
      for (const one of CASES) if ((await ask(mutated, one)) !== one.expected) return;
      assert.fail("Every case still holds.");
    });
  }

  it("is named, and used by nobody, where no role uses secrets", () => {
    const { organization } = buildModel(sampleOrganization(), sampleRoster(), NOW, sampleWorkloads());
    const { Statement } = databaseKeyPolicy({ organization, account }, []);
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ["AccountAdministersKey", "AccountNamesKey"],
    );
  });
});

describe("the key of databases' secrets, where one rotates", () => {
  const ROTATOR = "role/rotation";
  const OWN = "arn:aws:secretsmanager:eu-west-1:444444444444:secret:app/rds/main-AbCdEf";
  const rotating = databaseKeyPolicy({ organization, account }, [], {
    role: `arn:aws:iam::444444444444:${ROTATOR}`,
    secrets: ["app/rds/main"],
  });
  const [statement] = rotating.Statement.filter(({ Sid }) => Sid === "RotationUsesItsSecrets");
  assert.ok(statement);

  interface RotationCase {
    readonly expected: Decision;
    readonly says: string;
    readonly who?: string;
    readonly action?: string;
    readonly secret?: string;
    readonly via?: string;
    readonly callerAccount?: string;
  }
  const ROTATION_CASES: readonly RotationCase[] = [
    { expected: "allowed", says: "the function's role reads the secret" },
    { expected: "allowed", says: "the function's role writes the secret", action: "kms:GenerateDataKey" },
    { expected: "denied", says: "it encrypts by itself", via: "s3.eu-west-1.amazonaws.com" },
    { expected: "denied", says: "it does anything else", action: "kms:CreateGrant" },
    {
      expected: "denied",
      says: "it reads a secret whose name goes on",
      secret: OWN.replace("main", "main-two"),
    },
    { expected: "denied", says: "it reads another secret", secret: OWN.replace("main", "other") },
    { expected: "denied", says: "it calls from another account", callerAccount: "333333333333" },
    { expected: "denied", says: "another role reads the secret", who: "role/other" },
  ];

  const askRotation = (
    document: typeof rotating,
    { who = ROTATOR, action = "kms:Decrypt", secret = OWN, via = SECRETS, ...one }: RotationCase,
  ): Promise<Decision> =>
    decide({
      caller: sessionCaller(`arn:aws:iam::444444444444:${who}`, "session"),
      policies: [],
      resourcePolicy: withPlaceholder(document, SECRET_ARN),
      action,
      resource: "arn:aws:kms:eu-west-1:444444444444:key/11111111-2222-3333-4444-555555555555",
      context: {
        "kms:CallerAccount": one.callerAccount ?? "444444444444",
        [ENCRYPTION_CONTEXT]: secret,
        "kms:ViaService": via,
      },
    });

  for (const one of ROTATION_CASES) {
    it(`${one.says}: ${one.expected}`, async () => {
      assert.equal(await askRotation(policyDocument(statement), one), one.expected);
    });
  }

  for (const { without, document } of mutate(policyDocument(statement))) {
    it(`a case fails without ${without}`, async () => {
      const mutated = policyDocument(...document.Statement);
      for (const one of ROTATION_CASES) if ((await askRotation(mutated, one)) !== one.expected) return;
      assert.fail("Every case still holds.");
    });
  }
});
