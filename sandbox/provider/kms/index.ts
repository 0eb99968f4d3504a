import type { ResourceType } from "../resource-type";

export const kms: Readonly<Record<string, ResourceType>> = {};
