import type { AcceptedFinding } from "./accepted-finding";
import type { Exemption, OwnResource } from "./exemption";
import type { ExemptiblePolicyName } from "./index";

/**
 * EDIT ME: what may break a policy, in which one way, and until when. An exemption that has expired, or that nothing needs any more, fails
 * the run, so that this list never says more than is true.
 */
export const EXEMPTIONS: readonly Exemption<ExemptiblePolicyName>[] = [];

/**
 * EDIT ME: what else the stacks hold, resource by resource, with an owner, a reason and a last day. What is neither here nor
 * Muster's is refused, whatever its type; what is here and not in its stack is refused too.
 */
export const OWN_RESOURCES: readonly OwnResource[] = [];

/**
 * EDIT ME: findings of reviews (`npm run review`) that stand for a time, each with an owner, a reason and a last day. The policies of
 * this pack do not ask for them.
 */
export const ACCEPTED_FINDINGS: readonly AcceptedFinding[] = [];
