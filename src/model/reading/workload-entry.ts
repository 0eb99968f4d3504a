import { WORKLOAD_ENVIRONMENTS, type WorkloadEnvironment } from "../organization";
import { POD_NAMES, RUNTIMES, WORKLOAD_RESOURCE_KINDS, WORKLOAD_RESOURCES } from "../workload";
import type { Pod, Runtime, WorkloadResourceKind } from "../workload";
import type { Cell, Cursor } from "./cursor";
import { readProjectName } from "./roster-entry";

/** The resources of one kind that a service reaches in an environment. */
export interface WorkloadResourceEntry {
  readonly kind: WorkloadResourceKind;
  readonly cursor: Cursor;
  /** Those that could be read. */
  readonly names: readonly Cell<string>[];
}

/** The pods of a service as written. */
export interface PodEntry {
  readonly cursor: Cursor;
  /** Undefined where they could not be read. */
  readonly pod: Pod | undefined;
}

export interface WorkloadAccessEntry {
  readonly environment: WorkloadEnvironment;
  readonly cursor: Cursor;
  readonly resources: readonly WorkloadResourceEntry[];
  readonly publicTables: Cell<true> | undefined;
  readonly pod: PodEntry | undefined;
}

/** One service as written: what could not be read is missing, and has been reported. */
export interface ServiceEntry {
  readonly service: string;
  readonly cursor: Cursor;
  readonly runsOn: Cell<Runtime> | undefined;
  readonly project: Cell<string> | undefined;
  /** Undefined where they could not be read. */
  readonly environments: readonly WorkloadAccessEntry[] | undefined;
}

function readResources(
  kind: WorkloadResourceKind,
  list: Cursor | undefined,
): readonly WorkloadResourceEntry[] {
  const { pattern, rule, example } = WORKLOAD_RESOURCES[kind];
  const items = list?.items(`\`${kind}\``);
  if (list === undefined || items === undefined) return [];
  const matching = (text: string): string | undefined => (pattern.test(text) ? text : undefined);
  return [{ kind, cursor: list, names: items.flatMap((item) => item.parsed(matching, rule, example) ?? []) }];
}

function readPod(cursor: Cursor): PodEntry {
  const fields = cursor.fields({
    what: "a service's pod",
    required: ["cluster", "namespace", "serviceAccount"],
    optional: [],
  });
  const name = (key: keyof Pod): string | undefined => {
    const { pattern, rule, example } = POD_NAMES[key];
    const matching = (text: string): string | undefined => (pattern.test(text) ? text : undefined);
    return fields?.[key]?.parsed(matching, rule, example)?.value;
  };
  const [cluster, namespace, serviceAccount] = [name("cluster"), name("namespace"), name("serviceAccount")];
  const isRead = cluster !== undefined && namespace !== undefined && serviceAccount !== undefined;
  return { cursor, pod: isRead ? { cluster, namespace, serviceAccount } : undefined };
}

function readAccess(environment: WorkloadEnvironment, cursor: Cursor): WorkloadAccessEntry {
  const fields = cursor.fields({
    what: "a service's access",
    required: [],
    optional: [...WORKLOAD_RESOURCE_KINDS, "publicTables", "pod"],
  });
  return {
    environment,
    cursor,
    resources: WORKLOAD_RESOURCE_KINDS.flatMap((kind) => readResources(kind, fields?.[kind])),
    publicTables: fields?.publicTables?.onlyTrue("`publicTables`"),
    pod: fields?.pod && readPod(fields.pod),
  };
}

function readEnvironments(cursor: Cursor): readonly WorkloadAccessEntry[] | undefined {
  const fields = cursor.fields({ what: "`environments`", required: [], optional: WORKLOAD_ENVIRONMENTS });
  if (fields === undefined) return undefined;
  const read = WORKLOAD_ENVIRONMENTS.flatMap((environment) => {
    const access = fields[environment];
    return access === undefined ? [] : [readAccess(environment, access)];
  });
  // A key that there is not is reported already: that the service runs nowhere follows from it.
  return read.length > 0 || cursor.isEmpty ? read : undefined;
}

function readService(service: string, cursor: Cursor): ServiceEntry {
  const fields = cursor.fields({
    what: "a service",
    required: ["runsOn", "environments"],
    optional: ["project"],
  });
  return {
    service,
    cursor,
    runsOn: fields?.runsOn?.oneOf(RUNTIMES, "A service runs on one of four."),
    project: fields?.project && readProjectName(fields.project),
    environments: fields?.environments && readEnvironments(fields.environments),
  };
}

/** Reads `src/workloads.ts`; what is wrong with its form is reported through the cursor. */
export function readWorkloads(cursor: Cursor): readonly ServiceEntry[] {
  return (cursor.entries("`workloads`", "names of services") ?? []).map(([service, entry]) =>
    readService(service, entry),
  );
}
