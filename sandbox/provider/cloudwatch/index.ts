import type { ResourceType } from "../resource-type";

export const cloudwatch: Readonly<Record<string, ResourceType>> = {};
