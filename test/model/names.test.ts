import assert from "node:assert/strict";

import fc from "fast-check";

import {
  assumeRoleGroupName,
  breakGlassGroupName,
  caseless,
  everyUserArn,
  groupPolicyName,
  manageOwnUserGroupName,
  parseAccountId,
  parseUserName,
  powerGroupName,
  roleArn,
  roleName,
  rolePolicyName,
  roleTagKey,
  roleTagPattern,
  roleTagValue,
  switchRoleUrl,
  userArn,
} from "../../src/model/names";
import { PEOPLE_ROLES } from "../../src/model/roles";

const naming = { prefix: "infra" };

function account(key: string, digits: string) {
  const id = parseAccountId(digits);
  assert.ok(id);
  return { key, id };
}
const prod = account("prod", "444444444444");
const users = account("users", "111111111111");

/** IAM's StringLike: an asterisk stands for any characters. */
const isLike = (value: string, pattern: string): boolean =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(value);
const escaped = (text: string): string => text.replaceAll(/[^\w]/g, "\\$&");

describe("names", () => {
  it("are made of prefix, purpose and account", () => {
    const sarah = parseUserName("sarah.devops");
    assert.ok(sarah);
    assert.deepEqual(
      [
        roleName(naming, "Admin", prod),
        roleArn(naming, "Admin", prod),
        rolePolicyName(naming, "Ops", prod, "boundary"),
        userArn(users, sarah),
        everyUserArn(users),
        assumeRoleGroupName(naming, "prod"),
        breakGlassGroupName(naming, "prod"),
        manageOwnUserGroupName(naming),
        powerGroupName(naming),
        groupPolicyName("infra-PowerG", 0),
        groupPolicyName("infra-PowerG", 1),
        roleTagKey(naming, prod),
        switchRoleUrl(naming, "Admin", prod),
      ],
      [
        "infra-AdminR-prod",
        "arn:aws:iam::444444444444:role/infra-AdminR-prod",
        "infra-OpsR-prod-boundary",
        "arn:aws:iam::111111111111:user/people/sarah.devops",
        "arn:aws:iam::111111111111:user/people/*",
        "infra-AssumeRoleG-prod",
        "infra-BreakGlassG-prod",
        "infra-ManageOwnUserG",
        "infra-PowerG",
        "infra-PowerG-permissions",
        "infra-PowerG-permissions-2",
        "infra:prod",
        "https://signin.aws.amazon.com/switchrole?account=444444444444&roleName=infra-AdminR-prod&displayName=Admin%40prod",
      ],
    );
  });

  it("of people compare without case", () => {
    assert.equal(caseless("Sarah.DevOps"), caseless("sarah.devops"));
  });
});

describe("the tag that holds a person's roles", () => {
  it("is matched by the pattern of each role that it holds, and of no other", () => {
    fc.assert(
      fc.property(fc.subarray([...PEOPLE_ROLES], { minLength: 1 }), (held) => {
        const value = roleTagValue(held);
        assert.deepEqual(
          PEOPLE_ROLES.filter((role) => isLike(value, roleTagPattern(role))),
          held,
        );
      }),
    );
  });

  it("has at most the 256 characters of a tag's value", () => {
    assert.ok(roleTagValue(PEOPLE_ROLES).length <= 256);
  });
});
