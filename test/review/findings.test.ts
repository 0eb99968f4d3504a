import assert from "node:assert/strict";

import { denySessions, denyUser } from "../../src/documents/offboarding-denial";
import { renderDocument } from "../../src/documents/policy-document";
import { parseUserName, trailRoleName } from "../../src/model/names";
import { readPersonnel } from "../../src/review/personnel";
import type { Cadence } from "../../src/review/cadence";
import type { Instant } from "../../src/model/dates";
import { authorizationDetailsOf } from "../support/authorization-details";
import { withEverySetting } from "../support/every-setting";
import { sampleOrganization, type WrittenRoster } from "../support/rosters";
import {
  daysBeforeReview,
  reviewedModel,
  reviewedRoster,
  reviewOf,
  type Accounts,
  type ReviewChoices,
} from "./support";

interface Case extends ReviewChoices {
  readonly name: string;
  /** Each finding as `severity id`. */
  readonly found: readonly string[];
}

const users = (accounts: Accounts) => accounts["users"]!.authorizationDetails.users;
const role = (accounts: Accounts, account: string, name: string) =>
  accounts[account]!.authorizationDetails.roles.find((one) => one.name === name)!;
const credentials = (accounts: Accounts, user: string) =>
  accounts["users"]!.userCredentials.find((one) => one.user === user)!;

function giveKey(accounts: Accounts, user: string, id: string, made: Instant, lastUsed?: Instant): void {
  credentials(accounts, user).accessKeys.push({
    id,
    isActive: true,
    createdAt: made,
    ...(lastUsed !== undefined && { lastUsed: { at: lastUsed } }),
  });
}

const giveMfa = (accounts: Accounts, user: string): void =>
  void accounts["users"]!.mfaDevices.push({
    user,
    serial: `arn:aws:iam::111111111111:mfa/${user}`,
    kind: "virtual",
  });

const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const withPerson = (name: string, change: object): WrittenRoster => {
  const roster = reviewedRoster();
  return { ...roster, people: { ...roster.people, [name]: { ...roster.people[name]!, ...change } } };
};

const PERSONNEL = [
  "Email,Status,Manager Email,Category",
  "sarah@example.com,active,maria@example.com,devops",
  "maria@example.com,active,,executive",
  "alex@example.com,active,sarah@example.com,dba",
  "chris@example.com,active,maria@example.com,security",
  "john@example.com,active,sarah@example.com,developer",
].join("\n");

const TRAIL_POLICY = "infra-TrailR-permissions";

const QUARANTINE = "arn:aws:iam::111111111111:policy/infra-quarantine";

const userDenial = (person: string) => ({
  name: `infra-offboarding-${person}`,
  document: renderDocument(denyUser()),
});
const sessionDenial = (person: string) => ({
  name: `infra-offboarding-${person}`,
  document: renderDocument(denySessions([parseUserName(person)!], daysBeforeReview(1))),
});

/** Adds what the stacks make of IAM where their settings ask for all that they can. */
function makeEverySetting(accounts: Accounts): void {
  for (const { blueprint, resources } of withEverySetting(reviewedModel(reviewedRoster()))) {
    const { account } = blueprint;
    const made = authorizationDetailsOf(account, resources);
    const { roles, policies } = accounts[account.key]!.authorizationDetails;
    roles.push(...made.roles.filter(({ name }) => roles.every((one) => one.name !== name)));
    policies.push(...made.policies.filter(({ arn }) => policies.every((one) => one.arn !== arn)));
  }
}

/** Since 200 days. */
const HELD_BY_JOHN = (["dev", "staging"] as const).map((account) => ({
  who: "john.developer",
  account,
  accountId: "",
  role: "Developer",
  source: "access" as const,
  from: daysBeforeReview(200),
}));

/** What both trails have of somebody's way into a role of another account: the role's names no user. */
function assumed(accounts: Accounts, who: string, account: string, name: string, days: number): void {
  const key = Object.keys(accounts).find((one) =>
    accounts[one]!.authorizationDetails.roles.some(({ arn }) => arn.startsWith(`arn:aws:iam::${account}:`)),
  )!;
  const common = {
    name: "AssumeRole",
    role: `arn:aws:iam::${account}:role/${name}`,
    times: 1,
    first: daysBeforeReview(days),
    last: daysBeforeReview(days),
    sessionNames: [who],
  };
  const user = {
    type: "IAMUser",
    arn: `arn:aws:iam::111111111111:user/people/${who}`,
    account: "111111111111",
  };
  accounts["users"]!.trailEvents.assumptions.push({ ...common, principal: user });
  accounts[key]!.trailEvents.assumptions.push({
    ...common,
    principal: { type: "AWSAccount", account: "111111111111" },
  });
}

/** Gives a password that was changed and last used so many days before the review. */
function givePassword(accounts: Accounts, user: string, changed: number, used: number): void {
  credentials(accounts, user).password = { createdAt: daysBeforeReview(300), mustBeReset: false };
  accounts["users"]!.credentialReport.rows.push({
    user,
    arn: `arn:aws:iam::111111111111:user/people/${user}`,
    hasPassword: true,
    passwordLastChanged: daysBeforeReview(changed),
    passwordLastUsed: daysBeforeReview(used),
    hasMfa: true,
    accessKeys: [{ isActive: false }, { isActive: false }],
    certificates: [{ isActive: false }, { isActive: false }],
  });
}

const CASES: readonly Case[] = [
  { name: "accounts as the program makes them", found: [] },
  {
    name: "accounts as the stacks make them with every setting",
    change: makeEverySetting,
    found: [],
  },
  {
    name: "accounts whose pipelines are users, one of which has an old key and the Deny of offboarding",
    organization: { ...sampleOrganization(), pipeline: { kind: "users" } },
    change: (accounts) => {
      const pipeline = users(accounts).find(({ path }) => path === "/pipeline/")!;
      pipeline.inline.push(userDenial(pipeline.name));
      giveKey(accounts, pipeline.name, "AKIAPIPELINE", daysBeforeReview(91), daysBeforeReview(1));
    },
    found: [
      "high inline-policy:users:user infra-PreviewU-users infra-offboarding-infra-PreviewU-users",
      "medium key-overdue:users:infra-PreviewU-users AKIAPIPELINE",
    ],
  },
  {
    name: "somebody in quarantine",
    change: (accounts) => {
      makeEverySetting(accounts);
      users(accounts)
        .find(({ name }) => name === "john.developer")!
        .attached.push(QUARANTINE);
    },
    found: ["high quarantined:users:john.developer"],
  },
  {
    name: "somebody in quarantine who has another policy too, and a group that has the quarantine's",
    change: (accounts) => {
      makeEverySetting(accounts);
      users(accounts)
        .find(({ name }) => name === "john.developer")!
        .attached.push(QUARANTINE, "arn:aws:iam::aws:policy/AmazonS3FullAccess");
      accounts["users"]!.authorizationDetails.groups.find(
        ({ name }) => name === "infra-PowerG",
      )!.attached.push(QUARANTINE);
    },
    found: [
      "high policy-differs:users:group infra-PowerG",
      "high policy-differs:users:user john.developer",
      "high quarantined:users:john.developer",
    ],
  },
  {
    name: "the policy of quarantine, which denies less",
    change: (accounts) => {
      makeEverySetting(accounts);
      accounts["users"]!.authorizationDetails.policies.find(
        ({ arn }) => arn === QUARANTINE,
      )!.inForce.document = document({ Effect: "Deny", Action: "s3:*", Resource: "*" });
    },
    found: ["high policy-differs:users:policy infra-quarantine"],
  },
  {
    name: "somebody shut out at once, by their user and by the roles that they hold",
    change: (accounts) => {
      const john = users(accounts).find(({ name }) => name === "john.developer")!;
      john.inline.push(userDenial("john.developer"));
      for (const account of ["dev", "staging"])
        role(accounts, account, `infra-DeveloperR-${account}`).inline.push(sessionDenial("john.developer"));
    },
    found: ["high shut-out:users:john.developer"],
  },
  {
    name: "somebody shut out, where the review is of an account in which a role denies their sessions",
    only: ["dev"],
    change: (accounts) => {
      users(accounts)
        .find(({ name }) => name === "john.developer")!
        .inline.push(userDenial("john.developer"));
      role(accounts, "dev", "infra-DeveloperR-dev").inline.push(sessionDenial("john.developer"));
    },
    found: ["high shut-out:dev:john.developer"],
  },
  {
    name: "somebody who left and is shut out, with a password and no device",
    roster: withPerson("john.developer", { until: daysBeforeReview(2) }),
    change: (accounts) => {
      users(accounts)
        .find(({ name }) => name === "john.developer")!
        .inline.push(userDenial("john.developer"));
      credentials(accounts, "john.developer").password = {
        createdAt: daysBeforeReview(3),
        mustBeReset: false,
      };
    },
    found: ["high shut-out:users:john.developer"],
  },
  {
    name: "a Deny by the name of offboarding's that says less, one of somebody else's name, and one on another user",
    change: (accounts) => {
      users(accounts)
        .find(({ name }) => name === "john.developer")!
        .inline.push(
          {
            name: "infra-offboarding-john.developer",
            document: document({ Effect: "Deny", Action: "s3:*", Resource: "*" }),
          },
          userDenial("alex.dba"),
        );
      role(accounts, "dev", "infra-DeveloperR-dev").inline.push({
        ...sessionDenial("alex.dba"),
        name: "infra-offboarding-john.developer",
      });
    },
    found: [
      "high inline-policy:dev:role infra-DeveloperR-dev infra-offboarding-john.developer",
      "high inline-policy:users:user john.developer infra-offboarding-alex.dba",
      "high inline-policy:users:user john.developer infra-offboarding-john.developer",
    ],
  },
  {
    name: "a role that denies somebody's sessions, whose user is open again",
    change: (accounts) => {
      role(accounts, "dev", "infra-DeveloperR-dev").inline.push(sessionDenial("john.developer"));
    },
    found: ["high inline-policy:dev:role infra-DeveloperR-dev infra-offboarding-john.developer"],
  },
  {
    name: "a user outside the roster who is shut out",
    change: (accounts) => {
      users(accounts).push({
        name: "old.colleague",
        path: "/people/",
        arn: "arn:aws:iam::111111111111:user/people/old.colleague",
        attached: [],
        inline: [userDenial("old.colleague")],
        groups: [],
        tags: {},
      });
    },
    found: ["high user-outside-roster:users:old.colleague"],
  },
  {
    name: "passwords: of a DBA after 31 days, of a developer within 60, and one that nobody used for 45",
    change: (accounts) => {
      for (const name of ["alex.dba", "john.developer", "sarah.devops"]) giveMfa(accounts, name);
      givePassword(accounts, "alex.dba", 31, 1);
      givePassword(accounts, "john.developer", 59, 1);
      givePassword(accounts, "sarah.devops", 29, 45);
    },
    found: [
      "medium credential-unused:users:sarah.devops password",
      "medium password-overdue:users:alex.dba password",
    ],
  },
  {
    name: "a user outside the roster",
    change: (accounts) => {
      users(accounts).push({
        name: "eve",
        path: "/",
        arn: "arn:aws:iam::111111111111:user/eve",
        attached: [],
        inline: [],
        groups: [],
        tags: {},
      });
    },
    found: ["high user-outside-roster:users:eve"],
  },
  {
    name: "two old keys: one in use, one forgotten",
    change: (accounts) => {
      giveMfa(accounts, "john.developer");
      giveKey(accounts, "john.developer", "AKIAOLDINUSE", daysBeforeReview(61), daysBeforeReview(1));
      giveKey(accounts, "john.developer", "AKIAFORGOTTEN", daysBeforeReview(300));
    },
    found: [
      "medium key-overdue:users:john.developer AKIAFORGOTTEN",
      "medium key-overdue:users:john.developer AKIAOLDINUSE",
    ],
  },
  {
    name: "keys within the category's days, and one that nobody uses",
    change: (accounts) => {
      giveMfa(accounts, "john.developer");
      giveKey(accounts, "john.developer", "AKIAINTIME", daysBeforeReview(60), daysBeforeReview(1));
      giveKey(accounts, "john.developer", "AKIAUNUSED", daysBeforeReview(45));
    },
    found: ["medium credential-unused:users:john.developer AKIAUNUSED"],
  },
  {
    name: "a key of a DBA after 31 days, which a developer's may have",
    change: (accounts) => {
      giveMfa(accounts, "alex.dba");
      giveKey(accounts, "alex.dba", "AKIADBA", daysBeforeReview(31), daysBeforeReview(1));
    },
    found: ["medium key-overdue:users:alex.dba AKIADBA"],
  },
  {
    name: "a password without MFA",
    change: (accounts) => {
      credentials(accounts, "chris.security").password = {
        createdAt: daysBeforeReview(3),
        mustBeReset: false,
      };
    },
    found: ["high mfa-missing:users:chris.security"],
  },
  {
    name: "an SSH key that is too old, and a password that its owner has to replace at the next sign-in",
    change: (accounts) => {
      giveMfa(accounts, "john.developer");
      const john = credentials(accounts, "john.developer");
      john.sshKeys.push({ id: "APKAOLD", isActive: true, createdAt: daysBeforeReview(61) });
      john.password = { createdAt: daysBeforeReview(70), mustBeReset: true };
      accounts["users"]!.credentialReport.rows.push({
        user: "john.developer",
        arn: "arn:aws:iam::111111111111:user/people/john.developer",
        hasPassword: true,
        passwordLastChanged: daysBeforeReview(70),
        passwordLastUsed: daysBeforeReview(1),
        hasMfa: true,
        accessKeys: [{ isActive: false }, { isActive: false }],
        certificates: [{ isActive: false }, { isActive: false }],
      });
    },
    found: ["medium key-overdue:users:john.developer APKAOLD"],
  },
  {
    name: "a user and a role that somebody moved to another path",
    change: (accounts) => {
      users(accounts).find(({ name }) => name === "maria.cto")!.path = "/";
      role(accounts, "prod", "infra-ReadR-prod").path = "/ops/";
    },
    found: [
      "high policy-differs:prod:path of role infra-ReadR-prod",
      "high policy-differs:users:path of user maria.cto",
    ],
  },
  {
    name: "an inline policy on a user",
    change: (accounts) => {
      users(accounts)
        .find(({ name }) => name === "john.developer")!
        .inline.push({
          name: "extra",
          document: document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
        });
    },
    found: ["high inline-policy:users:user john.developer extra"],
  },
  {
    name: "a wildcard in a policy of the account's own, attached to a role",
    change: (accounts) => {
      const arn = "arn:aws:iam::444444444444:policy/everything";
      accounts["prod"]!.authorizationDetails.policies.push({
        name: "everything",
        path: "/",
        arn,
        isAwsManaged: false,
        inForce: { id: "v1", document: document({ Effect: "Allow", Action: "s3:*", Resource: "*" }) },
        dormant: [],
      });
      role(accounts, "prod", "infra-ReadR-prod").attached.push(arn);
    },
    found: ["high wildcard-permission:prod:policy everything"],
  },
  {
    name: "a policy of the roster's into which somebody wrote a wildcard, and one in which somebody dropped one",
    change: (accounts) => {
      for (const [key, name, actions] of [
        ["prod", "infra-DbReadR-prod-permissions", "rds:*"],
        ["dev", "infra-OpsR-dev-permissions", "acm:DescribeCertificate"],
      ] as const) {
        const { policies } = accounts[key]!.authorizationDetails;
        const place = policies.findIndex((policy) => policy.name === name);
        policies[place] = {
          ...policies[place]!,
          inForce: { id: "v2", document: document({ Effect: "Allow", Action: actions, Resource: "*" }) },
        };
      }
    },
    found: [
      "high policy-differs:dev:policy infra-OpsR-dev-permissions",
      "high wildcard-permission:prod:policy infra-DbReadR-prod-permissions",
    ],
  },
  {
    name: "a policy of AWS's attached to a role by hand",
    change: (accounts) => {
      role(accounts, "prod", "infra-ReadR-prod").attached.push("arn:aws:iam::aws:policy/AmazonS3FullAccess");
    },
    found: ["high policy-differs:prod:role infra-ReadR-prod"],
  },
  {
    name: "a widened trust",
    change: (accounts) => {
      role(accounts, "prod", "infra-OpsR-prod").trust = document({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::999999999999:root" },
        Action: "sts:AssumeRole",
      });
    },
    found: ["high trust-differs:prod:infra-OpsR-prod"],
  },
  {
    name: "a role outside the roster, and service-linked ones that pass",
    change: (accounts) => {
      const { roles } = accounts["dev"]!.authorizationDetails;
      const made = { attached: [], inline: [], tags: {} };
      roles.push({
        ...made,
        name: "backdoor",
        path: "/",
        arn: "arn:aws:iam::222222222222:role/backdoor",
        trust: document({ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
      });
      roles.push({
        ...made,
        name: "AWSServiceRoleForSupport",
        path: "/aws-service-role/support.amazonaws.com/",
        arn: "arn:aws:iam::222222222222:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport",
        trust: document({
          Effect: "Allow",
          Principal: { Service: "support.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      });
    },
    found: ["high role-outside-roster:dev:backdoor"],
  },
  {
    name: "the trail's role with a policy more",
    change: (accounts) => {
      role(accounts, "prod", trailRoleName({ prefix: "infra" })).attached.push(
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
      );
    },
    found: ["high role-outside-roster:prod:infra-TrailR"],
  },
  {
    name: "the policy of the trail's role, which somebody widened and gave to a person",
    change: (accounts) => {
      const { policies } = accounts["users"]!.authorizationDetails;
      const policy = policies.find(({ name }) => name === TRAIL_POLICY)!;
      policy.inForce.document = document({ Effect: "Allow", Action: "*", Resource: "*" });
      users(accounts)
        .find(({ name }) => name === "maria.cto")!
        .attached.push(policy.arn);
    },
    found: [
      "high policy-differs:users:user maria.cto",
      `high wildcard-permission:users:policy ${TRAIL_POLICY}`,
    ],
  },
  {
    name: "a partner's role with another trust: its row has the finding",
    change: (accounts) => {
      role(accounts, "prod", "infra-DataShareR-prod-acme").trust = document({
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "sts:AssumeRole",
      });
    },
    found: ["high trust-differs:prod:infra-DataShareR-prod-acme"],
  },
  {
    name: "two findings of Access Analyzer about one bucket",
    change: (accounts) => {
      for (const id of ["one", "two"]) {
        accounts["prod"]!.analyzerFindings.findings.push({
          id,
          analyzer: "arn",
          updatedAt: daysBeforeReview(3),
          type: "ExternalAccess",
          resource: "arn:aws:s3:::shared",
          resourceType: "AWS::S3::Bucket",
          status: "ACTIVE",
          createdAt: daysBeforeReview(3),
        });
      }
    },
    found: [
      "medium analyzer-finding:prod:ExternalAccess arn:aws:s3:::shared one",
      "medium analyzer-finding:prod:ExternalAccess arn:aws:s3:::shared two",
    ],
  },
  {
    name: "a password where MFA devices were not read, which is not decidable",
    unread: { users: ["mfaDevices"] },
    change: (accounts) => {
      credentials(accounts, "chris.security").password = {
        createdAt: daysBeforeReview(3),
        mustBeReset: false,
      };
    },
    found: [],
  },
  {
    name: "a group that somebody was put into, and tags that trusts read",
    change: (accounts) => {
      const john = users(accounts).find(({ name }) => name === "john.developer")!;
      john.groups.push("infra-PowerG");
      john.tags["infra:prod"] = "+Ops+";
    },
    found: [
      "high membership-differs:users:john.developer",
      "high policy-differs:users:tags of user john.developer",
    ],
  },
  {
    name: "an expired contractor with live keys",
    roster: withPerson("kim.contractor", { until: "2026-11-20" }),
    change: (accounts) => {
      giveKey(accounts, "kim.contractor", "AKIAKIM", daysBeforeReview(200));
    },
    found: ["high left-with-credentials:users:kim.contractor"],
  },
  ...(["weekly", "monthly"] as const).map((cadence): Case => ({
    name: "an expired contractor with live keys, and an employee with an old one",
    cadence,
    roster: withPerson("kim.contractor", { until: "2026-11-20" }),
    change: (accounts) => {
      giveKey(accounts, "kim.contractor", "AKIAKIM", daysBeforeReview(200));
      giveMfa(accounts, "john.developer");
      giveKey(accounts, "john.developer", "AKIAOLD", daysBeforeReview(200), daysBeforeReview(1));
    },
    found: ["high left-with-credentials:users:kim.contractor"],
  })),
  {
    name: "a contractor without MFA, whose key is too old",
    cadence: "weekly",
    change: (accounts) => {
      giveKey(accounts, "kim.contractor", "AKIAKIM", daysBeforeReview(31), daysBeforeReview(1));
    },
    found: ["high mfa-missing:users:kim.contractor", "medium key-overdue:users:kim.contractor AKIAKIM"],
  },
  {
    name: "a secret with a policy of its own",
    change: (accounts) => {
      accounts["prod"]!.secrets.push({
        name: "mw/prod/webhook-token",
        arn: "arn:aws:secretsmanager:eu-west-1:444444444444:secret:mw/prod/webhook-token-AbCdEf",
        tags: {},
        resourcePolicy: document({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::999999999999:root" },
          Action: "secretsmanager:*",
          Resource: "*",
        }),
      });
    },
    found: ["high secret-opened:prod:mw/prod/webhook-token"],
  },
  {
    name: "a secret whose policy only denies",
    change: (accounts) => {
      accounts["prod"]!.secrets.push({
        name: "closed",
        arn: "arn:aws:secretsmanager:eu-west-1:444444444444:secret:closed-AbCdEf",
        tags: {},
        resourcePolicy: document({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }),
      });
    },
    found: [],
  },
  {
    name: "break-glass without a record",
    cadence: "weekly",
    change: (accounts) => {
      accounts["prod"]!.trailEvents.events.push({
        id: "11111111-1111-1111-1111-111111111111",
        at: daysBeforeReview(2),
        source: "sts.amazonaws.com",
        name: "AssumeRole",
        region: "eu-west-1",
        principal: { type: "IAMUser", arn: "arn:aws:iam::111111111111:user/people/sarah.devops" },
        about: {
          roleArn: "arn:aws:iam::444444444444:role/infra-BreakGlassR-prod",
          roleSessionName: "sarah.devops",
        },
      });
    },
    found: ["high break-glass-unrecorded:prod:11111111-1111-1111-1111-111111111111"],
  },
  {
    name: "break-glass with a record that is open although its time is over",
    cadence: "weekly",
    incidents: [
      {
        name: "2026-11-27-prod-inc-1",
        kind: "emergency",
        account: "prod",
        holder: "sarah.devops",
        reason: "INC-1",
        opened: daysBeforeReview(3),
        expectedEnd: daysBeforeReview(1),
        sessions: [],
      },
    ],
    change: (accounts) => {
      accounts["prod"]!.trailEvents.events.push({
        id: "11111111-1111-1111-1111-111111111111",
        at: daysBeforeReview(2),
        source: "sts.amazonaws.com",
        name: "AssumeRole",
        region: "eu-west-1",
        principal: { type: "IAMUser", arn: "arn:aws:iam::111111111111:user/people/sarah.devops" },
        about: {
          roleArn: "arn:aws:iam::444444444444:role/infra-BreakGlassR-prod",
          roleSessionName: "sarah.devops",
        },
      });
    },
    found: ["medium break-glass-open:prod:2026-11-27-prod-inc-1"],
  },
  {
    name: "principals that got into a role: of the roster, a partner, a service, and a stranger",
    cadence: "monthly",
    change: (accounts) => {
      const into = (
        principal: Accounts[string]["trailEvents"]["assumptions"][number]["principal"],
        error?: string,
      ) => ({
        name: "AssumeRole",
        principal,
        role: "arn:aws:iam::444444444444:role/infra-OpsR-prod",
        times: 3,
        first: daysBeforeReview(9),
        last: daysBeforeReview(2),
        sessionNames: ["x"],
        ...(error !== undefined && { error }),
      });
      accounts["prod"]!.trailEvents.assumptions.push(
        into({
          type: "IAMUser",
          arn: "arn:aws:iam::111111111111:user/people/sarah.devops",
          account: "111111111111",
        }),
        into({ type: "AWSAccount", account: "999988887777" }),
        into({ type: "AWSService", invokedBy: "ecs-tasks.amazonaws.com" }),
        into({
          type: "IAMUser",
          arn: "arn:aws:iam::111111111111:user/people/old.colleague",
          account: "111111111111",
        }),
        into({ type: "AWSAccount", account: "999999999999" }),
        into({
          type: "IAMUser",
          arn: "arn:aws:iam::222222222222:user/sarah.devops",
          account: "222222222222",
        }),
        into({ type: "AWSAccount", account: "888888888888" }, "AccessDenied"),
      );
    },
    found: [
      "high unusual-principal:prod:AWSAccount of 999999999999 into infra-OpsR-prod",
      "high unusual-principal:prod:arn:aws:iam::111111111111:user/people/old.colleague into infra-OpsR-prod",
      "high unusual-principal:prod:arn:aws:iam::222222222222:user/sarah.devops into infra-OpsR-prod",
    ],
  },
  {
    name: "changes of IAM: by a stranger, by somebody of the roster, of somebody's own keys",
    cadence: "weekly",
    change: (accounts) => {
      const event = (id: string, name: string, arn: string, about: Record<string, string>) => ({
        id,
        at: daysBeforeReview(1),
        source: "iam.amazonaws.com",
        name,
        region: "us-east-1",
        principal: { type: "IAMUser", arn },
        about,
      });
      accounts["users"]!.trailEvents.events.push(
        event("1", "CreateAccessKey", "arn:aws:iam::111111111111:user/people/john.developer", {
          userName: "john.developer",
        }),
        event("2", "CreateAccessKey", "arn:aws:iam::111111111111:user/people/sarah.devops", {
          userName: "john.developer",
        }),
        event("3", "AttachUserPolicy", "arn:aws:iam::111111111111:user/eve", { userName: "eve" }),
      );
    },
    found: [
      "high unusual-change:users:arn:aws:iam::111111111111:user/eve",
      "medium unusual-change:users:arn:aws:iam::111111111111:user/people/sarah.devops",
    ],
  },
  {
    name: "a leaver and a mover in the personnel file, a contractor whom it does not have, and a joiner",
    personnel: readPersonnel(
      "people.csv",
      [
        ...PERSONNEL.split("\n").map((line) =>
          line
            .replace("alex@example.com,active", "alex@example.com,terminated")
            .replace(
              "john@example.com,active,sarah@example.com,developer",
              "john@example.com,active,sarah@example.com,qa",
            ),
        ),
        "nina@example.com,active,sarah@example.com,developer",
      ].join("\n"),
    ),
    found: ["high not-employed:users:alex.dba", "medium mover:users:john.developer"],
  },
  { name: "a personnel file that agrees", personnel: readPersonnel("people.csv", PERSONNEL), found: [] },
  {
    name: "a contractor without a BAA",
    cadence: "weekly",
    roster: withPerson("kim.contractor", { agreements: { nda: "2026-10-20" } }),
    found: ["medium agreement-missing:users:kim.contractor"],
  },
  {
    name: "alarms: one that rings, one that nobody hears",
    cadence: "weekly",
    change: (accounts) => {
      const alarm = (name: string, state: "OK" | "ALARM", isHeard: boolean) => ({
        name,
        arn: name,
        state,
        isHeard,
      });
      accounts["prod"]!.alarms.alarms.push(
        alarm("quiet", "OK", true),
        alarm("rings", "ALARM", true),
        alarm("deaf", "OK", false),
      );
    },
    found: ["medium alarm-unheard:prod:deaf", "low alarm-ringing:prod:rings"],
  },
  {
    name: "a root user with keys and without MFA, whose password was used",
    change: (accounts) => {
      accounts["dev"]!.rootUser = {
        hasMfa: false,
        hasAccessKeys: true,
        hasSigningCertificates: false,
        hasPassword: true,
      };
      accounts["dev"]!.credentialReport.rows.push({
        user: "<root_account>",
        arn: "arn:aws:iam::222222222222:root",
        hasMfa: false,
        passwordLastUsed: daysBeforeReview(10),
        accessKeys: [{ isActive: true }, { isActive: false }],
        certificates: [{ isActive: false }, { isActive: false }],
      });
    },
    found: [
      "high root-credentials:dev:the root user",
      "high root-without-mfa:dev:the root user",
      "medium root-used:dev:the root user",
    ],
  },
  {
    name: "a root user's virtual device, where they have a password",
    change: (accounts) => {
      for (const key of ["dev", "prod"] as const)
        accounts[key]!.mfaDevices.push({
          user: "<root_account>",
          serial: "arn:aws:iam::222222222222:mfa/root-account-mfa-device",
          kind: "virtual",
        });
      accounts["prod"]!.rootUser.hasPassword = false;
    },
    found: ["medium root-virtual-mfa:dev:the root user"],
  },
  {
    name: "an account of which AWS has no security contact",
    change: (accounts) => {
      accounts["staging"]!.alternateContacts = ["BILLING"];
    },
    found: ["medium security-contact-missing:staging:the security contact"],
  },
  {
    name: "central root management in part, as the one account says that may",
    change: (accounts) => {
      for (const key of ["users", "dev", "staging"] as const)
        accounts[key]!.rootManagement = { kind: "told elsewhere" };
      accounts["prod"]!.rootManagement = { kind: "told", features: ["RootSessions"] };
    },
    found: ["low root-management-off:prod:central root management"],
  },
  {
    name: "a table that services must not read, tagged Public; others and other accounts' as they are",
    change: (accounts) => {
      const [region, table] = ["eu-west-1", "sensitive_customer_data"];
      accounts["staging"]!.tableLevels = [
        { region, table, level: "Public" },
        { region, table: "visits", level: "Public" },
      ];
      accounts["prod"]!.tableLevels = [{ region, table, level: "Sensitive" }];
      accounts["dev"]!.tableLevels = [{ region, table: "untagged" }];
    },
    found: ["high sensitive-table-public:staging:eu-west-1 sensitive_customer_data"],
  },
  {
    name: "a role that somebody has had for 200 days and not used for 50, and one for 100",
    heldPeriods: HELD_BY_JOHN,
    change: (accounts) => {
      assumed(accounts, "john.developer", "222222222222", "infra-DeveloperR-dev", 50);
      role(accounts, "dev", "infra-DeveloperR-dev").lastUsed = { at: daysBeforeReview(50) };
      role(accounts, "staging", "infra-DeveloperR-staging").lastUsed = { at: daysBeforeReview(100) };
    },
    found: [
      "medium role-unused:staging:john.developer Developer",
      "low role-unused:dev:john.developer Developer",
    ],
  },
  {
    name: "roles that somebody used yesterday, one of them of the same name in another account 60 days ago",
    heldPeriods: [
      { ...HELD_BY_JOHN[0]!, who: "alex.dba", account: "staging", role: "Dba" },
      { ...HELD_BY_JOHN[0]!, who: "alex.dba", account: "prod", role: "DbRead" },
    ],
    change: (accounts) => {
      assumed(accounts, "alex.dba", "333333333333", "infra-DbaR-staging", 1);
      assumed(accounts, "alex.dba", "333333333333", "infra-DbReadR-prod", 60);
      assumed(accounts, "alex.dba", "444444444444", "infra-DbReadR-prod", 1);
    },
    found: [],
  },
  {
    name: "roles that others used yesterday, where the trail that names people was not read",
    heldPeriods: HELD_BY_JOHN,
    unread: { users: ["trailEvents"] },
    change: (accounts) => assumed(accounts, "kim.contractor", "222222222222", "infra-DeveloperR-dev", 1),
    found: [],
  },
];

const foundBy = (written: ReviewChoices): readonly string[] =>
  reviewOf(written).findings.map(({ severity, id }) => `${severity} ${id}`);

describe("what a review finds", () => {
  for (const { name, found, ...written } of CASES) {
    const cadence: Cadence = written.cadence ?? "quarterly";
    it(`${cadence}: ${name}`, () => assert.deepEqual(foundBy(written), found));
  }

  it("is each of ten realities once, all at one time, and nothing else", () => {
    const names = [
      "a user outside the roster",
      "two old keys: one in use, one forgotten",
      "a password without MFA",
      "an inline policy on a user",
      "a widened trust",
      "an expired contractor with live keys",
      "break-glass without a record",
      "a wildcard in a policy of the account's own, attached to a role",
      "a secret with a policy of its own",
    ];
    const realities = CASES.filter(({ name }) => names.includes(name));
    assert.equal(realities.length, names.length);
    const left = PERSONNEL.replace("alex@example.com,active", "alex@example.com,terminated");
    assert.deepEqual(
      [
        ...foundBy({
          roster: withPerson("kim.contractor", { until: "2026-11-20" }),
          personnel: readPersonnel("people.csv", left),
          change: (accounts) => {
            for (const { change } of realities) change?.(accounts);
          },
        }),
      ].sort(),
      ["high not-employed:users:alex.dba", ...realities.flatMap(({ found }) => found)].sort(),
    );
  });

  it("is all of that where several of these are so at once, and nothing else", () => {
    const quarterly = CASES.filter(({ cadence, roster, organization, personnel, unread, only }) =>
      [cadence, roster, organization, personnel, unread, only].every((one) => one === undefined),
    );
    const together = foundBy({
      heldPeriods: quarterly.flatMap(({ heldPeriods = [] }) => heldPeriods),
      change: (accounts) => {
        for (const { change } of quarterly) change?.(accounts);
      },
    });
    assert.deepEqual([...together].sort(), [...new Set(quarterly.flatMap(({ found }) => found))].sort());
  });

  it("says all that it saw of one finding, where several events tell of it", () => {
    const seen = (name: string) => ({
      name,
      principal: { type: "AWSAccount", account: "999999999999" },
      role: "arn:aws:iam::444444444444:role/infra-OpsR-prod",
      times: 1,
      first: daysBeforeReview(2),
      last: daysBeforeReview(2),
      sessionNames: [],
    });
    const { findings } = reviewOf({
      cadence: "monthly",
      change: (accounts) => {
        accounts["prod"]!.trailEvents.assumptions.push(seen("AssumeRole"), seen("AssumeRoleWithSAML"));
      },
    });
    assert.deepEqual(
      findings.map(({ evidence }) => evidence),
      [
        [
          `AssumeRole, 1 times, from ${daysBeforeReview(2)} to ${daysBeforeReview(2)}`,
          `AssumeRoleWithSAML, 1 times, from ${daysBeforeReview(2)} to ${daysBeforeReview(2)}`,
        ],
      ],
    );
  });

  it("stands in the rows of partners and services whose roles it is about", () => {
    const { rows } = reviewOf({
      change: (accounts) => {
        role(accounts, "prod", "infra-DataShareR-prod-acme").attached.push("arn:aws:iam::aws:policy/X");
        role(accounts, "prod", "infra-task-mw-worker-prod").trust = document();
      },
    });
    assert.deepEqual(
      rows
        .filter(({ findings }) => findings.length > 0)
        .map(({ who, role: of, findings }) => [who, of, findings]),
      [
        ["acme", "DataShare", ["policy-differs:prod:role infra-DataShareR-prod-acme"]],
        ["mw-worker", "infra-task-mw-worker-prod", ["trust-differs:prod:infra-task-mw-worker-prod"]],
      ],
    );
  });
});

describe("the finding of a password that is too old", () => {
  it("says its age, what the category allows, and the command after which its owner chooses another", () => {
    const { findings } = reviewOf({
      change: (accounts) => {
        giveMfa(accounts, "alex.dba");
        givePassword(accounts, "alex.dba", 31, 1);
      },
    });
    assert.deepEqual(findings, [
      {
        id: "password-overdue:users:alex.dba password",
        rule: "password-overdue",
        severity: "medium",
        account: "users",
        subject: "alex.dba password",
        person: "alex.dba",
        message: "The password of alex.dba is 31 days old.",
        evidence: ["changed 2026-10-29, 31 days ago; allowed for a DBA: 30 days", "last used 2026-11-28"],
        fix: {
          kind: "command",
          words: "alex.dba changes it, or has to at the next sign-in.",
          commands: ["aws iam update-login-profile --user-name alex.dba --password-reset-required"],
        },
      },
    ]);
  });
});

describe("the fix of a mover", () => {
  const changesOf = (line: string) => {
    const text = PERSONNEL.replace("john@example.com,active,sarah@example.com,developer", line);
    const { findings } = reviewOf({ personnel: readPersonnel("people.csv", text) });
    return findings.flatMap(({ rule, fix }) => (rule === "mover" && fix.kind === "edit" ? fix.changes : []));
  };
  const post = (key: string, value: string) => ({ kind: "post", person: "john.developer", key, value });

  for (const [title, line, changes] of [
    [
      "is their category, the roles that it does not allow, and their manager by the name in the roster",
      "john@example.com,active,maria@example.com,qa",
      [
        post("category", "qa"),
        post("manager", "maria.cto"),
        { kind: "role", person: "john.developer", account: "dev", role: "Developer" },
      ],
    ],
    [
      "is an address where the roster does not have the manager",
      "john@example.com,active,lead@example.com,developer",
      [post("manager", "lead@example.com")],
    ],
    [
      "is no edit where the file has a name that tells nobody",
      "john@example.com,active,Jane Doe,developer",
      [],
    ],
  ] as const)
    it(title, () => assert.deepEqual(changesOf(line), changes));
});
