import { cisId } from "../../model/cis";
import { METRIC_NAMESPACE } from "../../model/names";
import { BECOMING_ACTIONS, CHANGING_LEVELS } from "./administration-invariants";
import { MUSTER_RESOURCES } from "./muster-resources";
import type { RoleInvariant } from "./role-invariant";

/** Services that record or judge what happens in an account. Nobody changes them but those who administer it, whatever AWS adds. */
export const DETECTORS = [
  "access-analyzer",
  "cloudtrail",
  "config",
  "detective",
  "guardduty",
  "inspector2",
  "macie2",
  "securityhub",
] as const;

/** What silences an alarm, a rule or a record without naming it, or for the whole account. */
export const SILENCING = [
  "backup:DeleteBackupVaultNotifications",
  "backup:PutBackupVaultNotifications",
  "cloudwatch:PutAlarmMuteRule",
  "logs:DeleteAccountPolicy",
  "logs:DeleteMetricFilter",
  "logs:PutAccountPolicy",
  "logs:PutDataProtectionPolicy",
  "logs:PutMetricFilter",
  "sns:SetSubscriptionAttributes",
  "sns:Unsubscribe",
  "ssm:ResetServiceSetting",
  "ssm:UpdateServiceSetting",
] as const;

/**
 * Muster's documents, and the one from which Session Manager takes its preferences, what it records of sessions among them.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-preferences-cli.html
 */
const DOCUMENTS = [
  "automation-definition/{prefix}-*",
  "automation-definition/Manage-Linux-User-And-Keys*",
  "document/{prefix}-*",
  "document/Manage-Linux-User-And-Keys*",
  "document/SSM-SessionManagerRunShell",
];

/** Defaults for everything that is made in an account, and the contact that AWS tells of security matters. */
const ACCOUNT_DEFAULTS = [
  "account:DeleteAlternateContact",
  "account:PutAlternateContact",
  "ec2:DisableEbsEncryptionByDefault",
  "ec2:DisableImageBlockPublicAccess",
  "ec2:DisableSnapshotBlockPublicAccess",
  "ec2:ModifyEbsDefaultKmsKeyId",
  "ec2:ModifyInstanceMetadataDefaults",
  "s3:PutAccountPublicAccessBlock",
] as const;

/** Nothing that watches an account is switched off, by name or for all. */
const NEVER = [
  {
    actions: DETECTORS.map((service) => `${service}:*`),
    levels: CHANGING_LEVELS,
    // A query of recorded events, and a snapshot that is delivered where Config delivers it anyway.
    except: ["cloudtrail:StartQuery", "config:Deliver*"],
  },
  { actions: [...SILENCING, ...ACCOUNT_DEFAULTS] },
  // CloudWatch tells of a change of state alone: an alarm that somebody has set off tells nobody of what happens meanwhile.
  {
    actions: "cloudwatch:*",
    levels: CHANGING_LEVELS,
    resources: "arn:aws:cloudwatch:*:{account}:alarm:{prefix}-*",
    isKnownOnly: true,
  },
  {
    actions: "ssm:*",
    levels: CHANGING_LEVELS,
    // What runs a document leaves it as it is.
    except: ["ssm:SendCommand", "ssm:StartAutomationExecution", "ssm:StartSession"],
    resources: DOCUMENTS.map((name) => `arn:aws:ssm:*:{account}:${name}`),
    isKnownOnly: true,
  },
  // With the name of anybody who is not exempt, it denies them everything.
  {
    actions: "ssm:StartAutomationExecution",
    resources: "arn:aws:ssm:*:{account}:automation-definition/{prefix}-Quarantine:*",
    isKnownOnly: true,
  },
  {
    actions: "cloudwatch:PutMetricData",
    when: { StringEquals: { "cloudwatch:namespace": METRIC_NAMESPACE } },
  },
] as const satisfies RoleInvariant["never"];

/** What watches the accounts stays on. */
export const WATCHING = [
  {
    id: "what-watches-stays-on",
    says: "Nobody but Deploy, Admin, BreakGlass and Ops outside prod changes CloudTrail, Config, GuardDuty, Security Hub, Access Analyzer, Inspector, Macie or Detective, an alarm of Muster's or its state, a filter, a mute or a subscription of alarms, a vault's notices, the data that Muster's alarms count, Muster's documents of Systems Manager, the preferences of Session Manager or what holds for everything that is made in the account, or starts the automation that quarantines people.",
    source: `MenoTime, monitoring; break-glass procedure: use is alarmed; CIS ${cisId("trailInAllRegions")}`,
    of: { except: ["Admin", "BreakGlass", "Deploy", "dev/Ops", "staging/Ops"] },
    never: NEVER,
  },
  {
    id: "an-emergency-operator-silences-nothing",
    says: "BreakGlass as an emergency operator changes nothing that watches the account: neither its services, nor alarms, rules, documents, topics and logs of Muster's.",
    source: "Break-glass procedure: use is alarmed",
    of: { labels: ["BreakGlass"], isEmergencyOperator: true },
    never: [
      ...NEVER,
      {
        actions: "*",
        levels: CHANGING_LEVELS,
        except: BECOMING_ACTIONS,
        resources: MUSTER_RESOURCES,
        isKnownOnly: true,
      },
    ],
  },
] as const satisfies readonly RoleInvariant[];
