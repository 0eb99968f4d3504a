import { IAM } from "@aws-sdk/client-iam";
import type { GroupPolicyArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { documentFrom, documentText } from "./document";

export const groupPolicy = resourceType<GroupPolicyArgs>({
  properties: {
    name: { replaces: true },
    group: { replaces: true },
    policy: { compare: "document" },
  },
  autoname: "name",
  computed: {},

  async create({ group, name, policy }, clients) {
    await clients
      .of(IAM)
      .putGroupPolicy({ GroupName: group, PolicyName: name, PolicyDocument: documentText(policy) });
    return { id: `${group}:${name}`, computed: {} };
  },

  async read({ id }, clients) {
    const [group = "", name = ""] = id.split(":");
    const live = await unlessMissing(clients.of(IAM).getGroupPolicy({ GroupName: group, PolicyName: name }));
    return live && { id, inputs: { group, name, policy: documentFrom(live.PolicyDocument) }, computed: {} };
  },

  async update(_known, { news: { group, name, policy } }, clients) {
    await clients
      .of(IAM)
      .putGroupPolicy({ GroupName: group, PolicyName: name, PolicyDocument: documentText(policy) });
  },

  async delete({ id }, clients) {
    const [group, name] = id.split(":");
    await unlessMissing(clients.of(IAM).deleteGroupPolicy({ GroupName: group, PolicyName: name }));
  },
});
