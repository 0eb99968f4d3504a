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
 * says so. `Desc*` is `Describe*` in fewer characters, of which the boundary has few. Not among them, on purpose: whatever deletes or expires data, shares or copies it, manages permissions, sets
 * passwords or changes code that runs as somebody else. `rds:ModifyDBInstance` and `ModifyDBCluster` set the master
 * password and the days that backups are kept, and no condition key tells: these changes are the pipeline's and Admin's.
 * So is what an API or a distribution does with requests: it may send them, and what patients write, anywhere. Deployments of
 * CodeDeploy bring code to machines, as their role: here they are stopped, which brings the revision before back.
 */
const SOME_IN_PROD = {
  acm: ["Desc*", "List*", "RequestC*"],
  apigateway: ["GET"],
  "application-autoscaling": ["Describe*"],
  // A group makes its machines and takes them away: that is what managing groups means. Ending a chosen machine is not.
  autoscaling: ["*Refresh", "*Processes", "Create*", "Desc*", "Put*", "SetD*", "Update*"],
  backup: ["Desc*", "Get*", "List*", "StartB*"],
  cloudformation: ["Cont*", "Desc*", "Get*", "List*", "Ro*"],
  cloudfront: ["*Invalidation*", "GetDist*", "List*"],
  codedeploy: ["BatchGet*", "Get*", "List*", "StopD*"],
  cloudwatch: ["*Alarms", "*AlarmActions", "*Dashboard*", "*MetricS*", "Desc*", "GetM*", "ListM*"],
  dynamodb: ["CreateBackup", "Desc*", "List*", "UpdateTable"],
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
    "*PeeringConnection",
    "CreateImage",
    "CreateLaunchTemplate",
    "CreateSnapshot*",
    "Desc*",
    "GetConsole*",
    "ModifyVolume",
    "R*Instances",
    "St*Instances",
  ],
  ecr: ["CreateRepository", "Desc*", "GetAuth*", "List*"],
  ecs: [
    // A service of Express Mode takes another image and keeps its role.
    "*eService",
    "*ServiceD*",
    "CreateCluster",
    "DeregisterT*",
    "Desc*",
    "List*",
    "StopTask",
    "UpdateCa*",
    "UpdateCo*",
  ],
  elasticache: ["Desc*", "Incr*"],
  events: ["*Rule", "*Targets", "List*"],
  kinesis: ["Desc*", "List*", "UpdateSh*"],
  kms: ["Desc*", "EnableKey*", "Get*", "List*"],
  lambda: ["*Alias", "*Concurrency*", "CreateFunction", "GetEv*", "InvokeFunction", "List*"],
  logs: ["CreateLogG*", "CreateLogS*", "Desc*", "Filter*", "Get*", "List*", "PutLogE*", "St*"],
  route53: ["*HealthCheck*", "ChangeR*", "Get*", "List*"],
  s3: ["CreateBucket", "Get*Configuration", "GetAc*", "GetBucket*", "List*"],
  secretsmanager: [
    "CreateSecret",
    "Desc*",
    "GetSecretValue",
    "List*",
    "PutSecretV*",
    "RotateSecret",
    "UpdateSecretV*",
  ],
  // Without the telephones and the devices of those who are told.
  sns: ["*teTopic", "GetSu*", "GetT*", "ListSu*", "ListT*", "Publish"],
  sqs: ["CreateQueue", "Get*", "List*", "SendMessage"],
  ssm: ["Desc*", "GetAu*", "GetC*", "GetD*", "GetP*", "List*"],
  states: ["DescribeStateM*", "List*", "St*Execution"],
  wafv2: ["*IPSet*", "*RuleGroup*", "*WebACL*"],
} as const satisfies Partial<Record<(typeof OPS_SERVICES)[number], readonly string[]>>;

/** Databases, which have a statement of their own for their region. */
export const DATABASES_IN_PROD = [
  "AddTags*",
  "CreateDB*",
  "Desc*",
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

/**
 * AWS writes the trust and the permissions of these roles, and gives them their path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
const ROLES_OF_SERVICES = "iam:CreateServiceLinkedRole";

/** What shows in prod who did and may do what, and how things are. */
const READING_IN_PROD = [
  "cloudtrail:Describe*",
  "cloudtrail:Get*",
  "cloudtrail:List*",
  "cloudtrail:Lookup*",
  "health:Desc*",
  "iam:Generate*",
  "iam:Get*",
  "iam:List*",
  "iam:Simulate*",
  "sts:Dec*",
] as const;

/** Everything of the listed services that Ops has in prod, and what it reads beside them. */
export const ACTIONS_IN_PROD: readonly string[] = [
  ...READING_IN_PROD,
  ROLES_OF_SERVICES,
  ...WHOLE_IN_PROD.map((service) => `${service}:*`),
  ...Object.entries(SOME_IN_PROD).flatMap(([service, actions]) =>
    actions.map((action) => `${service}:${action}`),
  ),
];
