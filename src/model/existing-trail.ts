/** A trail of CloudTrail that an account has already, as `src/organization.ts` declares it: Muster makes none there. */
export interface ExistingTrail {
  /** Its name; its home is the organization's region, as its log group's is. */
  readonly name: string;
  /** The log group that it writes to, which the alarms read. */
  readonly logGroup: string;
  /** The bucket that it writes to, of this account or of another. */
  readonly bucket: string;
  /** What the names of its objects begin with, before `/AWSLogs/`; nothing by default. */
  readonly objectPrefix?: string;
  /** The ARN of the key that encrypts its objects; without it Security decrypts them under any key of the organization's region. */
  readonly key?: string;
}
