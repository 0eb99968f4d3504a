/**
 * IAM path of what Ops makes in prod, and the only one where it changes anything. It can make a role only with its own
 * boundary, so what lives here is bounded. IAM has no condition on a trust's text: a role under this path may admit another
 * account, which then has what the boundary leaves. `npm run drift` and `npm run access -- --live` report it.
 */
export const OPS_PATH = "/ops/";

/** IAM path of the roles of services and functions: the only ones that developers may pass when they deploy. */
export const WORKLOADS_PATH = "/workloads/";
