import type { ServiceEntry, WorkloadAccessEntry } from "../reading/workloads";
import type { Running, Workload, WorkloadAccess } from "../workload";
import { found, valueOf } from "./found";

function accessOf({ resources, publicTables }: WorkloadAccessEntry): WorkloadAccess {
  return {
    ...Object.fromEntries(resources.map(({ kind, names }) => [kind, names.map(({ value }) => value)])),
    ...(publicTables && { publicTables: publicTables.value }),
  };
}

function runningOf({ runsOn }: ServiceEntry, { pod }: WorkloadAccessEntry): Running {
  const runtime = valueOf(runsOn, "runsOn");
  return runtime === "eks" ? { runsOn: runtime, pod: found(pod?.pod, "pod") } : { runsOn: runtime };
}

/** Every service in every environment where it runs, as entries without problems mean it. */
export function workloadsOf(services: readonly ServiceEntry[]): readonly Workload[] {
  return services.flatMap((entry) =>
    found(entry.environments, "environments").map((access) => ({
      service: entry.service,
      ...runningOf(entry, access),
      ...(entry.project && { project: entry.project.value }),
      environment: access.environment,
      access: accessOf(access),
    })),
  );
}
