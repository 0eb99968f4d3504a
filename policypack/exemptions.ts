import type { Exemption, OwnResource } from "./exemption";
import type { PolicyName } from "./index";

/**
 * EDIT ME: what may break a policy, and until when. An exemption that has expired, or that nothing needs any more, fails
 * the run, so that this list never says more than is true.
 */
export const EXEMPTIONS: readonly Exemption<PolicyName>[] = [];

/**
 * EDIT ME: what else the stacks hold, resource by resource, with an owner, a reason and a last day. What is neither here nor
 * Muster's is refused, whatever its type; what is here and not in its stack is refused too.
 */
export const OWN_RESOURCES: readonly OwnResource[] = [];
