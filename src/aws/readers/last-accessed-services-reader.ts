import type { IAM, ServiceLastAccessed } from "@aws-sdk/client-iam";
import { setTimeout as sleep } from "node:timers/promises";

import { mapConcurrently } from "../map-concurrently";
import { recordedReason } from "../recorded-reason";
import { instantIfAny, textIfAny } from "../optional-values";
import type { LastAccessedService, LastAccessedServices } from "../snapshot/last-accessed-services";

const AT_ONCE = 3;
/** How long a job may take, in seconds, and how often to look. */
const LONGEST = 300;
const PAUSE = 1;

type Pause = (seconds: number) => Promise<unknown>;

const serviceOf = (service: ServiceLastAccessed): LastAccessedService => ({
  namespace: service.ServiceNamespace ?? "",
  ...instantIfAny("lastAccessed", service.LastAuthenticated),
  ...textIfAny("region", service.LastAuthenticatedRegion),
  actions: (service.TrackedActionsLastAccessed ?? []).map(({ ActionName, LastAccessedTime }) => ({
    name: ActionName ?? "",
    ...instantIfAny("lastAccessed", LastAccessedTime),
  })),
});

type Outcome = LastAccessedServices["outcome"];
const notAvailable = (because: string): Outcome => ({ kind: "notAvailable", because });

async function outcomeOf(iam: IAM, Arn: string, pause: Pause): Promise<Outcome> {
  const { JobId } = await iam.generateServiceLastAccessedDetails({ Arn, Granularity: "ACTION_LEVEL" });
  const services: LastAccessedService[] = [];
  let Marker: string | undefined;
  for (let waited = 0; waited <= LONGEST;) {
    const page = await iam.getServiceLastAccessedDetails({ JobId, ...(Marker !== undefined && { Marker }) });
    if (page.JobStatus === "FAILED") return notAvailable(page.Error?.Message ?? "IAM's job failed");
    if (page.JobStatus !== "COMPLETED") {
      await pause(PAUSE);
      waited += PAUSE;
      continue;
    }
    services.push(...(page.ServicesLastAccessed ?? []).map(serviceOf));
    if (page.IsTruncated !== true) return { kind: "read", services };
    Marker = page.Marker;
  }
  return notAvailable(`IAM's job did not end within ${String(LONGEST)} seconds`);
}

/** Services that these roles may use and when they last did, by the role's ARN; a role that cannot be asked says why. */
export async function readLastAccessedServices(
  iam: IAM,
  roles: readonly string[],
  pause: Pause = (seconds) => sleep(seconds * 1_000),
): Promise<LastAccessedServices[]> {
  const all = await mapConcurrently(roles, AT_ONCE, async (role): Promise<LastAccessedServices> => {
    try {
      return { role, outcome: await outcomeOf(iam, role, pause) };
    } catch (error) {
      return { role, outcome: notAvailable(recordedReason(error)) };
    }
  });
  return [...all];
}
