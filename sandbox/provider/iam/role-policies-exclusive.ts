import { IAM } from "@aws-sdk/client-iam";
import type { RolePoliciesExclusiveArgs } from "@pulumi/aws/iam";
import { setChanges } from "../in-parallel";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { inlinePoliciesOfRole } from "./inline-policies";

export const rolePoliciesExclusive = resourceType<RolePoliciesExclusiveArgs>({
  properties: { roleName: { replaces: true }, policyNames: { compare: "set", default: [] } },
  computed: {},

  async create({ roleName, policyNames }, clients) {
    await removeOthers(clients.of(IAM), roleName, policyNames);
    return { id: roleName, computed: {} };
  },

  async read({ id }, clients) {
    const policyNames = await unlessMissing(inlinePoliciesOfRole(clients.of(IAM), id));
    return policyNames && { id, inputs: { roleName: id, policyNames }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await removeOthers(clients.of(IAM), news.roleName, news.policyNames);
  },
});

/** A wanted policy that is absent is not made here: its document is in its own RolePolicy. */
async function removeOthers(iam: IAM, RoleName: string, wanted: readonly string[]): Promise<void> {
  const { removed } = setChanges(await inlinePoliciesOfRole(iam, RoleName), wanted);
  for (const PolicyName of removed) await iam.deleteRolePolicy({ RoleName, PolicyName });
}
