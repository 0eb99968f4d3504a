import { SecurityHub, type StandardsSubscription } from "@aws-sdk/client-securityhub";
import type { StandardsSubscriptionArgs } from "@pulumi/aws/securityhub";
import { resourceType } from "../resource-type";
import { unlessDisabled } from "./unless-disabled";

async function find(hub: SecurityHub, arn: string): Promise<StandardsSubscription | undefined> {
  const answer = await unlessDisabled(hub.getEnabledStandards({ StandardsSubscriptionArns: [arn] }));
  return answer?.StandardsSubscriptions?.find(({ StandardsStatus }) => StandardsStatus !== "FAILED");
}

export const standardsSubscription = resourceType<StandardsSubscriptionArgs>({
  properties: { standardsArn: { replaces: true } },
  uniqueBy: ["standardsArn"],
  computed: {},

  async create({ standardsArn: StandardsArn }, clients) {
    const { StandardsSubscriptions: [made] = [] } = await clients
      .of(SecurityHub)
      .batchEnableStandards({ StandardsSubscriptionRequests: [{ StandardsArn }] });
    return { id: made?.StandardsSubscriptionArn ?? "", computed: {} };
  },

  async read({ id }, clients) {
    const live = await find(clients.of(SecurityHub), id);
    return live && { id, inputs: { standardsArn: live.StandardsArn ?? "" }, computed: {} };
  },

  async delete({ id }, clients) {
    const hub = clients.of(SecurityHub);
    if ((await find(hub, id)) !== undefined)
      await hub.batchDisableStandards({ StandardsSubscriptionArns: [id] });
  },
});
