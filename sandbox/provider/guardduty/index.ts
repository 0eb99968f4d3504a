import { regional } from "../regional";
import type { ResourceType } from "../resource-type";
import { detector } from "./detector";
import { detectorFeature } from "./detector-feature";

export const guardduty: Readonly<Record<string, ResourceType>> = {
  "aws:guardduty/detector:Detector": regional(detector),
  "aws:guardduty/detectorFeature:DetectorFeature": regional(detectorFeature),
};
