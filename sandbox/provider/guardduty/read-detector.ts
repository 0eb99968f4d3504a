import type { GetDetectorCommandOutput, GuardDuty } from "@aws-sdk/client-guardduty";

/** GuardDuty's answer for a detector that does not exist has the code of any bad request. */
const NOT_THERE = "The request is rejected because the input detectorId is not owned by the current account.";

/** A detector as it is; undefined where it is gone. */
export async function readDetector(
  guardDuty: GuardDuty,
  DetectorId: string,
): Promise<GetDetectorCommandOutput | undefined> {
  try {
    return await guardDuty.getDetector({ DetectorId });
  } catch (error) {
    if (error instanceof Error && error.message.includes(NOT_THERE)) return undefined;
    throw error;
  }
}
