import assert from "node:assert/strict";

import type {
  LiveAccount,
  LiveGroup,
  LivePolicy,
  LiveRole,
  LiveUser,
  LiveCredentials,
} from "../../src/aws/live-account";
import { besideStack, type AccountContext } from "../../src/drift/beside-stack";
import type { ManagedResource } from "../../src/drift/comparison";
import { ManagedResources } from "../../src/drift/managed";
import type { UnmanagedObject } from "../../src/drift/unmanaged";
import { denyUser } from "../../src/documents/offboarding-denial";
import { renderDocument } from "../../src/documents/policy-document";
import { parseAccountId } from "../../src/model/names";
import { contextIn } from "../documents/fixture";

const { organization, account } = contextIn("prod");
const MANAGEMENT = parseAccountId("999999999999");

const EMPTY: LiveAccount = {
  users: [],
  groups: [],
  roles: [],
  policies: [],
  instanceProfiles: [],
  identityProviders: [],
  serverCertificates: [],
  unassignedMfaDevices: [],
  rootCredentials: [],
};
const NO_POLICIES = { attached: [], inline: [] };
const NO_CREDENTIALS: LiveCredentials = {
  hasPassword: false,
  accessKeys: [],
  sshKeys: [],
  serviceCredentials: [],
  signingCertificates: [],
};
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const BOUNDARY = "arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary";
const SHUT_OUT = { document: renderDocument(denyUser()) };
const KEY = { id: "AKIAIOSFODNN7EXAMPLE", isActive: true };
const IDLE_KEY = { id: "AKIAI44QH8DHBEXAMPLE", isActive: false };
const SSH_KEY = { id: "APKAEXAMPLE", isActive: true };
const CERTIFICATE = { id: "CERT", isActive: true };

type Statement = Readonly<Record<string, unknown>>;
const trustOf = (...Statement: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });
const admitting = (Principal: unknown, more: Statement = {}): string =>
  trustOf({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more });

const role = (name: string, path: string, trust: string, more: Partial<LiveRole> = {}): LiveRole => ({
  name,
  path,
  trust,
  ...NO_POLICIES,
  ...more,
});
const user = (
  name: string,
  more: Partial<LiveUser> = {},
  credentials: Partial<LiveCredentials> = {},
): LiveUser => ({
  name,
  path: "/people/",
  groups: [],
  tags: {},
  ...NO_POLICIES,
  ...more,
  credentials: { ...NO_CREDENTIALS, ...credentials },
});
const group = (name: string, members: readonly string[] = []): LiveGroup => ({
  name,
  path: "/",
  members,
  ...NO_POLICIES,
});
const policy = (path: string, name: string): LivePolicy => ({
  name,
  path,
  arn: `arn:aws:iam::444444444444:policy${path}${name}`,
  document: "{}",
});
const managedUser = (name: string, path = "/people/"): ManagedResource => ({
  type: "aws:iam/user:User",
  inputs: { name, path },
});

const circumstances = (
  managed: readonly ManagedResource[],
  more: Partial<AccountContext> = {},
): AccountContext => ({
  organization: { ...organization, ...(MANAGEMENT && { management: MANAGEMENT }) },
  account,
  managed: new ManagedResources(managed),
  owners: { breakGlassHolders: new Set(["bea.security"]), leavers: new Set(["lee.left"]) },
  knownOthers: [],
  ...more,
});

/** Without fingerprints, which depend on everything. */
const plain = (all: readonly UnmanagedObject[]): readonly UnmanagedObject[] =>
  all.map(({ fingerprint: _, ...one }) => one);

interface Case {
  readonly says: string;
  readonly live: Partial<LiveAccount>;
  readonly managed?: readonly ManagedResource[];
  readonly found: readonly UnmanagedObject[];
}

const CASES: readonly Case[] = [
  {
    says: "an older version of a policy of the stack",
    live: {
      policies: [
        {
          ...policy("/", "infra-ReadR-prod-limits"),
          dormant: { inForce: "v10", versions: [{ id: "v9", document: "{}" }] },
        },
      ],
    },
    managed: [{ type: "aws:iam/policy:Policy", inputs: { name: "infra-ReadR-prod-limits" } }],
    found: [],
  },
  {
    says: "a version of a policy of the stack that waits to be put in force",
    live: {
      policies: [
        {
          ...policy("/", "infra-ReadR-prod-limits"),
          dormant: {
            inForce: "v9",
            versions: [
              { id: "v8", document: "{}" },
              { id: "v10", document: trustOf({ Effect: "Allow", Action: "*", Resource: "*" }) },
            ],
          },
        },
      ],
    },
    managed: [{ type: "aws:iam/policy:Policy", inputs: { name: "infra-ReadR-prod-limits" } }],
    found: [
      {
        kind: "policy version",
        name: "v10",
        of: "policy arn:aws:iam::444444444444:policy/infra-ReadR-prod-limits",
        details: [
          "newer than v9, which is in force: a deployment leaves no such version",
          "+ Version: 2012-10-17",
          '+ { "Action": "*", "Effect": "Allow", "Resource": "*" }',
        ],
      },
    ],
  },
  {
    says: "what the stack has",
    live: {
      users: [user("sarah.devops", {}, { hasPassword: true, accessKeys: [KEY] })],
      groups: [group("infra-PowerG", ["sarah.devops"])],
      roles: [role("infra-ReadR-prod", "/", admitting("*"))],
      policies: [policy("/", "infra-ReadR-prod-limits")],
      identityProviders: [
        {
          arn: "arn:aws:iam::444444444444:oidc-provider/token.actions.githubusercontent.com",
          content: [],
        },
        { arn: "arn:aws:iam::444444444444:saml-provider/corporate", content: [] },
      ],
      instanceProfiles: [{ name: "web", path: "/", roles: ["infra-ReadR-prod"] }],
      serverCertificates: [{ name: "site", path: "/", id: "ASCA" }],
    },
    managed: [
      managedUser("sarah.devops"),
      { type: "aws:iam/group:Group", inputs: { name: "infra-PowerG" } },
      { type: "aws:iam/role:Role", inputs: { name: "infra-ReadR-prod" } },
      { type: "aws:iam/policy:Policy", inputs: { name: "infra-ReadR-prod-limits" } },
      {
        type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        inputs: { url: "https://token.actions.githubusercontent.com" },
      },
      { type: "aws:iam/samlProvider:SamlProvider", inputs: { name: "corporate" } },
      { type: "aws:iam/instanceProfile:InstanceProfile", inputs: { name: "web" } },
      { type: "aws:iam/serverCertificate:ServerCertificate", inputs: { name: "site" } },
    ],
    found: [],
  },
  {
    says: "an identity provider that the stack has, read back without its scheme",
    live: {
      identityProviders: [{ arn: "arn:aws:iam::444444444444:oidc-provider/token.example.com", content: [] }],
    },
    managed: [
      {
        type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        inputs: { url: "token.example.com" },
      },
    ],
    found: [],
  },
  {
    says: "a user, with all that they have",
    live: {
      users: [
        user(
          "ghost",
          {
            groups: ["friends"],
            attached: [ADMINISTRATOR],
            tags: { "infra:prod": "+Ops+" },
            inline: [{ name: "more", document: "{}" }],
            boundary: BOUNDARY,
          },
          {
            hasPassword: true,
            accessKeys: [KEY, IDLE_KEY],
            sshKeys: [{ id: "APKA", isActive: true }],
            serviceCredentials: [{ id: "codecommit.amazonaws.com ACCA", isActive: true }],
            signingCertificates: [{ id: "CERT", isActive: false }],
          },
        ),
      ],
    },
    found: [
      {
        kind: "user",
        name: "ghost",
        details: [
          "path /people/",
          "member of friends",
          `attached ${ADMINISTRATOR}`,
          "inline more",
          `boundary ${BOUNDARY}`,
          "tag infra:prod=+Ops+",
          "console password",
          `access key ${KEY.id}`,
          `access key ${IDLE_KEY.id}, inactive`,
          "SSH key APKA",
          "service credential codecommit.amazonaws.com ACCA",
          "signing certificate CERT, inactive",
        ],
      },
    ],
  },
  {
    says: "a user of the stack's name at another path",
    live: { users: [user("sarah.devops", { path: "/" })] },
    managed: [managedUser("sarah.devops")],
    found: [{ kind: "user", name: "sarah.devops", details: [] }],
  },
  {
    says: "policies of a user that the stack has",
    live: {
      users: [
        user("sarah.devops", { attached: [ADMINISTRATOR], inline: [{ name: "more", document: "{}" }] }),
      ],
    },
    managed: [managedUser("sarah.devops")],
    found: [
      { kind: "attached policy", name: ADMINISTRATOR, of: "user sarah.devops" },
      { kind: "inline policy", name: "more", of: "user sarah.devops" },
    ],
  },
  {
    says: "the Deny of offboarding at once, told by all that it says, on the user that it names",
    live: {
      users: [
        user("sarah.devops", { inline: [{ ...SHUT_OUT, name: "infra-offboarding-sarah.devops" }] }),
        user("maria.cto", {
          inline: [
            { ...SHUT_OUT, name: "infra-offboarding-sarah.devops" },
            { name: "infra-offboarding-maria.cto", document: "{}" },
          ],
        }),
      ],
    },
    managed: ["sarah.devops", "maria.cto"].map((name) => managedUser(name)),
    found: [
      {
        kind: "inline policy",
        name: "infra-offboarding-sarah.devops",
        of: "user sarah.devops",
        details: [
          "It denies the user everything, as offboarding at once does. Finish it in the roster (npm run offboard -- sarah.devops says how), or: npm run offboard -- sarah.devops --undo",
        ],
      },
      { kind: "inline policy", name: "infra-offboarding-sarah.devops", of: "user maria.cto" },
      { kind: "inline policy", name: "infra-offboarding-maria.cto", of: "user maria.cto" },
    ],
  },
  {
    says: "credentials of people who should not have them",
    live: {
      users: [
        user("bea.security", {}, { hasPassword: true, accessKeys: [KEY], sshKeys: [SSH_KEY] }),
        user("lee.left", {}, { hasPassword: true, accessKeys: [IDLE_KEY], sshKeys: [SSH_KEY] }),
        user(
          "sarah.devops",
          {},
          { hasPassword: true, accessKeys: [KEY], sshKeys: [SSH_KEY], signingCertificates: [CERTIFICATE] },
        ),
        user(
          "infra-DeployU-prod",
          { path: "/pipeline/" },
          { hasPassword: true, accessKeys: [KEY], sshKeys: [SSH_KEY] },
        ),
      ],
    },
    managed: [
      ...["bea.security", "lee.left", "sarah.devops"].map((name) => managedUser(name)),
      managedUser("infra-DeployU-prod", "/pipeline/"),
    ],
    found: [
      {
        kind: "access key",
        name: KEY.id,
        of: "user bea.security",
        details: ["who holds BreakGlass signs in to the console alone"],
      },
      {
        kind: "password",
        name: "console password",
        of: "user lee.left",
        details: ["their last day has passed"],
      },
      {
        kind: "access key",
        name: IDLE_KEY.id,
        of: "user lee.left",
        details: ["inactive", "their last day has passed"],
      },
      {
        kind: "SSH key",
        name: SSH_KEY.id,
        of: "user lee.left",
        details: ["their last day has passed"],
      },
      {
        kind: "signing certificate",
        name: CERTIFICATE.id,
        of: "user sarah.devops",
        details: ["people have a password, access keys and SSH keys alone"],
      },
      {
        kind: "password",
        name: "console password",
        of: "user infra-DeployU-prod",
        details: ["a pipeline's user has access keys alone"],
      },
      {
        kind: "SSH key",
        name: SSH_KEY.id,
        of: "user infra-DeployU-prod",
        details: ["a pipeline's user has access keys alone"],
      },
    ],
  },
  {
    says: "descriptions of access keys that the user has",
    live: {
      users: [
        user("sarah.devops", { tags: { [KEY.id]: "laptop", Category: "devops" } }, { accessKeys: [KEY] }),
      ],
    },
    managed: [managedUser("sarah.devops")],
    found: [],
  },
  {
    says: "tags that only look like descriptions of access keys",
    live: {
      users: [
        user(
          "sarah.devops",
          { tags: { [IDLE_KEY.id]: "", [KEY.id.toLowerCase()]: "", "AKIA:prod": "+Admin+" } },
          { accessKeys: [KEY] },
        ),
      ],
    },
    managed: [managedUser("sarah.devops")],
    found: ["AKIA:prod", IDLE_KEY.id, KEY.id.toLowerCase()].map((name) => ({
      kind: "tag",
      name,
      of: "user sarah.devops",
      details: ["it describes no access key of this user"],
    })),
  },
  {
    says: "a group, with whom and what it holds",
    live: { groups: [{ ...group("friends", ["ghost"]), attached: [ADMINISTRATOR] }] },
    found: [{ kind: "group", name: "friends", details: ["member ghost", `attached ${ADMINISTRATOR}`] }],
  },
  {
    says: "MFA devices that nobody has, and what the root user should not have",
    live: {
      unassignedMfaDevices: ["arn:aws:iam::444444444444:mfa/sarah.devops"],
      rootCredentials: ["access keys"],
    },
    found: [
      {
        kind: "MFA device",
        name: "arn:aws:iam::444444444444:mfa/sarah.devops",
        details: [
          "nobody has it: an enrolment that nobody finished, or a device left behind, which blocks its name",
        ],
      },
      {
        kind: "access key",
        name: "access keys",
        of: "the root user",
        details: ["no policy limits the root user"],
      },
    ],
  },
  {
    says: "a role, with everybody whom it admits",
    live: {
      roles: [
        role(
          "backdoor",
          "/",
          trustOf(
            {
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::555555555555:root" },
              Action: "sts:AssumeRole",
            },
            { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole", Condition: { Bool: {} } },
            { Effect: "Allow", NotPrincipal: { AWS: "arn:x" }, Action: "sts:AssumeRole" },
            { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" },
          ),
          { attached: [ADMINISTRATOR] },
        ),
        role("broken", "/", "{"),
      ],
    },
    found: [
      {
        kind: "role",
        name: "backdoor",
        details: [
          "admits arn:aws:iam::555555555555:root",
          "admits everybody",
          "admits everybody but arn:x",
          `attached ${ADMINISTRATOR}`,
        ],
      },
      {
        kind: "role",
        name: "broken",
        details: ["its trust is no policy document that this program can read"],
      },
    ],
  },
  {
    says: "a role of the stack's name and another type",
    live: { roles: [role("infra-PowerG", "/", admitting({ Service: "ec2.amazonaws.com" }))] },
    managed: [{ type: "aws:iam/group:Group", inputs: { name: "infra-PowerG" } }],
    found: [{ kind: "role", name: "infra-PowerG", details: ["admits ec2.amazonaws.com"] }],
  },
  {
    says: "policies, identity providers, instance profiles and server certificates",
    live: {
      policies: [policy("/", "spare")],
      identityProviders: [
        { arn: "arn:aws:iam::444444444444:oidc-provider/gitlab.example.com", content: [] },
        { arn: "arn:aws:iam::444444444444:saml-provider/elsewhere", content: [] },
        { arn: "arn:aws:iam::444444444444:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE", content: [] },
      ],
      instanceProfiles: [{ name: "web", path: "/", roles: ["infra-ReadR-prod"] }],
      serverCertificates: [{ name: "site", path: "/ops/", id: "ASCA" }],
    },
    found: [
      { kind: "policy", name: "arn:aws:iam::444444444444:policy/spare", details: [] },
      { kind: "instance profile", name: "web", details: ["gives instances the role infra-ReadR-prod"] },
      { kind: "identity provider", name: "arn:aws:iam::444444444444:oidc-provider/gitlab.example.com" },
      { kind: "identity provider", name: "arn:aws:iam::444444444444:saml-provider/elsewhere" },
      {
        kind: "identity provider",
        name: "arn:aws:iam::444444444444:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE",
      },
      { kind: "server certificate", name: "site", details: ["path /ops/"] },
    ],
  },
  {
    says: "policies under /ops/ that serve something else than a role of Ops's, and profiles that hold one",
    live: {
      users: [user("sarah.devops", { boundary: "arn:aws:iam::444444444444:policy/ops/p" })],
      roles: [
        role("feed", "/ops/", admitting({ Service: "lambda.amazonaws.com" }), {
          attached: ["arn:aws:iam::444444444444:policy/ops/q"],
        }),
      ],
      policies: [policy("/ops/", "p"), policy("/ops/", "q")],
      instanceProfiles: [{ name: "web", path: "/ops/", roles: ["infra-AdminR-prod"] }],
    },
    managed: [managedUser("sarah.devops")],
    found: [
      {
        kind: "role",
        name: "feed",
        details: [
          "path /ops/",
          "has no permissions boundary",
          "attached arn:aws:iam::444444444444:policy/ops/q",
        ],
      },
      {
        kind: "policy",
        name: "arn:aws:iam::444444444444:policy/ops/p",
        details: ["boundary of user sarah.devops"],
      },
      {
        kind: "policy",
        name: "arn:aws:iam::444444444444:policy/ops/q",
        details: ["attached to role feed"],
      },
      {
        kind: "instance profile",
        name: "web",
        details: ["path /ops/", "gives instances the role infra-AdminR-prod"],
      },
    ],
  },
  {
    says: "a service's role that src/workloads.ts does not declare",
    live: { roles: [role("extra", "/workloads/", admitting({ Service: "lambda.amazonaws.com" }))] },
    found: [{ kind: "role", name: "extra", details: ["path /workloads/", "admits lambda.amazonaws.com"] }],
  },
];

describe("what is in an account and in no stack", () => {
  for (const { says, live, managed = [], found } of CASES) {
    it(`${found.length === 0 ? "does not report" : "reports"} ${says}`, () => {
      const { unmanaged } = besideStack({ ...EMPTY, ...live }, circumstances(managed));
      assert.deepEqual(plain(unmanaged), found);
    });
  }

  it("passes over what Ops made for the account's services, and says so", () => {
    const { unmanaged, passedOver } = besideStack(
      {
        ...EMPTY,
        roles: [
          role("feed", "/ops/", admitting({ Service: "lambda.amazonaws.com" }), {
            boundary: BOUNDARY,
            attached: ["arn:aws:iam::444444444444:policy/ops/p"],
          }),
        ],
        policies: [policy("/ops/", "p"), policy("/ops/", "unused")],
        instanceProfiles: [{ name: "web", path: "/ops/", roles: ["feed"] }],
      },
      circumstances([]),
    );
    assert.deepEqual(unmanaged, []);
    assert.deepEqual(
      passedOver.map(({ kind, names }) => [kind, ...names]),
      [
        ["roles under /ops/", "feed"],
        ["policies under /ops/", "p", "unused"],
        ["instance profiles under /ops/", "web"],
      ],
    );
    for (const { reason } of passedOver) assert.match(reason, /^[A-Z].*\.$/);
  });

  it("names older versions of the stack's policies, which a deployment or somebody else left", () => {
    const limits = {
      ...policy("/", "infra-ReadR-prod-limits"),
      dormant: { inForce: "v2", versions: [{ id: "v1", document: "{}" }] },
    };
    const managed = [{ type: "aws:iam/policy:Policy", inputs: { name: "infra-ReadR-prod-limits" } }];
    const { passedOver } = besideStack({ ...EMPTY, policies: [limits] }, circumstances(managed));
    assert.deepEqual(
      passedOver.map(({ kind, names }) => [kind, ...names]),
      [["versions of the stack's policies that are not in force", "infra-ReadR-prod-limits v1"]],
    );
  });

  describe("known others", () => {
    const live = { ...EMPTY, roles: [role("backup", "/", admitting({ Service: "backup.amazonaws.com" }))] };
    const reported = besideStack(live, circumstances([])).unmanaged[0];
    const known = {
      kind: "role",
      name: "backup",
      fingerprint: reported?.fingerprint ?? "",
      reason: "Backups of another team.",
    } as const;

    it("pass as they were when somebody wrote them down", () => {
      const { unmanaged, passedOver } = besideStack(live, circumstances([], { knownOthers: [known] }));
      assert.deepEqual(unmanaged, []);
      assert.deepEqual(passedOver, [{ kind: "known role", reason: known.reason, names: ["backup"] }]);
    });

    it("are reported again when anything of them changes", () => {
      const changes: readonly Partial<LiveRole>[] = [
        { trust: admitting("*") },
        { attached: [ADMINISTRATOR] },
        { inline: [{ name: "p", document: "{}" }] },
        { boundary: BOUNDARY },
        { path: "/x/" },
      ];
      for (const change of changes) {
        const changed = { ...live, roles: live.roles.map((one) => ({ ...one, ...change })) };
        assert.equal(besideStack(changed, circumstances([], { knownOthers: [known] })).unmanaged.length, 1);
      }
    });
  });
});
