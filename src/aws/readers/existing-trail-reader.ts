import type {
  AdvancedEventSelector,
  CloudTrail,
  EventSelector,
  GetEventSelectorsCommandOutput,
  Trail,
} from "@aws-sdk/client-cloudtrail";
import type { S3 } from "@aws-sdk/client-s3";

import { isNamed } from "../iam-answers";

/** What CloudTrail says of a trail. */
export interface ExistingTrailState {
  readonly homeRegion: string | undefined;
  readonly isMultiRegion: boolean;
  readonly hasGlobalEvents: boolean;
  readonly hasAllManagementEvents: boolean;
  readonly isLogging: boolean;
  readonly isValidated: boolean;
  readonly bucket: string;
  readonly objectPrefix: string | undefined;
  /** ARN of the key that encrypts its objects. */
  readonly key: string | undefined;
  readonly logGroupArn: string | undefined;
  /** Why it could not write to its bucket or its log group the last time. */
  readonly failures: readonly string[];
}

/** Which management events a selector has: without exceptions by service, or none that count. */
const managementOf = ({
  IncludeManagementEvents,
  ReadWriteType = "All",
  ExcludeManagementEventSources = [],
}: EventSelector): readonly string[] =>
  IncludeManagementEvents !== false && ExcludeManagementEventSources.length === 0 ? [ReadWriteType] : [];

/** An advanced selector has all management events where it asks for nothing but their category. */
const isManagementAlone = ({ FieldSelectors = [] }: AdvancedEventSelector): boolean =>
  FieldSelectors.length === 1 &&
  FieldSelectors.every(
    ({ Field, Equals = [] }) => Field === "eventCategory" && Equals.includes("Management"),
  );

/**
 * A trail for which nobody chose selectors has all management events, whether or not the answer has that selector.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 */
function hasAllManagementEvents(
  { HasCustomEventSelectors }: Trail,
  { EventSelectors = [], AdvancedEventSelectors = [] }: Partial<GetEventSelectorsCommandOutput>,
): boolean {
  if (EventSelectors.length === 0 && AdvancedEventSelectors.length === 0)
    return HasCustomEventSelectors === false;
  const kinds = EventSelectors.flatMap(managementOf);
  return (
    kinds.includes("All") ||
    (kinds.includes("ReadOnly") && kinds.includes("WriteOnly")) ||
    AdvancedEventSelectors.some(isManagementAlone)
  );
}

const given = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

/**
 * A trail of the client's region and account; undefined where there is none of this name.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrail.html
 */
export async function readExistingTrail(
  client: CloudTrail,
  name: string,
): Promise<ExistingTrailState | undefined> {
  try {
    const { Trail: trail = {} } = await client.getTrail({ Name: name });
    const [status, selectors] = await Promise.all([
      client.getTrailStatus({ Name: name }),
      client.getEventSelectors({ TrailName: name }),
    ]);
    return {
      homeRegion: given(trail.HomeRegion),
      isMultiRegion: trail.IsMultiRegionTrail === true,
      hasGlobalEvents: trail.IncludeGlobalServiceEvents === true,
      hasAllManagementEvents: hasAllManagementEvents(trail, selectors),
      isLogging: status.IsLogging === true,
      isValidated: trail.LogFileValidationEnabled === true,
      bucket: trail.S3BucketName ?? "",
      objectPrefix: given(trail.S3KeyPrefix),
      key: given(trail.KmsKeyId),
      logGroupArn: given(trail.CloudWatchLogsLogGroupArn),
      failures: [status.LatestDeliveryError, status.LatestCloudWatchLogsDeliveryError].flatMap(
        (failure) => given(failure) ?? [],
      ),
    };
  } catch (error) {
    if (isNamed(error, "TrailNotFoundException")) return undefined;
    throw error;
  }
}

/**
 * Whether a bucket is closed to the public, whatever its policy and its access lists say.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html
 */
export async function isClosedToPublic(client: S3, bucket: string): Promise<boolean> {
  try {
    const { PublicAccessBlockConfiguration: block = {} } = await client.getPublicAccessBlock({
      Bucket: bucket,
    });
    return [
      block.BlockPublicAcls,
      block.BlockPublicPolicy,
      block.IgnorePublicAcls,
      block.RestrictPublicBuckets,
    ].every((part) => part === true);
  } catch (error) {
    if (isNamed(error, "NoSuchPublicAccessBlockConfiguration")) return false;
    throw error;
  }
}
