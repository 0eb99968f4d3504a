import assert from "node:assert/strict";
import { PERMISSIONS } from "../../../src/documents/permissions";
import { renderDocument, type PermissionStatement } from "../../../src/documents/policy-document";
import type { CustomerPolicy } from "../../../src/documents/role-permissions";
import { BREAK_GLASS_PERMISSIONS, ENVIRONMENTS } from "../../../src/model/organization";
import { QUOTAS } from "../../../src/model/quotas";
import { contextIn } from "../fixture";

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

const CONTEXTS = ENVIRONMENTS.flatMap((environment) =>
  BREAK_GLASS_PERMISSIONS.map((breakGlass) => contextIn(environment, breakGlass)),
);

const grants = (statement: PermissionStatement, action: string): boolean =>
  statement.Effect === "Allow" && "Action" in statement && list(statement.Action).includes(action);

const isUnlimited = (statement: PermissionStatement): boolean =>
  "Resource" in statement && list(statement.Resource).includes("*");

describe("every role's documents", () => {
  for (const [role, permissionsOf] of Object.entries(PERMISSIONS)) {
    const permissions = CONTEXTS.map(permissionsOf);
    const documents = permissions
      .flatMap(({ policies, boundary }) => [...policies, ...(boundary ? [boundary] : [])])
      .filter((policy): policy is CustomerPolicy => policy.kind === "customer");
    const statements = documents.flatMap(({ document }) => document.Statement);

    describe(role, () => {
      it("allows everything by AWS's own policy or not at all", () => {
        assert.deepEqual(
          statements.filter((statement) => grants(statement, "*")),
          [],
        );
      });

      it("allows nothing by exception", () => {
        const byException = statements.filter(
          (statement) =>
            statement.Effect === "Allow" && ("NotAction" in statement || "NotResource" in statement),
        );
        assert.deepEqual(byException, []);
      });

      it("passes no roles without saying which", () => {
        const passing = statements.filter(
          (statement) => grants(statement, "iam:PassRole") || grants(statement, "iam:*"),
        );
        assert.deepEqual(passing.filter(isUnlimited), []);
      });

      it("has no condition on the name of a session", () => {
        assert.doesNotMatch(
          documents.map(({ document }) => renderDocument(document)).join(),
          /"aws:userid"/i,
        );
      });

      it("names its statements once each, in letters and digits", () => {
        for (const { document } of documents) {
          const sids = document.Statement.map(({ Sid }) => Sid);
          assert.deepEqual([...new Set(sids)], sids);
          for (const sid of sids) assert.match(sid, /^[A-Za-z0-9]+$/);
        }
      });

      it("leaves room for the policy that ends sessions", () => {
        for (const { policies } of permissions) assert.ok(policies.length < QUOTAS.attachedPolicies);
      });
    });
  }
});
