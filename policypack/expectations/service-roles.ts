import { eventRolePermissions, eventRoleTrust } from "../../src/documents/detection/event-role";
import { trailRolePermissions, trailRoleTrust } from "../../src/documents/detection/trail";
import { linuxUsersExecutors, linuxUsersRole } from "../../src/documents/machines/linux-users-role";
import type { PartnerRoleBlueprint } from "../../src/documents/partner-role-blueprint";
import { render } from "../../src/documents/policy-document";
import type { RoleContext } from "../../src/documents/role-permissions";
import {
  customerPolicyArn,
  eventRoleArn,
  eventRoleName,
  eventRolePolicyName,
  trailRoleArn,
  trailRoleName,
  trailRolePolicyName,
} from "../../src/model/names";
import type { ExpectedRole } from "./expected-role";

/** The role with which CloudTrail writes to the log group; absent where the account has a trail of its own already. */
function trailRole(context: RoleContext): ExpectedRole {
  const { organization, account } = context;
  const name = trailRolePolicyName(organization);
  return {
    name: trailRoleName(organization),
    arn: trailRoleArn(organization, account),
    isOptional: true,
    trust: { text: render(trailRoleTrust()) },
    policies: [
      {
        kind: "customer",
        purpose: "permissions",
        arn: customerPolicyArn(account, name),
        name,
        description: "Write events to the trail's log group.",
        text: render(trailRolePermissions(context)),
      },
    ],
  };
}

/** The role with which EventBridge tells the alarms' topics. */
function eventRole(context: RoleContext): ExpectedRole {
  const { organization, account } = context;
  const name = eventRolePolicyName(organization);
  return {
    name: eventRoleName(organization),
    arn: eventRoleArn(organization, account),
    trust: { text: render(eventRoleTrust(context)) },
    policies: [
      {
        kind: "customer",
        purpose: "permissions",
        arn: customerPolicyArn(account, name),
        name,
        description: "Tell the alarms' topics.",
        text: render(eventRolePermissions(context)),
      },
    ],
  };
}

/** The roles of services that an account may have beside what the roster and the services of the organization ask for. */
export const serviceRoles = (
  context: RoleContext,
  partnerRoles: readonly PartnerRoleBlueprint[],
): readonly ExpectedRole[] => [
  trailRole(context),
  eventRole(context),
  ...linuxUsersExecutors(partnerRoles).map((executor) => ({
    ...linuxUsersRole(context, executor),
    role: "LinuxUsers" as const,
    isOptional: true as const,
  })),
];
