import { CloudTrail, type CreateTrailCommandInput } from "@aws-sdk/client-cloudtrail";
import type { TrailArgs } from "@pulumi/aws/cloudtrail";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";
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
    return { id: arn, computed: { arn, homeRegion: clients.region } };
  },

  async read({ id }, clients) {
    const cloudtrail = clients.of(CloudTrail);
    const answer = await unlessMissing(cloudtrail.getTrail({ Name: id }));
    const live = answer?.Trail;
    if (live === undefined) return undefined;
    const { IsLogging: enableLogging } = await cloudtrail.getTrailStatus({ Name: id });
    const { ResourceTagList: [tagged] = [] } = await cloudtrail.listTags({ ResourceIdList: [id] });
    return {
      id,
      inputs: {
        name: live.Name,
        s3BucketName: live.S3BucketName ?? "",
        s3KeyPrefix: live.S3KeyPrefix,
        cloudWatchLogsGroupArn: live.CloudWatchLogsLogGroupArn,
        cloudWatchLogsRoleArn: live.CloudWatchLogsRoleArn,
        enableLogFileValidation: live.LogFileValidationEnabled,
        enableLogging,
        includeGlobalServiceEvents: live.IncludeGlobalServiceEvents,
        isMultiRegionTrail: live.IsMultiRegionTrail,
        isOrganizationTrail: live.IsOrganizationTrail,
        kmsKeyId: live.KmsKeyId,
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
    const others = [...changed].filter((property) => property !== "tags" && property !== "enableLogging");
    if (others.length > 0) await cloudtrail.updateTrail({ ...trailFrom(news), Name: id });
    if (changed.has("enableLogging")) {
      await (news.enableLogging === false
        ? cloudtrail.stopLogging({ Name: id })
        : cloudtrail.startLogging({ Name: id }));
    }
  },

  async delete({ id, outputs }, clients) {
    await unlessMissing(clients.of(CloudTrail).deleteTrail({ Name: outputs.name ?? id }));
  },
});

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
  };
}

/** Pulumi has the empty text where nothing is given; CloudTrail refuses that. */
const given = (arn: string | undefined) => (arn === "" ? undefined : arn);
