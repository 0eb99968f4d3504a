import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { automationTrust } from "../../../src/documents/automation-trust";
import {
  ANSWERED_SEVERITIES,
  misusedCredentialsRule,
  suspectedCredentialsRules,
  type AnsweredSeverity,
  type FindingFilter,
} from "../../../src/documents/detection/finding-rules";
import {
  quarantineAutomation,
  quarantineInput,
  quarantinePolicy,
  responderPermissions,
  responseStarterPermissions,
  responseStarterTrust,
} from "../../../src/documents/detection/quarantine";
import { blueprintsOf } from "../../../src/documents/blueprint";
import { buildModel } from "../../../src/model/model";
import { parametersFrom, runAutomation } from "../../support/automation";
import { decide, decideAssumeRole, type Caller, type Decision } from "../../support/evaluate";
import { matchesEventPattern } from "../../support/event-pattern";
import { accessKeyOf, CREDENTIAL_FINDINGS, misusedCredentials } from "../../support/misused-credentials";
import { sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_MOMENT } from "../../support/sample";

const model = buildModel(sampleOrganization(), sampleRoster(), SAMPLE_MOMENT);
const { organization } = model;
const account = organization.identity;
const context = { organization, account };
const exempt =
  blueprintsOf(model).find(({ account: one }) => one.isIdentity)?.people?.exemptFromResponse ?? [];

const IAM = "arn:aws:iam::111111111111";
const POLICY = `${IAM}:policy/infra-quarantine`;
const RESPONDER = `${IAM}:role/infra-ResponderR`;
const RULE = "arn:aws:events:eu-west-1:111111111111:rule/infra-CredentialsMisused";

describe("who is exempt from the response", () => {
  it("holds BreakGlass or is in PowerG", () => {
    assert.deepEqual(exempt, ["chris.security", "maria.cto", "sarah.devops"]);
  });
});

describe("the rule that starts the response", () => {
  const hears = (event: object, from: AnsweredSeverity = "MEDIUM"): boolean =>
    matchesEventPattern(JSON.parse(misusedCredentialsRule(context, from).pattern), event);

  const CASES: readonly (readonly [string, object, boolean])[] = [
    ["of a user's key", misusedCredentials("john.developer"), true],
    [
      "of a user's sign-in",
      misusedCredentials("john.developer", { type: "UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B" }),
      true,
    ],
    [
      "from another region's detector",
      { ...misusedCredentials("john.developer"), region: "us-east-1" },
      true,
    ],
    ["of least severity", misusedCredentials("john.developer", { severity: 4 }), true],
    ["of less severity", misusedCredentials("john.developer", { severity: 3.9 }), false],
    [
      "of a role's session, whose user name is the role's",
      misusedCredentials("", accessKeyOf("AssumedRole", "infra-OpsR-prod")),
      false,
    ],
    ["of the root user", misusedCredentials("", accessKeyOf("Root", "Root")), false],
    ["of a federated user", misusedCredentials("", accessKeyOf("FederatedUser", "john.developer")), false],
    ["without a user's name", misusedCredentials("", accessKeyOf("IAMUser")), false],
    [
      "of a member account's user",
      misusedCredentials("john.developer", { accountId: "444444444444" }),
      false,
    ],
    [
      "of a bucket that a user reads",
      misusedCredentials("john.developer", {
        type: "Exfiltration:S3/MaliciousIPCaller",
        resource: {
          resourceType: "S3Bucket",
          accessKeyDetails: accessKeyOf("IAMUser", "john.developer").resource.accessKeyDetails,
        },
      }),
      false,
    ],
    ["of a machine", misusedCredentials("", { resource: { resourceType: "Instance" } }), false],
    [
      "that another service sends",
      { ...misusedCredentials("john.developer"), source: "aws.securityhub" },
      false,
    ],
  ];
  for (const [what, event, expected] of CASES)
    it(`${expected ? "hears" : "does not hear"} a finding ${what}`, () => {
      assert.equal(hears(event), expected);
    });

  const LEAST = { HIGH: 7, MEDIUM: 4, LOW: 1 };
  for (const severity of ANSWERED_SEVERITIES)
    it(`hears from ${severity} those of ${String(LEAST[severity])}, and none below`, () => {
      const of = (value: number) => misusedCredentials("john.developer", { severity: value });
      assert.ok(hears(of(LEAST[severity]), severity));
      assert.ok(!hears(of(LEAST[severity] - 0.1), severity));
    });

  const HEARD = { HIGH: ["HIGH"], MEDIUM: ["HIGH", "MEDIUM"], LOW: ["HIGH", "MEDIUM", "LOW"] } as const;
  for (const from of ANSWERED_SEVERITIES)
    it(`hears from ${from} the types that are ${HEARD[from].join(" or ")} by AWS's default`, () => {
      const heard = ANSWERED_SEVERITIES.flatMap((severity) =>
        CREDENTIAL_FINDINGS[severity].filter((type) =>
          hears(misusedCredentials("john.developer", { type, severity: LEAST[severity] }), from),
        ),
      );
      assert.deepEqual(
        heard,
        HEARD[from].flatMap((severity) => CREDENTIAL_FINDINGS[severity]),
      );
    });

  for (const severity of ANSWERED_SEVERITIES)
    it(`docs/detectors.md has the types of severity ${severity}`, () => {
      const page = readFileSync(join(__dirname, "../../../docs/detectors.md"), "utf8");
      const [item = ""] = new RegExp(`^- \\*\\*${severity}\\*\\*(?:.|\\n )*`, "m").exec(page) ?? [];
      assert.deepEqual(item.match(/\w+:IAMUser\/[\w.]*\w/g), CREDENTIAL_FINDINGS[severity]);
    });
});

describe("the rules that tell of what else nobody is woken by", () => {
  const elsewhere = ["eu-central-1", "us-east-1"];
  const more = buildModel(
    { ...sampleOrganization(), otherRegions: elsewhere },
    sampleRoster(),
    SAMPLE_MOMENT,
  ).organization;
  const HOME = ["eu-west-1"];
  const rules = (answered: AnsweredSeverity, tellsFrom: FindingFilter["guardDuty"]) =>
    suspectedCredentialsRules({ organization: more, account }, answered, tellsFrom);

  const RANGES: readonly (readonly [
    answered: AnsweredSeverity,
    tellsFrom: FindingFilter["guardDuty"],
    listening: readonly (readonly [regions: readonly string[], severities: readonly (number | string)[]])[],
  ])[] = [
    [
      "HIGH",
      "NEVER",
      [
        [HOME, [">=", 4]],
        [elsewhere, [">=", 4]],
      ],
    ],
    [
      "HIGH",
      "CRITICAL",
      [
        [HOME, [">=", 4, "<", 9]],
        [elsewhere, [">=", 4, "<", 9]],
      ],
    ],
    [
      "MEDIUM",
      "HIGH",
      [
        [HOME, [">=", 4, "<", 7]],
        [elsewhere, [">=", 4, "<", 7]],
      ],
    ],
    ["MEDIUM", "MEDIUM", [[HOME, [">=", 4, "<", 7]]]],
    [
      "LOW",
      "MEDIUM",
      [
        [HOME, [">=", 1, "<", 7]],
        [elsewhere, [">=", 1, "<", 4]],
      ],
    ],
    ["LOW", "LOW", [[HOME, [">=", 1, "<", 7]]]],
  ];
  for (const [answered, tellsFrom, expected] of RANGES)
    it(`listen, where ${answered} is answered and all is told from ${tellsFrom}`, () => {
      assert.deepEqual(
        rules(answered, tellsFrom).map(({ regions, pattern }) => [
          regions,
          (JSON.parse(pattern) as { detail: { severity: [{ numeric: unknown }] } }).detail.severity[0]
            .numeric,
        ]),
        expected,
      );
    });

  it("hear what the response's rule hears otherwise, and say so in words", () => {
    const [rule] = rules("HIGH", "HIGH");
    assert.ok(rule);
    const { pattern, ...others } = rule;
    assert.deepEqual(others, {
      name: "infra-CredentialsSuspected",
      description:
        "CRITICAL: GuardDuty of users found credentials of a user in wrong hands, of severity 4 or more, below 7.",
      severity: "critical",
      regions: HOME,
      state: "ENABLED",
    });
    const hears = (changed: object): boolean =>
      matchesEventPattern(JSON.parse(pattern), misusedCredentials("john.developer", changed));
    assert.deepEqual(
      [
        { severity: 3.9 },
        { severity: 4 },
        { severity: 6.9 },
        { severity: 7 },
        accessKeyOf("AssumedRole", "infra-OpsR-prod"),
        { accountId: "444444444444" },
      ].map(hears),
      [false, true, true, false, false, false],
    );
  });
});

const asRole = (name: string): Caller => ({
  arn: `arn:aws:sts::111111111111:assumed-role/${name}/session`,
  accountId: "111111111111",
  context: {},
});

/** What IAM answers the automation's role. */
const asResponder = (
  action: string,
  resource: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Decision> =>
  decide({
    caller: asRole("infra-ResponderR"),
    policies: [responderPermissions(context, exempt)],
    action,
    resource,
    context: more,
  });

describe("the automation's role", () => {
  const withPolicy = (arn: string) => ({ "iam:PolicyARN": arn });
  const JOHN = `${IAM}:user/people/john.developer`;
  const CASES: readonly (readonly [string, string, string, Readonly<Record<string, string>>, Decision])[] = [
    ["puts a person in quarantine", "iam:AttachUserPolicy", JOHN, withPolicy(POLICY), "allowed"],
    [
      "gives nobody another policy",
      "iam:AttachUserPolicy",
      JOHN,
      withPolicy("arn:aws:iam::aws:policy/AdministratorAccess"),
      "denied",
    ],
    [
      "leaves the pipeline's users",
      "iam:AttachUserPolicy",
      `${IAM}:user/pipeline/infra-DeployU-users`,
      withPolicy(POLICY),
      "denied",
    ],
    ["leaves users of others", "iam:AttachUserPolicy", `${IAM}:user/john`, withPolicy(POLICY), "denied"],
    ...exempt.map(
      (name) =>
        [
          `leaves ${name}`,
          "iam:AttachUserPolicy",
          `${IAM}:user/people/${name}`,
          withPolicy(POLICY),
          "denied",
        ] as const,
    ),
    ["lets nobody out", "iam:DetachUserPolicy", JOHN, withPolicy(POLICY), "denied"],
    ["writes no policy into a user", "iam:PutUserPolicy", JOHN, {}, "denied"],
    ["changes no policy", "iam:CreatePolicyVersion", POLICY, {}, "denied"],
    ["gives itself nothing", "iam:AttachRolePolicy", RESPONDER, withPolicy(POLICY), "denied"],
    [
      "tells the topic of critical alarms",
      "sns:Publish",
      "arn:aws:sns:eu-west-1:111111111111:infra-alarms",
      {},
      "allowed",
    ],
    ["tells no other", "sns:Publish", "arn:aws:sns:eu-west-1:111111111111:infra-notices", {}, "denied"],
  ];
  for (const [what, action, resource, more, expected] of CASES)
    it(what, async () => {
      assert.equal(await asResponder(action, resource, more), expected);
    });
});

const service = (principal: string, conditions: Readonly<Record<string, string>>): Caller => ({
  arn: principal,
  accountId: "111111111111",
  context: { "aws:SourceAccount": "111111111111", ...conditions },
});

describe("the roles of the response", () => {
  const execution = { "aws:SourceArn": "arn:aws:ssm:eu-west-1:111111111111:automation-execution/1" };
  const CASES = [
    ["responder", "Systems Manager", service("ssm.amazonaws.com", execution), "allowed"],
    ["responder", "EventBridge", service("events.amazonaws.com", { "aws:SourceArn": RULE }), "denied"],
    [
      "responder",
      "Systems Manager for another account",
      service("ssm.amazonaws.com", { ...execution, "aws:SourceAccount": "999988887777" }),
      "denied",
    ],
    ["starter", "the rule", service("events.amazonaws.com", { "aws:SourceArn": RULE }), "allowed"],
    [
      "starter",
      "another rule",
      service("events.amazonaws.com", { "aws:SourceArn": RULE.replace("CredentialsMisused", "RootUsed") }),
      "denied",
    ],
  ] as const;
  for (const [role, who, caller, expected] of CASES)
    it(`${role}: ${who} is ${expected === "allowed" ? "admitted" : "refused"}`, async () => {
      const trust = role === "responder" ? automationTrust(context) : responseStarterTrust(context);
      const roleArn = role === "responder" ? RESPONDER : `${IAM}:role/infra-ResponseStarterR`;
      assert.equal(
        await decideAssumeRole({ caller, policies: [], roleArn, trust, sessionName: "response" }),
        expected,
      );
    });

  it("starter: starts the one automation with its role, and nothing else", async () => {
    const asStarter = (action: string, resource: string, more = {}): Promise<Decision> =>
      decide({
        caller: asRole("infra-ResponseStarterR"),
        policies: [responseStarterPermissions(context)],
        action,
        resource,
        context: more,
      });
    const automation = (name: string): string =>
      `arn:aws:ssm:eu-west-1:111111111111:automation-definition/${name}:$DEFAULT`;
    const toSsm = { "iam:PassedToService": "ssm.amazonaws.com" };
    assert.deepEqual(
      await Promise.all([
        asStarter("ssm:StartAutomationExecution", automation("infra-Quarantine")),
        asStarter("iam:PassRole", RESPONDER, toSsm),
        asStarter("ssm:StartAutomationExecution", automation("AWS-StopEC2Instance")),
        asStarter("iam:PassRole", `${IAM}:role/infra-DeployR-users`, toSsm),
        asStarter("iam:PassRole", RESPONDER, { "iam:PassedToService": "ec2.amazonaws.com" }),
      ]),
      ["allowed", "allowed", "denied", "denied", "denied"],
    );
  });
});

describe("the response to a finding", () => {
  /** Runs the automation on an event, and asks IAM as its role; answers with its steps and what was told. */
  async function respond(event: object) {
    const told: string[] = [];
    const steps = await runAutomation(
      quarantineAutomation(context),
      parametersFrom(quarantineInput, event),
      async (api, operation, input) => {
        const resource =
          api === "iam" ? `${IAM}:user/people/${input["UserName"] ?? ""}` : (input["TopicArn"] ?? "");
        const more = api === "iam" ? { "iam:PolicyARN": input["PolicyArn"] ?? "" } : {};
        if ((await asResponder(`${api}:${operation}`, resource, more)) === "denied")
          throw new Error("AccessDenied");
        if (api === "sns") told.push(`${input["Subject"] ?? ""}\n${input["Message"] ?? ""}`);
      },
    );
    return { steps, told };
  }

  it("denies a person everything, and says so", async () => {
    assert.deepEqual(await respond(misusedCredentials("john.developer")), {
      steps: ["Quarantine", "TellQuarantine"],
      told: [
        "CRITICAL: john.developer is quarantined\n" +
          "GuardDuty in eu-west-1 found UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom (finding 16afba5c5c43e07c9e3e5e2e544e95df) " +
          "about the credentials of john.developer. The user is denied everything, until somebody undoes it: " +
          "npm run offboard -- john.developer --undo. Sessions in roles go on: npm run offboard -- john.developer --now ends them.",
      ],
    });
  });

  it("leaves who is exempt, and says that it did not see the policy attached", async () => {
    assert.deepEqual(await respond(misusedCredentials("sarah.devops")), {
      steps: ["Quarantine", "TellFailure"],
      told: [
        "CRITICAL: sarah.devops is NOT quarantined\n" +
          "GuardDuty in eu-west-1 found UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom (finding 16afba5c5c43e07c9e3e5e2e544e95df) " +
          "about the credentials of sarah.devops. The policy was not seen attached: the user is exempt, is none of people's or is gone, or IAM refused or did not answer. " +
          "Look now; npm run offboard -- sarah.devops --now closes their access.",
      ],
    });
  });

  it("refuses a user's name that is none, and what an automation would read as one of its parameters", async () => {
    await assert.rejects(respond(misusedCredentials("john developer")), /UserName/);
    for (const [field, name] of [
      ["type", "FindingType"],
      ["id", "FindingId"],
      ["region", "Region"],
    ] as const)
      await assert.rejects(
        respond(misusedCredentials("john.developer", { [field]: "{{ UserName }}" })),
        new RegExp(name),
      );
  });

  it("starts whatever GuardDuty calls its findings, and however long their ids are", async () => {
    const { steps } = await respond(
      misusedCredentials("john.developer", {
        type: "Later:IAMUser/Something (new)",
        id: "0E1B7C2A-1111-4222-8333-444455556666/1234567890123456789012345678901234567890",
        region: "eu-west-1 (Ireland)",
      }),
    );
    assert.deepEqual(steps, ["Quarantine", "TellQuarantine"]);
  });

  it("puts on what denies everything", () => {
    assert.deepEqual(quarantinePolicy().Statement, [
      { Sid: "Quarantined", Effect: "Deny", Action: "*", Resource: "*" },
    ]);
  });
});
