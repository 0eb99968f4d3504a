import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { removeDrafts, replaceFile } from "../../files/replace-file";
import type { Instant } from "../../model/dates";
import { UserError } from "../../model/problems";
import {
  SNAPSHOT_FORMAT,
  MANIFEST_SCHEMA,
  MANIFEST_FILE,
  type Manifest,
  type ManifestAccount,
} from "./manifest";
import { parsedJson, readSection } from "./reader";
import { sha256Of } from "./sha256";
import type { AccountSections, SectionName } from "./snapshot-section";

/** What a snapshot is of. */
export interface SnapshotPurpose {
  /** Of Muster. */
  readonly version: string;
  readonly region: string;
  readonly startedAt: Instant;
  readonly period: Manifest["period"];
}

/** For nobody else on this machine: a snapshot says who can get in, and where it is weak. */
const OWNER_ONLY = { mode: 0o600, folderMode: 0o700 };

const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;

/** The manifest of an interrupted snapshot. */
function unfinishedManifest(folder: string, { region, version }: SnapshotPurpose): Manifest {
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file)) throw new UserError(`${folder} holds no snapshot that could be resumed.`);
  const read = MANIFEST_SCHEMA.safeParse(parsedJson(readFileSync(file, "utf8")));
  if (!read.success) throw new UserError(`${file} is no manifest of this version: take a new snapshot.`);
  const { data } = read;
  if (data.finishedAt !== undefined) throw new UserError(`${folder} holds a snapshot that is finished.`);
  if (data.region !== region || data.version !== version)
    throw new UserError(
      `${folder} was begun by version ${data.version} in ${data.region}: take a new snapshot.`,
    );
  return data;
}

/** Writes a snapshot section by section, so that what was read is kept when something interrupts it. */
export class SnapshotWriter {
  private constructor(
    private readonly folder: string,
    private manifest: Manifest,
  ) {}

  /** @throws UserError where the folder holds something already */
  static begin(folder: string, { version, region, startedAt, period }: SnapshotPurpose): SnapshotWriter {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new UserError(
        `${folder} is not empty. Name another folder with --out, or go on with an interrupted snapshot by --resume.`,
      );
    }
    const writer = new SnapshotWriter(folder, {
      format: SNAPSHOT_FORMAT,
      version,
      region,
      startedAt,
      period,
      accounts: {},
    });
    writer.writeManifest();
    return writer;
  }

  /**
   * Goes on with an interrupted snapshot; its period stays.
   * @throws UserError where there is none, or another version began it
   */
  static resume(folder: string, purpose: SnapshotPurpose): SnapshotWriter {
    const manifest = unfinishedManifest(folder, purpose);
    removeDrafts(folder);
    return new SnapshotWriter(folder, manifest);
  }

  get period(): Manifest["period"] {
    return this.manifest.period;
  }

  /**
   * Says which account is read, and by whom where somebody has credentials for it.
   * @throws UserError where what was read before an interruption is of another account
   */
  account(key: string, id: string, caller?: string): void {
    const { id: knownId = id, sections = {} } = this.manifest.accounts[key] ?? {};
    if (knownId !== id)
      throw new UserError(
        `${this.folder} has ${key} of the account ${knownId}, not ${id}: take a new snapshot.`,
      );
    this.setAccount(key, { id, ...(caller !== undefined && { caller }), sections });
  }

  /** Whether a section was read before an interruption and its file is as it was written. */
  isKept(key: string, name: SectionName): boolean {
    const listed = this.manifest.accounts[key]?.sections[name];
    return listed !== undefined && readSection(this.folder, name, listed)?.kind === "read";
  }

  write<Name extends SectionName>(key: string, name: Name, section: AccountSections[Name]): void {
    const account = this.manifest.accounts[key];
    if (account === undefined) throw new Error(`Nobody named the account ${key}`);
    const file = `${key}/${name}.json`;
    const text = `${JSON.stringify(section)}\n`;
    replaceFile(join(this.folder, file), text, OWNER_ONLY);
    this.setAccount(key, {
      ...account,
      sections: { ...account.sections, [name]: { file, sha256: sha256Of(text) } },
    });
  }

  finish(at: Instant): void {
    this.manifest = { ...this.manifest, finishedAt: at };
    this.writeManifest();
  }

  private setAccount(key: string, account: ManifestAccount): void {
    this.manifest = { ...this.manifest, accounts: { ...this.manifest.accounts, [key]: account } };
    this.writeManifest();
  }

  private writeManifest(): void {
    replaceFile(join(this.folder, MANIFEST_FILE), jsonText(this.manifest), OWNER_ONLY);
  }
}
