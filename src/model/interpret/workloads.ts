import type { ServiceEntry, WorkloadAccessEntry } from "../reading/workloads";
import type { Workload, WorkloadAccess } from "../workload";
import { found, valueOf } from "./found";

function accessOf({ resources, publicTables }: WorkloadAccessEntry): WorkloadAccess {
  return {
    ...Object.fromEntries(resources.map(({ kind, names }) => [kind, names.map(({ value }) => value)])),
    ...(publicTables && { publicTables: publicTables.value }),
  };
}

/** Every service in every environment where it runs, as entries without problems mean it. */
export function workloadsOf(services: readonly ServiceEntry[]): readonly Workload[] {
  return services.flatMap((entry) =>
    found(entry.environments, "environments").map((access) => ({
      service: entry.service,
      runsOn: valueOf(entry.runsOn, "runsOn"),
      ...(entry.project && { project: entry.project.value }),
      environment: access.environment,
      access: accessOf(access),
    })),
  );
}
