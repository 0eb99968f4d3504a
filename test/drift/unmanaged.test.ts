import assert from "node:assert/strict";

import type { ManagedResource } from "../../src/drift/comparison";
import { knownOthers } from "../../src/drift/known-others";
import type { LiveAccount, LiveRole } from "../../src/drift/live-account";
import { unmanagedIn, type Unmanaged } from "../../src/drift/unmanaged";
import { contextIn } from "../documents/fixture";

const { organization, account } = contextIn("prod");
const KNOWN = knownOthers(organization, account);

const EMPTY: LiveAccount = { users: [], groups: [], roles: [], policies: [], identityProviders: [] };
const NOTHING = { attached: [], inline: [] };
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const BOUNDARY = "arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary";

const role = (name: string, path = "/", more: Partial<LiveRole> = {}): LiveRole => ({
  name,
  path,
  ...NOTHING,
  ...more,
});

interface Case {
  readonly says: string;
  readonly live: Partial<LiveAccount>;
  readonly managed?: readonly ManagedResource[];
  readonly found: readonly Unmanaged[];
}

const CASES: readonly Case[] = [
  {
    says: "what the stack has",
    live: {
      users: [{ name: "sarah.devops", path: "/people/", ...NOTHING }],
      groups: [{ name: "infra-PowerG", path: "/", members: ["sarah.devops"], ...NOTHING }],
      roles: [role("infra-ReadR-prod")],
      policies: [
        {
          name: "infra-ReadR-prod-limits",
          path: "/",
          arn: "arn:aws:iam::444444444444:policy/infra-ReadR-prod-limits",
        },
      ],
      identityProviders: ["arn:aws:iam::444444444444:oidc-provider/token.actions.githubusercontent.com"],
    },
    managed: [
      { type: "aws:iam/user:User", inputs: { name: "sarah.devops", path: "/people/" } },
      { type: "aws:iam/group:Group", inputs: { name: "infra-PowerG" } },
      { type: "aws:iam/role:Role", inputs: { name: "infra-ReadR-prod" } },
      { type: "aws:iam/policy:Policy", inputs: { name: "infra-ReadR-prod-limits" } },
      {
        type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        inputs: { url: "https://token.actions.githubusercontent.com" },
      },
    ],
    found: [],
  },
  {
    says: "a user, with what they have",
    live: { users: [{ name: "ghost", path: "/", attached: [ADMINISTRATOR], inline: ["more"] }] },
    found: [{ kind: "user", name: "ghost", details: [`attached ${ADMINISTRATOR}`, "inline more"] }],
  },
  {
    says: "a user of a name that the stack has, at another path",
    live: { users: [{ name: "sarah.devops", path: "/", ...NOTHING }] },
    managed: [{ type: "aws:iam/user:User", inputs: { name: "sarah.devops", path: "/people/" } }],
    found: [{ kind: "user", name: "sarah.devops", details: [] }],
  },
  {
    says: "policies attached to, and written into, a user of the stack",
    live: {
      users: [{ name: "sarah.devops", path: "/people/", attached: [ADMINISTRATOR], inline: ["more"] }],
    },
    managed: [{ type: "aws:iam/user:User", inputs: { name: "sarah.devops", path: "/people/" } }],
    found: [
      { kind: "attached policy", name: ADMINISTRATOR, of: "user sarah.devops" },
      { kind: "inline policy", name: "more", of: "user sarah.devops" },
    ],
  },
  {
    says: "a group, with its members and policies",
    live: {
      groups: [
        { name: "friends", path: "/", members: ["john.developer"], attached: [ADMINISTRATOR], inline: [] },
      ],
    },
    found: [
      { kind: "group", name: "friends", details: ["member john.developer", `attached ${ADMINISTRATOR}`] },
    ],
  },
  {
    says: "a role, with its policies",
    live: { roles: [role("backdoor", "/", { attached: [ADMINISTRATOR] })] },
    found: [{ kind: "role", name: "backdoor", details: [`attached ${ADMINISTRATOR}`] }],
  },
  {
    says: "a role of the stack's name and another type",
    live: { roles: [role("infra-PowerG")] },
    managed: [{ type: "aws:iam/group:Group", inputs: { name: "infra-PowerG" } }],
    found: [{ kind: "role", name: "infra-PowerG", details: [] }],
  },
  {
    says: "a policy",
    live: { policies: [{ name: "spare", path: "/", arn: "arn:aws:iam::444444444444:policy/spare" }] },
    found: [{ kind: "policy", name: "arn:aws:iam::444444444444:policy/spare" }],
  },
  {
    says: "identity providers, which let others' users in",
    live: {
      identityProviders: [
        "arn:aws:iam::444444444444:oidc-provider/gitlab.example.com",
        "arn:aws:iam::444444444444:saml-provider/elsewhere",
      ],
    },
    found: [
      { kind: "identity provider", name: "arn:aws:iam::444444444444:oidc-provider/gitlab.example.com" },
      { kind: "identity provider", name: "arn:aws:iam::444444444444:saml-provider/elsewhere" },
    ],
  },
  {
    says: "roles that AWS makes, but no others that are called so",
    live: {
      roles: [
        role("AWSServiceRoleForSupport", "/aws-service-role/support.amazonaws.com/"),
        role("OrganizationAccountAccessRole"),
        role("AWSServiceRoleForSupport2"),
      ],
    },
    found: [{ kind: "role", name: "AWSServiceRoleForSupport2", details: [] }],
  },
  {
    says: "what Ops made, where its boundary is missing",
    live: {
      roles: [
        role("bounded", "/ops/", { boundary: BOUNDARY }),
        role("unbounded", "/ops/"),
        role("other", "/ops/", { boundary: "arn:x" }),
      ],
      policies: [{ name: "p", path: "/ops/", arn: "arn:aws:iam::444444444444:policy/ops/p" }],
    },
    found: [
      { kind: "role", name: "unbounded", details: [] },
      { kind: "role", name: "other", details: [] },
    ],
  },
  {
    says: "a service's role that src/workloads.ts does not declare",
    live: { roles: [role("infra-mw-ingress-prod", "/workloads/"), role("extra", "/workloads/")] },
    managed: [{ type: "aws:iam/role:Role", inputs: { name: "infra-mw-ingress-prod", path: "/workloads/" } }],
    found: [{ kind: "role", name: "extra", details: [] }],
  },
];

describe("what is in an account and in no stack", () => {
  for (const { says, live, managed = [], found } of CASES) {
    it(`${found.length === 0 ? "does not report" : "reports"} ${says}`, () => {
      assert.deepEqual(unmanagedIn({ ...EMPTY, ...live }, managed, KNOWN), found);
    });
  }

  it("has a reason for everything that it does not report", () => {
    for (const { reason } of KNOWN) assert.match(reason, /^[A-Z].*\.$/);
  });
});
