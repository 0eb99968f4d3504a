import assert from "node:assert/strict";

import { PERMISSIONS } from "../../src/documents/permissions";
import { renderDocument, type PolicyDocument } from "../../src/documents/policy-document";
import type { RoleContext, RolePermissions, RolePolicy } from "../../src/documents/role-permissions";
import { buildModel } from "../../src/model/model";
import { roleName } from "../../src/model/names";
import { createAccount } from "../../src/stacks/create-account";
import { readSettings } from "../../src/resources/account-settings";
import { awsManagedDocument } from "../support/evaluate";
import { registeredResources, type RegisteredResource } from "../support/resources";
import { databaseAccessConfig } from "../support/database-access";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { blueprintOf, SAMPLE_MOMENT } from "../support/sample";
import { authorizationProblems, type Attachment } from "../support/service-authorization";
import { sampleWorkloads } from "../support/workloads";

const settingsOf = (accountId: string): Readonly<Record<string, string>> => ({
  ...databaseAccessConfig(accountId),
});

/** The sample with a pipeline, and with a partner of each kind. */
const model = buildModel(
  { ...sampleOrganization(), pipeline: { kind: "github", repository: "example/accounts" } },
  {
    ...sampleRoster(),
    partners: {
      acme: {
        account: "999988887777",
        externalId: "acme-data-sharing-7f3a",
        grants: { prod: ["DataShare", "ExternalSystem"] },
        resources: {
          prod: {
            databases: ["analytics/shared"],
            objects: ["example-shared/acme/*"],
            instances: ["i-0123456789abcdef0"],
            documents: ["acme-setup"],
            parameters: ["/acme/*"],
          },
        },
      },
    },
  },
  SAMPLE_MOMENT,
  sampleWorkloads(),
);

const MANAGED = "arn:aws:iam::aws:policy/";

/** The account's resources, as its stack registers them. */
class RegisteredAccount {
  constructor(private readonly resources: readonly RegisteredResource[]) {}

  of(type: string): readonly RegisteredResource["inputs"][] {
    return this.resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
  }

  /** The JSON of the policy with this ARN, whoever keeps it. */
  private textOf(arn: unknown): string {
    assert.ok(typeof arn === "string");
    if (arn.startsWith(MANAGED)) return renderDocument(awsManagedDocument(arn.slice(MANAGED.length)));
    const policy = this.of("aws:iam/policy:Policy").find(({ name }) =>
      arn.endsWith(`:policy/${String(name)}`),
    );
    return String(policy?.policy);
  }

  /** The JSON of everything that is attached to the role. */
  policiesOf(role: string): readonly string[] {
    return this.of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter((attachment) => attachment.role === role)
      .map(({ policyArn }) => this.textOf(policyArn));
  }

  boundaryOf(role: string): string | undefined {
    const found = this.of("aws:iam/role:Role").find(({ name }) => name === role);
    return found?.permissionsBoundary === undefined ? undefined : this.textOf(found.permissionsBoundary);
  }
}

const textOf = (policy: RolePolicy): string =>
  renderDocument(policy.kind === "aws-managed" ? awsManagedDocument(policy.name) : policy.document);

/** What has a policy of its own; users come to it too, so that no condition key is absent. */
const RESOURCES_WITH_POLICIES = [
  "aws:kms/key:Key",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:sns/topicPolicy:TopicPolicy",
] as const;

describe("the documents that are deployed", () => {
  for (const account of model.organization.accounts) {
    describe(account.key, () => {
      let registered: RegisteredAccount;

      before(async () => {
        const settings = account.environment === "prod" ? settingsOf(account.id) : {};
        registered = new RegisteredAccount(
          await registeredResources(account.key, () =>
            createAccount(
              model.organization,
              blueprintOf(model, account.key),
              readSettings(account.key, settings, model.now),
            ),
          ),
        );
      });

      for (const { role, name } of blueprintOf(model, account.key).roles) {
        it(`${name} has what the cases of ${role} are asked of, and denials for people beside it`, () => {
          const context: RoleContext = { organization: model.organization, account };
          const asked: RolePermissions = PERMISSIONS[role](context);
          const deployed = registered.policiesOf(roleName(model.organization, role, account));
          const more = deployed.filter((text) => !asked.policies.map(textOf).includes(text));
          assert.deepEqual([...deployed].sort(), [...asked.policies.map(textOf), ...more].sort());
          for (const text of more) {
            const { Statement } = JSON.parse(text) as PolicyDocument;
            for (const { Effect, Condition } of Statement) {
              assert.equal(Effect, "Deny");
              assert.ok((Condition?.StringLike ?? Condition?.StringNotLike)?.["aws:userid"]);
            }
          }
          assert.equal(registered.boundaryOf(name), asked.boundary && textOf(asked.boundary));
        });
      }

      it("say only what AWS knows", async () => {
        const groups = registered.of("aws:iam/groupPolicyAttachment:GroupPolicyAttachment");
        const attachmentOf = (policy: unknown): Attachment =>
          groups.some(({ policyArn }) => String(policyArn).endsWith(`:policy/${String(policy)}`))
            ? "user"
            : "role";
        const policies = registered
          .of("aws:iam/policy:Policy")
          .map(({ name, policy }) => ({ text: String(policy), attachment: attachmentOf(name) }));
        const others = RESOURCES_WITH_POLICIES.flatMap((type) => registered.of(type)).map(({ policy }) => ({
          text: String(policy),
          attachment: "user" as const,
        }));
        const problems = await Promise.all(
          [...policies, ...others].map(({ text, attachment }) =>
            authorizationProblems(JSON.parse(text) as PolicyDocument, attachment),
          ),
        );
        assert.ok(policies.length > 0 && others.length > 0);
        assert.deepEqual(problems.flat(), []);
      });
    });
  }
});
