import type { PeopleBlueprint } from "../documents/blueprint";
import { misusedCredentialsRule, suspectedCredentialsRules } from "../documents/detection/finding-rules";
import {
  quarantineAutomation,
  quarantineInput,
  quarantinePolicyBlueprint,
  responderRole,
  responseStarterRole,
} from "../documents/detection/quarantine";
import type { RoleContext } from "../documents/role-permissions";
import { accountTags } from "../documents/account-tags";
import {
  alarmTopicArn,
  alarmTopicName,
  quarantineAutomationArn,
  quarantineDocumentName,
} from "../model/names";
import { UserError } from "../model/problems";
import { QUOTAS } from "../model/quotas";
import { customerPolicyResource } from "./customer-policy-resource";
import type { StackSettings } from "./account-settings";
import type { EmergencySettings } from "./detector-settings";
import { eventRoleOnceMade, eventRuleResources, type EventTarget } from "./event-rule-resources";
import {
  createdAfter,
  describeResource,
  type DescribedComponent,
  type DependentResource,
  type DescribedResource,
} from "./described-resource";
import { serviceRolePart } from "./service-role";

const componentOf = ({ organization }: RoleContext): DescribedComponent => ({
  type: "muster:stacks:Response",
  name: quarantineDocumentName(organization),
});

const withCommas = (count: number): string => count.toLocaleString("en");

/** ARN of the topic of critical alarms once it may be told. */
const criticalTopic = ({ organization, account }: RoleContext): DependentResource<string> =>
  createdAfter(
    { type: "aws:sns/topicPolicy:TopicPolicy", name: alarmTopicName(organization) },
    alarmTopicArn(organization, account),
  );

/** @throws UserError where no person has a user, where nobody would be left who looks, or too many for IAM to name */
function assertPossible(
  context: RoleContext,
  people: PeopleBlueprint | undefined,
): asserts people is PeopleBlueprint {
  const { account, organization } = context;
  const refuse = (why: string): never => {
    throw new UserError(`Pulumi.${account.key}.yaml: muster:emergency\n${why}`);
  };
  if (people === undefined)
    return refuse(
      `People's users are in another account. Write it into Pulumi.${organization.identity.key}.yaml, the identity account's.`,
    );
  const { exemptFromResponse: exempt } = people;
  if (exempt.length === 0)
    refuse(
      "Nobody holds BreakGlass or is in PowerG. These are exempt, so that somebody is left who looks: name them in src/roster.ts first.",
    );
  const { name, policy } = responderRole(context, exempt);
  if (policy.text.length > QUOTAS.policyCharacters)
    refuse(
      `The policy of ${name} names the ${String(exempt.length)} people who are exempt, and has ${withCommas(policy.text.length)} characters; IAM allows ${withCommas(QUOTAS.policyCharacters)}. ` +
        "Name fewer in `power` and `breakGlass` of src/roster.ts, or take the setting away.",
    );
}

/**
 * The response to a finding of GuardDuty about a person's credentials: a rule that hears it, an automation that puts the policy on
 * their user and tells the topic of critical alarms so, a role for each of the two, and a rule that tells the topic of findings that
 * it would not be told of otherwise, so that somebody hears of one where the automation cannot start.
 * @throws UserError where the account has no people's users, where nobody is exempt, or too many people are
 */
export function responseResources(
  context: RoleContext,
  { guardDuty }: EmergencySettings,
  tellsFrom: StackSettings["guardDuty"]["tellsFrom"],
  people: PeopleBlueprint | undefined,
): readonly DescribedResource[] {
  assertPossible(context, people);
  const { organization, account } = context;
  const parent = componentOf(context);
  const policy = customerPolicyResource(context, parent, quarantinePolicyBlueprint(context));
  const responder = serviceRolePart(context, parent, responderRole(context, people.exemptFromResponse));
  const starter = serviceRolePart(context, parent, responseStarterRole(context));
  const teller = eventRoleOnceMade(context);
  const told: EventTarget = { arn: criticalTopic(context), roleArn: teller };
  const documentName = quarantineDocumentName(organization);
  const document = describeResource(
    "aws:ssm/document:Document",
    documentName,
    {
      name: documentName,
      documentType: "Automation",
      documentFormat: "JSON",
      content: JSON.stringify(quarantineAutomation(context)),
      tags: accountTags(context),
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
          arn: createdAfter(document, `${quarantineAutomationArn(organization, account)}:$DEFAULT`),
          roleArn: starter.arn,
          inputTransformer: quarantineInput,
        },
      ],
      parent,
    ),
    ...suspectedCredentialsRules(context, guardDuty, tellsFrom).flatMap((rule) =>
      eventRuleResources(context, rule, teller, [told], parent),
    ),
  ];
}
