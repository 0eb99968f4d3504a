import assert from "node:assert/strict";

import { POLICIES } from "../../policypack/index";
import { Pack } from "./support/pack";
import { setting } from "./support/edits";
import { stackOf } from "./support/sample-stacks";
import { WHOLE_STACKS } from "./support/whole-stacks";

type Inputs = Readonly<Record<string, unknown>>;

const EBS = "aws:ebs/encryptionByDefault:EncryptionByDefault";
const CONTACT = "aws:account/alternativeContact:AlternativeContact";
const GUARD_DUTY_FILTER = "aws:guardduty/filter:Filter";
const DETECTOR_FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
const ARCHIVE_RULE = "aws:accessanalyzer/archiveRule:ArchiveRule";
const CONTROL = "aws:securityhub/standardsControlAssociation:StandardsControlAssociation";
const STANDARD = "arn:aws:securityhub:eu-west-1::standards/cis-aws-foundations-benchmark/v/5.0.0";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const PERMISSIONS_OF_READ = "aws:iam/policy:Policy";

const LOG_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const BUS_POLICY = "aws:cloudwatch/eventBusPolicy:EventBusPolicy";
const LOG_GROUPS = "arn:aws:logs:eu-west-1:444444444444:log-group";

/** A policy that lets a service of AWS do something with what a statement says, for the account. */
const about = (statement: object): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "es.amazonaws.com" },
        Action: "logs:PutLogEvents",
        Condition: { StringEquals: { "aws:SourceAccount": "444444444444" } },
        ...statement,
      },
    ],
  });

const ANEW = "sets anew what there is one of, which src/resources describes.";
const OF_GUARD_DUTY = "acts on the region's detector, which is Muster's: on what it finds, or whom it tells.";
const OF_HUB = "acts on the region's Security Hub, which is Muster's: on what it finds, or whom it tells.";
const OF_BUS = "says who writes to the region's own event bus, to which Muster's rules listen.";
const SHOWN = "shows the region's log groups to another account, the trail's among them.";
const OF_BOTH = "holds for log groups of Muster's: infra-sessions, infra-trail.";
const OF_IAM = "sets IAM for the whole account.";
const SERIAL_CONSOLE = "aws:ec2/serialConsoleAccess:SerialConsoleAccess";
const METADATA_DEFAULTS = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
const OF_CONSOLES =
  "opens the serial console of every machine of the region, past how Muster says they are reached.";
const OF_METADATA =
  "lets new machines of the region give their role's credentials to requests without a token.";
const OF_ORGANIZATION = "decides about the organization's accounts, which src/organization.ts lists.";

const READ_ROLE = "arn:aws:iam::444444444444:role/infra/infra-ReadR-prod";

/** As AWS gives them; the stack has them once they are made. */
const ID_OF_KEY = "1234abcd-12ab-34cd-56ef-1234567890ab";
const ARN_OF_KEY = "arn:aws:kms:eu-west-1:444444444444:key/KEY";
const ID_OF_GROUP = "sg-0aaaabbbbccccdddd";

/** Texts that name one of Muster's resources among other things. */
const NAMES_IN_TEXTS: readonly (readonly [type: string, key: string, text: string])[] = [
  [
    "aws:secretsmanager/secretPolicy:SecretPolicy",
    "secretArn",
    "arn:aws:secretsmanager:eu-west-1:444444444444:secret:app/rds/main-AbCdEf",
  ],
  ["aws:datasync/s3Location:S3Location", "s3BucketArn", "arn:aws:s3:::infra-trail-444444444444/AWSLogs"],
  ["aws:glue/crawler:Crawler", "path", "s3://infra-trail-444444444444/AWSLogs/"],
  ["aws:glue/crawler:Crawler", "location", "infra-trail-444444444444/AWSLogs"],
  [
    "aws:cloudfront/distribution:Distribution",
    "domain",
    "infra-trail-444444444444.s3.eu-west-1.amazonaws.com",
  ],
  ["aws:glue/crawler:Crawler", "url", "https://s3.eu-west-1.amazonaws.com/infra-trail-444444444444/AWSLogs"],
  ["aws:ssm/association:Association", "roles", "worker, infra-OpsR-prod"],
  ["aws:sfn/stateMachine:StateMachine", "definition", "States.Array('own', 'infra-RootUsed')"],
  ["aws:cloudwatch/eventTarget:EventTarget", "input", "AlarmNames=infra-RootUsed"],
  ["aws:sns/topicPolicy:TopicPolicy", "arn", " arn:aws:sns:eu-west-1:444444444444:infra-alarms "],
];

/** What changes something of Muster's without being one of its resources, and what is said of it after its name and type. */
const REFUSED: readonly (readonly [what: string, type: string, inputs: Inputs, says: string])[] = [
  ["disks that are not encrypted", EBS, { enabled: false }, ANEW],
  ["disks of the stack's region, by name", EBS, { region: "eu-west-1" }, ANEW],
  ["disks of a further region that src/resources describes", EBS, { region: "eu-central-1" }, ANEW],
  ["disks of a region that is not known yet", EBS, { region: { __pulumiUnknown: true } }, ANEW],
  ["another security contact", CONTACT, { alternateContactType: "SECURITY" }, ANEW],
  ["a contact of a kind not known yet", CONTACT, { alternateContactType: { __pulumiUnknown: true } }, ANEW],
  ["another alias of the account", "aws:iam/accountAlias:AccountAlias", { accountAlias: "evil" }, ANEW],
  [
    "a weaker password policy",
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    { minimumPasswordLength: 6 },
    ANEW,
  ],
  [
    "a recorder that stands still",
    "aws:cfg/recorderStatus:RecorderStatus",
    { name: "default", isEnabled: false },
    ANEW,
  ],
  ["another recorder", "aws:cfg/recorder:Recorder", { name: "default" }, ANEW],
  ["another feature of the detector", DETECTOR_FEATURE, { name: "X", status: "DISABLED" }, OF_GUARD_DUTY],
  ["findings that are archived", GUARD_DUTY_FILTER, { detectorId: "d", action: "ARCHIVE" }, OF_GUARD_DUTY],
  ["addresses that nobody is told of", "aws:guardduty/iPSet:IPSet", { detectorId: "d" }, OF_GUARD_DUTY],
  [
    "findings that a rule suppresses",
    "aws:securityhub/automationRule:AutomationRule",
    { ruleName: "x" },
    OF_HUB,
  ],
  ["a control that is switched off", CONTROL, { standardsArn: STANDARD, securityControlId: "IAM.9" }, OF_HUB],
  [
    "findings that an analyzer archives",
    ARCHIVE_RULE,
    { analyzerName: "infra-unused-access" },
    "names infra-unused-access in analyzerName, which is Muster's.",
  ],
  [
    "records that are kept for 30 days",
    "aws:cfg/retentionConfiguration:RetentionConfiguration",
    { retentionPeriodInDays: 30 },
    "says how long AWS Config keeps what Muster's recorder writes.",
  ],
  [
    "documents for sessions that may be public",
    "aws:ssm/serviceSetting:ServiceSetting",
    { settingValue: "Enable" },
    "sets Systems Manager for the whole region, in which Muster says how machines are reached.",
  ],
  [
    "a subscription to every log group",
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy",
    { policyType: "SUBSCRIPTION_FILTER_POLICY" },
    "acts on every log group of the region, the trail's among them.",
  ],
  ["root sessions", "aws:iam/organizationsFeatures:OrganizationsFeatures", {}, OF_IAM],
  [
    "tokens for services elsewhere",
    "aws:iam/outboundWebIdentityFederation:OutboundWebIdentityFederation",
    {},
    OF_IAM,
  ],
  ["an account that no roster knows", "aws:organizations/account:Account", { name: "x" }, OF_ORGANIZATION],
  [
    "a role of Muster's, written in other letters",
    ATTACHMENT,
    { role: "INFRA-DashboardR-Prod" },
    "names INFRA-DashboardR-Prod in role, which is Muster's.",
  ],
  [
    "the name of a policy of Muster's, written in other letters",
    PERMISSIONS_OF_READ,
    { name: "infra-readr-prod-limits" },
    "names infra-readr-prod-limits in name, which is Muster's.",
  ],
  ["disks of the stack's region, in another spelling", EBS, { region: " EU-WEST-1" }, ANEW],
  [
    "a region that is opened",
    "aws:account/region:Region",
    { regionName: "ap-east-1", enabled: true },
    "opens or closes a region, and src/organization.ts says in which ones Muster watches.",
  ],
  ...["KEY", ARN_OF_KEY].map(
    (keyId) =>
      [
        `the alarms' key by ${keyId}`,
        "aws:kms/keyPolicy:KeyPolicy",
        { keyId: keyId.replace("KEY", ID_OF_KEY) },
        `names ${keyId.replace("KEY", ID_OF_KEY)} in keyId, which is Muster's.`,
      ] as const,
  ),
  [
    "the databases' security group by its id",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { securityGroupId: ID_OF_GROUP, cidrIpv4: "0.0.0.0/0" },
    `names ${ID_OF_GROUP} in securityGroupId, which is Muster's.`,
  ],
  [
    "whoever writes to the trail's log group",
    LOG_POLICY,
    { policyName: "x", policyDocument: about({ Resource: `${LOG_GROUPS}:infra-trail:*` }) },
    "holds for log groups of Muster's: infra-trail.",
  ],
  [
    "whoever writes to every log group",
    LOG_POLICY,
    { policyName: "x", policyDocument: about({ Resource: `${LOG_GROUPS}:*` }) },
    OF_BOTH,
  ],
  [
    "whoever writes to every log group but one",
    LOG_POLICY,
    { policyName: "x", policyDocument: about({ NotResource: `${LOG_GROUPS}:own` }) },
    OF_BOTH,
  ],
  [
    "a Deny on log groups, by a wildcard of one letter",
    LOG_POLICY,
    { policyDocument: about({ Effect: "Deny", Resource: "arn:aws:logs:*:*:log-group:?nfra-trail:*" }) },
    "holds for log groups of Muster's: infra-trail.",
  ],
  [
    "an endpoint's Deny on the trail's bucket",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    {
      policy: about({ Effect: "Deny", Resource: ["arn:aws:s3:::own/*", "arn:aws:s3:::infra-trail-*"] }),
    },
    "names arn:aws:s3:::infra-trail-* in policy.Resource, which is Muster's.",
  ],
  [
    "a policy that deletes an alarm",
    PERMISSIONS_OF_READ,
    { name: "own", policy: about({ Resource: "arn:aws:cloudwatch:*:*:alarm:infra-RootUsed" }) },
    "names arn:aws:cloudwatch:*:*:alarm:infra-RootUsed in policy.Resource, which is Muster's.",
  ],
  ["whoever sends events to the region's bus", BUS_POLICY, { policy: about({}) }, OF_BUS],
  ["whoever sends events to that bus, by name", BUS_POLICY, { eventBusName: "default" }, OF_BUS],
  [
    "an account that sends events to that bus",
    "aws:cloudwatch/eventPermission:EventPermission",
    { principal: "222222222222", eventBusName: "arn:aws:events:eu-west-1:444444444444:event-bus/default" },
    OF_BUS,
  ],
  [
    "log groups that another account sees",
    "aws:oam/link:Link",
    { resourceTypes: ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup"] },
    SHOWN,
  ],
  [
    "what another account sees, not known yet",
    "aws:oam/link:Link",
    { resourceTypes: { __pulumiUnknown: true } },
    SHOWN,
  ],
  ["machines' consoles", SERIAL_CONSOLE, { enabled: true }, OF_CONSOLES],
  ["consoles of machines, where nothing is said", SERIAL_CONSOLE, {}, OF_CONSOLES],
  ["credentials of machines without a token", METADATA_DEFAULTS, { httpTokens: "optional" }, OF_METADATA],
  [
    "credentials of machines, whatever else is said",
    METADATA_DEFAULTS,
    { httpPutResponseHopLimit: 3 },
    OF_METADATA,
  ],
  [
    "another key of the region's disks",
    "aws:ebs/defaultKmsKey:DefaultKmsKey",
    { keyArn: "arn:aws:kms:eu-west-1:444444444444:key/x" },
    "says which key encrypts the region's disks, and that they are encrypted is Muster's.",
  ],
  [
    "whom AWS writes to",
    "aws:account/primaryContact:PrimaryContact",
    { fullName: "x" },
    "says to whom AWS writes about the account.",
  ],
  ...[
    "aws:auditmanager/organizationAdminAccountRegistration:OrganizationAdminAccountRegistration",
    "aws:backup/globalSettings:GlobalSettings",
    "aws:cfg/organizationManagedRule:OrganizationManagedRule",
    "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount",
    "aws:fms/adminAccount:AdminAccount",
    "aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount",
    "aws:notifications/organizationsAccess:OrganizationsAccess",
    "aws:observabilityadmin/telemetryRuleForOrganization:TelemetryRuleForOrganization",
    "aws:ram/sharingWithOrganization:SharingWithOrganization",
  ].map((type) => [`what ${type} decides`, type, {}, OF_ORGANIZATION] as const),
  ...NAMES_IN_TEXTS.map(
    ([type, key, text]) =>
      [`something in ${text}`, type, { [key]: text }, `names ${text} in ${key}, which is Muster's.`] as const,
  ),
];

/** What stays the adopter's own. */
const ADMITTED: readonly (readonly [what: string, type: string, inputs: Inputs])[] = [
  ["disks of a region that src/resources does not describe", EBS, { region: "us-west-2" }],
  ["a contact for bills", CONTACT, { alternateContactType: "BILLING" }],
  ["a scan of a bucket for malware", "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan", {}],
  [
    "a description of what tells whom",
    "aws:sns/topic:Topic",
    { description: "Beside infra-alarms, for us." },
  ],
  ["a name with one of Muster's in it", "aws:s3/bucket:Bucket", { bucket: "infra-trail-444444444444-mine" }],
  [
    "an alarm that rings when one of Muster's does",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    { alarmRule: 'ALARM("infra-RootUsed")' },
  ],
  [
    "a policy for log groups of one's own",
    LOG_POLICY,
    { policyDocument: about({ Resource: [`${LOG_GROUPS}:/aws/route53/*`, `${LOG_GROUPS}:own:*`] }) },
  ],
  [
    "a policy for one log group of one's own",
    LOG_POLICY,
    { resourceArn: `${LOG_GROUPS}:own`, policyDocument: about({ Resource: "*" }) },
  ],
  [
    "a bucket's policy about all that is in it, for a role of Muster's",
    "aws:s3/bucketPolicy:BucketPolicy",
    {
      bucket: "own",
      policy: about({ Principal: { AWS: READ_ROLE }, Resource: ["arn:aws:s3:::own", "arn:aws:s3:::own/*"] }),
    },
  ],
  ["whoever sends events to a bus of one's own", BUS_POLICY, { eventBusName: "own", policy: about({}) }],
  [
    "whoever sends events to a bus that is not there yet",
    BUS_POLICY,
    { eventBusName: { __pulumiUnknown: true } },
  ],
  ["metrics that another account sees", "aws:oam/link:Link", { resourceTypes: ["AWS::CloudWatch::Metric"] }],
  ["mail of WorkMail", "aws:workmail/organization:Organization", { organizationAlias: "x" }],
  ["a view of findings", "aws:securityhub/insight:Insight", { name: "x" }],
  ["a rule of AWS Config", "aws:cfg/rule:Rule", { name: "x" }],
  ["consoles that stay shut", SERIAL_CONSOLE, { enabled: false }],
  ["credentials of machines by a token alone", METADATA_DEFAULTS, { httpTokens: "required" }],
  ["an analyzer's own rule", ARCHIVE_RULE, { analyzerName: "x" }],
  [
    "a role for another service of AWS",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    { awsServiceName: "x" },
  ],
];

describe("what acts on a whole account", function () {
  this.timeout(120_000);

  const [, { stack, situation }] = WHOLE_STACKS as readonly [unknown, (typeof WHOLE_STACKS)[number]];
  const own = (type: string, name: string) => ({
    ...{ stack, type, name, owner: "chris.security", reason: "Sent events.", expires: "2026-12-15" },
  });
  const OWN_TARGETS = POLICIES.filter(({ name }) => name === "aws-resource-own-targets");

  /** What the policy says of resources of one's own beside all that the account has from Muster. */
  async function wrongOf(
    all: readonly (readonly [what: string, type: string, inputs: Inputs, ...unknown[]])[],
  ) {
    const extra = all.map(([what, type, inputs]) => ({ type, name: what, inputs }));
    const known = [
      setting("aws:kms/key:Key", "infra-alarms", {
        keyId: ID_OF_KEY,
        arn: ARN_OF_KEY.replace("KEY", ID_OF_KEY),
      }),
      setting("aws:ec2/securityGroup:SecurityGroup", "infra-database", { id: ID_OF_GROUP }),
    ].reduce((sofar, edit) => edit(sofar), await stackOf(stack, situation));
    const pack = new Pack(
      { ...situation, ownResources: extra.map(({ type, name }) => own(type, name)) },
      OWN_TARGETS,
    );
    return pack
      .refusals(stack, [...known, ...extra])
      .map(({ wrong }) => wrong)
      .sort();
  }

  it("is refused where src/resources describes it, or what it acts on", async () => {
    const expected = REFUSED.map(([what, type, , says]) => `${what} (${type}) ${says}`);
    const more = [
      `whoever writes to the trail's log group (${LOG_POLICY}) names ${LOG_GROUPS}:infra-trail:* in policyDocument.Resource, which is Muster's.`,
      `a control that is switched off (${CONTROL}) names ${STANDARD} in standardsArn, which is Muster's.`,
    ];
    assert.deepEqual(await wrongOf(REFUSED), [...expected, ...more].sort());
  });

  it("may be registered where it is about something else", async () => {
    assert.deepEqual(await wrongOf(ADMITTED), []);
  });
});
