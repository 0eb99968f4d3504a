import type { ResourceType } from "../resource-type";
import { subnetGroup } from "./subnet-group";

export const rds: Readonly<Record<string, ResourceType>> = {
  "aws:rds/subnetGroup:SubnetGroup": subnetGroup,
};
