import { DATA_ACCESS, SOURCE_CODE_ACCESS } from "../../documents/permissions/data-access";
import { DEPLOYMENT_BUCKETS } from "../../documents/permissions/deployment-buckets";
import { CHANGING_LEVELS } from "./administration-invariants";
import { MUSTER_RESOURCES } from "./muster-resources";
import { API_KEYS, CONTENT_READS, CREDENTIAL_READS, SOURCE_CODE } from "./reading-invariants";
import type { RoleInvariant } from "./role-invariant";

/** Contents and credentials against which readers have no Deny: their own policies do not allow these. */
const NOT_DENIED = [
  "acm:*",
  "amplify:*",
  "aoss:DashboardsAccessAll",
  "appconfig:GetHostedConfigurationVersion",
  "apprunner:*",
  "appsync:*",
  "athena:CreatePresignedNotebookUrl",
  "batch:*",
  "bedrock-agentcore:GetResource*",
  "bedrock-agentcore:GetWorkload*",
  "cassandra:SelectMultiRegionResource",
  "chatbot:*",
  "chime:*",
  "cloud9:*",
  "cloudfront:*",
  "cloudwatch:*",
  "codepipeline:*",
  "cognito-idp:DescribeIdentityProvider",
  "cognito-idp:GetTokensFromRefreshToken",
  "cognito-idp:ListUserPoolClientSecrets",
  "connect:ListSecurityKeys",
  "ec2-instance-connect:*",
  "ec2:DescribeVpnConnections",
  "ecs:*",
  "eks-auth:*",
  "elasticbeanstalk:*",
  "elasticmapreduce:*",
  "gamelift:*",
  "grafana:*",
  "iam:*",
  "kendra:Retrieve",
  "lambda:ListFunctions",
  "license-manager:*",
  "lightsail:DownloadDefaultKeyPair",
  "lightsail:GetContainerServices",
  "lightsail:GetInstanceAccessDetails",
  "proton:*",
  "rds:*",
  "sagemaker:*",
  "serverlessrepo:*",
  "ses:*",
  "signin:*",
  "snowball:*",
  "ssm:GetAccessToken",
  "sso-directory:*",
  "storagegateway:*",
  "sts:*",
  "support:*",
  "synthetics:*",
  "wafv2:*",
  "workmailmessageflow:*",
] as const;

/** Credentials in settings, which the policy of a function, a project of CodeBuild, a catalog or a domain of packages may show. */
const SETTINGS = [
  "codeartifact:GetAuthorizationToken",
  "codebuild:BatchGetBuildBatches",
  "codebuild:BatchGetBuilds",
  "codebuild:BatchGetProjects",
  "glue:GetConnection",
  "glue:GetConnections",
  "lambda:GetFunction",
  "lambda:GetFunctionConfiguration",
  "lambda:ListVersionsByFunction",
] as const;

/** What those who need no contents never read, settings apart. */
const CONTENTS_AND_CREDENTIALS = [
  {
    actions: [...CONTENT_READS, ...CREDENTIAL_READS],
    except: [...NOT_DENIED, ...SETTINGS],
    isKnownOnly: true,
  },
  { actions: DATA_ACCESS },
] as const satisfies RoleInvariant["never"];

/** Muster's things but those of IAM, whose actions the boundary allows by path. */
const MUSTERS_OUTSIDE_IAM = MUSTER_RESOURCES.filter((arn) => !arn.startsWith("arn:aws:iam:"));

const DATABASE_SECRETS = ["rds!*", "*/rds/*"].map(
  (name) => `arn:aws:secretsmanager:*:{account}:secret:${name}`,
);

const OPS_IN_PROD = { labels: ["Ops"], environments: ["prod"] } as const;

/** What roles are denied by statements of their own, so that no policy of a bucket, a table, a queue, a key or a role lets them in. */
export const DENIALS = [
  {
    id: "read-stays-out-of-contents",
    says: "Whatever a resource's policy allows, Read in prod sees no contents and no source code, and gets none of the credentials that stores and settings keep, but for what NOT_DENIED lists.",
    source: "MenoTime, least privilege: reports, not raw data; decisions 134 and 162",
    of: { labels: ["Read"], environments: ["prod"] },
    isByDenialsAlone: true,
    never: [
      {
        actions: [...CONTENT_READS, ...CREDENTIAL_READS, ...SOURCE_CODE],
        except: NOT_DENIED,
        isKnownOnly: true,
      },
      { actions: [...DATA_ACCESS, ...SOURCE_CODE_ACCESS, ...SETTINGS] },
    ],
  },
  {
    id: "an-emergency-operator-stays-out-of-contents",
    says: "Whatever a resource's policy allows, BreakGlass as an emergency operator sees no contents and gets none of the credentials that stores and settings keep, but for what NOT_DENIED lists.",
    source: "Break-glass procedure, section 3: a reduced policy; decisions 134 and 162",
    of: { labels: ["BreakGlass"], isEmergencyOperator: true },
    isByDenialsAlone: true,
    never: [...CONTENTS_AND_CREDENTIALS, { actions: SETTINGS }],
  },
  {
    id: "security-stays-out-of-contents",
    says: "Whatever a resource's policy allows, Security in every account sees no contents but the trail's objects and gets none of the credentials that stores keep, but for what NOT_DENIED lists and the settings that it audits outside prod.",
    source: "MenoTime, Security: cannot access application data or databases; decision 134",
    of: { labels: ["Security"] },
    isByDenialsAlone: true,
    never: CONTENTS_AND_CREDENTIALS,
    apartFrom: [
      { actions: "s3:GetObject*", resources: "{trailObjects}" },
      {
        actions: "kms:Decrypt",
        when: {
          StringLike: {
            "kms:EncryptionContext:aws:cloudtrail:arn": "{trail}",
          },
        },
      },
    ],
  },
  {
    id: "security-stays-out-of-settings",
    says: "Whatever a resource's policy allows, Security in prod gets none of the credentials that settings of functions, builds and connections keep, and no token of a domain of packages.",
    source: "MenoTime, Security: cannot access application data or databases; decision 162",
    of: { labels: ["Security"], environments: ["prod"] },
    isByDenialsAlone: true,
    never: [{ actions: SETTINGS }],
  },
  {
    id: "ops-stays-out-of-contents",
    says: "Whatever a resource's policy allows, Ops in prod and every role of its making read no objects and no messages, neither read nor write items of tables, touch no secret under RDS's names or the seeds', reach no key of an API, and become no role.",
    source: "MenoTime, DevOps: cannot directly access database contents; decision 134",
    of: OPS_IN_PROD,
    isByDenialsAlone: true,
    never: [
      { actions: ["dynamodb:*Item", "s3:GetObject*", "sqs:ReceiveMessage"] },
      {
        actions: ["secretsmanager:*Secret", "secretsmanager:*SecretValue", "secretsmanager:*SecretVersion*"],
        resources: DATABASE_SECRETS,
        isKnownOnly: true,
      },
      { actions: "apigateway:*", resources: API_KEYS },
      { actions: "sts:Assume*", resources: "arn:aws:iam::*:role/*" },
    ],
  },
  {
    id: "ops-stays-out-of-musters-things",
    says: "Whatever a resource's policy allows, Ops in prod and every role of its making change nothing outside IAM that has a name of Muster's, a trail apart.",
    source: "DESIGN section 5, Ops; decision 134",
    of: OPS_IN_PROD,
    isByDenialsAlone: true,
    never: [
      // A trail takes no policy of its own; what stores its events is not Muster's.
      {
        actions: "*",
        levels: CHANGING_LEVELS,
        except: ["cloudtrail:*", "iam:*"],
        resources: MUSTERS_OUTSIDE_IAM,
      },
    ],
  },
  {
    id: "developer-stays-out-of-others-buckets",
    says: "Whatever a bucket's policy allows, Developer does nothing with Muster's buckets, nor with the one of Pulumi's state, and writes no object into those of deployment tools.",
    source: "MenoTime, developers; decision 20: whoever writes the state says what is deployed; decision 134",
    of: { labels: ["Developer"] },
    isByDenialsAlone: true,
    never: [
      { actions: "s3:*", resources: MUSTERS_OUTSIDE_IAM.filter((arn) => arn.startsWith("arn:aws:s3:")) },
      { actions: "s3:PutObject", resources: DEPLOYMENT_BUCKETS.map((bucket) => `arn:aws:s3:::${bucket}/*`) },
    ],
  },
] as const satisfies readonly RoleInvariant[];
