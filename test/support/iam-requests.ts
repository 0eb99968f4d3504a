import type { RecordedCall } from "../../sandbox/provider/call-recorder";
import type { RequestContext } from "../../src/access/caller";
import { VALIDATION_VERSION } from "../../src/documents/databases/database-key";

/** What IAM is asked before AWS does something: an action, an ARN or `*`, and the condition keys that tell it apart. */
export type IamRequest = readonly [action: string, resource: string, context?: RequestContext];

const KEY_ID = "11111111-1111-1111-1111-111111111111";
const GROUP_ID = "sg-0123456789abcdef0";
const NETWORK_ID = "vpc-0123456789abcdef0";
const DETECTOR_ID = "1234567890abcdef1234567890abcdef";
const CONFIG_ROLE = "AWSServiceRoleForConfig";
// What AWS adds to the name of a recorder, and names a rule by.
const CONFIG_ID = "abcdef";
const SECRET_SUFFIX = "AbCdEf";

/** A recorded line, in which ids that AWS makes up are the same in every recording. */
export function readCall(line: string): RecordedCall {
  const stable = line
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, KEY_ID)
    .replace(/\b[0-9a-f]{32}\b/g, DETECTOR_ID)
    .replace(/\bsg-[0-9a-f]{8,17}\b/g, GROUP_ID)
    .replace(/\bvpc-[0-9a-f]{8,17}\b/g, NETWORK_ID)
    .replace(/(:config-rule\/config-rule)-\w{6}\b/g, `$1-${CONFIG_ID}`)
    .replace(/(:secret:[\w/+=.@-]+)-\w{6}"/g, `$1-${SECRET_SUFFIX}"`);
  return JSON.parse(stable) as RecordedCall;
}

type Input = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

interface WrittenTag {
  readonly Key?: string;
  readonly TagKey?: string;
  readonly Value?: string;
  readonly TagValue?: string;
}

/** The tags that a request brings, however its service writes them. */
function tagsOf(input: Input): Readonly<Record<string, string>> {
  const specified = input["TagSpecifications"] as
    readonly { readonly Tags?: readonly WrittenTag[] }[] | undefined;
  const tagging = input["Tagging"] as { readonly TagSet?: readonly WrittenTag[] } | undefined;
  const written =
    input["Tags"] ?? input["TagsList"] ?? specified?.[0]?.Tags ?? tagging?.TagSet ?? input["tags"];
  if (!Array.isArray(written)) return (written ?? {}) as Record<string, string>;
  return Object.fromEntries(
    (written as readonly WrittenTag[]).map(({ Key, TagKey, Value, TagValue }) => [
      Key ?? TagKey ?? "",
      Value ?? TagValue ?? "",
    ]),
  );
}

/** Of a request's tags, policies ask about the one that says whose something is. */
const OWNER = "ManagedBy";

/** Of a resource's tags, they ask about these. */
const RESOURCE_TAGS = [OWNER, "Name"];

function requestTags(input: Input): RequestContext {
  const tags = tagsOf(input);
  const owner = tags[OWNER];
  const keys = Object.keys(tags).length > 0 ? Object.keys(tags) : removedKeys(input);
  return {
    ...(owner !== undefined && { [`aws:RequestTag/${OWNER}`]: owner }),
    ...(keys.length > 0 && { "aws:TagKeys": [...keys].sort() }),
  };
}

const removedKeys = (input: Input): readonly string[] =>
  (input["TagKeys"] ?? input["tagKeys"] ?? []) as string[];

const hasTags = ({ input }: RecordedCall): boolean => Object.keys(tagsOf(input)).length > 0;

/** ARNs of each account's roles, users, groups and policies, whose paths requests do not name. */
export type IamArns = ReadonlyMap<string, string>;

const iamKey = (account: string, kind: string, name: string): string =>
  `${account} ${kind} ${name.toLowerCase()}`;

/** `instance-profile` of `InstanceProfile`. */
const inArn = (kind: string): string => kind.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();

/** What a recording tells of paths: whatever has one is created in it. */
export function iamArnsIn(calls: readonly RecordedCall[]): IamArns {
  const arns = new Map<string, string>();
  for (const { call, input, account } of calls) {
    const kind = /^IAM\.(?:Create|Update)(Role|User|Group|Policy|InstanceProfile)$/.exec(call)?.[1];
    if (kind === undefined) continue;
    const name = text(input[`New${kind}Name`]) || text(input[`${kind}Name`]);
    const path = text(input["Path"]) || text(input["NewPath"]) || "/";
    arns.set(iamKey(account, kind, name), `arn:aws:iam::${account}:${inArn(kind)}${path}${name}`);
  }
  return arns;
}

/** A role is put into a profile, and a user into a group: the request is about the latter. */
const HAVE_PATHS = ["InstanceProfile", "Group", "Role", "User", "Policy"] as const;

function iamResources({ input, account }: RecordedCall, arns: IamArns): readonly string[] {
  const own = (rest: string): string => `arn:aws:iam::${account}:${rest}`;
  // The one role that AWS wrote among what stacks make. A task that deletes it has its name.
  if (
    ["AWSServiceName", "DeletionTaskId"].some((key) => input[key] !== undefined) ||
    text(input["RoleName"]) === CONFIG_ROLE
  )
    return [own(`role/aws-service-role/config.amazonaws.com/${CONFIG_ROLE}`)];
  for (const kind of HAVE_PATHS) {
    const name = text(input[`${kind}Name`]);
    if (name === "") continue;
    const renamed = text(input[`New${kind}Name`]);
    return [name, ...(renamed === "" || renamed === name ? [] : [renamed])].map(
      (one) => arns.get(iamKey(account, kind, one)) ?? own(`${inArn(kind)}/${one}`),
    );
  }
  const named =
    text(input["PolicyArn"]) || text(input["SerialNumber"]) || text(input["OpenIDConnectProviderArn"]);
  if (named !== "") return [named];
  const url = text(input["Url"]);
  return [url === "" ? "*" : own(`oidc-provider/${url.replace(/^https:\/\//, "")}`)];
}

function iam(call: RecordedCall, action: string, arns: IamArns): readonly IamRequest[] {
  const { input } = call;
  const boundary = text(input["PermissionsBoundary"]);
  const policy = text(input["PolicyArn"]);
  const isAttachment = /^(Attach|Detach)/.test(action);
  const context: RequestContext = {
    ...requestTags(input),
    ...(boundary !== "" && { "iam:PermissionsBoundary": boundary }),
    ...(isAttachment && { "iam:PolicyARN": policy }),
    ...(input["AWSServiceName"] !== undefined && { "iam:AWSServiceName": text(input["AWSServiceName"]) }),
  };
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html
  const passed = action === "AddRoleToInstanceProfile" ? text(input["RoleName"]) : "";
  const role =
    arns.get(iamKey(call.account, "Role", passed)) ?? `arn:aws:iam::${call.account}:role/${passed}`;
  const tagging = hasTags(call) ? /^Create(.*)$/.exec(action)?.[1] : undefined;
  return iamResources(call, arns).flatMap((resource): readonly IamRequest[] => [
    [`iam:${action}`, resource, context],
    ...(passed === ""
      ? []
      : ([["iam:PassRole", role, { "iam:PassedToService": "ec2.amazonaws.com" }]] as const)),
    ...(tagging === undefined ? [] : ([[`iam:Tag${tagging}`, resource, requestTags(input)]] as const)),
  ]);
}

function kms(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const inRegion = `arn:aws:kms:${region}:${account}`;
  const key = `${inRegion}:key/${KEY_ID}`;
  const alias = text(input["AliasName"]);
  const named = `kms:${action}`;
  if (action === "ListAliases") return [[named, "*"]];
  // An alias is changed by who may change it and the key. https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
  if (alias !== "")
    return [
      [named, `${inRegion}:${alias}`],
      [named, key],
    ];
  if (action !== "CreateKey") return [[named, key, requestTags(input)]];
  return [
    [named, "*", requestTags(input)],
    // https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
    ...(hasTags(call) ? ([["kms:TagResource", key, requestTags(input)]] as const) : []),
  ];
}

function sns(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `sns:${action}`;
  // SNS names no type of resource for subscriptions.
  if (input["SubscriptionArn"] !== undefined) return [[named, "*"]];
  const topic = text(input["TopicArn"]) || text(input["ResourceArn"]);
  if (action !== "CreateTopic") return [[named, topic, requestTags(input)]];
  const created = `arn:aws:sns:${region}:${account}:${text(input["Name"])}`;
  return [
    [named, created, requestTags(input)],
    // https://docs.aws.amazon.com/sns/latest/dg/sns-tags-configuring.html
    ...(hasTags(call) ? ([["sns:TagResource", created, requestTags(input)]] as const) : []),
  ];
}

function cloudwatch(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const alarm = (name: string): string => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
  const named = `cloudwatch:${action}`;
  if (action === "DescribeAlarms") return [[named, alarm("*")]];
  const names = (input["AlarmNames"] ?? []) as readonly string[];
  const resource = text(input["ResourceARN"]) || alarm(text(input["AlarmName"]) || (names[0] ?? ""));
  const tags = requestTags(input);
  return [
    [named, resource, tags],
    ...(action === "PutMetricAlarm" && hasTags(call)
      ? ([["cloudwatch:TagResource", resource, tags]] as const)
      : []),
  ];
}

function logs(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `logs:${action}`;
  if (action === "DescribeLogGroups") return [[named, "*"]];
  const group = `arn:aws:logs:${region}:${account}:log-group:${text(input["logGroupName"])}`;
  const resource = text(input["resourceArn"]) || group;
  const tags = requestTags(input);
  return [
    [named, resource, tags],
    ...(action === "CreateLogGroup" && hasTags(call)
      ? ([["logs:TagResource", resource, tags]] as const)
      : []),
  ];
}

function events(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `events:${action}`;
  const name = text(input["Rule"]) || text(input["Name"]);
  const rule = text(input["ResourceARN"]) || `arn:aws:events:${region}:${account}:rule/${name}`;
  const tags = requestTags(input);
  const targets = (input["Targets"] ?? []) as readonly { readonly RoleArn?: string }[];
  return [
    [named, rule, tags],
    ...(action === "PutRule" && hasTags(call) ? ([["events:TagResource", rule, tags]] as const) : []),
    ...targets.flatMap(({ RoleArn }): readonly IamRequest[] =>
      RoleArn === undefined
        ? []
        : [["iam:PassRole", RoleArn, { "iam:PassedToService": "events.amazonaws.com" }]],
    ),
  ];
}

function cloudtrail(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `cloudtrail:${action}`;
  const [listed] = (input["ResourceIdList"] ?? []) as readonly string[];
  const name = text(input["Name"]) || text(input["ResourceId"]) || (listed ?? "");
  const trail = name.startsWith("arn:") ? name : `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;
  const role = text(input["CloudWatchLogsRoleArn"]);
  const tags = requestTags(input);
  return [
    [named, trail, tags],
    ...(action === "CreateTrail" && hasTags(call) ? ([["cloudtrail:AddTags", trail, tags]] as const) : []),
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html
    ...(role === ""
      ? []
      : ([["iam:PassRole", role, { "iam:PassedToService": "cloudtrail.amazonaws.com" }]] as const)),
  ];
}

/** Where S3's permissions are not named like its operations: the API's reference says it of each operation. */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeleteBucketTagging: "PutBucketTagging",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  HeadBucket: "ListBucket",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
};

function s3({ input }: RecordedCall, operation: string): readonly IamRequest[] {
  return [[`s3:${S3_ACTIONS[operation] ?? operation}`, `arn:aws:s3:::${text(input["Bucket"])}`]];
}

function ec2(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `ec2:${action}`;
  if (action.startsWith("Describe") || action.endsWith("EbsEncryptionByDefault")) return [[named, "*"]];
  const inRegion = `arn:aws:ec2:${region}:${account}`;
  const group = `${inRegion}:security-group/${GROUP_ID}`;
  const tags = requestTags(input);
  if (action !== "CreateSecurityGroup") return [[named, group, tags]];
  return [
    [named, group, tags],
    [named, `${inRegion}:vpc/${NETWORK_ID}`],
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    ...(hasTags(call) ? ([["ec2:CreateTags", group, { ...tags, "ec2:CreateAction": action }]] as const) : []),
  ];
}

function secretsmanager(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `secretsmanager:${action}`;
  const prefix = `arn:aws:secretsmanager:${region}:${account}:secret:`;
  const name = text(input["Name"]) || text(input["SecretId"]).slice(prefix.length, -SECRET_SUFFIX.length - 1);
  const secret = `${prefix}${name}-${SECRET_SUFFIX}`;
  // A rotation has no tags of its own: what is rotated is a secret of the program, which has its tag by then.
  const tags = action.includes("Rotate") ? { [`aws:ResourceTag/${OWNER}`]: "muster" } : requestTags(input);
  return [
    [named, secret, tags],
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
    ...(action === "CreateSecret" && hasTags(call)
      ? ([["secretsmanager:TagResource", secret, tags]] as const)
      : []),
    ...(input["KmsKeyId"] === undefined ? [] : throughSecretsManager(call)),
  ];
}

/**
 * Secrets Manager tries a secret's own key in its caller's name, under a version that no secret has.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-using-cmk
 */
function throughSecretsManager({ region, account }: RecordedCall): readonly IamRequest[] {
  const context = {
    "kms:CallerAccount": account,
    "kms:EncryptionContext:SecretVersionId": VALIDATION_VERSION,
    "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
  };
  const key = `arn:aws:kms:${region}:${account}:key/${KEY_ID}`;
  return [
    ["kms:Decrypt", key, context],
    ["kms:GenerateDataKey", key, context],
  ];
}

/** A role that AWS writes, for a service that is switched on for the first time. */
const serviceLinkedRole = ({ account }: RecordedCall, service: string, name: string): IamRequest => [
  "iam:CreateServiceLinkedRole",
  `arn:aws:iam::${account}:role/aws-service-role/${service}/${name}`,
  { "iam:AWSServiceName": service },
];

function guardduty(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `guardduty:${action}`;
  const tags = requestTags(input);
  if (action === "CreateDetector")
    return [
      [named, "*", tags],
      ...(hasTags(call)
        ? ([
            ["guardduty:TagResource", `arn:aws:guardduty:${region}:${account}:detector/${DETECTOR_ID}`, tags],
          ] as const)
        : []),
      serviceLinkedRole(call, "guardduty.amazonaws.com", "AWSServiceRoleForAmazonGuardDuty"),
    ];
  const features = (input["Features"] ?? []) as readonly {
    readonly Name?: string;
    readonly Status?: string;
  }[];
  const scansVolumes = features.some(
    ({ Name, Status }) => Name === "EBS_MALWARE_PROTECTION" && Status === "ENABLED",
  );
  return [
    [
      named,
      text(input["ResourceArn"]) || `arn:aws:guardduty:${region}:${account}:detector/${DETECTOR_ID}`,
      tags,
    ],
    ...(scansVolumes
      ? [
          serviceLinkedRole(
            call,
            "malware-protection.guardduty.amazonaws.com",
            "AWSServiceRoleForAmazonGuardDutyMalwareProtection",
          ),
        ]
      : []),
  ];
}

function configservice(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `config:${action}`;
  const inRegion = `arn:aws:config:${region}:${account}`;
  const tags = requestTags(input);
  if (action.includes("ConfigurationRecorder")) {
    const recorder = `${inRegion}:configuration-recorder/infra-recorder/${CONFIG_ID}`;
    // https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html
    return action === "PutConfigurationRecorder"
      ? [
          [named, recorder],
          [
            "iam:PassRole",
            `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/${CONFIG_ROLE}`,
            { "iam:PassedToService": "config.amazonaws.com" },
          ],
        ]
      : [[named, recorder]];
  }
  // No type of resource is named for channels, nor for a list of rules.
  if (action.includes("DeliveryChannel") || action === "DescribeConfigRules") return [[named, "*"]];
  const rule = `${inRegion}:config-rule/config-rule-${CONFIG_ID}`;
  return [
    [named, rule, tags],
    // https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigRule.html
    ...(action === "PutConfigRule" && hasTags(call) ? ([["config:TagResource", rule, tags]] as const) : []),
  ];
}

/** Its settings have no ARN that the actions require. */
function securityhub(call: RecordedCall, action: string): readonly IamRequest[] {
  return [
    [`securityhub:${action}`, "*"],
    ...(action === "EnableSecurityHub"
      ? [serviceLinkedRole(call, "securityhub.amazonaws.com", "AWSServiceRoleForSecurityHub")]
      : []),
  ];
}

function accessanalyzer(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const named = `arn:aws:access-analyzer:${region}:${account}:analyzer/${text(input["analyzerName"])}`;
  const resource = text(input["resourceArn"]) || named;
  const tags = requestTags(input);
  return [
    [`access-analyzer:${action}`, resource, tags],
    ...(action === "CreateAnalyzer"
      ? [
          ...(hasTags(call) ? ([["access-analyzer:TagResource", resource, tags]] as const) : []),
          serviceLinkedRole(call, "access-analyzer.amazonaws.com", "AWSServiceRoleForAccessAnalyzer"),
        ]
      : []),
  ];
}

function rds(call: RecordedCall, action: string): readonly IamRequest[] {
  const { input, region, account } = call;
  const name = text(input["DBSubnetGroupName"]);
  const group = text(input["ResourceName"]) || `arn:aws:rds:${region}:${account}:subgrp:${name}`;
  const tags = requestTags(input);
  return [
    [`rds:${action}`, group, tags],
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html
    ...(action === "CreateDBSubnetGroup" && hasTags(call)
      ? ([["rds:AddTagsToResource", group, tags]] as const)
      : []),
  ];
}

function ssm({ input, region, account }: RecordedCall, action: string): readonly IamRequest[] {
  const name = text(input["Name"]) || text(input["ResourceId"]);
  const document = `arn:aws:ssm:${region}:${account}:document/${name}`;
  const tags = requestTags(input);
  return [
    [`ssm:${action}`, document, tags],
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html
    ...(action === "CreateDocument" && Object.keys(tags).length > 0
      ? ([["ssm:AddTagsToResource", document, tags]] as const)
      : []),
  ];
}

/** S3 Control's operations have the permissions of the account's block. */
const s3control = (_: RecordedCall, operation: string): readonly IamRequest[] => {
  const action = operation.replace(/^(?:Delete|Put)PublicAccessBlock$/, "PutAccountPublicAccessBlock");
  return [[`s3:${action.replace(/^GetPublicAccessBlock$/, "GetAccountPublicAccessBlock")}`, "*"]];
};

const contacts = (_: RecordedCall, action: string): readonly IamRequest[] => [[`account:${action}`, "*"]];

const SERVICES: Readonly<
  Record<string, (call: RecordedCall, operation: string, arns: IamArns) => readonly IamRequest[]>
> = {
  AccessAnalyzer: accessanalyzer,
  Account: contacts,
  CloudTrail: cloudtrail,
  CloudWatch: cloudwatch,
  CloudWatchLogs: logs,
  ConfigService: configservice,
  EC2: ec2,
  GuardDuty: guardduty,
  EventBridge: events,
  IAM: iam,
  KMS: kms,
  RDS: rds,
  S3: s3,
  S3Control: s3control,
  SecretsManager: secretsmanager,
  SecurityHub: securityhub,
  SNS: sns,
  SSM: ssm,
};

/**
 * Tags that something is created with count from its creation, but those of a key only minutes later.
 * https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
 */
const isCreatedAlready = (call: string): boolean => !/^KMS\.|\.(?:Create|Put)/.test(call);

/** The tags of what a call is made for, as they were before; other things' tags are not known. */
function withResourceTags(
  { call, operation, arn, tags }: RecordedCall,
  [action, resource, context = {}]: IamRequest,
): IamRequest {
  const isSubject = operation === "create" ? isCreatedAlready(call) && resource !== "*" : resource === arn;
  const told = isSubject ? Object.entries(tags).filter(([key]) => RESOURCE_TAGS.includes(key)) : [];
  const own = told.map(([key, value]) => [`aws:ResourceTag/${key}`, value] as const);
  const whole: RequestContext = { ...context, ...Object.fromEntries(own) };
  return Object.keys(whole).length === 0 ? [action, resource] : [action, resource, whole];
}

/**
 * What IAM is asked when a call is made: permissions are not always named like operations, and some operations need
 * several.
 * @throws Error for a service that nobody has written down here
 */
export function iamRequestsOf(call: RecordedCall, arns: IamArns): readonly IamRequest[] {
  const [service = "", operation = ""] = call.call.split(".");
  const requests = SERVICES[service]?.(call, operation, arns);
  if (requests === undefined)
    throw new Error(`What IAM is asked for ${call.call} is not written in ${__filename}.`);
  return requests.map((request) => withResourceTags(call, request));
}
