import assert from "node:assert/strict";
import path from "node:path";
import { emulatorPython } from "../../../sandbox/emulator/python";
import { run } from "../../../sandbox/process/run";
import { unwatched } from "../../../sandbox/work";
import { openEmulatedAccounts, type EmulatedAccounts } from "./emulated-accounts";
import constraints from "../service-models/constraints.json";
import { INPUT_NAMES } from "../service-models/inputs";
import { clientsOf, type Clients } from "./rule-cases";

const services = [
  "accessanalyzer",
  "account",
  "cloudtrail",
  "cloudwatch",
  "config",
  "ec2",
  "events",
  "guardduty",
  "iam",
  "kms",
  "logs",
  "rds",
  "s3",
  "s3control",
  "secretsmanager",
  "securityhub",
  "sns",
  "ssm",
  "sts",
];

const document = (text: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${text}/*` }],
  });

interface RefusedCase {
  readonly title: string;
  readonly request: (clients: Clients) => Promise<unknown>;
  /** The error's name and its whole message, as the SDK shows them. */
  readonly error: readonly [name: string, message: string];
}

/** For each protocol and each kind of constraint. */
const refusedCases: readonly RefusedCase[] = [
  {
    title: "IAM: a document with a letter beyond U+00FF",
    request: ({ iam }) => iam.createPolicy({ PolicyName: "lodz", PolicyDocument: document("Łódź") }),
    error: [
      "ValidationError",
      String.raw`1 validation error detected: Value at 'policyDocument' failed to satisfy constraint: Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u00FF]+`,
    ],
  },
  {
    title: "IAM: a user's name with a letter beyond ASCII",
    request: ({ iam }) => iam.createUser({ UserName: "zoë" }),
    error: [
      "ValidationError",
      String.raw`1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+`,
    ],
  },
  {
    title: "IAM: a tag's value that is too long and holds what no tag may",
    request: ({ iam }) =>
      iam.createUser({ UserName: "tagged", Tags: [{ Key: "team", Value: "#".repeat(257) }] }),
    error: [
      "ValidationError",
      String.raw`2 validation errors detected: Value at 'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256; Value at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*`,
    ],
  },
  {
    title: "IAM: a list that is too long",
    request: ({ iam }) =>
      iam.createUser({
        UserName: "tagged",
        Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `tag${index}`, Value: "" })),
      }),
    error: [
      "ValidationError",
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
    ],
  },
  {
    title: "IAM: a number out of its range",
    request: ({ iam }) =>
      iam.createRole({
        RoleName: "long",
        AssumeRolePolicyDocument: document("a"),
        MaxSessionDuration: 43_201,
      }),
    error: [
      "ValidationError",
      "1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value less than or equal to 43200",
    ],
  },
  {
    title: "IAM: what is required and missing",
    request: ({ iam }) =>
      iam.putRolePolicy({ RoleName: "role", PolicyName: "policy", PolicyDocument: undefined }),
    error: [
      "ValidationError",
      "1 validation error detected: Value null at 'policyDocument' failed to satisfy constraint: Member must not be null",
    ],
  },
  {
    title: "STS: a session's name with a space",
    request: ({ sts }) =>
      sts.assumeRole({ RoleArn: "arn:aws:iam::222222222222:role/any", RoleSessionName: "a b" }),
    error: [
      "ValidationError",
      String.raw`1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*`,
    ],
  },
  {
    title: "KMS: a key's policy with a letter beyond U+00FF",
    request: ({ kms }) => kms.createKey({ Policy: "ł" }),
    error: [
      "ValidationException",
      String.raw`1 validation error detected: Value 'ł' at 'policy' failed to satisfy constraint: Member must satisfy regular expression pattern: [\u0009\u000A\u000D\u0020-\u00FF]+`,
    ],
  },
  {
    title: "Logs: the name of a log group with a space",
    request: ({ logs }) => logs.createLogGroup({ logGroupName: "a b" }),
    error: [
      "InvalidParameterException",
      String.raw`1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+`,
    ],
  },
  {
    title: "Logs: a tag's key, which is a map's",
    request: ({ logs }) => logs.createLogGroup({ logGroupName: "tags", tags: { "#": "a" } }),
    error: [
      "InvalidParameterException",
      String.raw`1 validation error detected: Value '{'#': 'a'}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$]`,
    ],
  },
  {
    title: "CloudWatch: the name of an alarm that is too long",
    request: ({ cloudwatch }) => cloudwatch.deleteAlarms({ AlarmNames: ["a".repeat(256)] }),
    error: [
      "ValidationException",
      `1 validation error detected: Value '${"a".repeat(256)}' at 'alarmNames.1.member' failed to satisfy constraint: Member must have length less than or equal to 255`,
    ],
  },
  {
    title: "CloudTrail: what is required and missing",
    request: ({ cloudtrail }) => cloudtrail.createTrail({ Name: "trail", S3BucketName: undefined }),
    error: [
      "ValidationException",
      "1 validation error detected: Value null at 's3BucketName' failed to satisfy constraint: Member must not be null",
    ],
  },
  {
    title: "Secrets Manager: the name of a secret that is too long",
    request: ({ secrets }) => secrets.createSecret({ Name: "a".repeat(513) }),
    error: [
      "ValidationException",
      `1 validation error detected: Value '${"a".repeat(513)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 512`,
    ],
  },
  {
    title: "SNS: what is required and missing",
    request: ({ sns }) => sns.createTopic({ Name: undefined }),
    error: [
      "ValidationError",
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    ],
  },
  {
    title: "EC2: what is required and missing",
    request: ({ ec2 }) => ec2.createSecurityGroup({ GroupName: "group", Description: undefined }),
    error: ["MissingParameter", "The request must contain the parameter description"],
  },
  {
    title: "S3: a word that is none of those",
    request: ({ s3 }) =>
      s3.putBucketVersioning({
        Bucket: "bucket",
        VersioningConfiguration: { Status: "Paused" as "Suspended" },
      }),
    error: [
      "InvalidArgument",
      "1 validation error detected: Value 'Paused' at 'versioningConfiguration.status' failed to satisfy constraint: Member must satisfy enum value set: [Enabled, Suspended]",
    ],
  },
];

describe("requests against AWS's service models", function () {
  this.timeout(120_000);
  let accounts: EmulatedAccounts;
  let clients: Clients;
  before(async () => {
    accounts = await openEmulatedAccounts();
    clients = clientsOf(accounts);
  });
  after(() => accounts.close());

  for (const { title, request, error } of refusedCases) {
    it(`${title}: refused in AWS's words`, async () => {
      await assert.rejects(request(clients), (refused: unknown) => {
        assert.ok(refused instanceof Error);
        assert.deepEqual([refused.name, refused.message], error);
        return true;
      });
    });
  }

  it("take what the patterns take: letters of any script in tags, Latin-1 in documents", async () => {
    await clients.iam.createUser({ UserName: "lodz", Tags: [{ Key: "Projekt", Value: "Łódź 東京" }] });
    await clients.iam.createPolicy({ PolicyName: "cafe", PolicyDocument: document("café") });
  });

  it("take both forms of a target, with and without the namespace before it", async () => {
    for (const prefix of ["", "com.amazonaws.cloudtrail.v20131101."]) {
      const response = await fetch(accounts.endpoint, {
        method: "POST",
        headers: {
          Authorization:
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/cloudtrail/aws4_request, SignedHeaders=host, Signature=none",
          "Content-Type": "application/x-amz-json-1.1",
          "X-Amz-Target": `${prefix}CloudTrail_20131101.DescribeTrails`,
        },
        body: "{}",
      });
      assert.equal(response.status, 200);
    }
  });

  it("do not pass where the model has no such operation", async () => {
    const response = await fetch(accounts.endpoint, {
      method: "POST",
      headers: {
        Authorization:
          "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/iam/aws4_request, SignedHeaders=host, Signature=none",
        "Content-Type": "application/x-www-form-urlencoded",
      },
      body: "Action=MakeCoffee&Version=2010-05-08",
    });
    assert.equal(response.status, 501);
    assert.match(await response.text(), /cannot hold iam MakeCoffee against AWS's service model/);
  });

  it("are refused in words where the emulator has no such operation", async () => {
    const { iam } = clientsOf(accounts);
    await assert.rejects(iam.getHumanReadableSummary({ EntityArn: "arn:aws:iam::222222222222:user/ann" }), {
      name: "NotImplemented",
      message: "The sandbox does not have iam:GetHumanReadableSummary, or not in this form; AWS has.",
    });
  });

  it("are held against every pattern of the services in use but two, of placement groups and of private connections", async () => {
    const file = path.join(__dirname, "../../../sandbox/emulator/foreign_patterns.py");
    const { stdout } = await run(await emulatorPython(unwatched), [file, ...services]);
    const foreign = JSON.parse(stdout) as readonly { service: string; shape: string }[];
    assert.deepEqual(
      foreign.map(({ service, shape }) => `${service} ${shape}`),
      ["ec2 PlacementGroupArn", "events ResourceConfigurationArn"],
    );
  });

  it("say what the unit tests hold rosters against", async () => {
    const file = path.join(__dirname, "../../../sandbox/emulator/export_constraints.py");
    const { stdout } = await run(await emulatorPython(unwatched), [file, ...INPUT_NAMES]);
    assert.deepEqual(JSON.parse(stdout), constraints, `write this to constraints.json:\n${stdout}`);
  });
});
