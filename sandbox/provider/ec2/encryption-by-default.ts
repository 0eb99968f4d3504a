import { EC2 } from "@aws-sdk/client-ec2";
import type { EncryptionByDefaultArgs } from "@pulumi/aws/ebs";
import { resourceType } from "../resource-type";

/** A setting of a region of the account; the id is a constant, where the official provider makes one up. */
const ID = "ebs-encryption-by-default";

async function set(ec2: EC2, enabled: boolean): Promise<void> {
  await (enabled ? ec2.enableEbsEncryptionByDefault({}) : ec2.disableEbsEncryptionByDefault({}));
}

export const encryptionByDefault = resourceType<EncryptionByDefaultArgs>({
  properties: { enabled: { default: true } },
  uniqueBy: [],
  computed: {},

  async create({ enabled = true }, clients) {
    await set(clients.of(EC2), enabled);
    return { id: ID, computed: {} };
  },

  async read(_known, clients) {
    const { EbsEncryptionByDefault: enabled } = await clients.of(EC2).getEbsEncryptionByDefault({});
    return { id: ID, inputs: { enabled }, computed: {} };
  },

  async update(_known, { news: { enabled = true } }, clients) {
    await set(clients.of(EC2), enabled);
  },

  async delete(_known, clients) {
    await set(clients.of(EC2), false);
  },
});
