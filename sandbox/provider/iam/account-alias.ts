import { IAM } from "@aws-sdk/client-iam";
import type { AccountAliasArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";

export const accountAlias = resourceType<AccountAliasArgs>({
  properties: { accountAlias: { replaces: true } },
  uniqueBy: [],
  computed: {},

  async create({ accountAlias }, clients) {
    await clients.of(IAM).createAccountAlias({ AccountAlias: accountAlias });
    return { id: accountAlias, computed: {} };
  },

  async read({ id }, clients) {
    const { AccountAliases: aliases = [] } = await clients.of(IAM).listAccountAliases({});
    return aliases.includes(id) ? { id, inputs: { accountAlias: id }, computed: {} } : undefined;
  },

  async delete({ id }, clients) {
    await unlessMissing(clients.of(IAM).deleteAccountAlias({ AccountAlias: id }));
  },
});
