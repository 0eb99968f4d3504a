import assert from "node:assert/strict";

import { ACCESS_LEVELS, findAction, offersKey } from "../../src/access/actions/aws-action";
import { ActionCatalogue } from "../../src/access/actions/catalogue";
import { findRoleSurface } from "../../src/access/actions/surface";
import { iamPolicy, type IamPolicy } from "../../src/access/iam/iam-policy";

const document = (...statements: readonly object[]): IamPolicy =>
  iamPolicy("policy", JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const allow = (Action: string | readonly string[], more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});
const deny = (Action: string | readonly string[], more: object = {}) => ({
  ...allow(Action, more),
  Effect: "Deny",
});

describe("actions", () => {
  it("are found in any capitals", async () => {
    const { id, service, level, resourceTypes } = await findAction("S3:getobject");
    assert.deepEqual({ id, service, level }, { id: "s3:GetObject", service: "s3", level: "Read" });
    assert.deepEqual(
      resourceTypes.map(({ name }) => name),
      ["accesspointobject", "object"],
    );
  });

  const levels: readonly (readonly [string, string])[] = [
    ["s3:ListBucket", "List"],
    ["s3:GetObject", "Read"],
    ["s3:PutObjectTagging", "Tagging"],
    ["s3:PutObject", "Write"],
    ["s3:PutBucketPolicy", "Permissions management"],
  ];
  for (const [action, level] of levels) {
    it(`${action} is ${level}`, async () => assert.equal((await findAction(action)).level, level));
  }

  const keys: readonly (readonly [action: string, key: string, offered: boolean])[] = [
    ["ecs:UpdateService", "aws:ResourceTag/Project", true],
    ["ecs:ListClusters", "aws:ResourceTag/Project", false],
    ["ecs:ListClusters", "AWS:sourceIP", true],
    ["ec2:RunInstances", "aws:RequestTag/Project", true],
    ["ec2:DescribeInstances", "aws:TagKeys", false],
    ["iam:PassRole", "iam:PassedToService", true],
    ["s3:GetObject", "iam:PassedToService", false],
    ["sts:AssumeRole", "sts:RoleSessionName", true],
    ["s3:GetObject", "aws:PrincipalTag/team", true],
    ["kms:Decrypt", "kms:EncryptionContext:aws:cloudtrail:arn", true],
    ["kms:PutKeyPolicy", "kms:EncryptionContext:aws:cloudtrail:arn", false],
    ["s3:GetObject", "kms:EncryptionContext:aws:cloudtrail:arn", false],
  ];
  for (const [name, key, offered] of keys) {
    it(`${name} ${offered ? "offers" : "does not offer"} ${key}`, async () => {
      const action = await findAction(name);
      assert.equal(offersKey(action, action.resourceTypes, key), offered);
    });
  }
});

describe("what a role may do", function () {
  this.timeout(30_000);
  let catalogue: ActionCatalogue;

  before(async () => {
    catalogue = await ActionCatalogue.load();
  });

  it("is told among all that AWS has", () => {
    assert.ok(catalogue.actions.length > 15_000, String(catalogue.actions.length));
    assert.deepEqual(
      [...new Set(catalogue.actions.map(({ level }) => level))].sort(),
      [...ACCESS_LEVELS].sort(),
    );
  });

  const cases: readonly {
    readonly what: string;
    readonly policies: readonly IamPolicy[];
    readonly boundary?: IamPolicy;
    /** Of the actions of interest; all others are not in it. */
    readonly expected: Readonly<Record<string, "everywhere" | "limited">>;
  }[] = [
    { what: "nothing without a policy", policies: [], expected: {} },
    {
      what: "patterns, in any capitals",
      policies: [document(allow(["sqs:Receive*", "SQS:sendmessage"]))],
      expected: { "sqs:ReceiveMessage": "everywhere", "sqs:SendMessage": "everywhere" },
    },
    {
      what: "some resources",
      policies: [document(allow("sqs:SendMessage", { Resource: "arn:aws:sqs:*:*:one" }))],
      expected: { "sqs:SendMessage": "limited" },
    },
    {
      what: "some resources and all of them",
      policies: [
        document(allow("sqs:SendMessage", { Resource: "arn:aws:sqs:*:*:one" })),
        document(allow("sqs:SendMessage")),
      ],
      expected: { "sqs:SendMessage": "everywhere" },
    },
    {
      what: "under a condition",
      policies: [
        document(allow("sqs:SendMessage", { Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      ],
      expected: { "sqs:SendMessage": "limited" },
    },
    {
      what: "all but what is left out",
      policies: [
        document({ Effect: "Allow", NotAction: ["sqs:ReceiveMessage"], Resource: "*" }, deny("sqs:Se*")),
      ],
      expected: {},
    },
    {
      what: "what is denied on some resources is limited",
      policies: [document(allow("sqs:SendMessage"), deny("sqs:*", { Resource: "arn:aws:sqs:*:*:one" }))],
      expected: { "sqs:SendMessage": "limited" },
    },
    {
      what: "denials for some holders' sessions are theirs",
      policies: [
        document(
          allow("sqs:SendMessage"),
          deny("*", { Condition: { StringLike: { "aws:userid": ["*:somebody"] } } }),
        ),
      ],
      expected: { "sqs:SendMessage": "everywhere" },
    },
    {
      what: "resources of kinds that the action does not take",
      policies: [document(allow("*", { Resource: ["arn:aws:iam::222222222222:role/*", "arn:aws:s3:::*"] }))],
      expected: {},
    },
    {
      what: "a Deny of the whole kind",
      policies: [
        document(allow("sqs:*"), deny("sqs:SendMessage", { Resource: "arn:aws:sqs:*:222222222222:*" })),
      ],
      expected: { "sqs:ReceiveMessage": "everywhere" },
    },
    {
      what: "a Deny of other kinds",
      policies: [document(allow("sqs:*"), deny("*", { Resource: "arn:aws:iam::222222222222:role/*" }))],
      expected: { "sqs:SendMessage": "everywhere", "sqs:ReceiveMessage": "everywhere" },
    },
    {
      what: "within a boundary",
      policies: [document(allow("sqs:*"))],
      boundary: document(
        allow("sqs:SendMessage"),
        allow("sqs:ReceiveMessage", { Resource: "arn:aws:sqs:*:*:one" }),
      ),
      expected: { "sqs:SendMessage": "everywhere", "sqs:ReceiveMessage": "limited" },
    },
  ];
  const OF_INTEREST = ["sqs:SendMessage", "sqs:ReceiveMessage"];
  for (const { what, policies, boundary, expected } of cases) {
    it(what, () => {
      const surface = findRoleSurface({ policies, ...(boundary && { boundary }) }, catalogue);
      const found = OF_INTEREST.flatMap((action) => {
        const entry = surface.get(action);
        return entry === undefined ? [] : [[action, entry.reach] as const];
      });
      assert.deepEqual(Object.fromEntries(found), expected);
    });
  }

  it("reads the same in other orders and under other names", () => {
    const one = document(
      allow("sqs:SendMessage", { Sid: "One", Resource: ["arn:aws:sqs:*:*:b", "arn:aws:sqs:*:*:a"] }),
    );
    const other = document(
      allow("sqs:SendMessage", { Sid: "Other", Resource: ["arn:aws:sqs:*:*:a", "arn:aws:sqs:*:*:b"] }),
    );
    assert.deepEqual(
      findRoleSurface({ policies: [one] }, catalogue),
      findRoleSurface({ policies: [other] }, catalogue),
    );
  });
});
