import type { PeopleBlueprint } from "../documents/blueprint";
import { automationTrust } from "../documents/automation-trust";
import { misusedCredentialsRule } from "../documents/detection/finding-rules";
import {
  quarantineAutomation,
  quarantineInput,
  quarantinePolicy,
  responderPermissions,
  responseStarterPermissions,
  responseStarterTrust,
} from "../documents/detection/quarantine";
import { render } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import {
  quarantineAutomationArn,
  quarantineDocumentName,
  quarantinePolicyName,
  responderRoleName,
  responseStarterRoleName,
} from "../model/names";
import { UserError } from "../model/problems";
import type { EmergencySettings } from "./detector-settings";
import { eventRoleOnceMade, eventRuleResources } from "./event-rules";
import { after, describe, type Component, type DescribedResource } from "./resource";
import { serviceRolePart } from "./service-role";
import { KEEPS_DESCRIPTION } from "./unchangeable-description";

const componentOf = ({ organization }: RoleContext): Component => ({
  type: "muster:stacks:Response",
  name: quarantineDocumentName(organization),
});

/** @throws UserError where no person has a user, or where nobody would be left who undoes it */
function assertPossible(
  { account, organization }: RoleContext,
  people: PeopleBlueprint | undefined,
): asserts people is PeopleBlueprint {
  const refuse = (why: string): never => {
    throw new UserError(`Pulumi.${account.key}.yaml: muster:emergency\n${why}`);
  };
  if (people === undefined)
    refuse(
      `People's users are in another account. Write it into Pulumi.${organization.identity.key}.yaml, the identity account's.`,
    );
  else if (people.exemptFromResponse.length === 0)
    refuse(
      "Nobody holds BreakGlass or is in PowerG. These are exempt, so that somebody is left who looks and undoes it: name them in src/roster.ts first.",
    );
}

/**
 * The response to a finding of GuardDuty about a person's credentials: a rule that hears it, an automation that puts the policy on
 * their user and tells the topic of critical alarms, and a role for each of the two.
 * @throws UserError where the account has no people's users, or nobody is exempt
 */
export function responseResources(
  context: RoleContext,
  { guardDuty }: EmergencySettings,
  people: PeopleBlueprint | undefined,
): readonly DescribedResource[] {
  assertPossible(context, people);
  const { organization, account } = context;
  const parent = componentOf(context);
  const tags = tagsOf(context);
  const policyName = quarantinePolicyName(organization);
  const policy = describe(
    "aws:iam/policy:Policy",
    policyName,
    {
      name: policyName,
      description: "Denies everything to a person whose credentials are in wrong hands.",
      policy: render(quarantinePolicy()),
      tags,
    },
    { parent, ...KEEPS_DESCRIPTION },
  );
  const responder = serviceRolePart(context, parent, {
    name: responderRoleName(organization),
    description: "Puts people in quarantine whose credentials are in wrong hands.",
    trust: automationTrust(context),
    isBounded: true,
    policy: {
      name: `${responderRoleName(organization)}-permissions`,
      description: "Attach one policy to people's users, and tell the topic of critical alarms.",
      document: responderPermissions(context, people.exemptFromResponse),
    },
  });
  const starter = serviceRolePart(context, parent, {
    name: responseStarterRoleName(organization),
    description: "EventBridge starts the automation that puts people in quarantine.",
    trust: responseStarterTrust(context),
    isBounded: true,
    policy: {
      name: `${responseStarterRoleName(organization)}-permissions`,
      description: "Start one automation.",
      document: responseStarterPermissions(context),
    },
  });
  const documentName = quarantineDocumentName(organization);
  const document = describe(
    "aws:ssm/document:Document",
    documentName,
    {
      name: documentName,
      documentType: "Automation",
      documentFormat: "JSON",
      content: JSON.stringify(quarantineAutomation(context)),
      tags,
    },
    // As with the documents of machines.
    { parent, remadeOnChanges: ["content"] },
  );
  return [
    policy,
    ...responder.resources,
    ...starter.resources,
    document,
    ...eventRuleResources(
      context,
      misusedCredentialsRule(context, guardDuty),
      eventRoleOnceMade(context),
      {
        arn: after(document, `${quarantineAutomationArn(organization, account)}:$DEFAULT`),
        roleArn: starter.arn,
        inputTransformer: quarantineInput,
      },
      parent,
    ),
  ];
}
