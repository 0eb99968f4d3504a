import { IAM } from "@aws-sdk/client-iam";
import type { RolePolicyArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { documentFrom, documentText } from "./document";

export const rolePolicy = resourceType<RolePolicyArgs>({
  properties: {
    name: { replaces: true },
    role: { replaces: true },
    policy: { compare: "document" },
  },
  autoname: "name",
  computed: {},

  async create({ role, name, policy }, clients) {
    await clients
      .of(IAM)
      .putRolePolicy({ RoleName: role, PolicyName: name, PolicyDocument: documentText(policy) });
    return { id: `${role}:${name}`, computed: {} };
  },

  async read({ id }, clients) {
    const [role = "", name = ""] = id.split(":");
    const live = await unlessMissing(clients.of(IAM).getRolePolicy({ RoleName: role, PolicyName: name }));
    return live && { id, inputs: { role, name, policy: documentFrom(live.PolicyDocument) }, computed: {} };
  },

  async update(_known, { news: { role, name, policy } }, clients) {
    await clients
      .of(IAM)
      .putRolePolicy({ RoleName: role, PolicyName: name, PolicyDocument: documentText(policy) });
  },

  async delete({ id }, clients) {
    const [role, name] = id.split(":");
    await unlessMissing(clients.of(IAM).deleteRolePolicy({ RoleName: role, PolicyName: name }));
  },
});
