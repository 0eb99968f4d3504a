/** Positions of an ARN's fields. */
const REGION = 3;
const ACCOUNT = 4;

const field = (arn: string, position: number): string => arn.split(":")[position] ?? "";

/** The 12 digits in an ARN; empty where it has none, as those of buckets. */
export const accountIdOf = (arn: string): string => field(arn, ACCOUNT);

/** The region in an ARN; empty where it has none. */
export const regionOf = (arn: string): string => field(arn, REGION);

/** What follows the last slash: a role's or a user's name without its path. */
export const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
