import { ConfigService } from "@aws-sdk/client-config-service";
import type { DeliveryChannelArgs } from "@pulumi/aws/cfg";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

export const deliveryChannel = resourceType<DeliveryChannelArgs>({
  properties: {
    name: { replaces: true, default: "default" },
    s3BucketName: {},
  },
  // Config has one channel in a region of an account.
  uniqueBy: [],
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(ConfigService), inputs);
    return { id: inputs.name ?? "", computed: {} };
  },

  async read({ id }, clients) {
    const answer = await unlessMissing(
      clients.of(ConfigService).describeDeliveryChannels({ DeliveryChannelNames: [id] }),
    );
    const live = answer?.DeliveryChannels?.[0];
    return live && { id, inputs: { name: live.name, s3BucketName: live.s3BucketName ?? "" }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(ConfigService), news);
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(ConfigService).deleteDeliveryChannel({ DeliveryChannelName: id }));
  },
});

async function put(
  config: ConfigService,
  { name, s3BucketName }: Inputs<DeliveryChannelArgs>,
): Promise<void> {
  await config.putDeliveryChannel({ DeliveryChannel: { name, s3BucketName } });
}
