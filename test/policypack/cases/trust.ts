import type { PolicyCases, RefusedCase } from "../support/cases";
import { rewriting, rewritingStatement, setting } from "../support/edits";
import { ROLE } from "../support/types";

const TRUST = "assumeRolePolicy";
const user = (name: string): string => `arn:aws:iam::111111111111:user/people/${name}`;
const named = (...names: string[]) => ({ ArnEquals: { "aws:PrincipalArn": names.map(user) } });

export const roleTrustRoster: PolicyCases = {
  passes: [
    {
      rule: "the order of statements, keys and lists is free",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-DbReadR-prod", TRUST, (document) => {
          document.Statement.reverse();
        }),
        rewritingStatement(ROLE, "infra-OpsR-prod", TRUST, (statement) => {
          statement.Action = ["sts:AssumeRole"];
          statement.Condition = Object.fromEntries(Object.entries(statement.Condition ?? {}).reverse());
        }),
      ],
    },
  ],
  refuses: [
    {
      rule: "nobody is added by hand",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          Object.assign(statement.Condition ?? {}, named("sarah.devops", "mallory"));
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The trust of infra-ReadR-prod differs in Condition.ArnEquals.aws:PrincipalArn (too many: arn:aws:iam::111111111111:user/people/mallory) of the statement "Holders". Too many: mallory.',
        ],
      ],
    },
    {
      rule: "nobody is missing",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          Object.assign(statement.Condition ?? {}, named("mallory"));
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The trust of infra-ReadR-prod differs in Condition.ArnEquals.aws:PrincipalArn (is arn:aws:iam::111111111111:user/people/mallory; has to be arn:aws:iam::111111111111:user/people/sarah.devops) of the statement "Holders". Too many: mallory. Missing: sarah.devops.',
        ],
      ],
    },
    {
      rule: "a principal is not added beside the identity account",
      stack: "dev",
      edits: [
        rewritingStatement(ROLE, "infra-AdminR-dev", TRUST, (statement) => {
          statement.Principal = {
            AWS: ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:user/bob"],
          };
        }),
      ],
      wrong: [
        [
          "infra-AdminR-dev",
          'The trust of infra-AdminR-dev differs in Principal (too many: AWS arn:aws:iam::222222222222:user/bob) of the statement "Holders". Too many: arn:aws:iam::222222222222:user/bob.',
        ],
      ],
    },
    {
      rule: "no condition is lost",
      stack: "dev",
      edits: [
        rewritingStatement(ROLE, "infra-AdminR-dev", TRUST, (statement) => {
          delete statement.Condition?.["Bool"];
          delete statement.Condition?.["StringEquals"];
        }),
      ],
      wrong: [
        [
          "infra-AdminR-dev",
          'The trust of infra-AdminR-dev differs in Condition.Bool.aws:MultiFactorAuthPresent (missing: true), Condition.StringEquals.sts:RoleSessionName (missing: ${aws:username}) of the statement "Holders".',
        ],
      ],
    },
    {
      rule: "no statement is missing",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-DbReadR-prod", TRUST, (document) => {
          document.Statement = document.Statement.filter(({ Sid }) => Sid === "Holders");
        }),
      ],
      wrong: [
        [
          "infra-DbReadR-prod",
          'The trust of infra-DbReadR-prod lacks the statement "From20261120T100000ZUntil20261120T140000Z". Missing: john.developer.',
        ],
      ],
    },
    {
      rule: "no statement is too many",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-ReadR-prod", TRUST, (document) => {
          document.Statement.push({
            Effect: "Allow",
            Principal: { AWS: user("mallory") },
            Action: "sts:AssumeRole",
          });
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          "The trust of infra-ReadR-prod has a statement too many, number 2. Too many: mallory.",
        ],
      ],
    },
    {
      rule: "no statement is there twice",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-ReadR-prod", TRUST, (document) => {
          document.Statement.push({ ...document.Statement[0]!, Condition: named("mallory") });
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The trust of infra-ReadR-prod differs in Condition.Bool.aws:MultiFactorAuthPresent (missing: true), Condition.NumericLessThan.aws:MultiFactorAuthAge (missing: 43200), Condition.StringEquals.sts:RoleSessionName (missing: ${aws:username}), Condition.ArnEquals.aws:PrincipalArn (is arn:aws:iam::111111111111:user/people/mallory; has to be arn:aws:iam::111111111111:user/people/sarah.devops) of the statement "Holders"; has a statement too many, "Holders". Too many: mallory.',
        ],
      ],
    },
    {
      rule: "services' roles are compared too",
      stack: "dev",
      edits: [
        rewritingStatement(ROLE, "infra-TrailR", TRUST, (statement) => {
          statement.Principal = { Service: "ec2.amazonaws.com" };
        }),
      ],
      wrong: [
        [
          "infra-TrailR",
          'The trust of infra-TrailR differs in Principal (is Service ec2.amazonaws.com; has to be Service cloudtrail.amazonaws.com) of the statement "TrailWritesLogs". Too many: ec2.amazonaws.com. Missing: cloudtrail.amazonaws.com.',
        ],
      ],
    },
    {
      rule: "partners' roles are compared too",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-DataShareR-prod-acme", TRUST, (statement) => {
          statement.Principal = { AWS: "arn:aws:iam::123456789012:root" };
        }),
      ],
      wrong: [
        [
          "infra-DataShareR-prod-acme",
          'The trust of infra-DataShareR-prod-acme differs in Principal (is AWS arn:aws:iam::123456789012:root; has to be AWS arn:aws:iam::999988887777:root) of the statement "Partner".',
        ],
      ],
    },
    {
      rule: "a trust is a policy document",
      stack: "dev",
      edits: [setting(ROLE, "infra-AdminR-dev", { [TRUST]: "{}" })],
      wrong: [["infra-AdminR-dev", "The trust of infra-AdminR-dev is no policy document."]],
    },
    {
      rule: "somebody whose grant is over is not in it",
      stack: "prod",
      situation: { moment: new Date("2026-11-20T15:00:00Z") },
      edits: [
        rewriting(ROLE, "infra-DbReadR-prod", TRUST, (document) => {
          const [first] = document.Statement;
          document.Statement.push({
            ...first!,
            Sid: "From20261120T100000ZUntil20261120T140000Z",
            Condition: { ...first!.Condition, ...named("john.developer") },
          });
        }),
      ],
      wrong: [
        [
          "infra-DbReadR-prod",
          'The trust of infra-DbReadR-prod has a statement too many, "From20261120T100000ZUntil20261120T140000Z". Too many: john.developer.',
        ],
      ],
    },
  ],
};

export const roleTrustHolders: PolicyCases = {
  refuses: [
    {
      rule: "whom a trust names holds the role",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          Object.assign(statement.Condition ?? {}, named("sarah.devops", "john.developer"));
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          "The trust of infra-ReadR-prod admits john.developer, who does not hold Read in prod.",
        ],
      ],
    },
    {
      rule: "whom a trust names by any operator",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          Object.assign(statement.Condition ?? {}, { ArnLike: { "aws:PrincipalArn": user("mal*") } });
        }),
      ],
      wrong: [
        ["infra-ReadR-prod", "The trust of infra-ReadR-prod admits mal*, who does not hold Read in prod."],
      ],
    },
    {
      rule: "no longer than the roster says",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-DbReadR-prod", TRUST, (statement) => {
          Object.assign(statement.Condition ?? {}, named("alex.dba", "john.developer"));
        }),
      ],
      wrong: [
        [
          "infra-DbReadR-prod",
          "The trust of infra-DbReadR-prod admits john.developer at times that the roster does not grant.",
        ],
      ],
    },
    {
      rule: "not earlier than the roster says",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-DbReadR-prod", TRUST, ({ Statement }) => {
          delete Statement[1]?.Condition?.["DateGreaterThanEquals"];
        }),
      ],
      wrong: [
        [
          "infra-DbReadR-prod",
          "The trust of infra-DbReadR-prod admits john.developer at times that the roster does not grant.",
        ],
      ],
    },
    {
      rule: "a trust does not admit the whole identity account",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          delete statement.Condition?.["ArnEquals"];
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod names nobody, so it admits everybody.',
        ],
      ],
    },
    {
      rule: "a tag is the role's own",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-OpsR-prod", TRUST, (statement) => {
          delete statement.Condition?.["ArnEquals"];
          Object.assign(statement.Condition ?? {}, {
            ArnLike: { "aws:PrincipalArn": user("*") },
            StringLike: { "aws:PrincipalTag/infra:prod": "*+Read+*" },
          });
        }),
      ],
      wrong: [
        [
          "infra-OpsR-prod",
          'The statement "Holders" in the trust of infra-OpsR-prod names nobody, so it admits everybody.',
        ],
      ],
    },
    {
      rule: "BreakGlass names its holders",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-BreakGlassR-prod", TRUST, (statement) => {
          delete statement.Condition?.["ArnEquals"];
          Object.assign(statement.Condition ?? {}, {
            ArnLike: { "aws:PrincipalArn": user("*") },
            StringLike: { "aws:PrincipalTag/infra:prod": "*+BreakGlass+*" },
          });
        }),
      ],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          'The statement "Holders" in the trust of infra-BreakGlassR-prod names nobody, so it admits everybody.',
        ],
      ],
    },
  ],
};

export const roleTrustMfa: PolicyCases = {
  refuses: [
    {
      rule: "MFA is asked for",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          delete statement.Condition?.["Bool"];
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod does not ask for MFA.',
        ],
      ],
    },
    {
      rule: "MFA is asked for where the key is absent too",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          delete statement.Condition?.["Bool"];
          Object.assign(statement.Condition ?? {}, {
            BoolIfExists: { "aws:MultiFactorAuthPresent": "true" },
          });
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod does not ask for MFA.',
        ],
      ],
    },
    {
      rule: "it is MFA that is asked for, not its absence",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          Object.assign(statement.Condition ?? {}, {
            Bool: { "aws:MultiFactorAuthPresent": ["true", "false"] },
          });
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod does not ask for MFA.',
        ],
      ],
    },
    {
      rule: "MFA of at most an hour for Admin",
      stack: "dev",
      edits: [
        rewritingStatement(ROLE, "infra-AdminR-dev", TRUST, (statement) => {
          Object.assign(statement.Condition ?? {}, { NumericLessThan: { "aws:MultiFactorAuthAge": "7200" } });
        }),
      ],
      wrong: [
        [
          "infra-AdminR-dev",
          'The statement "Holders" in the trust of infra-AdminR-dev takes MFA that is older than 1 hour.',
        ],
      ],
    },
    {
      rule: "MFA of at most twelve hours for others",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          delete statement.Condition?.["NumericLessThan"];
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod takes MFA that is older than 12 hours.',
        ],
      ],
    },
    {
      rule: "or less, where it is configured",
      stack: "dev",
      situation: { settings: { "aws-iam-role-trust-mfa": { emergencySeconds: 900 } } },
      edits: [],
      wrong: [
        [
          "infra-AdminR-dev",
          'The statement "Holders" in the trust of infra-AdminR-dev takes MFA that is older than 0.25 hours.',
        ],
      ],
    },
  ],
};

export const roleTrustSessionName: PolicyCases = {
  refuses: [
    {
      rule: "the session carries the person's name",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          delete statement.Condition?.["StringEquals"];
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod lets people choose the name of their session.',
        ],
      ],
    },
    {
      rule: "no pattern will do",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          delete statement.Condition?.["StringEquals"];
          Object.assign(statement.Condition ?? {}, {
            StringLike: { "sts:RoleSessionName": "${aws:username}*" },
          });
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod lets people choose the name of their session.',
        ],
      ],
    },
  ],
};

const admitting = (rule: string, principal: unknown, shown: string): RefusedCase => ({
  rule,
  stack: "prod",
  edits: [
    rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
      statement.Principal = principal;
    }),
  ],
  wrong: [
    [
      "infra-ReadR-prod",
      `The statement "Holders" in the trust of infra-ReadR-prod admits the wildcard ${shown}.`,
    ],
  ],
});

export const roleTrustWildcard: PolicyCases = {
  passes: [
    {
      rule: "a Deny may have one",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-ReadR-prod", TRUST, ({ Statement }) => {
          Statement.push({ Effect: "Deny", Principal: "*", Action: "sts:TagSession" });
        }),
      ],
    },
  ],
  refuses: [
    admitting("everybody", "*", "*"),
    admitting("every AWS principal", { AWS: "*" }, "*"),
    admitting("one of several", { AWS: ["arn:aws:iam::111111111111:root", "*"] }, "*"),
    admitting("every account's root", { AWS: "arn:aws:iam::*:root" }, "arn:aws:iam::*:root"),
    admitting("every identity provider", { Federated: "*" }, "*"),
    {
      rule: "everybody but somebody",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          delete statement.Principal;
          statement.NotPrincipal = { AWS: user("mallory") };
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod admits everybody but somebody (NotPrincipal).',
        ],
      ],
    },
  ],
};

export const roleTrustAccounts: PolicyCases = {
  passes: [
    {
      rule: "a partner's account is known",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          statement.Principal = { AWS: "999988887777" };
        }),
      ],
    },
  ],
  refuses: [
    {
      rule: "an account that is neither the organization's nor a partner's",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          statement.Principal = { AWS: "arn:aws:iam::123456789012:root" };
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod admits the account 123456789012, which nobody knows.',
        ],
      ],
    },
    {
      rule: "its digits alone, and its users, are that account too",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-ReadR-prod", TRUST, (statement) => {
          statement.Principal = { AWS: ["123456789012", "arn:aws:sts::210987654321:assumed-role/x/y"] };
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod admits the account 123456789012, which nobody knows.',
        ],
        [
          "infra-ReadR-prod",
          'The statement "Holders" in the trust of infra-ReadR-prod admits the account 210987654321, which nobody knows.',
        ],
      ],
    },
  ],
};

export const roleTrustExternalId: PolicyCases = {
  refuses: [
    {
      rule: "a partner brings its external id",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-DataShareR-prod-acme", TRUST, (statement) => {
          delete statement.Condition;
        }),
      ],
      wrong: [
        [
          "infra-DataShareR-prod-acme",
          'The statement "Partner" in the trust of infra-DataShareR-prod-acme admits acme without the right external id.',
        ],
      ],
    },
    {
      rule: "and no other",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-DataShareR-prod-acme", TRUST, (statement) => {
          statement.Condition = { StringEquals: { "sts:ExternalId": ["acme-data-sharing-7f3a", "guess"] } };
        }),
      ],
      wrong: [
        [
          "infra-DataShareR-prod-acme",
          'The statement "Partner" in the trust of infra-DataShareR-prod-acme admits acme without the right external id.',
        ],
      ],
    },
  ],
};

export const roleTrustDates: PolicyCases = {
  refuses: [
    {
      rule: "no grant that is over",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-DbReadR-prod", TRUST, ({ Statement }) => {
          Object.assign(Statement[1]?.Condition ?? {}, {
            DateLessThan: { "aws:CurrentTime": "2026-11-20T11:00:00Z" },
          });
        }),
      ],
      wrong: [
        [
          "infra-DbReadR-prod",
          "The grants of infra-DbReadR-prod to john.developer are over since 2026-11-20T11:00:00Z.",
        ],
      ],
    },
    {
      rule: "what is granted for a time has an end",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-DbReadR-prod", TRUST, ({ Statement }) => {
          delete Statement[1]?.Condition?.["DateLessThan"];
        }),
      ],
      wrong: [
        [
          "infra-DbReadR-prod",
          "john.developer has infra-DbReadR-prod without an end, which is for a time only.",
        ],
      ],
    },
    {
      rule: "and a near one",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-DbReadR-prod", TRUST, ({ Statement }) => {
          Object.assign(Statement[1]?.Condition ?? {}, {
            DateLessThan: { "aws:CurrentTime": "2026-11-20T14:00:01Z" },
          });
        }),
      ],
      wrong: [["infra-DbReadR-prod", "john.developer has infra-DbReadR-prod for longer than 4 hours."]],
    },
    {
      rule: "a contractor's access has an end",
      stack: "dev",
      edits: [
        rewriting(ROLE, "infra-DeveloperR-dev", TRUST, ({ Statement }) => {
          delete Statement[1]?.Condition?.["DateLessThan"];
        }),
      ],
      wrong: [
        [
          "infra-DeveloperR-dev",
          "kim.contractor is a contractor and has infra-DeveloperR-dev without an end.",
        ],
      ],
    },
    {
      rule: "a contract is not longer than the pack is told",
      stack: "dev",
      situation: { settings: { "aws-iam-role-trust-dates": { contractDays: 30 } } },
      edits: [],
      wrong: [
        [
          "infra-DeveloperR-dev",
          "kim.contractor is a contractor and has infra-DeveloperR-dev for longer than 30 days.",
        ],
      ],
    },
  ],
};
