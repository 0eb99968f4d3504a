import type { Exemption } from "./exemption";

/**
 * EDIT ME: what may break a policy, and until when. An exemption that has expired, or that nothing needs any more, fails
 * the run, so that this list never says more than is true.
 */
export const EXEMPTIONS: readonly Exemption[] = [];
