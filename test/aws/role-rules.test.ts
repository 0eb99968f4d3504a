import assert from "node:assert/strict";

import type { LiveRole } from "../../src/aws/live-account";
import { rolesByAws } from "../../src/aws/roles-by-aws";
import { rolesByOps } from "../../src/aws/roles-by-ops";
import { parseAccountId } from "../../src/model/names";
import { contextIn } from "../documents/fixture";

const { organization, account } = contextIn("prod");
const management = parseAccountId("999999999999");
const RULES = [
  ...rolesByAws({ ...organization, ...(management && { management }) }, account),
  rolesByOps(organization, account),
];

const BOUNDARY = "arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const PROVIDER = "arn:aws:iam::444444444444:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE";

type Element = Readonly<Record<string, unknown>>;
const trust = (...Statement: readonly Element[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Principal: unknown, more: Element = {}): Element => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...more,
});
const service = (name: string | readonly string[], Condition?: Element): Element =>
  allow({ Service: name }, Condition && { Condition });
const byAccount = (id: string): Element => ({ StringEquals: { "aws:SourceAccount": id } });

interface Case {
  readonly what: string;
  readonly role: Partial<LiveRole>;
  /** What is wrong with it; nothing where it passes. */
  readonly faults: readonly string[];
}

/** The faults of a role by the rule that claims it; undefined where none does. */
function faultsOf(changes: Partial<LiveRole>, like: LiveRole): readonly string[] | undefined {
  const role = { ...like, ...changes };
  return RULES.find((rule) => rule.claims(role))?.faults(role);
}

const NO_POLICIES = { attached: [], inline: [] };

const KINDS: readonly { readonly kind: string; readonly like: LiveRole; readonly cases: readonly Case[] }[] =
  [
    {
      kind: "a role under /ops/",
      like: {
        name: "feed",
        path: "/ops/",
        trust: trust(service("lambda.amazonaws.com")),
        boundary: BOUNDARY,
        ...NO_POLICIES,
      },
      cases: [
        { what: "for a function", role: {}, faults: [] },
        { what: "deeper under the path", role: { path: "/ops/team/" }, faults: [] },
        { what: "for instances", role: { trust: trust(service("ec2.amazonaws.com")) }, faults: [] },
        {
          what: "for tasks of the account",
          role: { trust: trust(service("ecs-tasks.amazonaws.com", byAccount(account.id))) },
          faults: [],
        },
        {
          what: "for a resource of the account",
          role: {
            trust: trust(
              service("events.amazonaws.com", {
                ArnLike: { "aws:SourceArn": `arn:aws:events:eu-west-1:${account.id}:rule/*` },
              }),
            ),
          },
          faults: [],
        },
        {
          what: "with a Deny beside the Allow",
          role: {
            trust: trust(service("lambda.amazonaws.com"), {
              Effect: "Deny",
              Principal: "*",
              Action: "sts:AssumeRole",
            }),
          },
          faults: [],
        },
        {
          what: "for a service on behalf of whichever account",
          role: { trust: trust(service("ecs-tasks.amazonaws.com")) },
          faults: [
            "admits ecs-tasks.amazonaws.com on behalf of any account: its trust asks for no aws:SourceAccount 444444444444",
          ],
        },
        {
          what: "for a service on behalf of another account",
          role: { trust: trust(service("events.amazonaws.com", byAccount("555555555555"))) },
          faults: [
            "admits events.amazonaws.com on behalf of any account: its trust asks for no aws:SourceAccount 444444444444",
          ],
        },
        {
          what: "for a service on behalf of this and another account",
          role: {
            trust: trust(
              service("events.amazonaws.com", {
                StringEquals: { "aws:SourceAccount": [account.id, "555555555555"] },
              }),
            ),
          },
          faults: [
            "admits events.amazonaws.com on behalf of any account: its trust asks for no aws:SourceAccount 444444444444",
          ],
        },
        {
          what: "for a service with a condition that the absent key meets",
          role: {
            trust: trust(
              service("events.amazonaws.com", { StringEqualsIfExists: { "aws:SourceAccount": account.id } }),
            ),
          },
          faults: [
            "admits events.amazonaws.com on behalf of any account: its trust asks for no aws:SourceAccount 444444444444",
          ],
        },
        {
          what: "for resources of any account",
          role: {
            trust: trust(
              service("events.amazonaws.com", { ArnLike: { "aws:SourceArn": "arn:aws:events:*:*:rule/*" } }),
            ),
          },
          faults: [
            "admits events.amazonaws.com on behalf of any account: its trust asks for no aws:SourceAccount 444444444444",
          ],
        },
        {
          what: "for resources whose wildcard reaches over the account",
          role: {
            trust: trust(
              service("logs.amazonaws.com", {
                StringLike: { "aws:SourceArn": `arn:aws:logs:*:${account.id}:*` },
              }),
            ),
          },
          faults: [
            "admits logs.amazonaws.com on behalf of any account: its trust asks for no aws:SourceAccount 444444444444",
          ],
        },
        {
          what: "for resources of the account by text",
          role: {
            trust: trust(
              service("logs.amazonaws.com", {
                StringLike: { "aws:SourceArn": `arn:aws:logs:eu-west-1:${account.id}:*` },
              }),
            ),
          },
          faults: [],
        },
        ...[
          "rolesanywhere.amazonaws.com",
          "cognito-identity.amazonaws.com",
          "credentials.iot.amazonaws.com",
          "ssm.amazonaws.com",
          "transfer.amazonaws.com",
          "apigateway.amazonaws.com",
          "of-next-year.amazonaws.com",
          "*.amazonaws.com",
          "lambda.example.com",
        ].map((name) => ({
          what: `for ${name}, which is not listed, on behalf of the account`,
          role: { trust: trust(service(name, byAccount(account.id))) },
          faults: [
            `admits ${name}, which is not listed among the services that use a role inside the account alone`,
          ],
        })),
        {
          what: "for every service",
          role: { trust: trust(service("*")) },
          faults: ["admits everybody, no service"],
        },
        {
          what: "for a service and somebody",
          role: {
            trust: trust(service("lambda.amazonaws.com"), allow({ AWS: "arn:aws:iam::555555555555:root" })),
          },
          faults: ["admits arn:aws:iam::555555555555:root, no service"],
        },
        {
          what: "for everybody",
          role: { trust: trust(allow("*")) },
          faults: ["admits everybody, no service"],
        },
        {
          what: "for everybody but somebody",
          role: {
            trust: trust({ Effect: "Allow", NotPrincipal: { AWS: "arn:x" }, Action: "sts:AssumeRole" }),
          },
          faults: ["admits everybody but arn:x"],
        },
        {
          what: "for its own account",
          role: { trust: trust(allow({ AWS: `arn:aws:iam::${account.id}:root` })) },
          faults: [`admits arn:aws:iam::${account.id}:root, no service`],
        },
        {
          what: "for a user of an identity provider",
          role: {
            trust: trust(
              allow({ Federated: "token.example.com" }, { Action: "sts:AssumeRoleWithWebIdentity" }),
            ),
          },
          faults: ["admits token.example.com, no service", "its trust allows sts:AssumeRoleWithWebIdentity"],
        },
        {
          what: "with any action",
          role: { trust: trust({ ...service("lambda.amazonaws.com"), Action: "sts:*" }) },
          faults: ["its trust allows sts:*"],
        },
        {
          what: "without its boundary",
          role: { boundary: ADMINISTRATOR },
          faults: [`has the boundary ${ADMINISTRATOR}, not that of Ops`],
        },
        { what: "that admits nobody", role: { trust: trust() }, faults: ["its trust admits nobody"] },
        {
          what: "whose trust cannot be read",
          role: { trust: "{" },
          faults: ["its trust is no policy document that this program can read"],
        },
      ],
    },
    {
      kind: "a service-linked role",
      like: {
        name: "AWSServiceRoleForSupport",
        path: "/aws-service-role/support.amazonaws.com/",
        trust: trust(service("support.amazonaws.com")),
        attached: ["arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy"],
        inline: [],
      },
      cases: [
        { what: "as AWS makes it", role: {}, faults: [] },
        {
          what: "for another service",
          role: { trust: trust(service("ec2.amazonaws.com")) },
          faults: ["admits ec2.amazonaws.com, not support.amazonaws.com alone"],
        },
        {
          what: "for another service too",
          role: { trust: trust(service(["support.amazonaws.com", "ec2.amazonaws.com"])) },
          faults: ["admits ec2.amazonaws.com, not support.amazonaws.com alone"],
        },
        {
          what: "for an account",
          role: { trust: trust(allow({ AWS: "555555555555" })) },
          faults: ["admits 555555555555, not support.amazonaws.com alone"],
        },
        {
          what: "by name alone",
          role: { path: "/" },
          faults: [
            "is no service-linked role: those are AWSServiceRoleFor… under /aws-service-role/<service>/",
          ],
        },
        {
          what: "by path alone",
          role: { name: "backdoor" },
          faults: [
            "is no service-linked role: those are AWSServiceRoleFor… under /aws-service-role/<service>/",
          ],
        },
        {
          what: "with a policy of the account",
          role: { attached: ["arn:aws:iam::444444444444:policy/p"] },
          faults: ["has arn:aws:iam::444444444444:policy/p, which is not a policy of AWS"],
        },
      ],
    },
    {
      kind: "a role of Identity Center",
      like: {
        name: "AWSReservedSSO_Read_0123456789abcdef",
        path: "/aws-reserved/sso.amazonaws.com/eu-west-1/",
        trust: trust({
          Effect: "Allow",
          Principal: { Federated: PROVIDER },
          Action: ["sts:AssumeRoleWithSAML", "sts:TagSession"],
          Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        }),
        ...NO_POLICIES,
      },
      cases: [
        { what: "as AWS makes it", role: {}, faults: [] },
        { what: "of the first region", role: { path: "/aws-reserved/sso.amazonaws.com/" }, faults: [] },
        {
          what: "by name alone",
          role: { path: "/" },
          faults: [
            "is no role of Identity Center: those are AWSReservedSSO_…_<16 digits> under /aws-reserved/sso.amazonaws.com/",
          ],
        },
        {
          what: "by path alone",
          role: { name: "Read" },
          faults: [
            "is no role of Identity Center: those are AWSReservedSSO_…_<16 digits> under /aws-reserved/sso.amazonaws.com/",
          ],
        },
        {
          what: "for another identity provider",
          role: {
            trust: trust({
              Effect: "Allow",
              Principal: { Federated: "arn:aws:iam::444444444444:saml-provider/elsewhere" },
              Action: "sts:AssumeRoleWithSAML",
              Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
            }),
          },
          faults: ["admits arn:aws:iam::444444444444:saml-provider/elsewhere, which is not Identity Center"],
        },
        {
          what: "for the provider of another account",
          role: {
            trust: trust({
              Effect: "Allow",
              Principal: { Federated: PROVIDER.replace("444444444444", "555555555555") },
              Action: "sts:AssumeRoleWithSAML",
            }),
          },
          faults: [
            `admits ${PROVIDER.replace("444444444444", "555555555555")}, which is not Identity Center`,
          ],
        },
        {
          what: "for other audiences",
          role: {
            trust: trust({
              Effect: "Allow",
              Principal: { Federated: PROVIDER },
              Action: "sts:AssumeRoleWithSAML",
            }),
          },
          faults: [`admits ${PROVIDER} for other audiences than AWS's sign-in`],
        },
        {
          what: "for a user",
          role: { trust: trust(allow({ AWS: "arn:aws:iam::444444444444:user/ghost" })) },
          faults: [
            "admits arn:aws:iam::444444444444:user/ghost, which is not Identity Center",
            "its trust allows sts:AssumeRole",
          ],
        },
      ],
    },
    {
      kind: "OrganizationAccountAccessRole",
      like: {
        name: "OrganizationAccountAccessRole",
        path: "/",
        trust: trust(allow({ AWS: "arn:aws:iam::999999999999:root" })),
        attached: [ADMINISTRATOR],
        inline: [],
      },
      cases: [
        { what: "as AWS makes it", role: {}, faults: [] },
        {
          what: "with the account's id alone, and a condition",
          role: { trust: trust(allow({ AWS: "999999999999" }, { Condition: { Bool: { x: "true" } } })) },
          faults: [],
        },
        {
          what: "as AWS made it once",
          role: {
            attached: [],
            inline: [
              {
                name: "AdministratorAccess",
                document: trust({ Effect: "Allow", Action: "*", Resource: "*" }),
              },
            ],
          },
          faults: [],
        },
        {
          what: "for another account",
          role: { trust: trust(allow({ AWS: "arn:aws:iam::555555555555:root" })) },
          faults: ["admits arn:aws:iam::555555555555:root, not the management account 999999999999 alone"],
        },
        {
          what: "for everybody too",
          role: { trust: trust(allow({ AWS: ["arn:aws:iam::999999999999:root", "*"] })) },
          faults: ["admits *, not the management account 999999999999 alone"],
        },
        {
          what: "with more policies",
          role: { attached: [ADMINISTRATOR, "arn:aws:iam::aws:policy/ReadOnlyAccess"] },
          faults: ["has other policies than AdministratorAccess alone"],
        },
        {
          what: "at another path",
          role: { path: "/x/" },
          faults: ["has the path /x/; AWS makes it under /"],
        },
      ],
    },
  ];

for (const { kind, like, cases } of KINDS) {
  describe(kind, () => {
    for (const { what, role, faults } of cases) {
      it(`${faults.length === 0 ? "passes" : "does not pass"} ${what}`, () => {
        assert.deepEqual(faultsOf(role, like), faults);
      });
    }
  });
}

describe("OrganizationAccountAccessRole without a management account in the organization", () => {
  it("cannot be checked, which is said with everybody whom it admits", () => {
    const [rule] = rolesByAws(organization, account).slice(-1);
    const like = KINDS.at(-1)?.like;
    assert.ok(rule && like);
    assert.deepEqual(rule.faults(like), [
      "cannot be checked: src/organization.ts does not say which account is the `management` account",
      "admits arn:aws:iam::999999999999:root",
    ]);
  });
});

describe("a role that goes by nobody's name", () => {
  it("falls under no rule", () => {
    const [kind] = KINDS;
    assert.ok(kind);
    assert.equal(faultsOf({ path: "/", name: "backdoor" }, kind.like), undefined);
  });

  it("of AWS Organizations do not pass in the management account itself", () => {
    const [rule] = rolesByAws({ ...organization, management: account.id }, account).slice(-1);
    const role = {
      name: "OrganizationAccountAccessRole",
      path: "/",
      trust: trust(allow({ AWS: `arn:aws:iam::${account.id}:root` })),
      attached: [ADMINISTRATOR],
      inline: [],
    };
    assert.deepEqual(rule?.faults(role), [
      "is in the management account itself, where AWS makes no such role",
    ]);
  });
});
