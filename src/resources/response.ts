import type { PeopleBlueprint } from "../documents/blueprint";
import { misusedCredentialsRule } from "../documents/detection/finding-rules";
import {
  quarantineAutomation,
  quarantineInput,
  quarantinePolicyBlueprint,
  responderRole,
  responseStarterRole,
} from "../documents/detection/quarantine";
import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import {
  alarmTopicArn,
  alarmTopicName,
  quarantineAutomationArn,
  quarantineDocumentName,
} from "../model/names";
import { UserError } from "../model/problems";
import { customerPolicy } from "./customer-policy";
import type { EmergencySettings } from "./detector-settings";
import { eventRoleOnceMade, eventRuleResources } from "./event-rules";
import { after, describe, type Component, type Dependent, type DescribedResource } from "./resource";
import { serviceRolePart } from "./service-role";

const componentOf = ({ organization }: RoleContext): Component => ({
  type: "muster:stacks:Response",
  name: quarantineDocumentName(organization),
});

/** ARN of the topic of critical alarms once it may be told. */
const criticalTopic = ({ organization, account }: RoleContext): Dependent<string> =>
  after(
    { type: "aws:sns/topicPolicy:TopicPolicy", name: alarmTopicName(organization) },
    alarmTopicArn(organization, account),
  );

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
 * The response to a finding of GuardDuty about a person's credentials: a rule that hears it and tells the topic of critical alarms, an
 * automation that puts the policy on their user and tells the topic so, and a role for each of the two.
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
  const policy = customerPolicy(context, parent, quarantinePolicyBlueprint(context));
  const responder = serviceRolePart(context, parent, responderRole(context, people.exemptFromResponse));
  const starter = serviceRolePart(context, parent, responseStarterRole(context));
  const teller = eventRoleOnceMade(context);
  const documentName = quarantineDocumentName(organization);
  const document = describe(
    "aws:ssm/document:Document",
    documentName,
    {
      name: documentName,
      documentType: "Automation",
      documentFormat: "JSON",
      content: JSON.stringify(quarantineAutomation(context)),
      tags: tagsOf(context),
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
      teller,
      [
        {
          arn: after(document, `${quarantineAutomationArn(organization, account)}:$DEFAULT`),
          roleArn: starter.arn,
          inputTransformer: quarantineInput,
        },
        // So that somebody hears of it where the automation cannot start.
        { arn: criticalTopic(context), roleArn: teller },
      ],
      parent,
    ),
  ];
}
