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
    await keepOnly(clients.of(IAM), roleName, policyNames);
    return { id: roleName, computed: {} };
  },

  async read({ id }, clients) {
    const policyNames = await unlessMissing(inlinePoliciesOfRole(clients.of(IAM), id));
    return policyNames && { id, inputs: { roleName: id, policyNames }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await keepOnly(clients.of(IAM), news.roleName, news.policyNames);
  },
});

/** A wanted policy that is absent is asked for without a document, which IAM refuses: so does the real provider. */
async function keepOnly(iam: IAM, RoleName: string, wanted: readonly string[]): Promise<void> {
  const { added, removed } = setChanges(await inlinePoliciesOfRole(iam, RoleName), wanted);
  for (const PolicyName of added)
    await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: undefined });
  for (const PolicyName of removed) await iam.deleteRolePolicy({ RoleName, PolicyName });
}
