import type { ResourceType } from "../resource-type";

export const cloudtrail: Readonly<Record<string, ResourceType>> = {};
