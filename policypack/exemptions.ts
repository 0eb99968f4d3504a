import type { AcceptedFinding } from "./accepted-finding";
import type { Exemption, OwnResource } from "./exemption";
import type { ExemptiblePolicyName } from "./index";

/**
 * EDIT ME: what may break a policy, in which one way, and until when. An exemption that has expired, or that nothing needs any more, fails
 * the run, so that this list stays true.
 */
export const EXEMPTIONS: readonly Exemption<ExemptiblePolicyName>[] = [];

/**
 * EDIT ME: other resources of the stacks, one by one, with an owner, a reason and a last day. The pack refuses every resource that is
 * neither here nor Muster's, of any type; and every entry whose resource is not in its stack.
 */
export const OWN_RESOURCES: readonly OwnResource[] = [];

/**
 * EDIT ME: findings of reviews (`npm run review`) that stand for a time, each with an owner, a reason and a last day. The policies of
 * this pack do not ask for them.
 */
export const ACCEPTED_FINDINGS: readonly AcceptedFinding[] = [];
