import { automationTrust } from "../../src/documents/automation-trust";
import type { AccountBlueprint, PeopleBlueprint } from "../../src/documents/blueprint";
import { eventRolePermissions, eventRoleTrust } from "../../src/documents/detection/event-role";
import {
  responderPermissions,
  responseStarterPermissions,
  responseStarterTrust,
} from "../../src/documents/detection/quarantine";
import { trailRolePermissions, trailRoleTrust } from "../../src/documents/detection/trail";
import { linuxUsersExecutors, linuxUsersRole } from "../../src/documents/machines/linux-users-role";
import { render, type PolicyDocument } from "../../src/documents/policy-document";
import type { RoleContext } from "../../src/documents/role-permissions";
import {
  customerPolicyArn,
  eventRoleArn,
  eventRoleName,
  eventRolePolicyName,
  responderRoleName,
  responseStarterRoleName,
  roleArnOf,
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

/** A role of the response to findings, whose policy is its boundary too. */
function responseRole(
  { account }: RoleContext,
  name: string,
  trust: PolicyDocument<unknown>,
  permissions: PolicyDocument,
): ExpectedRole {
  const policyName = `${name}-permissions`;
  const policy = {
    kind: "customer",
    purpose: "permissions",
    arn: customerPolicyArn(account, policyName),
    name: policyName,
    description: "",
    text: render(permissions),
  } as const;
  return {
    name,
    arn: roleArnOf(account, name),
    isOptional: true,
    trust: { text: render(trust) },
    policies: [policy],
    boundary: policy,
  };
}

/** The roles of the response to findings, where people live. */
const responseRoles = (context: RoleContext, people: PeopleBlueprint): readonly ExpectedRole[] => [
  {
    ...responseRole(
      context,
      responderRoleName(context.organization),
      automationTrust(context),
      responderPermissions(context, people.exemptFromResponse),
    ),
    role: "Responder",
  },
  responseRole(
    context,
    responseStarterRoleName(context.organization),
    responseStarterTrust(context),
    responseStarterPermissions(context),
  ),
];

/** The roles of services that an account may have beside what the roster and the services of the organization ask for. */
export const serviceRoles = (
  context: RoleContext,
  { partnerRoles, people }: Pick<AccountBlueprint, "partnerRoles" | "people">,
): readonly ExpectedRole[] => [
  trailRole(context),
  eventRole(context),
  ...(people ? responseRoles(context, people) : []),
  ...linuxUsersExecutors(partnerRoles).map((executor) => ({
    ...linuxUsersRole(context, executor),
    role: "LinuxUsers" as const,
    isOptional: true as const,
  })),
];
