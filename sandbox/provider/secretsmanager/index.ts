import type { ResourceType } from "../resource-type";
import { secretRotation } from "./secret-rotation";
import { secret } from "./secret";

export const secretsmanager: Readonly<Record<string, ResourceType>> = {
  "aws:secretsmanager/secret:Secret": secret,
  "aws:secretsmanager/secretRotation:SecretRotation": secretRotation,
};
