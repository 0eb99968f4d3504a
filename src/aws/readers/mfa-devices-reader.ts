import type { IAM } from "@aws-sdk/client-iam";

import { mapConcurrently } from "../map-concurrently";
import { undefinedIfNoSuchEntity } from "../iam-answers";
import { instantIfAny } from "../optional-values";
import { findMfaKind, ROOT_ACCOUNT, type MfaDevice } from "../snapshot/mfa-device";

const AT_ONCE = 10;

/** ARNs of virtual devices that nobody has, sorted. */
export async function readUnassignedMfaDevices(iam: IAM): Promise<readonly string[]> {
  const { paginateListVirtualMFADevices } = await import("@aws-sdk/client-iam");
  const devices: string[] = [];
  const pages = paginateListVirtualMFADevices({ client: iam }, { AssignmentStatus: "Unassigned" });
  for await (const page of pages) {
    devices.push(...(page.VirtualMFADevices ?? []).map(({ SerialNumber }) => SerialNumber ?? ""));
  }
  return devices.sort();
}

/**
 * The root user's virtual devices. Others of theirs nobody but they may list.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html
 */
export async function readRootDevices(iam: IAM): Promise<readonly MfaDevice[]> {
  const { paginateListVirtualMFADevices } = await import("@aws-sdk/client-iam");
  const devices: MfaDevice[] = [];
  const pages = paginateListVirtualMFADevices({ client: iam }, { AssignmentStatus: "Assigned" });
  for await (const page of pages) {
    for (const { SerialNumber: serial = "", User: user, EnableDate } of page.VirtualMFADevices ?? []) {
      if (user?.Arn?.endsWith(":root") !== true) continue;
      devices.push({
        user: ROOT_ACCOUNT,
        serial,
        kind: findMfaKind(serial),
        ...instantIfAny("enabledAt", EnableDate),
      });
    }
  }
  return devices;
}

async function devicesOf(iam: IAM, UserName: string): Promise<readonly MfaDevice[]> {
  const { paginateListMFADevices } = await import("@aws-sdk/client-iam");
  const devices: MfaDevice[] = [];
  for await (const page of paginateListMFADevices({ client: iam }, { UserName })) {
    for (const { SerialNumber: serial = "", EnableDate } of page.MFADevices ?? []) {
      devices.push({
        user: UserName,
        serial,
        kind: findMfaKind(serial),
        ...instantIfAny("enabledAt", EnableDate),
      });
    }
  }
  return devices;
}

/** MFA devices of these users and of the root user, and virtual ones that nobody has. */
export async function readMfaDevices(
  iam: IAM,
  users: readonly string[],
  progress?: (done: number) => void,
): Promise<MfaDevice[]> {
  let done = 0;
  const ofUsers = await mapConcurrently(users, AT_ONCE, async (user) => {
    const devices = await undefinedIfNoSuchEntity(devicesOf(iam, user));
    progress?.(++done);
    return devices ?? [];
  });
  const unassigned = await readUnassignedMfaDevices(iam);
  return [
    ...(await readRootDevices(iam)),
    ...ofUsers.flat(),
    ...unassigned.map((serial): MfaDevice => ({ serial, kind: findMfaKind(serial) })),
  ];
}
