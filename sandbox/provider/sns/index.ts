import type { ResourceType } from "../resource-type";

export const sns: Readonly<Record<string, ResourceType>> = {};
