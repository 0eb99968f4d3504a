import { sampleOrganization } from "../../support/rosters";
import type { PolicyCases, RefusedCase } from "../support/cases";
import { adding, removing, setting } from "../support/edits";
import { ALARM, FILTER, MEMBERSHIP, USER } from "../support/types";

const PIPELINE_USER = "infra-DeployU-dev";
const TAGS = { ManagedBy: "muster", Environment: "identity" };
const mallory = { name: "mallory", path: "/people/", tags: TAGS };

export const userRoster: PolicyCases = {
  passes: [
    {
      rule: "a pipeline's users, where the organization has them",
      stack: "dev",
      situation: { organization: { ...sampleOrganization(), pipeline: { kind: "users" } } },
      edits: [],
    },
  ],
  refuses: [
    {
      rule: "a pipeline's user on the path of people",
      stack: "dev",
      situation: { organization: { ...sampleOrganization(), pipeline: { kind: "users" } } },
      edits: [setting(USER, PIPELINE_USER, { path: "/people/" })],
      wrong: [[PIPELINE_USER, `The user ${PIPELINE_USER} has the path /people/ instead of /pipeline/.`]],
    },
    {
      rule: "nobody beside the roster",
      stack: "users",
      edits: [adding(USER, "mallory", mallory)],
      wrong: [["mallory", "The user mallory is nobody in the roster."]],
    },
    {
      rule: "no user outside the identity account",
      stack: "dev",
      edits: [adding(USER, "alex.dba", { name: "alex.dba", path: "/people/" })],
      wrong: [["alex.dba", "The user alex.dba would live in dev: users live in users only."]],
    },
    {
      rule: "a user has the path that trusts admit",
      stack: "users",
      edits: [setting(USER, "alex.dba", { path: "/" })],
      wrong: [["alex.dba", "The user alex.dba has the path / instead of /people/."]],
    },
    {
      rule: "a tag that grants roles is the roster's",
      stack: "users",
      edits: [setting(USER, "alex.dba", { tags: { ...TAGS, Category: "dba", "infra:prod": "+Ops+" } })],
      wrong: [
        ["alex.dba", "The tag infra:prod of the user alex.dba is +Ops+; by the roster it is +DbRead+."],
        ["alex.dba", "The tag infra:staging of the user alex.dba is missing; by the roster it is +Dba+."],
      ],
    },
    {
      rule: "and no other",
      stack: "users",
      edits: [
        setting(USER, "maria.cto", {
          tags: {
            ...TAGS,
            BreakGlassHolder: "true",
            Category: "executive",
            "infra:prod": "+Dashboard+",
            "infra:dev": "+Admin+",
          },
        }),
      ],
      wrong: [["maria.cto", "The user maria.cto has the tag infra:dev = +Admin+, which grants roles."]],
    },
    {
      rule: "nor in another case, which IAM does not tell apart",
      stack: "users",
      edits: [
        setting(USER, "maria.cto", {
          tags: {
            ...TAGS,
            BreakGlassHolder: "true",
            Category: "executive",
            "Infra:Prod": "+Dashboard+",
            "INFRA:dev": "+Admin+",
          },
        }),
      ],
      wrong: [
        ["maria.cto", "The user maria.cto has the tag INFRA:dev = +Admin+, which grants roles."],
        [
          "maria.cto",
          "The user maria.cto has the tag Infra:Prod, which IAM takes for infra:prod: it is the same without case.",
        ],
        [
          "maria.cto",
          "The tag infra:prod of the user maria.cto is missing; by the roster it is +Dashboard+.",
        ],
      ],
    },
  ],
};

export const userAttachment: PolicyCases = {
  refuses: [
    {
      rule: "no managed policy",
      stack: "users",
      edits: [
        adding("aws:iam/userPolicyAttachment:UserPolicyAttachment", "extra", {
          user: "alex.dba",
          policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
        }),
      ],
      wrong: [["extra", "extra gives something to the user alex.dba directly."]],
    },
    {
      rule: "no inline policy",
      stack: "users",
      edits: [adding("aws:iam/userPolicy:UserPolicy", "extra", { user: "alex.dba", policy: "{}" })],
      wrong: [["extra", "extra gives something to the user alex.dba directly."]],
    },
    {
      rule: "no membership from the user's side",
      stack: "users",
      edits: [
        adding("aws:iam/userGroupMembership:UserGroupMembership", "extra", {
          user: "alex.dba",
          groups: ["infra-PowerG"],
        }),
      ],
      wrong: [["extra", "extra gives something to the user alex.dba directly."]],
    },
    {
      rule: "nothing by a policy's list of users",
      stack: "users",
      edits: [
        adding("aws:iam/policyAttachment:PolicyAttachment", "extra", {
          users: ["alex.dba", "maria.cto"],
          policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
        }),
      ],
      wrong: [
        ["extra", "extra gives something to the user alex.dba directly."],
        ["extra", "extra gives something to the user maria.cto directly."],
      ],
    },
    {
      rule: "nothing by a list of all that a user has",
      stack: "users",
      edits: [
        adding("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", "extra", {
          userName: "alex.dba",
          policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        }),
      ],
      wrong: [["extra", "extra gives something to the user alex.dba directly."]],
    },
  ],
};

export const groupMembership: PolicyCases = {
  passes: [
    {
      rule: "the order of members is free",
      stack: "users",
      edits: [setting(MEMBERSHIP, "infra-PowerG", { users: ["sarah.devops", "chris.security"] })],
    },
  ],
  refuses: [
    {
      rule: "nobody too many, nobody missing",
      stack: "users",
      edits: [setting(MEMBERSHIP, "infra-PowerG", { users: ["sarah.devops", "john.developer", "mallory"] })],
      wrong: [
        [
          "infra-PowerG",
          "The members of infra-PowerG are not the roster's. Too many: john.developer, mallory. Missing: chris.security.",
        ],
      ],
    },
    {
      rule: "BreakGlass's group too",
      stack: "users",
      edits: [
        setting(MEMBERSHIP, "infra-BreakGlassG-prod", { users: ["maria.cto", "sarah.devops", "mallory"] }),
      ],
      wrong: [
        [
          "infra-BreakGlassG-prod",
          "The members of infra-BreakGlassG-prod are not the roster's. Too many: mallory.",
        ],
      ],
    },
  ],
};

export const accountAlarms: PolicyCases = {
  refuses: [
    {
      rule: "the root user is watched in every region",
      stack: "dev",
      edits: [setting("aws:cloudtrail/trail:Trail", "infra-trail", { isMultiRegionTrail: false })],
      wrong: [
        [
          "",
          "No trail writes what infra-RootUsed, infra-RolesChanged, infra-CredentialsChanged, infra-TrailChanged, infra-TrailBucketChanged, infra-KeyChanged, infra-OrganizationChanged, infra-OtherRegionUsed, " +
            "infra-SignInWithoutMfa, infra-SignInFailed, infra-CallRefused, infra-IamPolicyChanged, infra-BucketPolicyChanged, infra-RecorderChanged watches for.",
        ],
      ],
    },
    {
      rule: "PowerG is watched",
      stack: "users",
      edits: [removing(FILTER, "infra-PowerUsed")],
      wrong: [["", "No metric filter watches for what infra-PowerUsed is about."]],
    },
    {
      rule: "role tags are watched",
      stack: "users",
      edits: [setting(ALARM, "infra-RoleTagsChanged", { alarmActions: undefined })],
      wrong: [
        ["", "Nobody hears infra-RoleTagsChanged: it does not tell the topic of the account's alarms."],
      ],
    },
    ...(["users", "dev", "staging", "prod"] as const).map((stack): RefusedCase => ({
      rule: `the root user of ${stack} is watched`,
      stack,
      edits: [removing(FILTER, "infra-RootUsed")],
      wrong: [["", "No metric filter watches for what infra-RootUsed is about."]],
    })),
  ],
};

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const TOPIC = "arn:aws:sns:eu-west-1:222222222222:infra-alarms";
const unheard = (...names: readonly string[]): readonly (readonly [string, string])[] => [
  ["", `Nobody hears ${names.join(", ")}: no action tells a topic with a subscriber.`],
];

export const alarmHeard: PolicyCases = {
  passes: [
    {
      rule: "a rule that tells the topic, and one elsewhere that hands its events to the bus at home",
      stack: "dev",
      edits: [
        adding(RULE, "home", { name: "findings" }),
        adding(TARGET, "home", { rule: "findings", arn: TOPIC }),
        adding(RULE, "away", { name: "findings", region: "us-east-1" }),
        adding(TARGET, "away", {
          rule: "findings",
          region: "us-east-1",
          arn: "arn:aws:events:eu-west-1:222222222222:event-bus/default",
        }),
      ],
    },
    {
      rule: "an alarm of an adopter's own that scales something",
      stack: "dev",
      situation: {
        ownResources: [
          {
            stack: "dev",
            type: ALARM,
            name: "load",
            owner: "chris.security",
            reason: "Scales.",
            expires: "2026-12-15",
          },
        ],
      },
      edits: [adding(ALARM, "load", { alarmActions: ["arn:aws:autoscaling:eu-west-1:222222222222:x"] })],
    },
  ],
  refuses: [
    {
      rule: "a rule starts an automation that is not the response",
      stack: "users",
      edits: [
        adding(RULE, "stray", { name: "findings" }),
        adding(TARGET, "stray", {
          rule: "findings",
          arn: "arn:aws:ssm:eu-west-1:111111111111:automation-definition/infra-Quarantined:$DEFAULT",
        }),
      ],
      wrong: [["", "Nobody hears stray: no action tells a topic with a subscriber."]],
    },
    {
      rule: "an alarm of the account tells a topic",
      stack: "dev",
      edits: [
        setting(ALARM, "infra-RootUsed", { alarmActions: undefined }),
        setting(ALARM, "infra-TrailChanged", { actionsEnabled: false }),
        setting(ALARM, "infra-RolesChanged", {
          alarmActions: ["arn:aws:sns:eu-west-1:222222222222:elsewhere"],
        }),
      ],
      wrong: unheard("infra-RolesChanged", "infra-RootUsed", "infra-TrailChanged"),
    },
    {
      rule: "so does any other alarm, and any rule of EventBridge, in its own region",
      stack: "dev",
      edits: [
        adding(ALARM, "silent", { name: "silent" }),
        adding(RULE, "untold", { name: "untold" }),
        adding(RULE, "away", { name: "findings", region: "us-east-1" }),
        adding(TARGET, "home", { rule: "findings", arn: TOPIC }),
        adding(RULE, "abroad", { name: "abroad" }),
        adding(TARGET, "abroad", {
          rule: "abroad",
          arn: "arn:aws:events:eu-west-1:999999999999:event-bus/default",
        }),
      ],
      wrong: unheard("abroad", "away", "silent", "untold"),
    },
  ],
};
