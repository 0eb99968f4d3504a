import { regional } from "../regional";
import type { ResourceType } from "../resource-type";
import { deliveryChannel } from "./delivery-channel";
import { recorder } from "./recorder";
import { recorderStatus } from "./recorder-status";
import { rule } from "./rule";

export const cfg: Readonly<Record<string, ResourceType>> = {
  "aws:cfg/deliveryChannel:DeliveryChannel": regional(deliveryChannel),
  "aws:cfg/recorder:Recorder": regional(recorder),
  "aws:cfg/recorderStatus:RecorderStatus": regional(recorderStatus),
  "aws:cfg/rule:Rule": regional(rule),
};
