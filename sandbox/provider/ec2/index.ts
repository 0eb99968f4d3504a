import { regional } from "../regional";
import type { ResourceType } from "../resource-type";
import { encryptionByDefault } from "./encryption-by-default";
import { securityGroup } from "./security-group";

export const ec2: Readonly<Record<string, ResourceType>> = {
  "aws:ebs/encryptionByDefault:EncryptionByDefault": regional(encryptionByDefault),
  "aws:ec2/securityGroup:SecurityGroup": securityGroup,
};
