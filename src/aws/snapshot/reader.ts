import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";

import type { Instant } from "../../model/dates";
import { showValue, UserError } from "../../model/problems";
import { printableLines } from "../../text/printable";
import { MANIFEST_SCHEMA, MANIFEST_FILE, type Manifest, type ManifestAccount } from "./manifest";
import { sha256Of } from "./sha256";
import { SECTION_NAMES, SECTION_SCHEMAS, type AccountSections, type SectionName } from "./snapshot-section";

/** One account of a snapshot. */
export interface SnapshotAccount {
  readonly key: string;
  /** 12 digits. */
  readonly id: string;
  /** ARN of whoever read it; absent where nobody had credentials for it. */
  readonly caller?: string;
  readonly sections: AccountSections;
}

/** What a snapshot says of itself. */
export interface SnapshotHead {
  readonly folder: string;
  /** SHA-256 of the manifest, which has the hash of every file: it stands for the snapshot. */
  readonly hash: string;
  /** The version of Muster that wrote it. */
  readonly version: string;
  readonly region: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** The time for which events were asked. */
  readonly period: { readonly from: Instant; readonly until: Instant };
}

/** What accounts held at a time. */
export interface Snapshot extends SnapshotHead {
  readonly accounts: readonly SnapshotAccount[];
}

/** What a snapshot has to be of; what is absent is not asked. */
export interface ExpectedSnapshot {
  /** Accounts that it may be of. */
  readonly accounts?: readonly { readonly key: string; readonly id: string }[];
  /** An older one is stale. */
  readonly notBefore?: Instant;
}

/** Something wrong with a file of the snapshot. */
interface Fault {
  readonly file: string;
  readonly problem: string;
}

/** More of one file would hide the others. */
const MOST_ISSUES = 3;

/** A JSON value; undefined where the text is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const issuesOf = (file: string, { issues }: z.ZodError): readonly Fault[] =>
  issues.slice(0, MOST_ISSUES).map(({ path, message }) => ({
    file,
    problem: path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`,
  }));

interface ListedFile {
  readonly file: string;
  readonly sha256: string;
}

/** A section that is as its manifest lists it; undefined where its file is gone, changed or of another form. */
export function readSection(
  folder: string,
  name: SectionName,
  { file, sha256 }: ListedFile,
): { readonly kind: string } | undefined {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  if (sha256Of(bytes) !== sha256) return undefined;
  return SECTION_SCHEMAS[name].safeParse(parsedJson(bytes.toString("utf8"))).data;
}

/** The files below a folder, with slashes on every system. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length).replaceAll("\\", "/"));

const isWhole = (sections: Partial<AccountSections>): sections is AccountSections =>
  SECTION_NAMES.every((name) => sections[name] !== undefined);

function put<Name extends SectionName>(
  sections: Partial<AccountSections>,
  name: Name,
  section: AccountSections[Name] | undefined,
): void {
  if (section !== undefined) sections[name] = section;
}

/** Reads the accounts of a snapshot, and gathers all that is wrong. */
class Reading {
  readonly faults: Fault[] = [];

  constructor(
    private readonly folder: string,
    private readonly manifest: Manifest,
  ) {}

  /** One account after another, so that nobody has to hold all of them. */
  *accounts(): Generator<SnapshotAccount> {
    for (const [key, { id, caller, sections }] of Object.entries(this.manifest.accounts)) {
      const read = this.sections(key, sections);
      if (read !== undefined) yield { key, id, ...(caller !== undefined && { caller }), sections: read };
    }
  }

  expect({ accounts, notBefore }: ExpectedSnapshot): void {
    if (notBefore !== undefined && this.manifest.startedAt < notBefore) {
      this.fault(
        MANIFEST_FILE,
        `the snapshot is of ${this.manifest.startedAt}, which is stale: before ${notBefore}`,
      );
    }
    if (accounts === undefined) return;
    for (const [key, { id }] of Object.entries(this.manifest.accounts)) {
      if (accounts.some((one) => one.key === key && one.id === id)) continue;
      this.fault(
        MANIFEST_FILE,
        `accounts.${key} is ${id}, which is no account of src/organization.ts by that name`,
      );
    }
  }

  private fault(file: string, problem: string): void {
    this.faults.push({ file, problem });
  }

  private sections(key: string, listed: ManifestAccount["sections"]): AccountSections | undefined {
    const sections: Partial<AccountSections> = {};
    for (const name of SECTION_NAMES) put(sections, name, this.section(key, name, listed[name]));
    return isWhole(sections) ? sections : undefined;
  }

  private section<Name extends SectionName>(
    key: string,
    name: Name,
    listed: ListedFile | undefined,
  ): AccountSections[Name] | undefined {
    const file = `${key}/${name}.json`;
    const text = this.text(key, name, listed);
    if (text === undefined) return undefined;
    const { data, error } = SECTION_SCHEMAS[name].safeParse(parsedJson(text));
    if (error !== undefined) this.faults.push(...issuesOf(file, error));
    if (data !== undefined) this.expectInTime(file, data.at);
    return data;
  }

  private text(key: string, name: SectionName, listed: ListedFile | undefined): string | undefined {
    const file = `${key}/${name}.json`;
    if (listed === undefined) {
      this.fault(MANIFEST_FILE, `accounts.${key} has no section ${name}`);
      return undefined;
    }
    if (listed.file !== file) {
      this.fault(MANIFEST_FILE, `accounts.${key}.sections.${name} is ${showValue(listed.file)}, not ${file}`);
      return undefined;
    }
    const path = join(this.folder, file);
    if (!existsSync(path)) {
      this.fault(file, "is missing");
      return undefined;
    }
    const bytes = readFileSync(path);
    if (sha256Of(bytes) !== listed.sha256) {
      this.fault(file, "was changed after it was written: its hash is not that of the manifest");
      return undefined;
    }
    return bytes.toString("utf8");
  }

  private expectInTime(file: string, at: Instant): void {
    const { startedAt, finishedAt } = this.manifest;
    if (at < startedAt)
      this.fault(file, `is of ${at}, before the snapshot began (${startedAt}): it is stale`);
    if (finishedAt !== undefined && at > finishedAt)
      this.fault(file, `is of ${at}, after the snapshot ended (${finishedAt})`);
  }
}

function refuse(folder: string, faults: readonly Fault[]): never {
  const lines = faults.map(({ file, problem }) => `  ${join(folder, file)}: ${problem}`);
  throw new UserError(
    printableLines(
      [
        `The snapshot in ${folder} cannot be used:`,
        ...lines,
        "To do: take a new one, npm run snapshot.",
      ].join("\n"),
    ),
  );
}

function manifestOf(folder: string, bytes: Buffer): Manifest & { readonly finishedAt: Instant } {
  const read = MANIFEST_SCHEMA.safeParse(parsedJson(bytes.toString("utf8")));
  if (!read.success) return refuse(folder, issuesOf(MANIFEST_FILE, read.error));
  const { finishedAt, ...manifest } = read.data;
  if (finishedAt === undefined) {
    throw new UserError(
      `The snapshot in ${folder} was interrupted and is not whole. Go on with it: npm run snapshot -- … --resume.`,
    );
  }
  return { ...manifest, finishedAt };
}

/**
 * Reads a snapshot as `readSnapshot` does, hands on one account after another and keeps none.
 * @param visit may be handed accounts of a snapshot that is refused afterwards
 * @throws UserError with the path of each file that is missing, changed, foreign or stale
 */
export function visitSnapshot(
  folder: string,
  expected: ExpectedSnapshot,
  visit: (account: SnapshotAccount) => void,
): SnapshotHead {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path))
    throw new UserError(
      `${folder} holds no snapshot: there is no ${path}. Take one: ` +
        '`npm run snapshot -- --live "example-{stack}" --out <folder>`.',
    );
  const bytes = readFileSync(path);
  const manifest = manifestOf(folder, bytes);
  const { version, region, startedAt, finishedAt, period } = manifest;
  const reading = new Reading(folder, manifest);
  reading.expect(expected);
  for (const account of reading.accounts()) visit(account);
  const listed = Object.values(manifest.accounts).flatMap(({ sections }) =>
    Object.values(sections).map(({ file }) => file),
  );
  const foreign = filesBelow(folder)
    .filter((file) => file !== MANIFEST_FILE && !listed.includes(file))
    .map((file) => ({ file, problem: "is foreign: the manifest does not list it" }));
  const faults = [...reading.faults, ...foreign];
  if (faults.length > 0) refuse(folder, faults);
  return { folder, hash: sha256Of(bytes), version, region, startedAt, finishedAt, period };
}

/**
 * Reads a snapshot, and all of it: every file has the hash that the manifest says, and the form of this version.
 * @throws UserError with the path of each file that is missing, changed, foreign or stale
 */
export function readSnapshot(folder: string, expected: ExpectedSnapshot = {}): Snapshot {
  const accounts: SnapshotAccount[] = [];
  const head = visitSnapshot(folder, expected, (account) => accounts.push(account));
  return { ...head, accounts };
}
