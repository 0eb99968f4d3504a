import type { WorkloadEnvironment } from "./organization";
import type { Runtime, WorkloadAccess } from "./workload";

/** What `src/workloads.ts` says: by name, every service that runs in the workload accounts. */
export interface WorkloadsDefinition {
  readonly [service: string]: {
    readonly runsOn: Runtime;
    /** Only contractors of this project may deploy it, beside the employees whose role lets them. */
    readonly project?: string;
    /** By environment: what the service may reach in its accounts. It has no role where it is not listed. */
    readonly environments: { readonly [E in WorkloadEnvironment]?: WorkloadAccess };
  };
}

/** Declares the services of an organization; environments and kinds of resources that do not exist do not compile. */
export function defineWorkloads(workloads: WorkloadsDefinition): WorkloadsDefinition {
  return workloads;
}
