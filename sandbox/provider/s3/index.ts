import type { ResourceType } from "../resource-type";

export const s3: Readonly<Record<string, ResourceType>> = {};
