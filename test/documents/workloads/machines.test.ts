import assert from "node:assert/strict";

import type { PolicyDocument } from "../../../src/documents/policy-document";
import {
  decideAssumeRole,
  sessionCaller,
  userCaller,
  type Caller,
  type Decision,
} from "../../support/evaluate";
import { mutate } from "../../support/mutation";
import { can, cannot, prove } from "../permissions/role-proof";
import { workloadPermissions, roleNamed, rolesIn } from "./fixture";

const WORKLOADS = {
  legacy: { runsOn: "ec2", environments: { prod: { secrets: ["legacy/prod/*"] } } },
  shop: {
    runsOn: "eks",
    project: "phoenix",
    environments: {
      prod: {
        pod: { cluster: "main", namespace: "shop", serviceAccount: "web" },
        sendQueues: ["orders"],
        databaseUsers: ["shop"],
      },
    },
  },
};
const instance = roleNamed("infra-instance-legacy-prod", "prod", WORKLOADS);
const pod = roleNamed("infra-pod-shop-prod", "prod", WORKLOADS);
const ACCOUNT = "444444444444";
const CLUSTER = `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/main`;

const decide = (role: typeof pod, trust: PolicyDocument, caller: Caller): Promise<Decision> =>
  decideAssumeRole({ caller, policies: [], roleArn: role.arn, trust, sessionName: "session" });
const service = (name: string, context: Caller["context"] = {}): Caller => ({
  arn: `${name}.amazonaws.com`,
  accountId: ACCOUNT,
  context,
});
const person = userCaller("arn:aws:iam::111111111111:user/people/sarah.devops", { ageSeconds: 60 });

describe("the role of a service on machines", () => {
  it("comes with an instance profile of its name, and no other kind does", () => {
    assert.deepEqual(
      rolesIn("prod", WORKLOADS).map(({ kind, instanceProfile }) => [kind, instanceProfile]),
      [
        ["instance", "infra-instance-legacy-prod"],
        ["pod", undefined],
        ["database", undefined],
      ],
    );
  });

  describe("admits", () => {
    const trust = JSON.parse(instance.trust.text) as PolicyDocument;
    const cases: readonly (readonly [string, Caller, Decision])[] = [
      ["EC2", service("ec2"), "allowed"],
      ["Lambda", service("lambda"), "denied"],
      ["a person", person, "denied"],
    ];
    for (const [who, caller, expected] of cases)
      it(`${who}: ${expected}`, async () => assert.equal(await decide(instance, trust, caller), expected));
  });

  const parameter = "arn:aws:ssm:{region}:{account}:parameter/db/password";
  const group = "arn:aws:logs:{region}:{account}:log-group:infra-sessions:log-stream:sarah.devops-1";
  const key = "arn:aws:kms:{region}:{account}:key/1";
  const ofSessions = { context: { "aws:ResourceTag/Name": "infra-sessions" } };
  prove({
    permissionsOf: () => workloadPermissions(instance),
    session: () => sessionCaller(instance.arn, "i-0123456789abcdef0"),
    environments: ["prod"],
    cases: [
      can(
        "prod",
        "read its secret",
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:{region}:{account}:secret:legacy/prod/key-AbCdEf",
      ),
      // Session Manager's minimum
      can(
        "prod",
        "say that it is there",
        "ssm:UpdateInstanceInformation",
        "arn:aws:ec2:{region}:{account}:instance/i-1",
      ),
      ...["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
        (action) => can("prod", `carry sessions: ${action}`, `ssmmessages:${action}`, "*"),
      ),
      ...[
        "AcknowledgeMessage",
        "DeleteMessage",
        "FailMessage",
        "GetEndpoint",
        "GetMessages",
        "SendReply",
      ].map((action) => can("prod", `take commands: ${action}`, `ec2messages:${action}`, "*")),
      can("prod", "find the sessions' log", "logs:DescribeLogGroups", "*"),
      can("prod", "begin a session's log", "logs:CreateLogStream", group),
      can(
        "prod",
        "see its streams",
        "logs:DescribeLogStreams",
        "arn:aws:logs:{region}:{account}:log-group:infra-sessions:*",
      ),
      can("prod", "log a session", "logs:PutLogEvents", group),
      can("prod", "keep a session", "s3:PutObject", "arn:aws:s3:::infra-sessions-{account}/1.log"),
      can(
        "prod",
        "see that the bucket is encrypted",
        "s3:GetEncryptionConfiguration",
        "arn:aws:s3:::infra-sessions-{account}",
      ),
      can("prod", "open a session's key", "kms:Decrypt", key, ofSessions),
      cannot("prod", "open another key", "kms:Decrypt", key, {
        context: { "aws:ResourceTag/Name": "infra-database" },
      }),
      cannot("prod", "read others' sessions", "logs:GetLogEvents", group),
      cannot("prod", "read a kept session", "s3:GetObject", "arn:aws:s3:::infra-sessions-{account}/1.log"),
      cannot(
        "prod",
        "delete a kept session",
        "s3:DeleteObject",
        "arn:aws:s3:::infra-sessions-{account}/1.log",
      ),
      // AmazonSSMManagedInstanceCore would let it
      cannot("prod", "read parameters", "ssm:GetParameter", parameter),
      cannot("prod", "read several parameters", "ssm:GetParameters", parameter),
      cannot(
        "prod",
        "run commands elsewhere",
        "ssm:SendCommand",
        "arn:aws:ec2:{region}:{account}:instance/i-2",
      ),
      cannot("prod", "start sessions", "ssm:StartSession", "arn:aws:ec2:{region}:{account}:instance/i-2"),
    ],
  });
});

describe("the role of a service in pods", () => {
  const trust = JSON.parse(pod.trust.text) as PolicyDocument;
  const OWN = {
    "aws:SourceAccount": ACCOUNT,
    "aws:SourceArn": CLUSTER,
    "aws:RequestTag/kubernetes-namespace": "shop",
    "aws:RequestTag/kubernetes-service-account": "web",
  };
  const eks = (other: Readonly<Record<string, string>> = {}): Caller =>
    service("pods.eks", { ...OWN, ...other });

  it("trusts Pod Identity, which assumes it and tags the session", () => {
    assert.deepEqual(trust.Statement, [
      {
        Sid: "Pods",
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": ACCOUNT,
            "aws:RequestTag/kubernetes-namespace": "shop",
            "aws:RequestTag/kubernetes-service-account": "web",
          },
          ArnEquals: { "aws:SourceArn": CLUSTER },
        },
      },
    ]);
  });

  const cases: readonly (readonly [string, Caller, Decision])[] = [
    ["its own pods", eks(), "allowed"],
    ["pods of another namespace", eks({ "aws:RequestTag/kubernetes-namespace": "default" }), "denied"],
    [
      "pods of another service account",
      eks({ "aws:RequestTag/kubernetes-service-account": "job" }),
      "denied",
    ],
    ["another cluster", eks({ "aws:SourceArn": `${CLUSTER}-2` }), "denied"],
    ["another account's cluster", eks({ "aws:SourceAccount": "999988887777" }), "denied"],
    ["the machines of the cluster", { ...eks(), arn: "ec2.amazonaws.com" }, "denied"],
    ["a person", person, "denied"],
  ];
  for (const [who, caller, expected] of cases)
    it(`admits ${who}: ${expected}`, async () => assert.equal(await decide(pod, trust, caller), expected));

  for (const { without, document } of mutate(trust)) {
    // Each is asked for by itself, and the evaluator asks about AssumeRole alone.
    if (without.includes("TagSession")) continue;
    it(`a case fails without ${without}`, async () => {
      for (const [, caller, expected] of cases)
        if ((await decide(pod, document, caller)) !== expected) return;
      assert.fail("Every case still holds.");
    });
  }
});
