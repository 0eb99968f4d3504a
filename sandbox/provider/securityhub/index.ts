import { regional } from "../regional";
import type { ResourceType } from "../resource-type";
import { account } from "./account";
import { standardsControlAssociation } from "./standards-control-association";
import { standardsSubscription } from "./standards-subscription";

export const securityhub: Readonly<Record<string, ResourceType>> = {
  "aws:securityhub/account:Account": regional(account),
  "aws:securityhub/standardsControlAssociation:StandardsControlAssociation":
    regional(standardsControlAssociation),
  "aws:securityhub/standardsSubscription:StandardsSubscription": regional(standardsSubscription),
};
