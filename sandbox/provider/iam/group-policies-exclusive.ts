import { IAM } from "@aws-sdk/client-iam";
import type { GroupPoliciesExclusiveArgs } from "@pulumi/aws/iam";
import { setChanges } from "../in-parallel";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { inlinePoliciesOfGroup } from "./inline-policies";

export const groupPoliciesExclusive = resourceType<GroupPoliciesExclusiveArgs>({
  properties: { groupName: { replaces: true }, policyNames: { compare: "set", default: [] } },
  computed: {},

  async create({ groupName, policyNames }, clients) {
    await keepOnly(clients.of(IAM), groupName, policyNames);
    return { id: groupName, computed: {} };
  },

  async read({ id }, clients) {
    const policyNames = await unlessMissing(inlinePoliciesOfGroup(clients.of(IAM), id));
    return policyNames && { id, inputs: { groupName: id, policyNames }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await keepOnly(clients.of(IAM), news.groupName, news.policyNames);
  },
});

/** A wanted policy that is absent is asked for without a document, which IAM refuses: so does the real provider. */
async function keepOnly(iam: IAM, GroupName: string, wanted: readonly string[]): Promise<void> {
  const { added, removed } = setChanges(await inlinePoliciesOfGroup(iam, GroupName), wanted);
  for (const PolicyName of added)
    await iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument: undefined });
  for (const PolicyName of removed) await iam.deleteGroupPolicy({ GroupName, PolicyName });
}
