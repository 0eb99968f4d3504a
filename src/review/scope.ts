/** Ways to access that no review checks, for readers who take a review as a proof. */
export const NO_REVIEW_LOOKS_AT: readonly string[] = [
  "accounts that are not in src/organization.ts, and policies of AWS Organizations, which may deny more than is shown",
  "policies of resources other than roles and secrets (buckets, keys, queues, functions); quarterly reviews have what Access Analyzer finds of them in the organization's region",
  "who is behind roles that admit others than the roster's people: assignments of Identity Center, users of the management account and of partners",
  "identity providers and instance profiles, which give nothing without a role (npm run drift compares them)",
  "secrets, alarms and analyzers of other regions than the organization's",
  "users of databases, applications and machines themselves, and what the pipeline's own service grants",
];
