import { SecurityHub, type AssociationStatus } from "@aws-sdk/client-securityhub";
import type { StandardsControlAssociationArgs } from "@pulumi/aws/securityhub";
import { resourceType, type Inputs } from "../resource-type";
import { unlessDisabled } from "./unless-disabled";

export const standardsControlAssociation = resourceType<StandardsControlAssociationArgs>({
  properties: {
    associationStatus: {},
    securityControlId: { replaces: true },
    standardsArn: { replaces: true },
    updatedReason: {},
  },
  uniqueBy: ["securityControlId", "standardsArn"],
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(SecurityHub), inputs);
    return { id: `${inputs.securityControlId},${inputs.standardsArn}`, computed: {} };
  },

  async read({ id }, clients) {
    const [securityControlId = "", standardsArn = ""] = id.split(",");
    const answer = await unlessDisabled(
      clients.of(SecurityHub).listStandardsControlAssociations({ SecurityControlId: securityControlId }),
    );
    const live = answer?.StandardsControlAssociationSummaries?.find(
      ({ StandardsArn }) => StandardsArn === standardsArn,
    );
    return (
      live && {
        id,
        inputs: {
          associationStatus: live.AssociationStatus ?? "",
          securityControlId,
          standardsArn,
          updatedReason: live.UpdatedReason,
        },
        computed: {},
      }
    );
  },

  async update(_known, { news }, clients) {
    await put(clients.of(SecurityHub), news);
  },

  // As in the official provider, a control that leaves the program stays as it is.
});

async function put(hub: SecurityHub, inputs: Inputs<StandardsControlAssociationArgs>): Promise<void> {
  const { UnprocessedAssociationUpdates: [refused] = [] } = await hub.batchUpdateStandardsControlAssociations(
    {
      StandardsControlAssociationUpdates: [
        {
          AssociationStatus: inputs.associationStatus as AssociationStatus,
          SecurityControlId: inputs.securityControlId,
          StandardsArn: inputs.standardsArn,
          UpdatedReason: inputs.updatedReason,
        },
      ],
    },
  );
  if (refused !== undefined)
    throw new Error(`${inputs.securityControlId}: ${refused.ErrorReason ?? refused.ErrorCode ?? "refused"}`);
}
