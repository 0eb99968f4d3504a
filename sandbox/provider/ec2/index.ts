import type { ResourceType } from "../resource-type";
import { securityGroup } from "./security-group";

export const ec2: Readonly<Record<string, ResourceType>> = {
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
};
