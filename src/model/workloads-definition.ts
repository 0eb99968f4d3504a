import type { WorkloadEnvironment } from "./organization";
import type { Pod, Runtime, WorkloadAccess } from "./workload";

/** By environment: what the service may reach in its accounts. It has no role where it is not listed. */
type Environments<Access> = { readonly [E in WorkloadEnvironment]?: Access };

/** A service of EKS says in each environment which pods are it. */
type RunningDefinition =
  | { readonly runsOn: Exclude<Runtime, "eks">; readonly environments: Environments<WorkloadAccess> }
  | { readonly runsOn: "eks"; readonly environments: Environments<WorkloadAccess & { readonly pod: Pod }> };

/** The content of `src/workloads.ts`: by name, every service that runs in the workload accounts. */
export interface WorkloadsDefinition {
  readonly [service: string]: RunningDefinition & {
    /** Only contractors of this project may deploy it, beside the employees whose role lets them. */
    readonly project?: string;
  };
}

/** Declares the services of an organization; environments and kinds of resources that do not exist do not compile. */
export function defineWorkloads(workloads: WorkloadsDefinition): WorkloadsDefinition {
  return workloads;
}
