import type { ResourceType } from "../resource-type";
import { trail } from "./trail";

export const cloudtrail: Readonly<Record<string, ResourceType>> = {
  "aws:cloudtrail/trail:Trail": trail,
};
