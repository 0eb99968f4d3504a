import assert from "node:assert/strict";

import fc from "fast-check";

import type { PermissionStatement, PolicyDocument } from "../../src/documents/policy-document";
import { renderDocument } from "../../src/documents/policy-document";
import { parseDocument } from "../../src/documents/statement";
import {
  findAllowedRequests,
  type AllowedRequests,
  type ParsedPolicy,
} from "../../src/proofs/allowed-requests";
import { provenSessionCaller } from "../../src/proofs/proven-caller";
import { NotModelled } from "../../src/proofs/not-modelled";
import { Prover, type Breach } from "../../src/proofs/prover";
import { ActionReference } from "../../src/proofs/reference/action-reference";
import type { RequestSet } from "../../src/proofs/request-set";
import { decide, sessionCaller as evaluatedSession, type Decision } from "../support/evaluate";

const ACCOUNT = "222222222222";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/example`;
const SESSION = "sarah.devops";

const policyOf = (name: string, document: PolicyDocument): ParsedPolicy => {
  const statements = parseDocument(renderDocument(document));
  assert.ok(statements);
  return { name, statements };
};

/** An action with resources that it takes. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  "s3:GetObject": ["arn:aws:s3:::cdk-assets/a", "arn:aws:s3:::data/a/b", "arn:aws:s3:::data-x/a:b"],
  "s3:PutObject": ["arn:aws:s3:::cdk-assets/a", "arn:aws:s3:::data/a/b"],
  "s3:DeleteBucket": ["arn:aws:s3:::data", "arn:aws:s3:::cdk-assets"],
  "sns:Publish": [`arn:aws:sns:eu-west-1:${ACCOUNT}:infra-alarms`, `arn:aws:sns:us-east-1:${ACCOUNT}:other`],
  "iam:PassRole": [`arn:aws:iam::${ACCOUNT}:role/ops/one`, `arn:aws:iam::${ACCOUNT}:role/infra-AdminR-dev`],
  "iam:CreateUser": [`arn:aws:iam::${ACCOUNT}:user/people/x`],
  "iam:CreateRole": [`arn:aws:iam::${ACCOUNT}:role/ops/one`, `arn:aws:iam::${ACCOUNT}:role/x`],
  "logs:GetLogEvents": [`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/rds/x:log-stream:y`],
  "secretsmanager:GetSecretValue": [
    `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:rds!x-abcdef`,
    `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:prod/rds/x`,
  ],
  "ec2:DescribeInstances": ["*"],
};

const ACTION_PATTERNS = [
  ...Object.keys(ACTIONS),
  "*",
  "s3:*",
  "s3:Get*",
  "S3:getobject",
  "s3:*Object",
  "iam:*",
  "iam:Create*",
  "iam:?assRole",
  "sns:*",
];

const RESOURCE_PATTERNS = [
  "*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::cdk-*",
  "arn:aws:s3:::data/*",
  "arn:aws:s3:::data*/a?b",
  "arn:aws:s3:::DATA/*",
  "arn:aws:s3:::data",
  `arn:aws:sns:*:${ACCOUNT}:infra-*`,
  `arn:aws:sns:eu-west-?:${ACCOUNT}:*`,
  `arn:aws:iam::${ACCOUNT}:*`,
  `arn:aws:iam::${ACCOUNT}:role/ops/*`,
  `arn:aws:iam::*:role/infra-*`,
  `arn:aws:iam::${ACCOUNT}:user/people/*`,
  `arn:aws:logs:*:${ACCOUNT}:log-group:/aws/rds/*`,
  `arn:aws:secretsmanager:*:${ACCOUNT}:secret:rds!*`,
  `arn:aws:secretsmanager:*:*:secret:*/rds/*`,
];

const TEXT_OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
] as const;
const ARN_OPERATORS = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"] as const;
const IF_EXISTS = ["", "IfExists"] as const;

const conditions = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...TEXT_OPERATORS),
      fc.constantFrom(...IF_EXISTS),
      fc.constantFrom("aws:RequestedRegion", "aws:SourceVpc", "AWS:sourcevpc", "aws:ResourceTag/Project"),
      fc.subarray(["eu-west-1", "us-east-1", "eu-*", "Phoenix", "phoenix", "p?oenix"], { minLength: 1 }),
    )
    .map(([operator, ifExists, key, values]) => ({ [`${operator}${ifExists}`]: { [key]: values } })),
  fc
    .tuple(
      fc.constantFrom(...ARN_OPERATORS),
      fc.constantFrom(...IF_EXISTS),
      fc.subarray([ROLE, "arn:aws:iam::*:role/example", "arn:aws:iam::*:user/*"], { minLength: 1 }),
    )
    .map(([operator, ifExists, values]) => ({ [`${operator}${ifExists}`]: { "aws:PrincipalArn": values } })),
  fc
    .tuple(
      fc.constantFrom("Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"),
      fc.constantFrom("2026-11-20T14:00:00Z", "2027-02-01T00:00:00Z"),
    )
    .map(([compare, value]) => ({ [`Date${compare}`]: { "aws:CurrentTime": value } })),
  fc
    .tuple(
      fc.constantFrom("aws:SecureTransport", "aws:MultiFactorAuthPresent", "aws:SourceVpc"),
      fc.constantFrom("Bool", "BoolIfExists", "Null"),
      fc.constantFrom("true", "false"),
    )
    .filter(([key, operator]) => key !== "aws:SourceVpc" || operator === "Null")
    .map(([key, operator, value]) => ({ [operator]: { [key]: value } })),
  fc
    .tuple(fc.constantFrom("IpAddress", "NotIpAddress"), fc.constantFrom("10.0.0.0/8", "192.0.2.7"))
    .map(([operator, value]) => ({ [operator]: { "aws:SourceIp": value } })),
  fc
    .tuple(
      fc.constantFrom("ForAllValues", "ForAnyValue"),
      fc.constantFrom("StringEquals", "StringLike", "StringNotEquals"),
      fc.subarray(["Project", "Owner", "Pro*"], { minLength: 1 }),
    )
    .map(([quantifier, operator, values]) => ({ [`${quantifier}:${operator}`]: { "aws:TagKeys": values } })),
  fc.constantFrom("*:sarah.devops", "*:other").map((value) => ({ StringLike: { "aws:userid": value } })),
);

const statements: fc.Arbitrary<PermissionStatement> = fc
  .record({
    effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    actions: fc.subarray(ACTION_PATTERNS, { minLength: 1, maxLength: 3 }),
    isNotAction: fc.nat({ max: 5 }),
    resources: fc.subarray(RESOURCE_PATTERNS, { minLength: 1, maxLength: 3 }),
    isNotResource: fc.nat({ max: 4 }),
    conditions: fc.array(conditions, { maxLength: 2 }),
  })
  .map(({ effect, actions, isNotAction, resources, isNotResource, conditions: some }) => ({
    Sid: "Some",
    Effect: effect,
    ...(isNotAction === 0 ? { NotAction: actions } : { Action: actions }),
    ...(isNotResource === 0 ? { NotResource: resources } : { Resource: resources }),
    ...(some.length > 0 && {
      Condition: Object.assign({}, ...some) as Record<string, Record<string, string>>,
    }),
  }));

const documents = fc.array(statements, { minLength: 1, maxLength: 4 }).map((some): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: some.map((one, index) => ({ ...one, Sid: `Number${String(index)}` })),
}));

interface Subject {
  readonly policies: readonly PolicyDocument[];
  readonly boundary: PolicyDocument | undefined;
}

const subjects: fc.Arbitrary<Subject> = fc.record({
  policies: fc.array(documents, { minLength: 1, maxLength: 2 }),
  boundary: fc.option(documents, { nil: undefined, freq: 2 }),
});

const KEYS = {
  "aws:SourceVpc": ["phoenix", "Phoenix", "eu-central-1", "x"],
  "aws:ResourceTag/Project": ["phoenix", "PHOENIX", "other"],
  "aws:SourceIp": ["10.1.2.3", "192.0.2.7", "203.0.113.1"],
} as const;

/** A request with everything in it; undefined is a key that is absent. */
interface WholeRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | undefined>>;
}

const requests: fc.Arbitrary<WholeRequest> = fc
  .constantFrom(...Object.entries(ACTIONS))
  .chain(([action, resources]) =>
    fc.record({
      action: fc.constant(action),
      resource: fc.constantFrom(...resources),
      context: fc.record({
        "aws:RequestedRegion": fc.constantFrom("eu-west-1", "us-east-1"),
        "aws:CurrentTime": fc.constantFrom(
          "2026-11-20T13:59:59Z",
          "2026-11-20T14:00:00Z",
          "2027-03-01T00:00:00Z",
        ),
        "aws:SecureTransport": fc.constantFrom("true", "false"),
        "aws:SourceVpc": fc.constantFrom(undefined, ...KEYS["aws:SourceVpc"]),
        // The evaluator would take a tag that the action does not offer, and takes none of a bucket's.
        "aws:ResourceTag/Project": ["secretsmanager:GetSecretValue", "iam:PassRole"].includes(action)
          ? fc.constantFrom(undefined, ...KEYS["aws:ResourceTag/Project"])
          : fc.constant(undefined),
        "aws:SourceIp": fc.constantFrom(undefined, ...KEYS["aws:SourceIp"]),
        "aws:TagKeys":
          action === "iam:CreateUser"
            ? fc.constantFrom(undefined, "Project", "Owner", "Other")
            : fc.constant(undefined),
      }),
    }),
  );

/** A key with several values in one request, of which these have one. */
const SEVERAL_VALUES = "aws:TagKeys";

const definedOf = (context: WholeRequest["context"]): Record<string, string | readonly string[]> =>
  Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, key === SEVERAL_VALUES ? [value] : value]],
    ),
  );

const evaluate = (subject: Subject, { action, resource, context }: WholeRequest): Promise<Decision> =>
  decide({
    caller: evaluatedSession(ROLE, SESSION),
    policies: subject.policies,
    ...(subject.boundary && { boundary: subject.boundary }),
    action,
    resource,
    context: { ...definedOf(context) },
  });

/** Exactly this request. */
function exactly({ action, resource, context }: WholeRequest): RequestSet {
  const entries = Object.entries(context);
  const present = entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const text = present.filter(
    ([key]) => !["aws:CurrentTime", "aws:SecureTransport", "aws:SourceIp", SEVERAL_VALUES].includes(key),
  );
  const of = (key: string) => (context[key] === undefined ? {} : { [key]: context[key] });
  return {
    actions: action,
    resources: resource,
    when: {
      StringEquals: Object.fromEntries(text),
      "ForAllValues:StringEquals": of(SEVERAL_VALUES),
      DateEquals: of("aws:CurrentTime"),
      Bool: of("aws:SecureTransport"),
      IpAddress: of("aws:SourceIp"),
      Null: {
        ...Object.fromEntries(
          entries.map(([key, value]) => [key, value === undefined ? "true" : "false"] as const),
        ),
        // The request that is evaluated carries neither, and a session may.
        "aws:MultiFactorAuthPresent": "true",
        "aws:MultiFactorAuthAge": "true",
      },
    },
  };
}

const subsetsOf = (all: readonly string[]): readonly (readonly string[])[] =>
  all.reduce<readonly (readonly string[])[]>(
    (subsets, one) => [...subsets, ...subsets.map((some) => [...some, one])],
    [[]],
  );

describe("the prover and the evaluator", () => {
  let prover: Prover;
  before(async () => {
    prover = new Prover(await ActionReference.load(), "eu-west-1");
  });

  const accessFor = (subject: Subject): AllowedRequests =>
    findAllowedRequests(provenSessionCaller(ROLE, SESSION, "example"), {
      policies: subject.policies.map((document, index) => policyOf(`policy ${String(index)}`, document)),
      ...(subject.boundary && { boundary: policyOf("boundary", subject.boundary) }),
    });
  const breaches = (subject: Subject, never: RequestSet): readonly Breach[] =>
    prover.breaches(accessFor(subject), never);

  it("answer alike about one request", async () => {
    await fc.assert(
      fc.asyncProperty(
        subjects,
        fc.array(requests, { minLength: 4, maxLength: 4 }),
        async (subject, some) => {
          for (const request of some) {
            const expected = await evaluate(subject, request);
            const found = breaches(subject, exactly(request));
            assert.equal(found.length > 0 ? "allowed" : "denied", expected, JSON.stringify(request));
          }
        },
      ),
      { numRuns: 500, seed: 12 },
    );
  });

  it("agree on every request that the prover finds", async () => {
    await fc.assert(
      fc.asyncProperty(
        subjects,
        fc.subarray(Object.keys(ACTIONS), { minLength: 1 }),
        fc.constantFrom(...RESOURCE_PATTERNS),
        async (subject, actions, resources) => {
          for (const { example } of breaches(subject, { actions, resources })) {
            const { action, resource, context } = example;
            // The evaluator knows neither actions of the future nor resources of nobody.
            if (example.isFuture || ![ACCOUNT, ""].includes(resource.split(":")[4] ?? "")) continue;
            assert.equal(
              await decide({
                caller: { arn: evaluatedSession(ROLE, SESSION).arn, accountId: ACCOUNT, context: {} },
                policies: subject.policies,
                ...(subject.boundary && { boundary: subject.boundary }),
                action,
                resource,
                context,
              }),
              "allowed",
              JSON.stringify({ action, resource, context }),
            );
          }
        },
      ),
      { numRuns: 500, seed: 12 },
    );
  });

  const SEVERAL_KEYS = ["Project", "Owner", "Team"] as const;
  const ofSeveral = fc.record({
    operator: fc.constantFrom("StringEquals", "StringLike", "StringNotEquals", "StringNotLike"),
    quantifier: fc.constantFrom("ForAllValues", "ForAnyValue"),
    values: fc.subarray([...SEVERAL_KEYS, "T*"], { minLength: 1 }),
  });
  /** Allows or denies the making of users, under one or two conditions on all or any of the tags' keys. */
  const creating = fc
    .tuple(
      fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
      fc.array(ofSeveral, { minLength: 1, maxLength: 2 }),
    )
    .map(([effect, some]): PermissionStatement => ({
      Sid: "Creates",
      Effect: effect,
      Action: "iam:CreateUser",
      Resource: "*",
      Condition: Object.fromEntries(
        some.map(({ operator, quantifier, values }) => [
          `${quantifier}:${operator}`,
          { [SEVERAL_VALUES]: values },
        ]),
      ),
    }));
  const creators: fc.Arbitrary<Subject> = fc.record({
    policies: fc.array(
      fc.array(creating, { minLength: 1, maxLength: 3 }).map((some): PolicyDocument => ({
        Version: "2012-10-17",
        Statement: some.map((one, index) => ({ ...one, Sid: `Number${String(index)}` })),
      })),
      { minLength: 1, maxLength: 1 },
    ),
    boundary: fc.option(
      creating.map((one): PolicyDocument => ({ Version: "2012-10-17", Statement: [one] })),
      { nil: undefined, freq: 2 },
    ),
  });
  const USER = `arn:aws:iam::${ACCOUNT}:user/people/x`;
  const CREATION: RequestSet = { actions: "iam:CreateUser", resources: USER };
  const evaluateCreation = (subject: Subject, keys: readonly string[]): Promise<Decision> =>
    decide({
      caller: evaluatedSession(ROLE, SESSION),
      policies: subject.policies,
      ...(subject.boundary && { boundary: subject.boundary }),
      action: "iam:CreateUser",
      resource: USER,
      context: keys.length === 0 ? {} : { [SEVERAL_VALUES]: keys },
    });
  const findsSome = (question: () => readonly Breach[]): boolean | "refused" => {
    try {
      return question().length > 0;
    } catch (error) {
      if (error instanceof NotModelled) return "refused";
      throw error;
    }
  };

  it("miss no request that carries several values of a key", async () => {
    const answers = { found: 0, none: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(creators, async (subject) => {
        const decisions = await Promise.all(
          subsetsOf(SEVERAL_KEYS).map((keys) => evaluateCreation(subject, keys)),
        );
        const isFound = findsSome(() => breaches(subject, CREATION));
        answers[isFound === "refused" ? "refused" : isFound ? "found" : "none"]++;
        if (isFound === false) assert.ok(!decisions.includes("allowed"));
      }),
      { numRuns: 300, seed: 12, endOnFailure: true },
    );
    assert.ok(answers.found > 100 && answers.none > 100, JSON.stringify(answers));
  });

  it("miss no request with several values that one subject may make and another may not", async () => {
    const answers = { found: 0, none: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(creators, creators, async (before, after) => {
        const decisions = await Promise.all(
          subsetsOf(SEVERAL_KEYS).map(async (keys) =>
            Promise.all([evaluateCreation(before, keys), evaluateCreation(after, keys)]),
          ),
        );
        const isNew = decisions.some(([earlier, later]) => earlier === "denied" && later === "allowed");
        const isFound = findsSome(() => prover.newAccess(accessFor(before), accessFor(after)));
        answers[isFound === "refused" ? "refused" : isFound ? "found" : "none"]++;
        if (isFound === false) assert.ok(!isNew);
      }),
      { numRuns: 300, seed: 12, endOnFailure: true },
    );
    assert.ok(answers.found > 100 && answers.none > 100, JSON.stringify(answers));
  });
});
