import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";
import { SECTION_NAMES } from "./snapshot-section";

/** The manifest's name in a snapshot's folder. */
export const MANIFEST_FILE = "manifest.json";

/** What changes with every change of the format: an older snapshot is refused, not guessed at. */
export const SNAPSHOT_FORMAT = 4;

const FILE = z.strictObject({
  /** Within the folder: `prod/secrets.json`. */
  file: z.string().regex(/^[\w-]+\/[A-Za-z]+\.json$/, "A file is <account>/<section>.json"),
  /** Of the file's bytes, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "A hash has 64 hexadecimal digits"),
});

const ACCOUNT = z.strictObject({
  /** 12 digits. */
  id: z.string().regex(/^\d{12}$/, "An account's id has 12 digits"),
  /** ARN of whoever read it; absent where there were no credentials for the account. */
  caller: z.string().optional(),
  /** Sections by name, and only those that this version reads, so that no file goes unread. */
  sections: z.partialRecord(z.enum(SECTION_NAMES), FILE),
});

/** What a snapshot says of itself. The hash of this file stands for the whole snapshot. */
export const MANIFEST_SCHEMA = z.strictObject({
  format: z.literal(SNAPSHOT_FORMAT, {
    error: `Only format ${String(SNAPSHOT_FORMAT)} is read: take a new snapshot`,
  }),
  /** The version of Muster that wrote it. */
  version: z.string(),
  region: z.string(),
  startedAt: INSTANT_SCHEMA,
  /** Absent while it is being written, and where that was interrupted. */
  finishedAt: INSTANT_SCHEMA.optional(),
  /** The time for which events were asked. */
  period: z.strictObject({ from: INSTANT_SCHEMA, until: INSTANT_SCHEMA }),
  /** By the account's key. */
  accounts: z.record(z.string(), ACCOUNT),
});

export type Manifest = z.output<typeof MANIFEST_SCHEMA>;
export type ManifestAccount = Manifest["accounts"][string];
