import assert from "node:assert/strict";

import { IamAccounts } from "../../src/access/iam/iam-accounts";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { formatTrustPrincipal, TrustPrincipals } from "../../src/access/trust-principals";
import { accountsOf, sample } from "./support";

const known = accountsOf(sample());

/** Everyone besides known users whom a trust of these statements admits, on a role of dev. */
function admitted(...statements: readonly object[]): readonly string[] {
  const { role } = known.role("dev/Read");
  const trust = iamPolicy("trust", JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  return new TrustPrincipals(new IamAccounts(known.all)).of({ ...role, trust }).map(formatTrustPrincipal);
}

const allow = (
  Principal: unknown,
  Action: string | readonly string[] = "sts:AssumeRole",
  more: object = {},
) => ({
  Effect: "Allow",
  Principal,
  Action,
  ...more,
});

const SAML = "arn:aws:iam::222222222222:saml-provider/Okta";
const OIDC = "arn:aws:iam::222222222222:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF";

const CASES: readonly {
  readonly what: string;
  readonly statement: object;
  readonly expected: readonly string[];
}[] = [
  {
    what: "another account's root",
    statement: allow({ AWS: "arn:aws:iam::999988887777:root" }),
    expected: ["account 999988887777"],
  },
  {
    what: "another account by its digits",
    statement: allow({ AWS: "999988887777" }),
    expected: ["account 999988887777"],
  },
  {
    what: "a user of another account",
    statement: allow({ AWS: "arn:aws:iam::999988887777:user/mallory" }),
    expected: ["arn:aws:iam::999988887777:user/mallory"],
  },
  {
    what: "a role of another account",
    statement: allow({ AWS: "arn:aws:iam::999988887777:role/deploy" }),
    expected: ["arn:aws:iam::999988887777:role/deploy"],
  },
  { what: "* alone", statement: allow("*"), expected: ["everybody"] },
  { what: "* as an AWS principal", statement: allow({ AWS: "*" }), expected: ["everybody"] },
  {
    what: "everybody of an organization",
    statement: allow("*", "sts:AssumeRole", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
    expected: ["everybody if aws:PrincipalOrgID is o-1"],
  },
  {
    what: "everybody but one",
    statement: {
      Effect: "Allow",
      NotPrincipal: { AWS: "arn:aws:iam::222222222222:root" },
      Action: "sts:AssumeRole",
    },
    expected: ["everybody but arn:aws:iam::222222222222:root"],
  },
  {
    what: "a SAML provider",
    statement: allow({ Federated: SAML }, "sts:AssumeRoleWithSAML", {
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    }),
    expected: ["SAML provider Okta if SAML:aud is https://signin.aws.amazon.com/saml"],
  },
  {
    what: "an OIDC provider",
    statement: allow({ Federated: OIDC }, "sts:AssumeRoleWithWebIdentity"),
    expected: ["oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF"],
  },
  {
    what: "GitHub's provider, with what its tokens have to say",
    statement: allow(
      { Federated: "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com" },
      "sts:AssumeRoleWithWebIdentity",
      {
        Condition: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:example/accounts:*" } },
      },
    ),
    expected: [
      "token.actions.githubusercontent.com if token.actions.githubusercontent.com:sub is repo:example/accounts:*",
    ],
  },
  {
    what: "a provider of web identities without an ARN",
    statement: allow({ Federated: "cognito-identity.amazonaws.com" }, "sts:AssumeRoleWithWebIdentity"),
    expected: ["cognito-identity.amazonaws.com"],
  },
  {
    what: "a deleted user's id",
    statement: allow({ AWS: "AIDAEXAMPLEEXAMPLE01" }),
    expected: ["AIDAEXAMPLEEXAMPLE01 (the id of a deleted user)"],
  },
  {
    what: "a deleted role's id",
    statement: allow({ AWS: "AROAEXAMPLEEXAMPLE01" }),
    expected: ["AROAEXAMPLEEXAMPLE01 (the id of a deleted role)"],
  },
  {
    what: "a canonical user",
    statement: allow({ CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }),
    expected: ["canonical user 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"],
  },
  {
    what: "a service",
    statement: allow({ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] }),
    expected: ["ec2.amazonaws.com", "lambda.amazonaws.com"],
  },
  {
    what: "a federated user",
    statement: allow({ AWS: "arn:aws:sts::222222222222:federated-user/bob" }),
    expected: ["arn:aws:sts::222222222222:federated-user/bob"],
  },
  {
    what: "one session of a role",
    statement: allow({ AWS: "arn:aws:sts::222222222222:assumed-role/ci/build" }),
    expected: ["arn:aws:sts::222222222222:assumed-role/ci/build"],
  },
  {
    what: "a role of ours",
    statement: allow({ AWS: known.role("dev/Admin").role.arn }),
    expected: ["dev/Admin"],
  },
  {
    what: "a role of ours, by a condition",
    statement: allow({ AWS: "arn:aws:iam::222222222222:root" }, "sts:AssumeRole", {
      Condition: { ArnEquals: { "aws:PrincipalArn": known.role("dev/Admin").role.arn } },
    }),
    expected: ["dev/Admin"],
  },
  {
    what: "the own account",
    statement: allow({ AWS: "arn:aws:iam::222222222222:root" }),
    expected: ["any role of account 222222222222 that may assume it"],
  },
  {
    what: "the own account without some: that names nobody",
    statement: allow({ AWS: "arn:aws:iam::222222222222:root" }, "sts:AssumeRole", {
      Condition: { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/one" } },
    }),
    expected: [
      "any role of account 222222222222 that may assume it if aws:PrincipalArn is not arn:aws:iam::222222222222:role/one",
    ],
  },
  {
    what: "known users, whom the matrix asks",
    statement: allow({ AWS: "arn:aws:iam::111111111111:user/people/sarah.devops" }),
    expected: [],
  },
  {
    what: "a user who is not there, by a condition",
    statement: allow({ AWS: "arn:aws:iam::111111111111:root" }, "sts:AssumeRole", {
      Condition: {
        ArnEquals: {
          "aws:PrincipalArn": [
            "arn:aws:iam::111111111111:user/people/sarah.devops",
            "arn:aws:iam::111111111111:user/people/ghost",
          ],
        },
      },
    }),
    expected: ["arn:aws:iam::111111111111:user/people/ghost (no such user)"],
  },
  {
    what: "permission to set a source identity alone: nobody",
    statement: allow({ AWS: "arn:aws:iam::999988887777:root" }, "sts:SetSourceIdentity"),
    expected: [],
  },
  {
    what: "permission to tag sessions alone: nobody",
    statement: allow("*", ["sts:TagSession", "sts:SetSourceIdentity"]),
    expected: [],
  },
  {
    what: "every action of STS",
    statement: allow({ AWS: "arn:aws:iam::999988887777:root" }, "sts:*"),
    expected: ["account 999988887777"],
  },
  {
    what: "a provider by the action of users: nobody",
    statement: allow({ Federated: SAML }, "sts:AssumeRole"),
    expected: [],
  },
  {
    what: "an account by the action of providers: nobody",
    statement: allow({ AWS: "arn:aws:iam::999988887777:root" }, "sts:AssumeRoleWithSAML"),
    expected: [],
  },
];

describe("everyone besides users whom a trust admits", () => {
  for (const { what, statement, expected } of CASES) {
    it(what, () => assert.deepEqual(admitted(statement), expected));
  }

  it("is nobody, for people's roles of the sample", () => {
    const peoples = known.roles.filter(({ role }) => role.kind === "people");
    assert.ok(peoples.length > 20);
    for (const { role } of peoples) {
      assert.deepEqual(new TrustPrincipals(known).of(role), [], role.name);
    }
  });

  it("says that a Deny of the trust may keep them out", () => {
    const account = allow({ AWS: "arn:aws:iam::999988887777:root" });
    assert.deepEqual(admitted(account, { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }), [
      "account 999988887777 if no Deny of the trust applies",
    ]);
    assert.deepEqual(admitted(account, { Effect: "Deny", Principal: "*", Action: "sts:TagSession" }), [
      "account 999988887777",
    ]);
  });

  it("shows no control characters of what stands in a trust", () => {
    assert.deepEqual(admitted(allow({ Service: "a\u001b[2J.amazonaws.com" })), ["a\\u{1b}[2J.amazonaws.com"]);
  });
});
