import type { AccountPublicAccessBlockArgs } from "@pulumi/aws/s3";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";
import { LocalS3Control } from "./local-s3-control";

export const accountPublicAccessBlock = resourceType<AccountPublicAccessBlockArgs>({
  properties: {
    accountId: { replaces: true, computed: true },
    blockPublicAcls: { default: false },
    blockPublicPolicy: { default: false },
    ignorePublicAcls: { default: false },
    restrictPublicBuckets: { default: false },
  },
  uniqueBy: [],
  computed: {},

  async create(inputs, clients) {
    await put(clients, inputs);
    return { id: clients.account, computed: {} };
  },

  async read({ id: AccountId }, clients) {
    const answer = await unlessMissing(clients.of(LocalS3Control).getPublicAccessBlock({ AccountId }));
    const live = answer?.PublicAccessBlockConfiguration;
    if (live === undefined) return undefined;
    return {
      id: AccountId,
      inputs: {
        accountId: AccountId,
        blockPublicAcls: live.BlockPublicAcls,
        blockPublicPolicy: live.BlockPublicPolicy,
        ignorePublicAcls: live.IgnorePublicAcls,
        restrictPublicBuckets: live.RestrictPublicBuckets,
      },
      computed: {},
    };
  },

  async update(_known, { news }, clients) {
    await put(clients, news);
  },

  async delete({ id: AccountId }, clients) {
    await unlessMissing(clients.of(LocalS3Control).deletePublicAccessBlock({ AccountId }));
  },
});

async function put(clients: Clients, inputs: Inputs<AccountPublicAccessBlockArgs>): Promise<void> {
  await clients.of(LocalS3Control).putPublicAccessBlock({
    AccountId: inputs.accountId ?? clients.account,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: inputs.blockPublicAcls,
      BlockPublicPolicy: inputs.blockPublicPolicy,
      IgnorePublicAcls: inputs.ignorePublicAcls,
      RestrictPublicBuckets: inputs.restrictPublicBuckets,
    },
  });
}
