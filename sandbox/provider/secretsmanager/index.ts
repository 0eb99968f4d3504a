import type { ResourceType } from "../resource-type";
import { secret } from "./secret";

export const secretsmanager: Readonly<Record<string, ResourceType>> = {
  "aws:secretsmanager/secret:Secret": secret,
};
