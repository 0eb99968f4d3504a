import { alarmKeyPolicy, alarmTopicPolicy } from "../../documents/detection/alarm-channel";
import { trailBucketPolicy } from "../../documents/detection/trail";
import { render, type PolicyDocument } from "../../documents/policy-document";
import type { RoleContext } from "../../documents/role-permissions";
import { parseDocument } from "../../documents/statement";
import { admittedBy, type Policy } from "../allowed-requests";
import type { World } from "../accounts";
import type { Claim, Invariant } from "../invariant";
import { accountsFor, anybodyOf, namedFor, othersFor } from "./callers";

/** A resource that Muster makes, with its own policy and the services that it works with. */
interface GuardedResource {
  readonly name: string;
  readonly policyOf: (context: RoleContext) => PolicyDocument<unknown>;
  /** A condition that each service's requests have to meet, by service. */
  readonly services: readonly string[];
}

const RESOURCES: readonly GuardedResource[] = [
  { name: "the trail's bucket", policyOf: trailBucketPolicy, services: ["cloudtrail.amazonaws.com"] },
  { name: "the alarms' topic", policyOf: alarmTopicPolicy, services: ["cloudwatch.amazonaws.com"] },
  { name: "the alarms' key", policyOf: alarmKeyPolicy, services: ["cloudwatch.amazonaws.com"] },
];

function policyOf(name: string, document: PolicyDocument<unknown>): Policy {
  const statements = parseDocument(render(document));
  if (statements === undefined) throw new Error(`The policy of ${name} is no policy document.`);
  return { name: `policy of ${name}`, statements };
}

function* guarded(world: World): Iterable<Claim> {
  const { organization } = world.model;
  for (const account of organization.accounts) {
    for (const { name, policyOf: documentOf, services } of RESOURCES) {
      const policy = policyOf(name, documentOf({ organization, account }));
      yield {
        about: `${name} in ${account.key}`,
        setting: { resourcePolicy: policy, resourceAccount: account.id },
        finds: "allowed",
        breaches: (prover) => [
          ...accountsFor(world, policy)
            .filter((id) => id !== account.id)
            .flatMap((id) =>
              prover.breaches(admittedBy(policy, anybodyOf(id, `anybody of ${id}`)), { actions: "*" }),
            ),
          ...namedFor(policy)
            .filter(({ accountId }) => accountId !== account.id)
            .flatMap((caller) => prover.breaches(admittedBy(policy, caller), { actions: "*" })),
          ...othersFor(policy).flatMap((caller) =>
            services.includes(caller.principal?.value ?? "")
              ? prover.breaches(admittedBy(policy, caller), {
                  actions: "*",
                  // On behalf of nothing of this account's.
                  when: { ArnNotLike: { "aws:SourceArn": `arn:aws:*:*:${account.id}:*` } },
                })
              : prover.breaches(admittedBy(policy, caller), { actions: "*" }),
          ),
        ],
      };
    }
  }
}

/** What Muster's own resources let in. */
export const RESOURCE_POLICIES: readonly Invariant[] = [
  {
    id: "musters-resources-serve-their-account",
    says: "The trail's bucket and the alarms' topic and key admit nobody of another account, and services on behalf of this account alone.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    claims: guarded,
  },
];
