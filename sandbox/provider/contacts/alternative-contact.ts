import { Account, type AlternateContactType } from "@aws-sdk/client-account";
import type { AlternativeContactArgs } from "@pulumi/aws/account";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

export const alternativeContact = resourceType<AlternativeContactArgs>({
  properties: {
    alternateContactType: { replaces: true },
    emailAddress: {},
    name: {},
    phoneNumber: {},
    title: {},
  },
  uniqueBy: ["alternateContactType"],
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(Account), inputs);
    return { id: inputs.alternateContactType, computed: {} };
  },

  async read({ id }, clients) {
    const AlternateContactType = id as AlternateContactType;
    const answer = await unlessMissing(clients.of(Account).getAlternateContact({ AlternateContactType }));
    const live = answer?.AlternateContact;
    if (live === undefined) return undefined;
    return {
      id,
      inputs: {
        alternateContactType: id,
        emailAddress: live.EmailAddress ?? "",
        name: live.Name ?? "",
        phoneNumber: live.PhoneNumber ?? "",
        title: live.Title ?? "",
      },
      computed: {},
    };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(Account), news);
  },

  async delete({ id }, clients) {
    const AlternateContactType = id as AlternateContactType;
    await unlessMissing(clients.of(Account).deleteAlternateContact({ AlternateContactType }));
  },
});

async function put(account: Account, inputs: Inputs<AlternativeContactArgs>): Promise<void> {
  await account.putAlternateContact({
    AlternateContactType: inputs.alternateContactType as AlternateContactType,
    EmailAddress: inputs.emailAddress,
    Name: inputs.name,
    PhoneNumber: inputs.phoneNumber,
    Title: inputs.title,
  });
}
