import { trailBucketPolicy, trailRole } from "../documents/detection/trail-delivery";
import { trailKeyPolicy } from "../documents/detection/trail-key";
import { renderDocument } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { trailBucketName, trailLogGroupArn, trailLogGroupName, trailName, type Arn } from "../model/names";
import { countNoun, formatProblems, UserError, type Problem } from "../model/problems";
import { MADE_WITHOUT_LOCKOUT_CHECK } from "./key-lockout-check";
import {
  createdAfter,
  computedProperty,
  describeResource,
  type DescribedComponent,
  type ComputedProperty,
  type DependentResource,
  type DescribedResource,
} from "./described-resource";
import type { StackSettings } from "./account-settings";
import { accountTags } from "../documents/account-tags";
import { closedBucketPart, type ClosedBucketPart } from "./closed-bucket";
import { serviceRolePart } from "./service-role";

const LOG_RETENTION_DAYS = 365;

/** Settings of the trail that Muster makes. */
const OF_OWN_TRAIL = ["keptTrailBucket", "trailKey"] as const;

const componentOf = ({ organization }: RoleContext): DescribedComponent => ({
  type: "muster:stacks:Trail",
  name: trailName(organization),
});

/** @throws UserError where the settings name another bucket than the account's: its policy would be replaced */
function assertOwnBucket(kept: string | undefined, own: string, { account }: RoleContext): void {
  if (kept === undefined || kept === own) return;
  throw new UserError(
    `Pulumi.${account.key}.yaml: muster:keptTrailBucket = "${kept}"\n` +
      `Only the bucket that an earlier stack of this account left behind is taken over, and it is called ${own}. ` +
      `Write that name, or take the setting away; for a trail with another bucket, name it in accounts.${account.key}.trail of src/organization.ts.`,
  );
}

/** @throws UserError where the key is in another region than the trail's bucket: CloudTrail takes none of those */
function assertKeyOfRegion(key: string | undefined, { organization, account }: RoleContext): void {
  const region = key?.split(":")[3];
  if (region === undefined || region === organization.region) return;
  throw new UserError(
    `Pulumi.${account.key}.yaml: muster:trailKey = "${String(key)}"\n` +
      `The trail's bucket is in ${organization.region}, and its key has to be there too. Name a key of ${organization.region}.`,
  );
}

/** The bucket that the trail writes to. */
function bucketPart(context: RoleContext, { keptTrailBucket }: StackSettings): ClosedBucketPart {
  const name = trailBucketName(context.organization, context.account);
  assertOwnBucket(keptTrailBucket, name, context);
  return closedBucketPart(context, componentOf(context), {
    name,
    policy: trailBucketPolicy(context),
    isKept: keptTrailBucket !== undefined,
  });
}

/** What the trail encrypts with: its resources where Muster makes it, and its ARN. */
interface TrailKey {
  readonly resources: readonly DescribedResource[];
  readonly arn: string | ComputedProperty;
}

/** The key that the settings name, or one of the trail's own. It outlives the stack as the bucket does, which nobody could read without it. */
function keyPart(context: RoleContext, { trailKey }: StackSettings, readers: readonly Arn[]): TrailKey {
  if (trailKey !== undefined) return { resources: [], arn: trailKey };
  const key = describeResource(
    "aws:kms/key:Key",
    trailName(context.organization),
    {
      description: "Encrypts the trail's events in its bucket.",
      policy: renderDocument(trailKeyPolicy(context, readers)),
      enableKeyRotation: true,
      ...MADE_WITHOUT_LOCKOUT_CHECK,
      tags: accountTags(context),
    },
    { parent: componentOf(context), retainOnDelete: true },
  );
  return { resources: [key], arn: computedProperty(key, "arn") };
}

/** A trail, and the name of the log group that it writes to. */
export interface TrailResources {
  readonly resources: readonly DescribedResource[];
  readonly logGroupName: string | DependentResource<string>;
}

/** @throws UserError where settings speak of a trail of Muster's, and the account has another */
function assertNothingOfOwnTrail(settings: StackSettings, { account }: RoleContext): void {
  const problems = OF_OWN_TRAIL.flatMap((name): Problem[] =>
    settings[name] === undefined
      ? []
      : [
          {
            severity: "error",
            file: `Pulumi.${account.key}.yaml`,
            path: `muster:${name}`,
            value: settings[name],
            rule: `With accounts.${account.key}.trail in src/organization.ts Muster makes no trail, and this changes nothing.`,
            remedy: "Remove this line.",
          },
        ],
  );
  if (problems.length > 0)
    throw new UserError(formatProblems(`${countNoun(problems.length, "problem")} to solve first.`, problems));
}

/**
 * No trail where the account has one already; else a trail of the events of all regions that the account has on, in a bucket for keeping, which `readers` decrypt, and a log group
 * for alarms (`trailInAllRegions`, `trailIsValidated` and `trailIsEncrypted` of src/model/cis.ts).
 * @throws UserError where the settings take over another bucket than the account's, name a key of another region, or speak of a
 * trail of Muster's that is not made
 */
export function trailResources(
  context: RoleContext,
  settings: StackSettings,
  readers: readonly Arn[],
): TrailResources {
  const { organization, account } = context;
  if (account.trail !== undefined) {
    assertNothingOfOwnTrail(settings, context);
    return { resources: [], logGroupName: account.trail.logGroup };
  }
  assertKeyOfRegion(settings.trailKey, context);
  const parent = componentOf(context);
  const tags = accountTags(context);
  const name = trailName(organization);
  const logGroupName = trailLogGroupName(organization);
  const logGroup = describeResource(
    "aws:cloudwatch/logGroup:LogGroup",
    logGroupName,
    { name: logGroupName, retentionInDays: LOG_RETENTION_DAYS, tags },
    { parent, claimsAccount: true },
  );
  const key = keyPart(context, settings, readers);
  const bucket = bucketPart(context, settings);
  const role = serviceRolePart(context, parent, trailRole(context));
  const trail = describeResource(
    "aws:cloudtrail/trail:Trail",
    name,
    {
      name,
      s3BucketName: bucket.bucketName,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: key.arn,
      cloudWatchLogsGroupArn: createdAfter(logGroup, trailLogGroupArn(organization, account)),
      cloudWatchLogsRoleArn: role.arn,
      tags,
    },
    { parent },
  );
  return {
    resources: [logGroup, ...key.resources, ...bucket.resources, ...role.resources, trail],
    logGroupName: createdAfter(logGroup, logGroupName),
  };
}
