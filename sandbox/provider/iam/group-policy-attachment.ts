import { IAM } from "@aws-sdk/client-iam";
import type { GroupPolicyAttachmentArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { policiesAttachedToGroup } from "./attached-policies";

export const groupPolicyAttachment = resourceType<GroupPolicyAttachmentArgs>({
  properties: { group: { replaces: true }, policyArn: { replaces: true } },
  computed: {},

  async create({ group, policyArn }, clients) {
    await clients.of(IAM).attachGroupPolicy({ GroupName: group, PolicyArn: policyArn });
    return { id: `${group}/${policyArn}`, computed: {} };
  },

  async read({ id }, clients) {
    const [group, policyArn] = partsOf(id);
    const attached = await unlessMissing(policiesAttachedToGroup(clients.of(IAM), group));
    return attached?.includes(policyArn) ? { id, inputs: { group, policyArn }, computed: {} } : undefined;
  },

  async delete({ id }, clients) {
    const [group, policyArn] = partsOf(id);
    await unlessMissing(clients.of(IAM).detachGroupPolicy({ GroupName: group, PolicyArn: policyArn }));
  },
});

function partsOf(id: string): [group: string, policyArn: string] {
  const end = id.indexOf("/");
  return [id.slice(0, end), id.slice(end + 1)];
}
