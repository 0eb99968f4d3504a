import { IAM } from "@aws-sdk/client-iam";
import type { GroupPolicyAttachmentsExclusiveArgs } from "@pulumi/aws/iam";
import { setChanges } from "../in-parallel";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { policiesAttachedToGroup } from "./attached-policies";

export const groupPolicyAttachmentsExclusive = resourceType<GroupPolicyAttachmentsExclusiveArgs>({
  properties: { groupName: { replaces: true }, policyArns: { compare: "set" } },
  computed: {},

  async create({ groupName, policyArns }, clients) {
    await attachOnly(clients.of(IAM), groupName, policyArns);
    return { id: groupName, computed: {} };
  },

  async read({ id }, clients) {
    const policyArns = await unlessMissing(policiesAttachedToGroup(clients.of(IAM), id));
    return policyArns && { id, inputs: { groupName: id, policyArns }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await attachOnly(clients.of(IAM), news.groupName, news.policyArns);
  },
});

async function attachOnly(iam: IAM, GroupName: string, policyArns: readonly string[]): Promise<void> {
  const { added, removed } = setChanges(await policiesAttachedToGroup(iam, GroupName), policyArns);
  for (const PolicyArn of added) await iam.attachGroupPolicy({ GroupName, PolicyArn });
  for (const PolicyArn of removed) await iam.detachGroupPolicy({ GroupName, PolicyArn });
}
