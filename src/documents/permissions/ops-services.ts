/**
 * The services over which Ops has full power, and of which it has a part in prod. Not among
 * them, on purpose: what watches the account (CloudTrail, Config, GuardDuty, Security Hub), what builds with roles of its
 * own (CodeBuild, CodePipeline), what has permissions of its own inside (EKS, OpenSearch), source repositories,
 * organizations and billing. IAM and RDS have statements of their own.
 */
export const OPS_SERVICES = [
  "acm",
  "apigateway",
  "application-autoscaling",
  "autoscaling",
  "backup",
  "cloudformation",
  "cloudfront",
  "cloudwatch",
  "codedeploy",
  "dynamodb",
  "ec2",
  "ecr",
  "ecs",
  "elasticache",
  "elasticfilesystem",
  "elasticloadbalancing",
  "events",
  "firehose",
  "kinesis",
  "kms",
  "lambda",
  "logs",
  "redshift",
  "resource-groups",
  "route53",
  "s3",
  "scheduler",
  "secretsmanager",
  "servicediscovery",
  "servicequotas",
  "sns",
  "sqs",
  "ssm",
  "states",
  "tag",
  "wafv2",
  "xray",
] as const;

/** Services of the list above that Ops has whole in prod too: they keep no data, and share none. */
const WHOLE_IN_PROD = ["elasticloadbalancing", "servicequotas", "tag"] as const;

/**
 * What Ops has in prod of the other services, by list: an action that AWS adds is nobody's unless a pattern here already
 * says so. Not among them, on purpose: whatever deletes or expires data, shares or copies it, manages permissions, sets
 * passwords or changes code that runs as somebody else. `rds:ModifyDBInstance` and `ModifyDBCluster` set the master
 * password and the days that backups are kept, and no condition key tells: these changes are the pipeline's and Admin's.
 * So is what an API or a distribution does with requests: it may send them, and what patients write, anywhere. Deployments of
 * CodeDeploy bring code to machines, as their role: here they are stopped, which brings the revision before back.
 */
const SOME_IN_PROD = {
  acm: ["Describe*", "List*", "RequestC*"],
  apigateway: ["GET"],
  "application-autoscaling": ["Describe*"],
  // A group makes its machines and takes them away: that is what managing groups means. Ending a chosen machine is not.
  autoscaling: ["*Refresh", "*Processes", "Create*", "Describe*", "Put*", "SetD*", "Update*"],
  backup: ["Describe*", "Get*", "List*", "StartB*"],
  cloudformation: ["Cont*", "Describe*", "Get*", "List*", "Ro*"],
  cloudfront: ["CreateI*", "GetDist*", "GetI*", "List*"],
  codedeploy: ["BatchGet*", "Get*", "List*", "StopD*"],
  cloudwatch: ["*Alarms", "*AlarmActions", "*Dashboard*", "*Metric*"],
  dynamodb: ["CreateBackup", "Describe*", "List*", "UpdateTable"],
  ec2: [
    "*Address",
    "*InstanceProfile*",
    "*InternetGateway",
    "*NetworkAcl*",
    "*NetworkInterface",
    "*Route",
    "*RouteTable",
    "*SecurityGroup*",
    "*Subnet",
    "*Tags",
    "*Vpc",
    "*VpcEndpoint",
    "*VpcPeeringConnection",
    "CreateImage",
    "CreateLaunchTemplate",
    "CreateSnapshot*",
    "Describe*",
    "GetConsole*",
    "ModifyVolume",
    "R*Instances",
    "St*Instances",
  ],
  ecr: ["CreateRepository", "Describe*", "GetAuth*", "List*"],
  ecs: [
    // A service of Express Mode takes another image and keeps its role.
    "*eService",
    "*ServiceD*",
    "*TaskDefinition",
    "CreateCluster",
    "Describe*",
    "List*",
    "StopTask",
    "UpdateCa*",
    "UpdateCo*",
  ],
  elasticache: ["Describe*", "Incr*"],
  events: ["*Rule", "*Targets", "List*"],
  kinesis: ["Describe*", "List*", "UpdateSh*"],
  kms: ["Describe*", "EnableKey*", "Get*", "List*"],
  lambda: ["*Alias", "*Concurrency*", "CreateFunction", "GetEv*", "InvokeFunction", "List*"],
  logs: ["CreateLogGroup", "CreateLogStream", "Describe*", "Filter*", "Get*", "List*", "PutLogEvents", "St*"],
  route53: ["*HealthCheck*", "ChangeR*", "Get*", "List*"],
  s3: ["CreateBucket", "Get*Configuration", "GetAc*", "GetBucket*", "List*"],
  secretsmanager: [
    "CreateSecret",
    "Des*",
    "GetSecretValue",
    "List*",
    "PutSecretValue",
    "RotateSecret",
    "UpdateSecretV*",
  ],
  sns: ["*teTopic", "Get*", "List*", "Publish"],
  sqs: ["CreateQueue", "Get*", "List*", "SendMessage"],
  ssm: ["Describe*", "GetAu*", "GetC*", "GetD*", "GetP*", "List*", "PutP*"],
  states: ["DescribeStateM*", "List*", "St*Execution"],
  wafv2: ["*IPSet*", "*RuleGroup*", "*WebACL*"],
} as const satisfies Partial<Record<(typeof OPS_SERVICES)[number], readonly string[]>>;

/** Databases, which have a statement of their own for their region. */
export const DATABASES_IN_PROD = [
  "AddTags*",
  "CreateDB*",
  "Describe*",
  "FailoverD*",
  "List*",
  "ModifyDB*Group",
  "Reboot*",
  // From a file of S3 a database would come with a password of one's own.
  "RestoreDB*Snapshot",
  "RestoreDB*Time",
  "St*Cluster",
  "St*Instance",
].map((action) => `rds:${action}`);

/** What shows in prod who did and may do what, and how things are. */
const READING_IN_PROD = [
  "cloudtrail:Describe*",
  "cloudtrail:Get*",
  "cloudtrail:List*",
  "cloudtrail:Lookup*",
  "health:Describe*",
  "iam:Generate*",
  "iam:Get*",
  "iam:List*",
  "iam:Simulate*",
  "sts:Decode*",
] as const;

/** Everything of the listed services that Ops has in prod, and what it reads beside them. */
export const ACTIONS_IN_PROD: readonly string[] = [
  ...READING_IN_PROD,
  ...WHOLE_IN_PROD.map((service) => `${service}:*`),
  ...Object.entries(SOME_IN_PROD).flatMap(([service, actions]) =>
    actions.map((action) => `${service}:${action}`),
  ),
];
