import type { OrganizationDefinition } from "./organization";
import type { Runtime, WorkloadAccess } from "./workload";

/** What `src/workloads.ts` says, for the accounts of `O`: by name, every service that runs in them. */
export interface WorkloadsDefinition<O extends OrganizationDefinition> {
  readonly [service: string]: {
    readonly runsOn: Runtime;
    /** Only contractors of this project may deploy it, beside the employees whose role lets them. */
    readonly project?: string;
    /** By account: what the service may reach there. It has no role where it is not listed. */
    readonly accounts: {
      readonly [
        A in keyof O["accounts"] & string as O["accounts"][A] extends { readonly kind: "workload" }
          ? A
          : never
      ]?: WorkloadAccess;
    };
  };
}

/** Declares the services of an organization; accounts and kinds of resources that do not exist do not compile. */
export function defineWorkloads<const O extends OrganizationDefinition>(
  _organization: O,
  workloads: WorkloadsDefinition<O>,
): WorkloadsDefinition<O> {
  return workloads;
}
