import type { Invariant } from "./invariant";
import { ADMINISTRATION } from "./invariants/administration-invariants";
import { COMPARISONS } from "./invariants/comparison-invariants";
import { DATABASE_KEY } from "./invariants/database-key-invariants";
import { DENIALS } from "./invariants/denial-invariants";
import { EMERGENCY } from "./invariants/emergency-invariants";
import { NAMED_RESOURCES } from "./invariants/named-resource-invariants";
import { OPERATING } from "./invariants/operating-invariants";
import { OPERATIONS } from "./invariants/operation-invariants";
import { PEOPLE } from "./invariants/people-invariants";
import { PIPELINE } from "./invariants/pipeline-invariants";
import { PIPELINE_STATE } from "./invariants/pipeline-state-invariants";
import { READING } from "./invariants/reading-invariants";
import { RESOURCE_POLICIES } from "./invariants/resource-policy-invariants";
import { roleInvariant } from "./invariants/role-invariant";
import { SERVICE_ROLES } from "./invariants/service-role-invariants";
import { SESSIONS } from "./invariants/session-invariants";
import { SOURCE_ADDRESSES } from "./invariants/source-address-invariants";
import { SPECIALISTS } from "./invariants/specialist-invariants";
import { TRAIL_BUCKET } from "./invariants/trail-bucket-invariants";
import { TRAIL_KEY } from "./invariants/trail-key-invariants";
import { TRUSTS } from "./invariants/trust-invariants";
import { WATCHING } from "./invariants/watching-invariants";

/** All that must hold, whatever the organization; adopters add theirs in `src/invariants.ts`. */
export const INVARIANTS: readonly Invariant[] = [
  ...TRUSTS,
  ...PEOPLE,
  ...SESSIONS,
  ...ADMINISTRATION.map(roleInvariant),
  ...EMERGENCY.map(roleInvariant),
  ...OPERATING.map(roleInvariant),
  ...OPERATIONS.map(roleInvariant),
  ...WATCHING.map(roleInvariant),
  ...READING.map(roleInvariant),
  ...SPECIALISTS.map(roleInvariant),
  ...DENIALS.map(roleInvariant),
  ...SOURCE_ADDRESSES,
  ...NAMED_RESOURCES,
  ...PIPELINE,
  ...PIPELINE_STATE,
  ...COMPARISONS,
  ...RESOURCE_POLICIES,
  ...SERVICE_ROLES,
  ...DATABASE_KEY,
  ...TRAIL_BUCKET,
  ...TRAIL_KEY,
];
