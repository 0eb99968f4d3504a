import type { ResourceTypeToken } from "../../src/resources/described-resource";
import type { ResourceProperties } from "../checked-resource";
import { hasUnknown, knownField } from "../property-values";

/** Types that act on the whole account or region, and so on Muster's resources without naming them. */
interface AccountWideTypes {
  readonly types: RegExp;
  /** They act on this resource, where the account has it from Muster; always where none is said. */
  readonly on?: ResourceTypeToken;
  /** They act with these properties alone; with any where nothing is said. */
  readonly where?: (props: ResourceProperties) => boolean;
  /** What they do, in half a sentence. */
  readonly does: string;
}

const BUS_NAME = "eventBusName".toLowerCase();
const SHOWN_TYPES = "resourceTypes".toLowerCase();

/** Without a name, or with this one, a resource is about the bus that every region has; no bus that is made is called so. */
function isOnDefaultBus(props: ResourceProperties): boolean {
  if (hasUnknown(props, BUS_NAME)) return false;
  const bus = knownField(props, BUS_NAME);
  return bus === undefined || (typeof bus === "string" && /(?:^|\/)default$/.test(bus.trim()));
}

/** Whether log groups are among what a link shows, or what it shows is not known yet. */
function showsLogGroups(props: ResourceProperties): boolean {
  const shown = knownField(props, SHOWN_TYPES);
  return hasUnknown(props, SHOWN_TYPES) || JSON.stringify(shown ?? "").includes("AWS::Logs::LogGroup");
}

/** Whether a property has another value than this one, in its place or because it is left out. */
const isNot =
  (name: string, value: unknown) =>
  (props: ResourceProperties): boolean =>
    knownField(props, name.toLowerCase()) !== value;

/** All types of the packages that act on one resource, without the types that do not change it. */
export const ACCOUNT_WIDE_TYPES: readonly AccountWideTypes[] = [
  {
    // Suppression rules, trusted lists and the like: https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html
    types: /^aws:guardduty\/(?!malwareProtectionPlan:)/,
    on: "aws:guardduty/detector:Detector",
    does: "acts on the region's detector, which is Muster's: on what it finds, or whom it tells",
  },
  {
    // https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html
    types: /^aws:securityhub\/(?!(?:actionTarget|insight):)/,
    on: "aws:securityhub/account:Account",
    does: "acts on the region's Security Hub, which is Muster's: on what it finds, or whom it tells",
  },
  {
    types: /^aws:cfg\/retentionConfiguration:/,
    on: "aws:cfg/recorder:Recorder",
    does: "says how long AWS Config keeps what Muster's recorder writes",
  },
  {
    // Session Manager's, and the role that every machine gets: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ServiceSetting.html
    types: /^aws:ssm\/serviceSetting:/,
    on: "aws:ssm/document:Document",
    does: "sets Systems Manager for the whole region, in which Muster says how machines are reached",
  },
  {
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html
    types: /^aws:cloudwatch\/logAccountPolicy:/,
    does: "acts on every log group of the region, the trail's among them",
  },
  {
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions-manage.html
    types: /^aws:cloudwatch\/event(?:BusPolicy|Permission):/,
    on: "aws:cloudwatch/eventRule:EventRule",
    where: isOnDefaultBus,
    does: "says who writes to the region's own event bus, to which Muster's rules listen",
  },
  {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
    types: /^aws:oam\/link:/,
    where: showsLogGroups,
    does: "shows the region's log groups to another account, the trail's among them",
  },
  {
    types:
      /^aws:iam\/(?:organizationsFeatures|outboundWebIdentityFederation|securityTokenServicePreferences):/,
    does: "sets IAM for the whole account",
  },
  {
    types: /^aws:account\/region:/,
    does: "opens or closes a region, and src/organization.ts says in which ones Muster watches",
  },
  {
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html
    types: /^aws:ec2\/serialConsoleAccess:/,
    where: isNot("enabled", false),
    does: "opens the serial console of every machine of the region, past how Muster says they are reached",
  },
  {
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
    types: /^aws:ec2\/instanceMetadataDefaults:/,
    where: isNot("httpTokens", "required"),
    does: "lets new machines of the region give their role's credentials to requests without a token",
  },
  {
    // https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
    types: /^aws:ebs\/defaultKmsKey:/,
    on: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    does: "says which key encrypts the region's disks, and that they are encrypted is Muster's",
  },
  {
    // https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact.html
    types: /^aws:account\/primaryContact:/,
    does: "says to whom AWS writes about the account",
  },
  {
    // With those that make an account the administrator of a service, or decide for every account of the organization.
    types:
      /^aws:(?:organizations\/|backup\/globalSettings:|fms\/adminAccount:|(?!iam\/|workmail\/)\w+\/(?:\w*organization\w*|delegatedAdminAccount):)/i,
    does: "decides about the organization's accounts, which src/organization.ts lists",
  },
];
