import type { ResourceType } from "../resource-type";
import { document } from "./document";

export const ssm: Readonly<Record<string, ResourceType>> = {
  "aws:ssm/document:Document": document,
};
