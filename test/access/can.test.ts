import assert from "node:assert/strict";

import { CanAnswers, type CanAnswer } from "../../src/access/can";
import { FRESH_MFA, type Circumstances } from "../../src/access/circumstances";
import { Evaluator } from "../../src/access/evaluator";
import { canText } from "../../src/access/report/can-text";
import { verdictLines } from "../../src/access/report/verdict-text";
import { readActionRequest } from "../../src/access/action-request";
import { UserError } from "../../src/model/problems";
import { accountsOf, sample } from "./support";

const accounts = accountsOf(sample());

interface Asked {
  readonly person: string;
  /** An account, or a role in it. */
  readonly place: string;
  readonly action: string;
  readonly resource?: string;
  readonly circumstances?: Partial<Circumstances>;
}

async function ask({ person, place, action, resource, circumstances }: Asked): Promise<CanAnswer> {
  const { account, role } = place.includes("/")
    ? accounts.role(place)
    : { account: accounts.account(place), role: undefined };
  return new CanAnswers(accounts, new Evaluator()).answer({
    user: accounts.user(person).user,
    account,
    ...(role && { role }),
    request: await readActionRequest(action, resource),
    circumstances: { at: "2026-11-20T12:00:00Z", mfa: FRESH_MFA, context: {}, ...circumstances },
  });
}

/** The last step's statement or reason of the best way: what the answer hangs on. */
function deciding({ ways: [best] }: CanAnswer): readonly string[] {
  const decision = best?.steps.at(-1)?.decision;
  if (decision === undefined) return [];
  const { reason } = decision;
  if (reason !== undefined && decision.kind !== "unknown") return [reason];
  switch (decision.kind) {
    case "allowed":
      return decision.because.map(({ statement }) => statement);
    case "denied":
      return decision.by.length > 0
        ? decision.by.map(({ statement }) => statement)
        : decision.missing.map((from) => `nothing ${from}`);
    case "unknown":
      return [decision.reason];
  }
}

interface Case extends Asked {
  readonly answer: readonly string[];
  readonly because: readonly string[];
}

const CASES: readonly Case[] = [
  {
    person: "john.developer",
    place: "dev",
    action: "ecs:UpdateService",
    resource: "arn:aws:ecs:eu-west-1:222222222222:service/main/web",
    answer: ["allowed"],
    because: ["DeployContainers"],
  },
  {
    person: "john.developer",
    place: "prod",
    action: "ecs:UpdateService",
    resource: "arn:aws:ecs:eu-west-1:444444444444:service/main/web",
    answer: ["denied"],
    because: ["nothing identity"],
  },
  {
    person: "john.developer",
    place: "prod/DbRead",
    action: "sts:GetCallerIdentity",
    circumstances: { at: "2026-11-20T14:00:00Z" },
    answer: ["denied"],
    because: ["nothing resource"],
  },
  {
    person: "john.developer",
    place: "prod/Ops",
    action: "ec2:DescribeInstances",
    answer: ["denied"],
    because: ["nothing resource"],
  },
  {
    person: "maria.cto",
    place: "staging",
    action: "ec2:DescribeInstances",
    answer: ["denied"],
    because: [],
  },
  {
    person: "kim.contractor",
    place: "dev",
    action: "ecs:UpdateService",
    answer: [
      "allowed if:",
      "  - the resource is like arn:aws:ecs:eu-west-1:222222222222:service/*/*",
      "  - aws:ResourceTag/Project is phoenix",
    ],
    because: ["DeployContainers"],
  },
  {
    person: "kim.contractor",
    place: "dev",
    action: "ecs:UpdateService",
    resource: "arn:aws:ecs:eu-west-1:222222222222:service/main/web",
    circumstances: { context: { "aws:ResourceTag/Project": "other" } },
    answer: ["denied"],
    because: ["OnlyProject1"],
  },
  {
    person: "kim.contractor",
    place: "dev",
    action: "iam:PassRole",
    answer: [
      "allowed if:",
      "  - the resource is like arn:aws:iam::222222222222:role/workloads/infra-task-mw-worker-dev",
      "  - iam:PassedToService is ecs-tasks.amazonaws.com or lambda.amazonaws.com",
      "  - there is no aws:ResourceTag/Project or aws:ResourceTag/Project is phoenix",
    ],
    because: ["PassWorkloadRoles"],
  },
  {
    person: "sarah.devops",
    place: "prod/Ops",
    action: "iam:CreateRole",
    answer: [
      "allowed if:",
      "  - the resource is like arn:aws:iam::444444444444:role/ops/*",
      "  - iam:PermissionsBoundary is arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary",
    ],
    because: ["OwnPath", "OwnPath"],
  },
  {
    person: "sarah.devops",
    place: "prod/Ops",
    action: "rds:DeleteDBInstance",
    answer: ["denied"],
    because: ["nothing identity", "nothing boundary"],
  },
  {
    person: "sarah.devops",
    place: "users",
    action: "iam:CreateUser",
    answer: [
      "allowed if:",
      "  - aws:ResourceTag/BreakGlassHolder is not true",
      "  - the resource is not like arn:aws:iam::111111111111:user/people/chris.security or arn:aws:iam::111111111111:user/people/sarah.devops",
    ],
    because: ["FullIam"],
  },
  {
    person: "sarah.devops",
    place: "users",
    action: "iam:CreateUser",
    circumstances: { mfa: { ageSeconds: 3_600 } },
    answer: ["denied"],
    because: ["nothing identity"],
  },
  {
    person: "maria.cto",
    place: "users",
    action: "iam:ChangePassword",
    circumstances: { mfa: "console without MFA" },
    answer: ["allowed if:", "  - the resource is like arn:aws:iam::111111111111:user/people/maria.cto"],
    because: ["OwnUser"],
  },
  {
    person: "maria.cto",
    place: "users",
    action: "iam:EnableMFADevice",
    circumstances: { mfa: "access keys" },
    answer: ["denied"],
    because: ["NoEnrolmentWithAccessKeys"],
  },
  {
    person: "maria.cto",
    place: "users",
    action: "iam:ChangePassword",
    resource: "arn:aws:iam::111111111111:user/people/sarah.devops",
    answer: ["denied"],
    because: ["nothing identity"],
  },
  {
    person: "chris.security",
    place: "users",
    action: "sts:AssumeRole",
    resource: "arn:aws:iam::444444444444:role/infra-SecurityR-prod",
    circumstances: { context: { "sts:RoleSessionName": "chris.security" } },
    answer: ["allowed"],
    because: ["AssumeRoles", "Holders"],
  },
  {
    person: "chris.security",
    place: "users",
    action: "sts:AssumeRole",
    resource: "arn:aws:iam::444444444444:role/infra-SecurityR-prod",
    answer: ["allowed if:", "  - sts:RoleSessionName is ${aws:username}"],
    because: ["AssumeRoles", "Holders"],
  },
  {
    person: "sarah.devops",
    place: "dev/Admin",
    action: "sts:AssumeRole",
    resource: "arn:aws:iam::999988887777:role/elsewhere",
    answer: ["not decidable here: The role's trust decides too, and it is not known here."],
    because: ["The role's trust decides too, and it is not known here."],
  },
  {
    person: "sarah.devops",
    place: "dev/Admin",
    action: "sqs:SendMessage",
    resource: "arn:aws:sqs:eu-west-1:444444444444:queue",
    answer: [
      "not decidable here: The resource is in account 444444444444: its own policy decides too, which is not known here.",
    ],
    because: [
      "The resource is in account 444444444444: its own policy decides too, which is not known here.",
    ],
  },
  {
    person: "john.developer",
    place: "dev",
    action: "sqs:PurgeQueue",
    resource: "arn:aws:sqs:eu-west-1:444444444444:queue",
    answer: ["denied"],
    because: ["nothing identity"],
  },
  {
    person: "sarah.devops",
    place: "dev/Admin",
    action: "kms:Decrypt",
    resource: "arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-3333-4444-555555555555",
    answer: ["not decidable here: The key's own policy decides too, and it is not known here."],
    because: ["The key's own policy decides too, and it is not known here."],
  },
  {
    person: "chris.security",
    place: "prod/Security",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::infra-trail-444444444444/AWSLogs/444444444444/CloudTrail/1.json.gz",
    answer: ["allowed"],
    because: ["ReadTrailObjects"],
  },
  ...["infra-trail-444444444444/1.json.gz", "infra-trail-444444444444/*"].flatMap(
    (objects): readonly Case[] => [
      {
        person: "sarah.devops",
        place: "prod/BreakGlass",
        action: "s3:DeleteObjectVersion",
        resource: `arn:aws:s3:::${objects}`,
        answer: ["denied"],
        because: ["OthersReadAtMost"],
      },
      {
        person: "sarah.devops",
        place: "staging/Ops",
        action: "s3:DeleteObjectVersion",
        resource: `arn:aws:s3:::${objects}`,
        answer: ["denied"],
        because: ["nothing resource"],
      },
      {
        person: "sarah.devops",
        place: "staging/Ops",
        action: "s3:GetObject",
        resource: `arn:aws:s3:::${objects.replace("444444444444", "333333333333")}`,
        answer: [
          "not decidable here: By the policy of the trail's key, or their own, they may not decrypt what that key encrypts; which objects are older than the key is not known here.",
        ],
        because: [
          "By the policy of the trail's key, or their own, they may not decrypt what that key encrypts; which objects are older than the key is not known here.",
        ],
      },
      {
        person: "sarah.devops",
        place: "staging/Ops",
        action: "s3:GetObjectTagging",
        resource: `arn:aws:s3:::${objects.replace("444444444444", "333333333333")}`,
        answer: ["allowed"],
        because: ["ReadOnlyActionsGroup2", "Services"],
      },
    ],
  ),
  {
    person: "sarah.devops",
    place: "prod/BreakGlass",
    action: "s3:DeleteObjectVersion",
    answer: ["allowed if:", "  - the resource is not like arn:aws:s3:::infra-trail-444444444444/*"],
    because: ["number 1"],
  },
  {
    person: "sarah.devops",
    place: "dev/Admin",
    action: "sns:Publish",
    resource: "arn:aws:sns:eu-west-1:444444444444:infra-alarms",
    answer: ["denied"],
    because: ["nothing resource"],
  },
  {
    person: "sarah.devops",
    place: "dev/Admin",
    action: "s3:PutObject",
    resource: "arn:aws:s3:::infra-config-222222222222/1",
    answer: ["allowed"],
    because: ["number 1"],
  },
  {
    // By the encryption context, which only a request tells.
    person: "chris.security",
    place: "prod/Security",
    action: "kms:Decrypt",
    resource: "arn:aws:kms:eu-west-1:444444444444:key/1",
    answer: ["not decidable here: The key's own policy decides too, and it is not known here."],
    because: ["The key's own policy decides too, and it is not known here."],
  },
  {
    person: "chris.security",
    place: "prod/Security",
    action: "kms:Decrypt",
    resource: "arn:aws:kms:eu-west-1:444444444444:key/1",
    circumstances: {
      context: {
        "kms:EncryptionContext:aws:cloudtrail:arn":
          "arn:aws:cloudtrail:eu-west-1:444444444444:trail/infra-trail",
      },
    },
    answer: [
      "not decidable here: The evaluator does not take kms:EncryptionContext:aws:cloudtrail:arn from a request.",
    ],
    because: ["The evaluator does not take kms:EncryptionContext:aws:cloudtrail:arn from a request."],
  },
  {
    person: "sarah.devops",
    place: "dev/Admin",
    action: "kms:ListKeys",
    answer: ["allowed"],
    because: ["number 1"],
  },
  {
    person: "john.developer",
    place: "users",
    action: "sts:GetSessionToken",
    circumstances: { mfa: "access keys" },
    answer: ["allowed"],
    because: ["AWS asks for no permission: no policy controls this operation, not even an explicit Deny."],
  },
  {
    person: "sarah.devops",
    place: "dev/Admin",
    action: "sts:GetSessionToken",
    answer: ["denied"],
    because: ["AWS gives session tokens for a user's own credentials alone, not in a session of a role."],
  },
  {
    person: "sarah.devops",
    place: "dev/Admin",
    action: "sts:GetFederationToken",
    answer: ["denied"],
    because: ["AWS gives federation tokens for a user's access keys alone, not in a session of a role."],
  },
  {
    person: "john.developer",
    place: "users",
    action: "sts:GetFederationToken",
    answer: ["denied"],
    because: ["nothing identity"],
  },
  {
    person: "sarah.devops",
    place: "users",
    action: "iam:CreateAccessKey",
    resource: "arn:aws:iam::111111111111:user/people/maria.cto",
    answer: ["denied"],
    because: ["nothing identity"],
  },
  {
    person: "sarah.devops",
    place: "users",
    action: "iam:CreateAccessKey",
    resource: "arn:aws:iam::111111111111:user/people/maria.cto",
    circumstances: { context: { "aws:ResourceTag/BreakGlassHolder": "false" } },
    answer: ["allowed"],
    because: ["FullIam"],
  },
  {
    person: "john.developer",
    place: "users",
    action: "sts:GetCallerIdentity",
    circumstances: { mfa: "access keys" },
    answer: ["allowed"],
    because: ["AWS asks for no permission and tells callers who they are even where a policy denies it."],
  },
  {
    person: "sarah.devops",
    place: "prod/Ops",
    action: "iam:CreateUser",
    answer: ["denied"],
    because: ["nothing identity", "nothing boundary"],
  },
  {
    person: "sarah.devops",
    place: "prod/Ops",
    action: "iam:CreateUser",
    resource: "arn:aws:iam::444444444444:user/people/somebody",
    answer: ["denied"],
    because: ["nothing identity", "nothing boundary"],
  },
];

describe("can", () => {
  for (const { answer, because, ...asked } of CASES) {
    const { person, place, action, resource, circumstances } = asked;
    const title = [person, place, action, resource, circumstances && JSON.stringify(circumstances)]
      .filter((text) => text !== undefined)
      .join(" ");
    it(`${title}: ${answer.join("")}`, async () => {
      const found = await ask(asked);
      assert.deepEqual(
        { answer: verdictLines(found.verdict), because: deciding(found) },
        { answer, because },
      );
    });
  }

  it("prints the whole way", async () => {
    const answer = await ask({ person: "sarah.devops", place: "prod/Ops", action: "iam:CreateRole" });
    assert.equal(
      canText({ asked: "Can sarah.devops iam:CreateRole in prod/Ops", assumptions: [] }, answer),
      `Can sarah.devops iam:CreateRole in prod/Ops: allowed if

As prod/Ops: allowed if:
  - the resource is like arn:aws:iam::444444444444:role/ops/*
  - iam:PermissionsBoundary is arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary
  sarah.devops assumes prod/Ops: yes
      Allow AssumeRoles of infra-AssumeRoleG-prod-permissions
      Allow Holders of trust of infra-OpsR-prod
  prod/Ops may iam:CreateRole: yes
      Allow OwnPath of infra-OpsR-prod-permissions
      Allow OwnPath of infra-OpsR-prod-boundary

Service and resource control policies, and the policies of resources and of their keys, may still refuse what is allowed here. A resource's own policy may also let in, within its account, who is denied here. They are outside of this program, but for those of the buckets and topics that Muster makes and, where the trail's bucket is asked about, of its key: they are taken as Muster writes them.
`,
    );
  });
});

describe("what cannot be asked", () => {
  const cases: readonly (readonly [what: string, asked: Asked, message: RegExp])[] = [
    [
      "a name that nobody has",
      { person: "sarah.devop", place: "prod", action: "s3:GetObject" },
      /^There is no user "sarah.devop". Known: .* Did you mean "sarah.devops"\?$/,
    ],
    [
      "an account that there is not",
      { person: "sarah.devops", place: "production", action: "s3:GetObject" },
      /^There is no account "production". Known: "users", "dev", "staging", "prod"/,
    ],
    [
      "a role that there is not",
      { person: "sarah.devops", place: "prod/Opps", action: "s3:GetObject" },
      /^There is no role "Opps" in prod. Known: .*Did you mean "Ops"\?$/,
    ],
    [
      "an action that AWS has not",
      { person: "sarah.devops", place: "prod", action: "s3:GetObjects" },
      /^AWS has no action "s3:GetObjects". Known: .*Did you mean "s3:GetObject"\?$/,
    ],
    [
      "a service that AWS has not",
      { person: "sarah.devops", place: "prod", action: "s4:GetObject" },
      /^AWS has no service "s4". Known: one of the/,
    ],
    [
      "several actions",
      { person: "sarah.devops", place: "prod", action: "s3:Get*" },
      /^"s3:Get\*" is not one action\. An action is a service, a colon and a name: s3:GetObject\.$/,
    ],
    [
      "a resource where the action takes none",
      {
        person: "sarah.devops",
        place: "prod",
        action: "kms:ListKeys",
        resource: "arn:aws:kms:eu-west-1:444444444444:key/a",
      },
      /^kms:ListKeys takes no resource: ask without "arn:aws:kms/,
    ],
    [
      "a resource that is no ARN",
      { person: "sarah.devops", place: "prod", action: "s3:GetObject", resource: "bucket" },
      /^"bucket" is no ARN\. s3:GetObject takes, for example, arn:/,
    ],
    [
      "a resource of another kind",
      {
        person: "sarah.devops",
        place: "prod",
        action: "s3:ListBucket",
        resource: "arn:aws:sqs:eu-west-1:444444444444:queue",
      },
      /^s3:ListBucket does not take "arn:aws:sqs:eu-west-1:444444444444:queue"\. It takes:\n {2}.*bucket/s,
    ],
  ];
  for (const [what, asked, message] of cases) {
    it(what, async () => {
      await assert.rejects(ask(asked), (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        return true;
      });
    });
  }
});
