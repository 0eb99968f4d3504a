import { IAM } from "@aws-sdk/client-iam";
import type { RolePolicyAttachmentArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { policiesAttachedToRole } from "./attached-policies";

export const rolePolicyAttachment = resourceType<RolePolicyAttachmentArgs>({
  properties: { role: { replaces: true }, policyArn: { replaces: true } },
  computed: {},

  async create({ role, policyArn }, clients) {
    await clients.of(IAM).attachRolePolicy({ RoleName: role, PolicyArn: policyArn });
    return { id: `${role}/${policyArn}`, computed: {} };
  },

  async read({ id }, clients) {
    const [role, policyArn] = partsOf(id);
    const attached = await unlessMissing(policiesAttachedToRole(clients.of(IAM), role));
    return attached?.includes(policyArn) ? { id, inputs: { role, policyArn }, computed: {} } : undefined;
  },

  async delete({ id }, clients) {
    const [role, policyArn] = partsOf(id);
    await unlessMissing(clients.of(IAM).detachRolePolicy({ RoleName: role, PolicyArn: policyArn }));
  },
});

function partsOf(id: string): [role: string, policyArn: string] {
  const end = id.indexOf("/");
  return [id.slice(0, end), id.slice(end + 1)];
}
