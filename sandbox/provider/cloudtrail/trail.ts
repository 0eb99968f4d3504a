import { CloudTrail, type CreateTrailCommandInput, type Trail } from "@aws-sdk/client-cloudtrail";
import type { TrailArgs } from "@pulumi/aws/cloudtrail";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";
import { putEventSelectors, putInsightSelectors, readSelectors } from "./selectors";
import { tagChanges, tagList, tagRecord } from "../tags";

export const trail = resourceType<TrailArgs>({
  properties: {
    name: { replaces: true },
    s3BucketName: {},
    s3KeyPrefix: {},
    cloudWatchLogsGroupArn: { default: "" },
    cloudWatchLogsRoleArn: { default: "" },
    enableLogFileValidation: { default: false },
    enableLogging: { default: true },
    includeGlobalServiceEvents: { default: true },
    isMultiRegionTrail: { default: false },
    isOrganizationTrail: { default: false },
    kmsKeyId: {},
    snsTopicName: {},
    eventSelectors: {},
    advancedEventSelectors: {},
    insightSelectors: {},
    tags: {},
  },
  autoname: "name",
  computed: { arn: [], homeRegion: [] },

  async create(inputs, clients) {
    const cloudtrail = clients.of(CloudTrail);
    const { TrailARN: arn = "" } = await cloudtrail.createTrail({
      ...trailFrom(inputs),
      TagsList: tagList(inputs.tags),
    });
    if (inputs.enableLogging !== false) await cloudtrail.startLogging({ Name: arn });
    const { advancedEventSelectors, eventSelectors, insightSelectors } = inputs;
    if (advancedEventSelectors ?? eventSelectors) await putEventSelectors(cloudtrail, arn, inputs);
    if (insightSelectors) await putInsightSelectors(cloudtrail, arn, inputs);
    return { id: arn, computed: { arn, homeRegion: clients.region } };
  },

  async read({ id }, clients) {
    const cloudtrail = clients.of(CloudTrail);
    const answer = await unlessMissing(cloudtrail.getTrail({ Name: id }));
    const live = answer?.Trail;
    if (live === undefined) return undefined;
    const { IsLogging: enableLogging } = await cloudtrail.getTrailStatus({ Name: id });
    const { ResourceTagList: [tagged] = [] } = await cloudtrail.listTags({ ResourceIdList: [id] });
    const selectors = await readSelectors(cloudtrail, id, {
      events: live.HasCustomEventSelectors ?? false,
      insights: live.HasInsightSelectors ?? false,
    });
    return {
      id,
      inputs: {
        name: live.Name,
        s3BucketName: live.S3BucketName ?? "",
        s3KeyPrefix: given(live.S3KeyPrefix),
        cloudWatchLogsGroupArn: live.CloudWatchLogsLogGroupArn,
        cloudWatchLogsRoleArn: live.CloudWatchLogsRoleArn,
        enableLogFileValidation: live.LogFileValidationEnabled,
        enableLogging,
        includeGlobalServiceEvents: live.IncludeGlobalServiceEvents,
        isMultiRegionTrail: live.IsMultiRegionTrail,
        isOrganizationTrail: live.IsOrganizationTrail,
        kmsKeyId: given(live.KmsKeyId),
        snsTopicName: topicName(live, id),
        ...selectors,
        tags: tagRecord(tagged?.TagsList),
      },
      computed: { arn: id, homeRegion: live.HomeRegion },
    };
  },

  async update({ id }, { olds, news, changed }, clients) {
    const cloudtrail = clients.of(CloudTrail);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      const TagsList = removed.map((Key) => ({ Key }));
      if (removed.length > 0) await cloudtrail.removeTags({ ResourceId: id, TagsList });
      if (Object.keys(set).length > 0) await cloudtrail.addTags({ ResourceId: id, TagsList: tagList(set) });
    }
    if ([...changed].some((property) => !SET_BY_OTHER_CALLS.has(property))) {
      await cloudtrail.updateTrail({ ...trailFrom(news), ...cleared(news, changed), Name: id });
    }
    if (changed.has("enableLogging")) {
      await (news.enableLogging === false
        ? cloudtrail.stopLogging({ Name: id })
        : cloudtrail.startLogging({ Name: id }));
    }
    if (changed.has("eventSelectors") || changed.has("advancedEventSelectors")) {
      await putEventSelectors(cloudtrail, id, news);
    }
    if (changed.has("insightSelectors")) await putInsightSelectors(cloudtrail, id, news);
  },

  async delete({ id, outputs }, clients) {
    await unlessMissing(clients.of(CloudTrail).deleteTrail({ Name: outputs.name ?? id }));
  },
});

const SET_BY_OTHER_CALLS: ReadonlySet<string> = new Set([
  "advancedEventSelectors",
  "enableLogging",
  "eventSelectors",
  "insightSelectors",
  "tags",
]);

function trailFrom(inputs: Inputs<TrailArgs>): CreateTrailCommandInput {
  return {
    Name: inputs.name,
    S3BucketName: inputs.s3BucketName,
    S3KeyPrefix: inputs.s3KeyPrefix,
    CloudWatchLogsLogGroupArn: given(inputs.cloudWatchLogsGroupArn),
    CloudWatchLogsRoleArn: given(inputs.cloudWatchLogsRoleArn),
    EnableLogFileValidation: inputs.enableLogFileValidation,
    IncludeGlobalServiceEvents: inputs.includeGlobalServiceEvents,
    IsMultiRegionTrail: inputs.isMultiRegionTrail,
    IsOrganizationTrail: inputs.isOrganizationTrail,
    KmsKeyId: inputs.kmsKeyId,
    SnsTopicName: inputs.snsTopicName,
  };
}

/** Empties the inputs that the program no longer sets: UpdateTrail keeps what a request omits, and an empty text removes it. */
function cleared(
  news: Inputs<TrailArgs>,
  changed: ReadonlySet<string>,
): Pick<CreateTrailCommandInput, "KmsKeyId" | "S3KeyPrefix" | "SnsTopicName"> {
  const isCleared = (property: "kmsKeyId" | "s3KeyPrefix" | "snsTopicName") =>
    changed.has(property) && news[property] === undefined;
  return {
    ...(isCleared("kmsKeyId") && { KmsKeyId: "" }),
    ...(isCleared("s3KeyPrefix") && { S3KeyPrefix: "" }),
    ...(isCleared("snsTopicName") && { SnsTopicName: "" }),
  };
}

/** The name of a topic beside the trail, and the whole ARN of any other, as in the official provider. */
function topicName({ SnsTopicARN: topic }: Trail, trailArn: string): string | undefined {
  if (topic === undefined || topic === "") return undefined;
  const [, , , region, account, name] = topic.split(":");
  const [, , , ownRegion, ownAccount] = trailArn.split(":");
  return region === ownRegion && account === ownAccount ? name : topic;
}

/** Pulumi has the empty text where nothing is given; CloudTrail refuses that. */
const given = (text: string | undefined) => (text === "" ? undefined : text);
