import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AccountSections } from "../../src/aws/snapshot/snapshot-section";
import { SECTION_NAMES } from "../../src/aws/snapshot/snapshot-section";
import type { Snapshot, SnapshotAccount } from "../../src/aws/snapshot/reader";
import { SnapshotWriter } from "../../src/aws/snapshot/writer";
import type { Instant } from "../../src/model/dates";

/** When these snapshots are taken. */
export const TAKEN_AT = "2026-11-20T14:00:00Z" as Instant;
const PERIOD = { from: "2026-08-22T14:00:00Z" as Instant, until: TAKEN_AT };

const read = <Data>(data: Data) => ({ kind: "read" as const, at: TAKEN_AT, data });

/** An account in which there is nothing, all of it read, with other sections where they are named. */
export const emptySections = (others: Partial<AccountSections> = {}): AccountSections => ({
  accountFacts: read({ aliases: [] }),
  rootUser: read({ hasMfa: true, hasAccessKeys: false, hasSigningCertificates: false }),
  alternateContacts: read(["SECURITY"]),
  rootManagement: read({ kind: "told elsewhere" }),
  authorizationDetails: read({ users: [], groups: [], roles: [], policies: [] }),
  signInObjects: read({ instanceProfiles: [], identityProviders: [], serverCertificates: [] }),
  credentialReport: read({ generatedAt: TAKEN_AT, rows: [] }),
  userCredentials: read([]),
  mfaDevices: read([]),
  lastAccessedServices: read([]),
  analyzerFindings: read({ analyzers: [], findings: [] }),
  trailEvents: read({
    logGroup: "infra-trail",
    from: PERIOD.from,
    until: PERIOD.until,
    retentionDays: 365,
    events: [],
    assumptions: [],
    activity: [],
    unread: 0,
  }),
  alarms: read({ alarms: [], changes: [], changesFrom: PERIOD.from }),
  secrets: read([]),
  tableLevels: read([]),
  ...others,
});

/** The accounts of the sample, in which there is nothing but what is named. */
export function snapshotWith(accounts: Readonly<Record<string, Partial<AccountSections>>>): Snapshot {
  const ids = { users: "111111111111", dev: "222222222222", staging: "333333333333", prod: "444444444444" };
  return {
    folder: "snapshot",
    hash: "0".repeat(64),
    version: "0.1.0",
    region: "eu-west-1",
    startedAt: TAKEN_AT,
    finishedAt: TAKEN_AT,
    period: PERIOD,
    accounts: Object.entries(ids).map(([key, id]): SnapshotAccount => ({
      key,
      id,
      caller: `arn:aws:iam::${id}:user/reader`,
      sections: emptySections(accounts[key]),
    })),
  };
}

/** Writes a snapshot into a folder of its own, and answers the folder. */
export function writtenSnapshot({
  accounts,
  version,
  region,
  startedAt,
  finishedAt,
  period,
}: Snapshot): string {
  const folder = join(mkdtempSync(join(tmpdir(), "muster-snapshot-")), "snapshot");
  const writer = SnapshotWriter.begin(folder, { version, region, startedAt, period });
  for (const { key, id, caller, sections } of accounts) {
    writer.account(key, id, caller);
    for (const name of SECTION_NAMES) writer.write(key, name, sections[name]);
  }
  writer.finish(finishedAt);
  return folder;
}
