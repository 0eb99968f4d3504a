import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { Problem } from "../model/problems";
import { folderReader, type ReadFile } from "./folder-reader";
import type * as RepeatedKeys from "./repeated-keys";

/** The files that give the answer, with TypeScript: another version of them may give another one. */
const JUDGES = ["repeated-keys", "literal-resolver", "imports", "source-files", "../model/problems"];

/** An answer with all that was read for it: a digest of each text, null where there was no such file. */
interface Answer {
  readonly read: Readonly<Record<string, string | null>>;
  readonly problems: readonly Problem[];
}

const load = createRequire(__filename);

const hasObject = (value: unknown, key: string): boolean =>
  typeof Reflect.get(Object(value), key) === "object";

/** Entries are written here alone, and whole. */
const isAnswer = (value: unknown): value is Answer =>
  hasObject(value, "read") && hasObject(value, "problems");

const isJudge = (module: unknown): module is typeof RepeatedKeys =>
  typeof Reflect.get(Object(module), "repeatedKeys") === "function";

const digest = (...texts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(texts)).digest("hex");

const digestOf = (text: string | undefined): string | null => (text === undefined ? null : digest(text));

/** Where a project keeps the answer; undefined where it has no packages of its own. */
function entryOf(root: string): string | undefined {
  const packages = path.join(root, "node_modules");
  if (!existsSync(packages)) return undefined;
  const judges = [
    ...JUDGES.map((file) => load.resolve(`./${file}`)),
    load.resolve("typescript/package.json"),
  ];
  const name = digest(...judges.map((file) => readFileSync(file, "utf8")));
  return path.join(packages, ".cache", "muster-repeated-keys", `${name}.json`);
}

/** The answer of an entry, where all that was read for it still reads so. */
function known(entry: string, read: ReadFile): readonly Problem[] | undefined {
  try {
    const answer: unknown = JSON.parse(readFileSync(entry, "utf8"));
    if (!isAnswer(answer)) return undefined;
    const holds = Object.entries(answer.read).every(([file, before]) => digestOf(read(file)) === before);
    return holds ? answer.problems : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps an answer whole, or not at all. A checkout that cannot be written has none. */
function keep(entry: string, answer: Answer): void {
  const draft = `${entry}.${randomUUID()}`;
  try {
    mkdirSync(path.dirname(entry), { recursive: true });
    writeFileSync(draft, JSON.stringify(answer));
    renameSync(draft, entry);
  } catch {
    // The next start asks again.
  }
}

/**
 * The keys of a project that are written twice, as `repeatedKeys` has them, which loads the compiler of TypeScript: 0.2 s of each start. The
 * answer is kept by the content of all that it was read from (docs/decisions/0164).
 */
export function rememberedKeys(root: string): readonly Problem[] {
  const read = folderReader(root);
  const entry = entryOf(root);
  const before = entry === undefined ? undefined : known(entry, read);
  if (before !== undefined) return before;
  const seen = new Map<string, string | null>();
  const judge: unknown = load("./repeated-keys");
  if (!isJudge(judge)) throw new Error("repeated-keys.ts exports no repeatedKeys.");
  const problems = judge.repeatedKeys(root, (file) => {
    const text = read(file);
    seen.set(file, digestOf(text));
    return text;
  });
  if (entry !== undefined) keep(entry, { read: Object.fromEntries(seen), problems });
  return problems;
}
