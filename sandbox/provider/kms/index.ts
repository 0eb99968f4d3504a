import type { ResourceType } from "../resource-type";
import { alias } from "./alias";
import { key } from "./key";

export const kms: Readonly<Record<string, ResourceType>> = {
  "aws:kms/alias:Alias": alias,
  "aws:kms/key:Key": key,
};
