import assert from "node:assert/strict";

import { musterResource } from "../../src/access/muster-resource";
import { policyDocument, renderDocument, type ResourceStatement } from "../../src/documents/policy-document";
import { namedResources } from "../../src/documents/resource-policies";
import { accountResources } from "../../src/resources/account-resources";
import { DependentResource, type DescribedResource } from "../../src/resources/described-resource";
import { readSettings } from "../../src/resources/account-settings";
import { blueprintOf, sampleModel } from "../support/sample";

const BUCKET = "arn:aws:s3:::bucket";

const withStatement = (statement: ResourceStatement) => () =>
  musterResource({
    accountId: "111111111111",
    arns: [BUCKET],
    policy: { name: "policy of a bucket", document: policyDocument(statement) },
  });

/** With all that makes buckets and topics. */
const SETTINGS = { "muster:awsConfig": "{}", "muster:machines": "{}" };

const known = (value: unknown): unknown => (value instanceof DependentResource ? value.value : value);

/** The policy of a bucket or topic, and what it is of; undefined for other resources. */
function policyIn({ type, properties }: DescribedResource): readonly [unknown, unknown] | undefined {
  const { bucket, arn, policy }: Record<string, unknown> = { ...properties };
  if (type === "aws:s3/bucketPolicy:BucketPolicy") return [`arn:aws:s3:::${String(known(bucket))}`, policy];
  return type === "aws:sns/topicPolicy:TopicPolicy" ? [known(arn), policy] : undefined;
}

describe("a resource whose policy answers ask", () => {
  it("has the policy that the stack gives it, be it a bucket or a topic", () => {
    const model = sampleModel();
    const blueprint = blueprintOf(model, "dev");
    const settings = readSettings("dev", SETTINGS, model.now);
    const policies = accountResources(model.organization, blueprint, settings).flatMap((resource) => {
      const policy = policyIn(resource);
      return policy === undefined ? [] : [policy];
    });
    assert.deepEqual(
      new Map(
        namedResources(model, blueprint).map(({ arns: [arn], policy }) => [
          arn,
          renderDocument(policy.document),
        ]),
      ),
      new Map(policies),
    );
  });

  const cases: readonly (readonly [what: string, statement: ResourceStatement])[] = [
    [
      "lets an account in",
      { Sid: "One", Effect: "Allow", Principal: { AWS: "999988887777" }, Action: "s3:*", Resource: BUCKET },
    ],
    [
      "refuses one account",
      { Sid: "One", Effect: "Deny", Principal: { AWS: "999988887777" }, Action: "s3:*", Resource: BUCKET },
    ],
  ];
  for (const [what, statement] of cases) {
    it(`is none whose policy ${what}`, () => {
      assert.throws(withStatement(statement), {
        message: 'policy of a bucket: answers do not know what "One" means to a caller.',
      });
    });
  }
});
