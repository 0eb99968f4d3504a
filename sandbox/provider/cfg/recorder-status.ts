import { ConfigService } from "@aws-sdk/client-config-service";
import type { RecorderStatusArgs } from "@pulumi/aws/cfg";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

export const recorderStatus = resourceType<RecorderStatusArgs>({
  properties: {
    isEnabled: {},
    name: { replaces: true },
  },
  uniqueBy: ["name"],
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(ConfigService), inputs);
    return { id: inputs.name ?? "", computed: {} };
  },

  async read({ id }, clients) {
    const answer = await unlessMissing(
      clients.of(ConfigService).describeConfigurationRecorderStatus({ ConfigurationRecorderNames: [id] }),
    );
    const live = answer?.ConfigurationRecordersStatus?.[0];
    return live && { id, inputs: { name: id, isEnabled: live.recording ?? false }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(ConfigService), news);
  },

  async delete({ id }, clients) {
    await unlessMissing(
      clients.of(ConfigService).stopConfigurationRecorder({ ConfigurationRecorderName: id }),
    );
  },
});

async function put(config: ConfigService, { name, isEnabled }: Inputs<RecorderStatusArgs>): Promise<void> {
  const request = { ConfigurationRecorderName: name };
  await (isEnabled ? config.startConfigurationRecorder(request) : config.stopConfigurationRecorder(request));
}
