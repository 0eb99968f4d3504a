import assert from "node:assert/strict";
import fc from "fast-check";
import { renderDocument } from "../../../src/documents/policy-document";
import { assumeRolePolicies, makesNoAccessKeys } from "../../../src/documents/self-service/assume-role";
import { parseAccountId, roleArn, type Arn } from "../../../src/model/names";
import { QUOTAS } from "../../../src/model/quotas";
import { PEOPLE_ROLES } from "../../../src/model/roles";
import { Deployed } from "../../support/deployed";
import { decide, userCaller, type Decision } from "../../support/evaluate";
import { sampleModel } from "../../support/sample";
import { authorizationProblems } from "../../support/service-authorization";
import { ACCOUNTS, contextIn } from "../fixture";

const { organization } = contextIn("prod");
const ops = roleArn(organization, "Ops", ACCOUNTS.prod);
const read = roleArn(organization, "Read", ACCOUNTS.prod);
const admin = roleArn(organization, "Admin", ACCOUNTS.prod);

/** Role ARNs of as many accounts. */
const rolesOf = (accounts: number): readonly Arn[] =>
  Array.from({ length: accounts }, (_, index) => ({
    key: `workload-${String(index)}`,
    id: parseAccountId(String(index).padStart(12, "0"))!,
  })).flatMap((account) => PEOPLE_ROLES.map((role) => roleArn(organization, role, account)));

const rolesIn = (documents: ReturnType<typeof assumeRolePolicies>): readonly string[] =>
  documents.flatMap(({ Statement }) =>
    Statement.flatMap((statement) => ("Resource" in statement ? [statement.Resource].flat() : [])),
  );

describe("AssumeRole", () => {
  it("is one statement over exactly these roles", () => {
    assert.deepEqual(assumeRolePolicies([ops, read]), [
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AssumeRoles",
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Resource: [
              "arn:aws:iam::444444444444:role/infra-OpsR-prod",
              "arn:aws:iam::444444444444:role/infra-ReadR-prod",
            ],
          },
        ],
      },
    ]);
  });

  it("is nothing where there are no roles", () => {
    assert.deepEqual(assumeRolePolicies([]), []);
  });

  it("lets people try these roles and no other", async () => {
    const policies = assumeRolePolicies([ops]);
    const caller = userCaller("arn:aws:iam::111111111111:user/people/bob", { ageSeconds: 60 });
    // Asked as within one account, where the caller's policies alone decide.
    const request = { caller, policies, action: "sts:AssumeRole", resourceAccount: ACCOUNTS.identity.id };
    assert.equal(await decide({ ...request, resource: ops }), "allowed");
    assert.equal(await decide({ ...request, resource: admin }), "denied");
  });

  it("keeps every role, in order, in documents that fit and that could not be fewer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), (accounts) => {
        const roles = rolesOf(accounts);
        const documents = assumeRolePolicies(roles);
        assert.deepEqual(rolesIn(documents), roles);
        for (const document of documents)
          assert.ok(renderDocument(document).length <= QUOTAS.policyCharacters);
        const characters = roles.reduce((sum, role) => sum + role.length + 3, 0);
        assert.ok(documents.length <= Math.ceil(characters / (QUOTAS.policyCharacters - 250)));
      }),
      { numRuns: 25 },
    );
  });

  it("says what AWS knows", async () => {
    for (const document of assumeRolePolicies([ops])) {
      assert.deepEqual(await authorizationProblems(document, "user"), []);
    }
  });
});

describe("the groups of BreakGlass's holders", () => {
  const deployed = new Deployed(sampleModel());
  const user = (name: string): string => `arn:aws:iam::111111111111:user/people/${name}`;
  const may = (name: string, action: string): Promise<Decision> =>
    decide({
      caller: userCaller(user(name), { ageSeconds: 60 }),
      policies: deployed.userPolicies(name),
      action,
      resource: user(name),
    });

  for (const holder of ["sarah.devops", "maria.cto"]) {
    it(`keep ${holder} from making access keys, and from nothing that gets rid of one`, async () => {
      assert.equal(await may(holder, "iam:CreateAccessKey"), "denied");
      assert.equal(await may(holder, "iam:UpdateAccessKey"), "allowed");
      assert.equal(await may(holder, "iam:DeleteAccessKey"), "allowed");
    });
  }

  it("do so for nobody else", async () => {
    assert.equal(await may("alex.dba", "iam:CreateAccessKey"), "allowed");
  });

  it("say it in each of their documents, which fit", () => {
    const roles = rolesOf(80);
    const documents = assumeRolePolicies(roles, makesNoAccessKeys(ACCOUNTS.identity));
    assert.ok(documents.length > 1);
    for (const document of documents) {
      assert.ok(renderDocument(document).length <= QUOTAS.policyCharacters);
      assert.equal(document.Statement.at(-1)?.Sid, "MakesNoAccessKeys");
    }
  });
});
