import type { ServiceEntry, WorkloadAccessEntry } from "../reading/workload-entry";
import type { WorkloadResourceKind } from "../workload";
import type { Cell } from "../reading/cursor";
import { reportRepetitions, type RuleInput } from "./references";

// A part of the names of roles and functions; lower case, so that no two differ in case alone.
const SERVICE_NAME = /^[a-z](?:-?[a-z0-9]){0,31}$/;

function servicesHaveNames(services: readonly ServiceEntry[]): void {
  for (const { service, cursor } of services) {
    if (SERVICE_NAME.test(service) && service.length <= 32) continue;
    cursor.problem(
      "A service's name is a lower-case letter, then lower-case letters, digits and single hyphens, at most 32 in all.",
      { value: service },
    );
  }
}

function servicesRunSomewhere(services: readonly ServiceEntry[]): void {
  for (const { environments, cursor } of services) {
    if (environments?.length !== 0) continue;
    cursor.problem("This service runs in no environment.", {
      remedy: "Name one under `environments`, or remove it.",
    });
  }
}

const namesOf = ({ resources }: WorkloadAccessEntry, kind: WorkloadResourceKind): readonly Cell<string>[] =>
  resources.filter((resource) => resource.kind === kind).flatMap(({ names }) => names);

function resourcesMakeSense(services: readonly ServiceEntry[]): void {
  for (const access of services.flatMap(({ environments }) => environments ?? [])) {
    for (const { names } of access.resources) {
      reportRepetitions(names, (name) => name, "This resource is listed already.");
    }
    const own = [...namesOf(access, "readTables"), ...namesOf(access, "writeTables")].map(
      ({ value }) => value,
    );
    for (const table of namesOf(access, "sensitiveTables")) {
      if (!own.includes(table.value)) continue;
      table.cursor.problem("This table is given to the service and kept from it.", {
        remedy: "Keep it in one of the two lists.",
      });
    }
    const ids = access.resources.find(({ kind }) => kind === "databaseIds");
    if (ids === undefined || access.resources.some(({ kind }) => kind === "databaseUsers")) continue;
    ids.cursor.problem("Databases are named, and no user to sign in as.", { remedy: "Add `databaseUsers`." });
  }
}

/** The trust of a pod's role names its service account; other services have none. */
function podsAreOfClusters(services: readonly ServiceEntry[]): void {
  for (const { runsOn, environments } of services) {
    if (runsOn === undefined) continue;
    for (const { cursor, pod } of environments ?? []) {
      if (runsOn.value === "eks" && pod === undefined)
        cursor.problem("A service of EKS says which pods are it.", {
          remedy: "Add `pod: { cluster, namespace, serviceAccount }`.",
        });
      if (runsOn.value !== "eks") pod?.cursor.problem(`A service that runs on ${runsOn.value} has no pod.`);
    }
  }
}

/** An account may be on its way, or gone, so that this stops nothing. */
export function warnOfServicesWithoutAccount(
  services: readonly ServiceEntry[],
  { organization }: Pick<RuleInput, "organization">,
): void {
  const accounts = organization.accounts ?? [];
  for (const { environment, cursor } of services.flatMap(({ environments }) => environments ?? [])) {
    if (accounts.some((account) => account.environment?.value === environment)) continue;
    cursor.warning(`No account has the environment ${environment}: this service has no role for it.`, {
      remedy: `Remove it here, or add an account with \`environment: "${environment}"\` to src/organization.ts.`,
    });
  }
}

export const WORKLOAD_RULES = [
  servicesHaveNames,
  servicesRunSomewhere,
  resourcesMakeSense,
  podsAreOfClusters,
];
