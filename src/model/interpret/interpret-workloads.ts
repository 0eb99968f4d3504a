import type { ServiceEntry, WorkloadAccessEntry } from "../reading/workload-entry";
import type { ServiceRuntime, Workload, WorkloadAccess } from "../workload";
import { expectPresent, expectValue } from "./expect-present";

function accessOf({ resources, publicTables }: WorkloadAccessEntry): WorkloadAccess {
  return {
    ...Object.fromEntries(resources.map(({ kind, names }) => [kind, names.map(({ value }) => value)])),
    ...(publicTables && { publicTables: publicTables.value }),
  };
}

function runningOf({ runsOn }: ServiceEntry, { pod }: WorkloadAccessEntry): ServiceRuntime {
  const runtime = expectValue(runsOn, "runsOn");
  return runtime === "eks" ? { runsOn: runtime, pod: expectPresent(pod?.pod, "pod") } : { runsOn: runtime };
}

/** Every service in every environment where it runs, as entries without problems mean it. */
export function interpretWorkloads(services: readonly ServiceEntry[]): readonly Workload[] {
  return services.flatMap((entry) =>
    expectPresent(entry.environments, "environments").map((access) => ({
      service: entry.service,
      ...runningOf(entry, access),
      ...(entry.project && { project: entry.project.value }),
      environment: access.environment,
      access: accessOf(access),
    })),
  );
}
