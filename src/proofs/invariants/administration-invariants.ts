import { OPS_ACCESS_TAG } from "../../model/names";
import type { RequestSet } from "../request-set";
import type { RoleInvariant } from "./role-invariant";
import { MUSTER_IAM_RESOURCES, MUSTER_RESOURCES, ORGANIZATION_ROLE } from "./muster-resources";

/** Who may change IAM, by design: DESIGN section 5. Ops equals Admin wherever no boundary holds it, which docs and matrix say. */
const ADMINISTRATORS = ["Admin", "BreakGlass", "Deploy", "dev/Ops", "staging/Ops"] as const;

/** The levels of actions that change something. */
export const CHANGING_LEVELS = ["Write", "Tagging", "Permissions management"] as const;

/** Becoming a role is the roles' trusts to say, and passing one has an invariant of its own. */
export const BECOMING_ACTIONS = [
  "sts:AssumeRole",
  "sts:TagSession",
  "sts:SetSourceIdentity",
  "iam:PassRole",
] as const;

/** The roles of machines. */
const MACHINES = "arn:aws:iam::{account}:role/workloads/{prefix}-instance-*";

const GIVES_MUSTERS_TAG = { Null: { "aws:RequestTag/ManagedBy": "false" } };

const HAS_MUSTERS_TAG = { StringEquals: { "aws:ResourceTag/ManagedBy": "muster" } };

/** Changes of the security group and the subnets of databases; a database may be put into them. */
const GATE_OF_DATABASES = [
  {
    actions: "ec2:*",
    levels: CHANGING_LEVELS,
    resources: "arn:aws:ec2:*:{account}:security-group/*",
    when: HAS_MUSTERS_TAG,
  },
  {
    actions: "rds:*",
    levels: CHANGING_LEVELS,
    except: ["rds:CreateDB*", "rds:ModifyDBInstance", "rds:Restore*"],
    resources: "arn:aws:rds:*:{account}:subgrp:{prefix}-*",
    when: HAS_MUSTERS_TAG,
    isKnownOnly: true,
  },
] as const satisfies readonly RequestSet[];

/** What keeps power with those who were given it. */
export const ADMINISTRATION = [
  {
    id: "iam-is-changed-by-administrators",
    says: "Nobody but Deploy, Admin and BreakGlass changes IAM outside /ops/.",
    source: "Bootstrap notes, roles; MenoTime, DevOps: cannot modify IAM user accounts",
    of: { except: ADMINISTRATORS },
    never: [
      {
        actions: "iam:*",
        levels: CHANGING_LEVELS,
        except: "iam:PassRole",
        exceptResources: ["role", "policy", "instance-profile", "server-certificate"].map(
          (type) => `arn:aws:iam::{account}:${type}/ops/*`,
        ),
      },
    ],
    // AWS writes the trust and the permissions of the roles that its services make for themselves, in the caller's account.
    apartFrom: [
      { actions: "iam:CreateServiceLinkedRole", resources: "arn:aws:iam::*:role/aws-service-role/*" },
    ],
  },
  {
    id: "ops-makes-bounded-roles",
    says: "Ops in prod makes and changes a role only with Ops' own boundary on it, and takes no boundary away.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    of: { labels: ["Ops"], environments: ["prod"] },
    never: [
      {
        actions: [
          "iam:AttachRolePolicy",
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:DetachRolePolicy",
          "iam:PutRolePermissionsBoundary",
          "iam:PutRolePolicy",
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole",
          "iam:UpdateRoleDescription",
        ],
        when: {
          StringNotEquals: {
            "iam:PermissionsBoundary": "arn:aws:iam::{account}:policy/{prefix}-OpsR-{key}-boundary",
          },
        },
      },
      { actions: ["iam:DeleteRolePermissionsBoundary", "iam:PutUserPermissionsBoundary"] },
    ],
  },
  {
    id: "users-are-the-rosters",
    says: "Nobody but Deploy, Admin and BreakGlass touches users, groups, credentials and identity providers.",
    source: "MenoTime, DevOps: cannot modify IAM user accounts",
    of: { except: ADMINISTRATORS },
    never: [
      {
        actions: "iam:*",
        levels: CHANGING_LEVELS,
        resources: ["user", "group", "mfa", "oidc-provider", "saml-provider"].map(
          (type) => `arn:aws:iam::*:${type}/*`,
        ),
      },
      {
        actions: [
          "iam:*AccessKey",
          "iam:*AccountAlias",
          "iam:*AccountPasswordPolicy",
          "iam:*LoginProfile",
          "iam:*MFADevice",
          "iam:*SSHPublicKey",
          "iam:*ServiceSpecificCredential",
          "iam:*SigningCertificate",
        ],
        levels: CHANGING_LEVELS,
        isKnownOnly: true,
      },
    ],
  },
  {
    id: "musters-things-stay",
    says: "Nobody but Deploy, Admin and BreakGlass changes what Muster makes: what has its name, and the gate of databases, which has its tag. The trail's role writes the trail's log group, EventBridge's tells the alarms' topics, and those of machines write the records of sessions; Dba gives the gate's subnets other tags than Muster's.",
    source: "DESIGN section 5; break-glass procedure: nobody edits who gets in",
    of: { except: ADMINISTRATORS },
    never: [
      {
        actions: "*",
        levels: CHANGING_LEVELS,
        except: BECOMING_ACTIONS,
        resources: MUSTER_RESOURCES,
        isKnownOnly: true,
      },
      ...GATE_OF_DATABASES,
    ],
    apartFrom: [
      {
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: "arn:aws:logs:*:{account}:log-group:{prefix}-trail:*",
        when: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::{account}:role/{prefix}-TrailR" } },
      },
      {
        actions: "sns:Publish",
        resources: ["arn:aws:sns:*:{account}:{prefix}-alarms", "arn:aws:sns:*:{account}:{prefix}-notices"],
        when: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::{account}:role/{prefix}-EventR" } },
      },
      {
        actions: ["logs:CreateLogStream", "logs:PutLogEvents", "s3:PutObject"],
        resources: [
          "arn:aws:logs:*:{account}:log-group:{prefix}-sessions:*",
          "arn:aws:s3:::{prefix}-sessions-{account}/*",
        ],
        when: { ArnLike: { "aws:PrincipalArn": MACHINES } },
      },
      {
        actions: "rds:AddTagsToResource",
        resources: "arn:aws:rds:*:{account}:subgrp:{prefix}-*",
        when: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::{account}:role/{prefix}-DbaR-{key}" },
          Null: { "aws:RequestTag/ManagedBy": "true" },
        },
      },
    ],
  },
  {
    id: "musters-tag-is-musters",
    says: "Nobody but administrators and Ops in prod gives or changes Muster's tag by an action that tags alone, or by one of RDS, or by one of EC2 that makes something: by that tag the gate of databases is closed to Ops in prod.",
    source: "Decision 142: a tag that one sets closes another out, or lets another in",
    of: { except: [...ADMINISTRATORS, "prod/Ops"] },
    never: [
      { actions: "*", levels: ["Tagging"], when: GIVES_MUSTERS_TAG, isKnownOnly: true },
      // What has no name of Muster's, and what is made with tags.
      {
        actions: ["ec2:Create*", "rds:*"],
        levels: CHANGING_LEVELS,
        when: GIVES_MUSTERS_TAG,
        isKnownOnly: true,
      },
    ],
  },
  {
    id: "ops-leaves-musters-things",
    says: "Ops in prod changes nothing that Muster makes, by whatever action AWS may add.",
    source: "DESIGN section 5, Ops",
    of: { labels: ["Ops"], environments: ["prod"] },
    never: [{ actions: "*", levels: CHANGING_LEVELS, except: BECOMING_ACTIONS, resources: MUSTER_RESOURCES }],
  },
  {
    id: "the-way-back-stays",
    says: "Nobody but Deploy, Admin and BreakGlass changes, becomes or passes the organization's own role.",
    source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html",
    of: { except: ADMINISTRATORS },
    never: [
      { actions: "iam:*", levels: CHANGING_LEVELS, resources: ORGANIZATION_ROLE },
      { actions: "sts:Assume*", resources: ORGANIZATION_ROLE },
    ],
  },
  {
    id: "an-emergency-operator-is-no-administrator",
    says: "BreakGlass as an emergency operator changes no role of Muster's, of workloads, under /ops/, of AWS's consoles, of CDK, Control Tower and stack sets or of the organization, and lets nobody in; roles of applications and machines are what it mends.",
    source: "Break-glass procedure, section 3: what an emergency operator may do",
    of: { labels: ["BreakGlass"], isEmergencyOperator: true },
    never: [
      {
        actions: "iam:*",
        levels: CHANGING_LEVELS,
        resources: [
          ORGANIZATION_ROLE,
          ...[
            "AWSCloudFormationStackSet*",
            "AWSControlTower*",
            "aws-controltower-*",
            "aws-reserved/*",
            "cdk-*",
            "ops/*",
            "service-role/*",
            "stacksets-exec-*",
            "workloads/*",
          ].map((name) => `arn:aws:iam::{account}:role/${name}`),
          ...MUSTER_IAM_RESOURCES,
        ],
      },
      { actions: ["iam:UpdateAssumeRolePolicy", "iam:Create*", "iam:PassRole"] },
    ],
  },
  {
    id: "tag-of-machines-is-administrators",
    says: "Nobody but Deploy, Admin, BreakGlass and Ops outside prod tags a machine, starts one with, or has a group of machines give, the tag by which Ops comes to machines.",
    source: "Decision 108: who comes to machines",
    of: { except: ADMINISTRATORS },
    never: [
      {
        actions: ["autoscaling:*", "ec2:Create*", "ec2:Request*", "ec2:Run*"],
        levels: ["Write", "Tagging"],
        when: { Null: { [`aws:RequestTag/${OPS_ACCESS_TAG}`]: "false" } },
        isKnownOnly: true,
      },
    ],
  },
  {
    id: "roles-are-passed-to-run-services",
    says: "Nobody but administrators passes a role, but for Developer those of services, and for Ops in prod those under /ops/.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    of: { except: [...ADMINISTRATORS, "Developer", "prod/Ops"] },
    never: [{ actions: "iam:PassRole" }],
  },
  {
    id: "developer-passes-services-roles",
    says: "Developer passes the roles of services alone, to containers and functions alone.",
    source: "MenoTime, service roles",
    of: { labels: ["Developer"] },
    never: [{ actions: "iam:PassRole" }],
    apartFrom: [
      {
        actions: "iam:PassRole",
        resources: "arn:aws:iam::{account}:role/workloads/*",
        when: {
          StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] },
        },
      },
    ],
  },
  {
    id: "ops-passes-its-own-roles",
    says: "Ops in prod passes the roles under /ops/ alone.",
    source: "DESIGN section 5, Ops",
    of: { labels: ["Ops"], environments: ["prod"] },
    never: [{ actions: "iam:PassRole", exceptResources: "arn:aws:iam::{account}:role/ops/*" }],
  },
] as const satisfies readonly RoleInvariant[];
