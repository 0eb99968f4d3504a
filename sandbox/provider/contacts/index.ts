import type { ResourceType } from "../resource-type";
import { alternativeContact } from "./alternative-contact";

export const contacts: Readonly<Record<string, ResourceType>> = {
  "aws:account/alternativeContact:AlternativeContact": alternativeContact,
};
