import type { PolicyCases, RefusedCase } from "../support/cases";
import { adding, removing, rewriting, rewritingStatement, setting } from "../support/edits";
import {
  ALARM,
  FILTER,
  POLICY,
  ROLE,
  ROLE_ATTACHMENT,
  ROLE_ATTACHMENTS,
  ROLE_POLICIES,
} from "../support/types";
import { organizationWithTrail } from "../../support/sample";

const TRUST = "assumeRolePolicy";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const user = (name: string): string => `arn:aws:iam::111111111111:user/people/${name}`;

export const roleSessionLength: PolicyCases = {
  passes: [
    {
      rule: "shorter is right, and an hour is AWS's default",
      stack: "dev",
      edits: [
        setting(ROLE, "infra-OpsR-dev", { maxSessionDuration: 3_600 }),
        setting(ROLE, "infra-AdminR-dev", { maxSessionDuration: undefined }),
      ],
    },
  ],
  refuses: [
    {
      rule: "BreakGlass an hour",
      stack: "prod",
      edits: [setting(ROLE, "infra-BreakGlassR-prod", { maxSessionDuration: 3_601 })],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          "infra-BreakGlassR-prod allows sessions of 3601 seconds; 1 hour is the most.",
        ],
      ],
    },
    {
      rule: "Ops four hours",
      stack: "prod",
      edits: [setting(ROLE, "infra-OpsR-prod", { maxSessionDuration: 28_800 })],
      wrong: [["infra-OpsR-prod", "infra-OpsR-prod allows sessions of 28800 seconds; 4 hours is the most."]],
    },
    {
      rule: "others eight hours",
      stack: "prod",
      edits: [setting(ROLE, "infra-ReadR-prod", { maxSessionDuration: 43_200 })],
      wrong: [
        ["infra-ReadR-prod", "infra-ReadR-prod allows sessions of 43200 seconds; 8 hours is the most."],
      ],
    },
    {
      rule: "partners an hour",
      stack: "prod",
      edits: [setting(ROLE, "infra-DataShareR-prod-acme", { maxSessionDuration: 7_200 })],
      wrong: [
        [
          "infra-DataShareR-prod-acme",
          "infra-DataShareR-prod-acme allows sessions of 7200 seconds; 1 hour is the most.",
        ],
      ],
    },
    {
      rule: "roles of services eight hours",
      stack: "dev",
      edits: [setting(ROLE, "infra-TrailR", { maxSessionDuration: 43_200 })],
      wrong: [["infra-TrailR", "infra-TrailR allows sessions of 43200 seconds; 8 hours is the most."]],
    },
    {
      rule: "or less, where it is configured",
      stack: "staging",
      situation: { settings: { "aws-iam-role-session-length": { operatorSeconds: 7_200 } } },
      edits: [],
      wrong: [
        ["infra-DbaR-staging", "infra-DbaR-staging allows sessions of 14400 seconds; 2 hours is the most."],
        ["infra-OpsR-staging", "infra-OpsR-staging allows sessions of 14400 seconds; 2 hours is the most."],
      ],
    },
  ],
};

export const roleBreakGlass: PolicyCases = {
  refuses: [
    {
      rule: "at most primary and backup",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-BreakGlassR-prod", TRUST, (statement) => {
          const holders = ["maria.cto", "sarah.devops", "mallory"].map(user);
          Object.assign(statement.Condition ?? {}, { ArnEquals: { "aws:PrincipalArn": holders } });
        }),
      ],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          "infra-BreakGlassR-prod admits more than two people: mallory, maria.cto, sarah.devops.",
        ],
      ],
    },
    {
      rule: "by name",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-BreakGlassR-prod", TRUST, (statement) => {
          delete statement.Condition?.["ArnEquals"];
        }),
      ],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          'The statement "Holders" in the trust of infra-BreakGlassR-prod names nobody.',
        ],
      ],
    },
    {
      rule: "with MFA",
      stack: "prod",
      edits: [
        rewritingStatement(ROLE, "infra-BreakGlassR-prod", TRUST, (statement) => {
          delete statement.Condition?.["Bool"];
        }),
      ],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          'The statement "Holders" in the trust of infra-BreakGlassR-prod does not ask for MFA.',
        ],
      ],
    },
    {
      rule: "at most one hour",
      stack: "prod",
      edits: [setting(ROLE, "infra-BreakGlassR-prod", { maxSessionDuration: 28_800 })],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          "infra-BreakGlassR-prod allows sessions of 28800 seconds, more than an hour.",
        ],
      ],
    },
  ],
};

export const roleBoundary: PolicyCases = {
  refuses: [
    {
      rule: "Ops in prod carries its boundary",
      stack: "prod",
      edits: [setting(ROLE, "infra-OpsR-prod", { permissionsBoundary: undefined })],
      wrong: [
        [
          "infra-OpsR-prod",
          "infra-OpsR-prod does not carry its boundary arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary.",
        ],
      ],
    },
    {
      rule: "and no other",
      stack: "prod",
      edits: [setting(ROLE, "infra-OpsR-prod", { permissionsBoundary: ADMINISTRATOR })],
      wrong: [
        [
          "infra-OpsR-prod",
          "infra-OpsR-prod carries the boundary arn:aws:iam::aws:policy/AdministratorAccess instead of arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary.",
        ],
      ],
    },
    {
      rule: "others carry none",
      stack: "dev",
      edits: [setting(ROLE, "infra-OpsR-dev", { permissionsBoundary: ADMINISTRATOR })],
      wrong: [
        [
          "infra-OpsR-dev",
          "infra-OpsR-dev carries the boundary arn:aws:iam::aws:policy/AdministratorAccess, which it should not.",
        ],
      ],
    },
    {
      rule: "a boundary that is unknown at preview is refused, not waved through",
      stack: "prod",
      edits: [setting(ROLE, "infra-OpsR-prod", { permissionsBoundary: { __pulumiUnknown: true } })],
      wrong: [
        [
          "infra-OpsR-prod",
          "string value at .permissionsBoundary can't be known during preview, so it cannot be checked: the program has to write it as a plain value.",
        ],
      ],
    },
  ],
};

export const roleInlinePolicy: PolicyCases = {
  refuses: [
    {
      rule: "no policy of a role's own",
      stack: "dev",
      edits: [adding("aws:iam/rolePolicy:RolePolicy", "extra", { role: "infra-ReadR-dev", policy: "{}" })],
      wrong: [["extra", "extra is an inline policy."]],
    },
    {
      rule: "nor of a group's",
      stack: "users",
      edits: [adding("aws:iam/groupPolicy:GroupPolicy", "extra", { group: "infra-PowerG", policy: "{}" })],
      wrong: [["extra", "extra is an inline policy."]],
    },
    {
      rule: "nor of a user's",
      stack: "users",
      edits: [adding("aws:iam/userPolicy:UserPolicy", "extra", { user: "alex.dba", policy: "{}" })],
      wrong: [["extra", "extra is an inline policy."]],
    },
    {
      rule: "nor within the role itself",
      stack: "dev",
      edits: [setting(ROLE, "infra-ReadR-dev", { inlinePolicies: [{ name: "extra", policy: "{}" }] })],
      wrong: [["infra-ReadR-dev", "infra-ReadR-dev has inline policies."]],
    },
    {
      rule: "and none may be left alone",
      stack: "dev",
      edits: [setting(ROLE_POLICIES, "infra-ReadR-dev", { policyNames: ["extra"] })],
      wrong: [["infra-ReadR-dev", "infra-ReadR-dev lets inline policies be: extra."]],
    },
  ],
};

export const roleAttachments: PolicyCases = {
  refuses: [
    {
      rule: "nothing more is attached to a role",
      stack: "prod",
      edits: [adding(ROLE_ATTACHMENT, "extra", { role: "infra-ReadR-prod", policyArn: ADMINISTRATOR })],
      wrong: [
        [
          "extra",
          "The policies attached to infra-ReadR-prod are not those of the roster. Too many: arn:aws:iam::aws:policy/AdministratorAccess.",
        ],
      ],
    },
    {
      rule: "nor to a group",
      stack: "users",
      edits: [
        adding("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "extra", {
          group: "infra-ManageOwnUserG",
          policyArn: ADMINISTRATOR,
        }),
      ],
      wrong: [
        [
          "extra",
          "The policies attached to infra-ManageOwnUserG are not those of the roster. Too many: arn:aws:iam::aws:policy/AdministratorAccess.",
        ],
      ],
    },
    {
      rule: "nor by the role itself",
      stack: "prod",
      edits: [setting(ROLE, "infra-ReadR-prod", { managedPolicyArns: [ADMINISTRATOR] })],
      wrong: [
        [
          "infra-ReadR-prod",
          "The policies attached to infra-ReadR-prod are not those of the roster. Too many: arn:aws:iam::aws:policy/AdministratorAccess.",
        ],
      ],
    },
    {
      rule: "the list of all says exactly what there is",
      stack: "prod",
      edits: [setting(ROLE_ATTACHMENTS, "infra-ReadR-prod", { policyArns: [ADMINISTRATOR] })],
      wrong: [
        [
          "infra-ReadR-prod",
          "The policies attached to infra-ReadR-prod are not those of the roster. Too many: arn:aws:iam::aws:policy/AdministratorAccess. Missing: arn:aws:iam::444444444444:policy/infra-ReadR-prod-holders, arn:aws:iam::444444444444:policy/infra-ReadR-prod-limits, arn:aws:iam::444444444444:policy/infra-ReadR-prod-permissions, arn:aws:iam::444444444444:policy/infra-ReadR-prod-permissions-2, arn:aws:iam::444444444444:policy/infra-ReadR-prod-permissions-3, arn:aws:iam::444444444444:policy/infra-ReadR-prod-permissions-4, arn:aws:iam::444444444444:policy/infra-ReadR-prod-permissions-5, arn:aws:iam::444444444444:policy/infra-ReadR-prod-permissions-6, arn:aws:iam::444444444444:policy/infra-ReadR-prod-permissions-7.",
        ],
      ],
    },
    {
      rule: "so does that of a group",
      stack: "users",
      edits: [
        setting("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", "infra-PowerG", {
          policyArns: [],
        }),
      ],
      wrong: [
        [
          "infra-PowerG",
          "The policies attached to infra-PowerG are not those of the roster. Missing: arn:aws:iam::111111111111:policy/infra-PowerG-permissions.",
        ],
      ],
    },
  ],
};

export const roleAdministratorAccess: PolicyCases = {
  refuses: [
    {
      rule: "Read is no administrator",
      stack: "prod",
      edits: [adding(ROLE_ATTACHMENT, "extra", { role: "infra-ReadR-prod", policyArn: ADMINISTRATOR })],
      wrong: [["extra", "extra attaches AdministratorAccess; only Admin and BreakGlass may have it."]],
    },
    {
      rule: "a group is none",
      stack: "users",
      edits: [
        adding("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "extra", {
          group: "infra-PowerG",
          policyArn: ADMINISTRATOR,
        }),
      ],
      wrong: [["extra", "extra attaches AdministratorAccess; only Admin and BreakGlass may have it."]],
    },
    {
      rule: "however it is attached",
      stack: "prod",
      edits: [
        setting(ROLE_ATTACHMENTS, "infra-ReadR-prod", { policyArns: [ADMINISTRATOR] }),
        setting(ROLE, "infra-ReadR-prod", { managedPolicyArns: [ADMINISTRATOR] }),
        adding("aws:iam/policyAttachment:PolicyAttachment", "everywhere", {
          roles: ["infra-AdminR-prod"],
          policyArn: ADMINISTRATOR,
        }),
      ],
      wrong: [
        [
          "infra-ReadR-prod",
          "infra-ReadR-prod attaches AdministratorAccess; only Admin and BreakGlass may have it.",
        ],
        [
          "infra-ReadR-prod",
          "infra-ReadR-prod attaches AdministratorAccess; only Admin and BreakGlass may have it.",
        ],
        ["everywhere", "everywhere attaches AdministratorAccess; only Admin and BreakGlass may have it."],
      ],
    },
    {
      rule: "nobody has what gives all of IAM",
      stack: "prod",
      edits: [
        adding(ROLE_ATTACHMENT, "extra", {
          role: "infra-AdminR-prod",
          policyArn: "arn:aws:iam::aws:policy/IAMFullAccess",
        }),
      ],
      wrong: [["extra", "extra attaches IAMFullAccess; nobody may have it."]],
    },
  ],
};

export const roleSessionEnd: PolicyCases = {
  passes: [
    {
      rule: "who also holds the role for good keeps their sessions",
      stack: "prod",
      edits: [
        rewriting(ROLE, "infra-DbReadR-prod", TRUST, ({ Statement }) => {
          Object.assign(Statement[1]?.Condition ?? {}, {
            ArnEquals: { "aws:PrincipalArn": user("alex.dba") },
          });
        }),
        setting(POLICY, "infra-DbReadR-prod-session-end", { policy: '{"Statement":[]}' }),
      ],
    },
  ],
  refuses: [
    {
      rule: "the Deny is attached",
      stack: "prod",
      edits: [removing(ROLE_ATTACHMENT, "infra-DbReadR-prod/infra-DbReadR-prod-session-end")],
      wrong: [
        [
          "infra-DbReadR-prod",
          "infra-DbReadR-prod does not end the sessions of john.developer when the grant ends, 2026-11-20T14:00:00Z.",
        ],
      ],
    },
    {
      rule: "it names the holder",
      stack: "dev",
      edits: [
        rewritingStatement(POLICY, "infra-DeveloperR-dev-session-end", "policy", (statement) => {
          Object.assign(statement.Condition ?? {}, { StringLike: { "aws:userid": "*:mallory" } });
        }),
      ],
      wrong: [
        [
          "infra-DeveloperR-dev",
          "infra-DeveloperR-dev does not end the sessions of kim.contractor when the grant ends, 2027-02-01T00:00:00Z.",
        ],
      ],
    },
    {
      rule: "it begins no later than the grant ends",
      stack: "dev",
      edits: [
        rewritingStatement(POLICY, "infra-DeveloperR-dev-session-end", "policy", (statement) => {
          Object.assign(statement.Condition ?? {}, {
            DateGreaterThanEquals: { "aws:CurrentTime": "2027-02-01T00:00:01Z" },
          });
        }),
      ],
      wrong: [
        [
          "infra-DeveloperR-dev",
          "infra-DeveloperR-dev does not end the sessions of kim.contractor when the grant ends, 2027-02-01T00:00:00Z.",
        ],
      ],
    },
    {
      rule: "it denies everything",
      stack: "dev",
      edits: [
        rewritingStatement(POLICY, "infra-DeveloperR-dev-session-end", "policy", (statement) => {
          statement.Action = "s3:*";
        }),
      ],
      wrong: [
        [
          "infra-DeveloperR-dev",
          "infra-DeveloperR-dev does not end the sessions of kim.contractor when the grant ends, 2027-02-01T00:00:00Z.",
        ],
      ],
    },
  ],
};

const ALARM_NAME = "infra-BreakGlassUsed";
const TRAIL = "aws:cloudtrail/trail:Trail";

export const roleBreakGlassAlarm: PolicyCases = {
  passes: [
    {
      rule: "a trail of the account's own, which the organization names",
      stack: "prod",
      edits: [],
      situation: { organization: organizationWithTrail("prod") },
    },
  ],
  refuses: [
    {
      rule: "a filter looks where the trail writes",
      stack: "prod",
      edits: [setting(FILTER, ALARM_NAME, { logGroupName: "organization-trail" })],
      wrong: [["infra-BreakGlassR-prod", "No trail writes what infra-BreakGlassUsed watches for."]],
    },
    {
      rule: "a filter counts nothing where nothing happened",
      stack: "prod",
      edits: [
        setting(FILTER, ALARM_NAME, {
          metricTransformation: { name: ALARM_NAME, namespace: "Muster", value: "1", defaultValue: "5" },
        }),
      ],
      wrong: [["infra-BreakGlassR-prod", "The metric filter of infra-BreakGlassUsed does not count events."]],
    },
    {
      rule: "it tells the account's own topic",
      stack: "prod",
      edits: [
        setting(ALARM, ALARM_NAME, { alarmActions: ["arn:aws:sns:eu-west-1:999999999999:infra-alarms"] }),
      ],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          "Nobody hears infra-BreakGlassUsed: it does not tell the topic of the account's alarms.",
        ],
      ],
    },
    {
      rule: "somebody has subscribed",
      stack: "prod",
      edits: [],
      situation: { config: { "muster:alarmSubscriptions": "[]" } },
      wrong: [
        [
          "infra-BreakGlassR-prod",
          "Nobody hears infra-BreakGlassUsed: nobody has subscribed. Add muster:alarmSubscriptions to Pulumi.prod.yaml.",
        ],
      ],
    },
    {
      rule: "a filter looks for its use",
      stack: "prod",
      edits: [setting(FILTER, ALARM_NAME, { pattern: '{ ($.eventName = "ConsoleLogin") }' })],
      wrong: [["infra-BreakGlassR-prod", "No metric filter watches for what infra-BreakGlassUsed is about."]],
    },
    {
      rule: "a trail brings the events",
      stack: "prod",
      edits: [removing(TRAIL, "infra-trail")],
      wrong: [["infra-BreakGlassR-prod", "No trail writes what infra-BreakGlassUsed watches for."]],
    },
    ...(
      [
        ["that does not stand still", { enableLogging: false }],
        ["of every region", { isMultiRegionTrail: false }],
        ["of services without a region", { includeGlobalServiceEvents: false }],
        ["into this log group", { cloudWatchLogsGroupArn: undefined }],
        ["whatever they are", { eventSelectors: [{ readWriteType: "ReadOnly" }] }],
        ["whatever they are, in the newer form", { advancedEventSelectors: [{ name: "none" }] }],
      ] as const
    ).map(([rule, inputs]): RefusedCase => ({
      rule,
      stack: "prod",
      edits: [setting(TRAIL, "infra-trail", inputs)],
      wrong: [["infra-BreakGlassR-prod", "No trail writes what infra-BreakGlassUsed watches for."]],
    })),
    {
      rule: "an alarm rings on it",
      stack: "prod",
      edits: [removing(ALARM, ALARM_NAME)],
      wrong: [["infra-BreakGlassR-prod", "No alarm rings at the first event of infra-BreakGlassUsed."]],
    },
    {
      rule: "at the first use",
      stack: "prod",
      edits: [setting(ALARM, ALARM_NAME, { threshold: 5 })],
      wrong: [["infra-BreakGlassR-prod", "No alarm rings at the first event of infra-BreakGlassUsed."]],
    },
    ...(
      [
        ["whatever somebody takes away from a sum", { statistic: "Sum" }],
        ["whatever the average is", { statistic: "Average" }],
        ["in whatever unit somebody puts data beside the filter's", { unit: undefined }],
        ["without waiting for more", { evaluationPeriods: 60 }],
        ["without waiting for more of them", { datapointsToAlarm: 2 }],
        ["in whatever dimension", { dimensions: { Host: "none" } }],
        ["by itself", { metricQueries: [{ id: "m", expression: "0" }] }],
      ] as const
    ).map(([rule, inputs]): RefusedCase => ({
      rule,
      stack: "prod",
      edits: [setting(ALARM, ALARM_NAME, inputs)],
      wrong: [["infra-BreakGlassR-prod", "No alarm rings at the first event of infra-BreakGlassUsed."]],
    })),
    ...(
      [
        ["by one", { value: "0" }],
        ["in one sum", { value: "1", dimensions: { Host: "$.sourceIPAddress" } }],
        ["without a unit", { value: "1", unit: "Bytes" }],
      ] as const
    ).map(([rule, transformation]): RefusedCase => ({
      rule: `its filter counts ${rule}`,
      stack: "prod",
      edits: [
        setting(FILTER, ALARM_NAME, {
          metricTransformation: { name: ALARM_NAME, namespace: "Muster", ...transformation },
        }),
      ],
      wrong: [["infra-BreakGlassR-prod", "The metric filter of infra-BreakGlassUsed does not count events."]],
    })),
    {
      rule: "on the filter's own metric",
      stack: "prod",
      edits: [setting(ALARM, ALARM_NAME, { metricName: "infra-SomethingElse" })],
      wrong: [["infra-BreakGlassR-prod", "No alarm rings at the first event of infra-BreakGlassUsed."]],
    },
    {
      rule: "somebody hears it",
      stack: "prod",
      edits: [setting(ALARM, ALARM_NAME, { alarmActions: [] })],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          "Nobody hears infra-BreakGlassUsed: it does not tell the topic of the account's alarms.",
        ],
      ],
    },
    {
      rule: "its action is not switched off, by a text either",
      stack: "prod",
      edits: [setting(ALARM, ALARM_NAME, { actionsEnabled: "false" })],
      wrong: [
        [
          "infra-BreakGlassR-prod",
          "Nobody hears infra-BreakGlassUsed: it does not tell the topic of the account's alarms.",
        ],
      ],
    },
  ],
};

export const roleEscalation: PolicyCases = {
  refuses: [
    {
      rule: "policies that are harmless one by one do not add up",
      stack: "dev",
      edits: [
        rewriting(POLICY, "infra-SecurityR-dev-permissions", "policy", ({ Statement }) => {
          Statement.push({
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: "arn:aws:iam::222222222222:role/*",
          });
        }),
        rewriting(POLICY, "infra-SecurityR-dev-limits", "policy", ({ Statement }) => {
          Statement.push({ Effect: "Allow", Action: "ec2:RunInstances", Resource: "*" });
        }),
      ],
      wrong: [
        [
          "infra-SecurityR-dev",
          "The policies of infra-SecurityR-dev together open known ways up: ec2-001 (iam:PassRole with ec2:RunInstances).",
        ],
      ],
    },
    {
      rule: "nor do those of a group",
      stack: "users",
      edits: [
        rewriting(POLICY, "infra-ManageOwnUserG-permissions", "policy", ({ Statement }) => {
          Statement.push({ Effect: "Allow", Action: "iam:AddUserToGroup", Resource: "*" });
        }),
      ],
      wrong: [
        [
          "infra-ManageOwnUserG",
          "The policies of infra-ManageOwnUserG together open known ways up: iam-013 (iam:AddUserToGroup).",
        ],
      ],
    },
  ],
};
