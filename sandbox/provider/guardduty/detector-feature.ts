import { GuardDuty, type DetectorFeature, type FeatureStatus } from "@aws-sdk/client-guardduty";
import type { DetectorFeatureArgs } from "@pulumi/aws/guardduty";
import { resourceType, type Inputs } from "../resource-type";
import { readDetector } from "./read-detector";

export const detectorFeature = resourceType<DetectorFeatureArgs>({
  properties: {
    detectorId: { replaces: true },
    name: { replaces: true },
    status: {},
  },
  uniqueBy: ["detectorId", "name"],
  computed: {},

  async create(inputs, clients) {
    await put(clients.of(GuardDuty), inputs);
    return { id: `${inputs.detectorId}/${inputs.name ?? ""}`, computed: {} };
  },

  async read({ id }, clients) {
    const [detectorId = "", name = ""] = id.split("/");
    const live = await readDetector(clients.of(GuardDuty), detectorId);
    const feature = live?.Features?.find(({ Name }) => Name === name);
    return feature && { id, inputs: { detectorId, name, status: feature.Status ?? "" }, computed: {} };
  },

  async update(_known, { news }, clients) {
    await put(clients.of(GuardDuty), news);
  },

  // As in the official provider, a feature that leaves the program stays as it is.
});

async function put(
  guardDuty: GuardDuty,
  { detectorId, name, status }: Inputs<DetectorFeatureArgs>,
): Promise<void> {
  await guardDuty.updateDetector({
    DetectorId: detectorId,
    Features: [{ Name: name as DetectorFeature, Status: status as FeatureStatus }],
  });
}
