import { blueprintsOf, type AccountBlueprint } from "../../documents/blueprint";
import type { ServiceRoleBlueprint } from "../../documents/service-role-blueprint";
import { serviceRoles } from "../../documents/service-roles";
import { parseDocument } from "../../documents/statement";
import {
  linuxUsersRoleName,
  LINUX_USERS_COMMAND,
  OPS_ACCESS_TAG,
  OPS_ACCESS_TAG_VALUE,
  userArn,
} from "../../model/names";
import type { ProofInput, ProvenAccount } from "../proven-account";
import { findAllowedRequests, requestsAdmittedBy, type ParsedPolicy } from "../allowed-requests";
import { provenSessionCaller, type ProvenCaller } from "../proven-caller";
import type { Invariant } from "../invariant";
import type { Breach, Prover } from "../prover";
import type { RequestSet } from "../request-set";
import {
  accountsThatCouldEnter,
  anybodyInAccount,
  usersAndRolesNamedIn,
  principalsNamedIn,
} from "./policy-callers";
import { filledIn } from "./role-invariant";

/** The key of the alarms' topics, by its alias. */
const ALARM_KEY: RequestSet = {
  actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
  resources: "arn:aws:kms:{region}:{account}:key/*",
  when: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/{prefix}-alarms" } },
};

interface Work {
  /** The one service that assumes the role. */
  readonly service: string;
  /** What of this account the service assumes it for; undefined where AWS does not say: decision 40. */
  readonly source: string | undefined;
  /** All that the role may do, with `PLACEHOLDERS`. */
  readonly does: readonly RequestSet[];
}

/** What each role is for. */
const WORK: Readonly<Record<ServiceRoleBlueprint["id"], Work>> = {
  Trail: {
    service: "cloudtrail.amazonaws.com",
    source: undefined,
    does: [
      {
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources:
          "arn:aws:logs:{region}:{account}:log-group:{prefix}-trail:log-stream:{account}_CloudTrail_*",
      },
    ],
  },
  Alarms: {
    service: "events.amazonaws.com",
    source: "arn:aws:events:*:{account}:rule/{prefix}-*",
    does: [
      {
        actions: "sns:Publish",
        resources: ["alarms", "notices"].map((topic) => `arn:aws:sns:{region}:{account}:{prefix}-${topic}`),
      },
      { actions: "events:PutEvents", resources: "arn:aws:events:{region}:{account}:event-bus/default" },
      ALARM_KEY,
    ],
  },
  Responder: {
    service: "ssm.amazonaws.com",
    source: "arn:aws:ssm:{region}:{account}:automation-execution/*",
    does: [
      {
        actions: "iam:AttachUserPolicy",
        resources: "arn:aws:iam::{account}:user/people/*",
        when: { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::{account}:policy/{prefix}-quarantine" } },
      },
      { actions: "sns:Publish", resources: "arn:aws:sns:{region}:{account}:{prefix}-alarms" },
      ALARM_KEY,
    ],
  },
  ResponseStarter: {
    service: "events.amazonaws.com",
    source: "arn:aws:events:{region}:{account}:rule/{prefix}-CredentialsMisused",
    does: [
      {
        actions: "ssm:StartAutomationExecution",
        resources: [
          "arn:aws:ssm:{region}:{account}:automation-definition/{prefix}-Quarantine:*",
          "arn:aws:ssm:{region}:{account}:automation-execution/*",
          "arn:aws:ssm:{region}:{account}:document/{prefix}-Quarantine",
        ],
      },
      {
        actions: "iam:PassRole",
        resources: "arn:aws:iam::{account}:role/{prefix}-ResponderR",
        when: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
      },
    ],
  },
  LinuxUsers: {
    service: "ssm.amazonaws.com",
    source: "arn:aws:ssm:{region}:{account}:automation-execution/*",
    // On which machines is different for Ops and for each partner.
    does: [
      {
        actions: "ssm:SendCommand",
        resources: `arn:aws:ssm:{region}:{account}:document/${LINUX_USERS_COMMAND}`,
      },
      { actions: ["ssm:DescribeInstanceInformation", "ssm:ListCommandInvocations", "ssm:ListCommands"] },
    ],
  },
};

/** The machines on which an automation makes users: those of a partner by their ids, those of Ops by the tag. */
function machinesOf(
  { model: { organization } }: ProofInput,
  { account, partnerRoles }: AccountBlueprint,
  role: ServiceRoleBlueprint,
): readonly RequestSet[] {
  if (role.id !== "LinuxUsers") return [];
  const instance = (id: string): string => `arn:aws:ec2:{region}:{account}:instance/${id}`;
  const partner = partnerRoles.find(
    (one) => role.name === linuxUsersRoleName(organization, account, one.partner),
  );
  if (partner !== undefined) {
    const resources = (partner.managesUsersOn ?? []).map(instance);
    return resources.length === 0 ? [] : [{ actions: "ssm:SendCommand", resources }];
  }
  return [
    {
      actions: "ssm:SendCommand",
      resources: instance("*"),
      when: { StringEquals: { [`aws:ResourceTag/${OPS_ACCESS_TAG}`]: OPS_ACCESS_TAG_VALUE } },
    },
  ];
}

/** A role of a service of AWS in its account, with its documents as the prover takes them. */
export interface PlacedServiceRole {
  readonly account: ProvenAccount;
  readonly blueprint: AccountBlueprint;
  readonly role: ServiceRoleBlueprint;
  readonly trust: ParsedPolicy;
  readonly permissions: ParsedPolicy;
}

/** @throws Error where it is no policy document, which is a bug */
function policyOf(name: string, text: string): ParsedPolicy {
  const statements = parseDocument(text);
  if (statements === undefined) throw new Error(`${name} is no policy document.`);
  return { name, statements };
}

/** The roles that services of AWS have by this program, whatever the settings of the stacks. */
export function placedServiceRoles({ model, accounts }: ProofInput): readonly PlacedServiceRole[] {
  return blueprintsOf(model).flatMap((blueprint) => {
    const account = accounts.find(({ key }) => key === blueprint.account.key);
    if (account === undefined) return [];
    return serviceRoles(model.organization, blueprint).map((role) => ({
      account,
      blueprint,
      role,
      trust: policyOf(`trust of ${role.name}`, role.trust.text),
      permissions: policyOf(role.policy.name, role.policy.text),
    }));
  });
}

/** Requests by which somebody but its service, or the service for another account, becomes the role. */
export function admissionBreaches(
  { account, role, trust }: PlacedServiceRole,
  input: ProofInput,
  prover: Prover,
): readonly Breach[] {
  const { service, source } = WORK[role.id];
  const letIn = (caller: ProvenCaller, when?: RequestSet["when"]): readonly Breach[] =>
    prover.breaches(requestsAdmittedBy(trust, caller), {
      actions: "*",
      resources: role.arn,
      ...(when && { when }),
    });
  return [
    ...accountsThatCouldEnter(input, trust).flatMap((id) => letIn(anybodyInAccount(id, `anybody of ${id}`))),
    ...usersAndRolesNamedIn(trust).flatMap((caller) => letIn(caller)),
    ...principalsNamedIn(trust).flatMap((caller) => {
      if (caller.principal?.value !== service) return letIn(caller);
      if (source === undefined) return [];
      const { when } = filledIn(
        { actions: "*", when: { ArnNotLike: { "aws:SourceArn": source } } },
        account,
        input,
      );
      return [
        ...letIn(caller, when),
        ...letIn(caller, { StringNotEquals: { "aws:SourceAccount": account.id } }),
      ];
    }),
  ];
}

/** Requests of the role that are not its work. */
export function workBreaches(
  { account, blueprint, role, permissions }: PlacedServiceRole,
  input: ProofInput,
  prover: Prover,
): readonly Breach[] {
  const work = [...WORK[role.id].does, ...machinesOf(input, blueprint, role)];
  const access = findAllowedRequests(
    provenSessionCaller(role.arn, "somebody", `${account.key}/${role.name}`),
    {
      policies: [permissions],
    },
  );
  const exempt = (blueprint.people?.exemptFromResponse ?? []).map((name) => userArn(blueprint.account, name));
  return [
    ...prover.breaches(
      access,
      { actions: "*" },
      work.map((set) => filledIn(set, account, input)),
    ),
    ...(exempt.length === 0 ? [] : prover.breaches(access, { actions: "iam:*", resources: exempt })),
  ];
}

/** The roles by which services of AWS work for an account. */
export const SERVICE_ROLES: readonly Invariant[] = [
  {
    id: "services-of-aws-have-one-task-each",
    says: "Muster's roles of CloudTrail, EventBridge and Systems Manager admit that one service, for this account's rules and automations, and do what they are for and nothing else: write the trail, tell topics, start or be the quarantine of people who are not exempt, make users of the named machines.",
    source:
      "Decisions 40, 107 and 136; https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    *claims(input) {
      for (const placed of placedServiceRoles(input)) {
        yield {
          about: `${placed.account.key}/${placed.role.name}`,
          setting: { permissions: { policies: [placed.permissions] } },
          finds: "allowed",
          breaches: (prover) => workBreaches(placed, input, prover),
        };
        yield {
          about: `the trust of ${placed.account.key}/${placed.role.name}`,
          setting: { resourcePolicy: placed.trust, resourceAccount: placed.account.id },
          finds: "allowed",
          breaches: (prover) => admissionBreaches(placed, input, prover),
        };
      }
    },
  },
];
