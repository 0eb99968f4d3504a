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

interface WrittenServices {
  readonly [service: string]: {
    readonly runsOn: Runtime;
    readonly environments: Environments<WorkloadAccess & { readonly [key: string]: unknown }>;
  };
}

/**
 * For each key that is none a value that nobody writes, which names those that there are: the compiler's own message cuts
 * their list. An object, because a text would leave nothing of texts, and no words in the message.
 */
type NoKeysBut<Keys, Written, InWords extends string> = {
  readonly [K in Exclude<keyof Written, Keys>]: { readonly [Words in InWords]: never };
};

type AccessInWords =
  "a service's access has the keys secrets, logGroups, readObjects, writeObjects, readTables, writeTables, publicTables, sensitiveTables, sendQueues, receiveQueues, databaseUsers, databaseIds, and pod on EKS";

type CheckedAccess<RunsOn extends Runtime, Written> = RunsOn extends "eks"
  ? { readonly pod: Pod } & NoKeysBut<keyof WorkloadAccess | "pod", Written, AccessInWords>
  : NoKeysBut<keyof WorkloadAccess, Written, AccessInWords>;

/** What the compiler compares services with, so that it says what is wrong where it stands. */
type CheckedServices<Services extends WrittenServices> = {
  readonly [S in keyof Services]: {
    readonly environments: {
      readonly [E in keyof Services[S]["environments"]]: CheckedAccess<
        Services[S]["runsOn"],
        Services[S]["environments"][E]
      >;
    } & NoKeysBut<WorkloadEnvironment, Services[S]["environments"], "environments are dev, staging and prod">;
  } & NoKeysBut<
    keyof WorkloadsDefinition[string],
    Services[S],
    "a service has the keys runsOn, environments and project"
  >;
};

/** Declares the services of an organization; environments and kinds of resources that do not exist do not compile. */
export function defineWorkloads<Services extends WrittenServices>(
  workloads: Services & WorkloadsDefinition & CheckedServices<Services>,
): WorkloadsDefinition {
  return workloads;
}
