import { alarmKeyPolicy, alarmTopicPolicy } from "../../documents/detection/alarm-channel";
import { trailBucketPolicy } from "../../documents/detection/trail-delivery";
import { alarmTopicArn, noticeTopicArn } from "../../model/names";
import { renderDocument, type PolicyDocument } from "../../documents/policy-document";
import type { RoleContext } from "../../documents/role-permissions";
import { parseDocument } from "../../documents/statement";
import { requestsAdmittedBy, type ParsedPolicy } from "../allowed-requests";
import type { ProofInput } from "../proven-account";
import type { ProvenCaller } from "../proven-caller";
import type { Claim, Invariant } from "../invariant";
import type { Breach, Prover } from "../prover";
import type { RequestSet } from "../request-set";
import {
  accountsThatCouldEnter,
  anybodyInAccount,
  usersAndRolesNamedIn,
  principalsNamedIn,
} from "./policy-callers";

/** A resource that Muster makes, with its own policy and the services that it works with. */
export interface GuardedResource {
  readonly name: string;
  readonly policyOf: (context: RoleContext) => PolicyDocument<unknown>;
  /** The services that it works with, on behalf of its account alone. */
  readonly services: readonly string[];
}

/** The resources that every account has by Muster; the key of databases' secrets has an invariant of its own. */
export const RESOURCES: readonly GuardedResource[] = [
  { name: "the trail's bucket", policyOf: trailBucketPolicy, services: ["cloudtrail.amazonaws.com"] },
  {
    name: "the alarms' topic",
    policyOf: (context) => alarmTopicPolicy(context, alarmTopicArn(context.organization, context.account)),
    services: ["cloudwatch.amazonaws.com"],
  },
  {
    name: "the notices' topic",
    policyOf: (context) => alarmTopicPolicy(context, noticeTopicArn(context.organization, context.account)),
    services: ["cloudwatch.amazonaws.com"],
  },
  { name: "the alarms' key", policyOf: alarmKeyPolicy, services: ["cloudwatch.amazonaws.com"] },
];

/**
 * A resource's policy as the prover takes it, named after the resource.
 * @throws Error where it is no policy document, which is a bug
 */
export function parsedResourcePolicy(name: string, document: PolicyDocument<unknown>): ParsedPolicy {
  const statements = parseDocument(renderDocument(document));
  if (statements === undefined) throw new Error(`The policy of ${name} is no policy document.`);
  return { name: `policy of ${name}`, statements };
}

/**
 * The requests of other accounts that a resource's policy lets in, and those of services on behalf of others; `known` adds
 * what AWS tells this kind of resource of its callers.
 */
export function resourceBreaches(
  policy: ParsedPolicy,
  accountId: string,
  services: readonly string[],
  input: ProofInput,
  prover: Prover,
  known: (caller: ProvenCaller) => ProvenCaller = (caller) => caller,
): readonly Breach[] {
  const letIn = (caller: ProvenCaller, when?: RequestSet["when"]): readonly Breach[] =>
    prover.breaches(requestsAdmittedBy(policy, known(caller)), { actions: "*", ...(when && { when }) });
  return [
    ...accountsThatCouldEnter(input, policy)
      .filter((id) => id !== accountId)
      .flatMap((id) => letIn(anybodyInAccount(id, `anybody of ${id}`))),
    ...usersAndRolesNamedIn(policy)
      .filter((caller) => caller.accountId !== accountId)
      .flatMap((caller) => letIn(caller)),
    ...principalsNamedIn(policy).flatMap((caller) =>
      services.includes(caller.principal?.value ?? "")
        ? // On behalf of nothing of this account's.
          letIn(caller, { ArnNotLike: { "aws:SourceArn": `arn:aws:*:*:${accountId}:*` } })
        : letIn(caller),
    ),
  ];
}

function* guarded(input: ProofInput): Iterable<Claim> {
  const { organization } = input.model;
  for (const account of organization.accounts) {
    for (const { name, policyOf, services } of RESOURCES) {
      const policy = parsedResourcePolicy(name, policyOf({ organization, account }));
      yield {
        about: `${name} in ${account.key}`,
        setting: { resourcePolicy: policy, resourceAccount: account.id },
        finds: "allowed",
        breaches: (prover) => resourceBreaches(policy, account.id, services, input, prover),
      };
    }
  }
}

/** What Muster's own resources let in. */
export const RESOURCE_POLICIES: readonly Invariant[] = [
  {
    id: "musters-resources-serve-their-account",
    says: "The trail's bucket and the alarms' topics and key admit nobody of another account, and services on behalf of this account alone.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    claims: guarded,
  },
];
