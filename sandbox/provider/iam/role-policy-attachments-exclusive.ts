import { IAM } from "@aws-sdk/client-iam";
import type { RolePolicyAttachmentsExclusiveArgs } from "@pulumi/aws/iam";
import { setChanges } from "../in-parallel";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { policiesAttachedToRole } from "./attached-policies";

export const rolePolicyAttachmentsExclusive = resourceType<RolePolicyAttachmentsExclusiveArgs>({
  properties: { roleName: { replaces: true }, policyArns: { compare: "set" } },
  computed: {},

  async create({ roleName, policyArns }, clients) {
    await attachOnly(clients.of(IAM), roleName, policyArns);
    return { id: roleName, computed: {} };
  },

  async read({ id }, clients) {
    const policyArns = await unlessMissing(policiesAttachedToRole(clients.of(IAM), id));
    return policyArns && { id, inputs: { roleName: id, policyArns }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await attachOnly(clients.of(IAM), news.roleName, news.policyArns);
  },
});

async function attachOnly(iam: IAM, RoleName: string, policyArns: readonly string[]): Promise<void> {
  const { added, removed } = setChanges(await policiesAttachedToRole(iam, RoleName), policyArns);
  for (const PolicyArn of added) await iam.attachRolePolicy({ RoleName, PolicyArn });
  for (const PolicyArn of removed) await iam.detachRolePolicy({ RoleName, PolicyArn });
}
