import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { makeFolder } from "../files/make-folder";
import { formatChoices } from "../model/choices";
import { UserError } from "../model/problems";
import { changeLogText } from "./change-log";
import {
  isReadable,
  openRecordText,
  parseRecord,
  recordFileName,
  type IncidentRecord,
  type UnreadableRecord,
} from "./incident-record";

const CHANGE_LOG = "README.md";

/** Where records are kept, from the project's folder. */
export const RECORDS_FOLDER = "docs/incidents";

/** A record's path from the project's folder. */
export const recordPath = ({ name }: { readonly name: string }): string => `${RECORDS_FOLDER}/${name}.md`;

const isFileExisting = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EEXIST";

/** The fault of each file that is no record, a line each, and what to do. */
export const unreadableText = (unreadable: readonly UnreadableRecord[]): string =>
  [
    ...unreadable.map((record) => `${recordPath(record)}: ${record.problems.join("; ")}.`),
    `To do: fix the head of these records; what is none belongs elsewhere than in ${RECORDS_FOLDER}.`,
  ].join("\n");

/** The records in a project's folder. A record is there whole or not at all: each is written beside its place and moved there. */
export class RecordFiles {
  private readonly folder: string;

  constructor(project: string) {
    this.folder = join(project, RECORDS_FOLDER);
  }

  /**
   * Every record, by name, which begins with its date.
   * @throws UserError that lists every file that is none
   */
  all(): readonly IncidentRecord[] {
    const unreadable = this.unreadable();
    if (unreadable.length > 0) throw new UserError(unreadableText(unreadable));
    return this.readable();
  }

  /** Every record, by name, whatever else is in the folder. */
  readable(): readonly IncidentRecord[] {
    return this.parsed().filter(isReadable);
  }

  /** The files that are no records, by name. */
  unreadable(): readonly UnreadableRecord[] {
    return this.parsed().filter((record): record is UnreadableRecord => !isReadable(record));
  }

  /**
   * The record that somebody names, by its path, its file's name, or its beginning where only one record has that.
   * @throws UserError where no record is called so, or several are, or it cannot be read
   */
  named(text: string): IncidentRecord {
    const wanted = basename(text).replace(/\.md$/, "");
    const records = this.readable();
    const exact = records.find(({ name }) => name === wanted);
    if (exact !== undefined) return exact;
    const unreadable = this.unreadable().filter(({ name }) => name === wanted);
    if (unreadable.length > 0) throw new UserError(unreadableText(unreadable));
    const beginning = records.filter(({ name }) => wanted !== "" && name.startsWith(wanted));
    const [first, ...others] = beginning;
    if (first !== undefined && others.length === 0) return first;
    const known = (beginning.length > 0 ? beginning : records).map(({ name }) => name);
    throw new UserError(
      beginning.length > 0
        ? `${String(beginning.length)} records begin with ${JSON.stringify(wanted)}: ${known.join(", ")}. Name one of them.`
        : `There is no record ${JSON.stringify(wanted)} in ${RECORDS_FOLDER}. Known: ${formatChoices(wanted, known, "records")}`,
    );
  }

  text(name: string): string {
    return readFileSync(join(this.folder, `${name}.md`), "utf8");
  }

  /** Writes a new record and its line of the change log; the file gets a number where another has its name. */
  open(written: Omit<IncidentRecord, "name" | "sessions">): IncidentRecord {
    makeFolder(this.folder);
    const stem = recordFileName(written);
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? stem : `${stem}-${String(number)}`;
      const record: IncidentRecord = { ...written, name, sessions: [] };
      if (!this.create(name, openRecordText(record))) continue;
      this.writeChangeLog();
      return record;
    }
  }

  /** Puts another text in a record's place, and its line of the change log. */
  replace(name: string, text: string): void {
    this.put(`${name}.md`, text);
    this.writeChangeLog();
  }

  private parsed(): readonly (IncidentRecord | UnreadableRecord)[] {
    return this.names().map((name) => parseRecord(name, this.text(name)));
  }

  private names(): readonly string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(".md") && name !== CHANGE_LOG && !name.startsWith("."))
      .map((name) => name.replace(/\.md$/, ""))
      .sort();
  }

  private writeChangeLog(): void {
    const file = join(this.folder, CHANGE_LOG);
    const written = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    this.put(CHANGE_LOG, changeLogText(written, this.parsed()));
  }

  /** False where there is a file of that name. */
  private create(name: string, text: string): boolean {
    return this.beside(`${name}.md`, text, (draft, file) => {
      try {
        linkSync(draft, file);
        return true;
      } catch (error) {
        if (isFileExisting(error)) return false;
        throw error;
      }
    });
  }

  private put(fileName: string, text: string): void {
    this.beside(fileName, text, renameSync);
  }

  private beside<T>(fileName: string, text: string, place: (draft: string, file: string) => T): T {
    const draft = join(this.folder, `.${fileName}.${String(process.pid)}.draft`);
    try {
      writeFileSync(draft, text);
      return place(draft, join(this.folder, fileName));
    } finally {
      rmSync(draft, { force: true });
    }
  }
}
