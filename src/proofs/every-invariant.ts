import type { Invariant } from "./invariant";
import { ADMINISTRATION } from "./invariants/administration";
import { COMPARISONS } from "./invariants/comparisons";
import { DATABASE_KEY } from "./invariants/database-key";
import { EMERGENCY } from "./invariants/emergency";
import { NAMED_RESOURCES } from "./invariants/named-resources";
import { OPERATING } from "./invariants/operating";
import { OPERATIONS } from "./invariants/operations";
import { PEOPLE } from "./invariants/people";
import { PIPELINE_STATE } from "./invariants/pipeline-state";
import { READING } from "./invariants/reading";
import { RESOURCE_POLICIES } from "./invariants/resources";
import { roleInvariant } from "./invariants/role-invariant";
import { SERVICE_ROLES } from "./invariants/service-roles";
import { SESSIONS } from "./invariants/sessions";
import { SPECIALISTS } from "./invariants/specialists";
import { TRAIL_BUCKET } from "./invariants/trail-bucket";
import { TRAIL_KEY } from "./invariants/trail-key";
import { TRUSTS } from "./invariants/trusts";
import { WATCHING } from "./invariants/watching";

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
  ...NAMED_RESOURCES,
  ...PIPELINE_STATE,
  ...COMPARISONS,
  ...RESOURCE_POLICIES,
  ...SERVICE_ROLES,
  ...DATABASE_KEY,
  ...TRAIL_BUCKET,
  ...TRAIL_KEY,
];
