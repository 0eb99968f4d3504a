import { ConfigService, type ResourceType } from "@aws-sdk/client-config-service";
import type { RecorderArgs } from "@pulumi/aws/cfg";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

export const recorder = resourceType<RecorderArgs>({
  properties: {
    name: { replaces: true, default: "default" },
    recordingGroup: { computed: true, compare: "settings" },
    roleArn: {},
  },
  // Config has one recorder of somebody's own in a region of an account.
  uniqueBy: [],
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(ConfigService), inputs);
    return { id: inputs.name ?? "", computed: {} };
  },

  async read({ id }, clients) {
    const answer = await unlessMissing(
      clients.of(ConfigService).describeConfigurationRecorders({ ConfigurationRecorderNames: [id] }),
    );
    const live = answer?.ConfigurationRecorders?.[0];
    return (
      live && {
        id,
        inputs: {
          name: live.name,
          roleArn: live.roleARN ?? "",
          recordingGroup: {
            allSupported: live.recordingGroup?.allSupported,
            includeGlobalResourceTypes: live.recordingGroup?.includeGlobalResourceTypes,
            resourceTypes: live.recordingGroup?.resourceTypes?.toSorted(),
          },
        },
        computed: {},
      }
    );
  },

  async update(_known, { news }, clients) {
    await put(clients.of(ConfigService), news);
  },

  async delete({ id }, clients) {
    await unlessMissing(
      clients.of(ConfigService).deleteConfigurationRecorder({ ConfigurationRecorderName: id }),
    );
  },
});

async function put(
  config: ConfigService,
  { name, roleArn, recordingGroup }: Inputs<RecorderArgs>,
): Promise<void> {
  await config.putConfigurationRecorder({
    ConfigurationRecorder: {
      name,
      roleARN: roleArn,
      recordingGroup: recordingGroup && {
        // The official provider sends it as true where the program leaves it out.
        allSupported: recordingGroup.allSupported ?? true,
        includeGlobalResourceTypes: recordingGroup.includeGlobalResourceTypes ?? false,
        resourceTypes: recordingGroup.resourceTypes as ResourceType[] | undefined,
      },
    },
  });
}
