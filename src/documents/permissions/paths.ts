/**
 * IAM path of the roles and policies that Ops makes for services in prod. It can make a role only with its own boundary,
 * so what lives here is bounded: these are the only roles that it may pass, and the only policies that it may rewrite.
 */
export const OPS_PATH = "/ops/";

/** IAM path of the roles of services and functions: the only ones that developers may pass when they deploy. */
export const WORKLOADS_PATH = "/workloads/";
