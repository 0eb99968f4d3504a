import type { Account } from "./account";
import {
  namedTrailInAnyRegionArn,
  trailBucketArn,
  trailBucketName,
  trailLogGroupName,
  trailName,
  type Arn,
  type RegionalNaming,
} from "./names";

/** The trail whose events alarms watch and Security audits: one that the account has already, or Muster's own. */
export interface AuditedTrail {
  readonly name: string;
  /** As CloudTrail names it where it encrypts objects. */
  readonly inAnyRegion: Arn;
  readonly logGroup: string;
  readonly bucket: string;
  /** Pattern of the ARNs of the account's events in the bucket, which other accounts may share. */
  readonly objects: string;
  /** The ARN of the key that encrypts them, or a pattern of those that may. */
  readonly keys: string;
}

/** The trail of an account, by the organization. */
export function auditedTrail(naming: RegionalNaming, account: Account): AuditedTrail {
  const { trail } = account;
  const anyKey = `arn:aws:kms:${naming.region}:*:key/*`;
  const name = trail?.name ?? trailName(naming);
  const inAnyRegion = namedTrailInAnyRegionArn(account, name);
  if (trail === undefined)
    return {
      name,
      inAnyRegion,
      logGroup: trailLogGroupName(naming),
      bucket: trailBucketName(naming, account),
      objects: `${trailBucketArn(naming, account)}/*`,
      keys: anyKey,
    };
  const prefix = trail.objectPrefix === undefined ? "" : `${trail.objectPrefix}/`;
  return {
    name,
    inAnyRegion,
    logGroup: trail.logGroup,
    bucket: trail.bucket,
    objects: `arn:aws:s3:::${trail.bucket}/${prefix}AWSLogs/${account.id}/*`,
    keys: trail.key ?? anyKey,
  };
}
