import { printableLines } from "../text/printable";
import type { Brand } from "./brand";

/** Files that people edit, as messages name them. */
export type EditedFile =
  | "src/organization.ts"
  | "src/roster.ts"
  | "src/workloads.ts"
  | "src/invariants.ts"
  | `Pulumi.${string}.yaml`;

/** A file that an edited one imports, by its path within the project. */
export type ImportedFile = Brand<string, "ImportedFile">;

/** One thing that is wrong, or that deserves a look, in what people wrote. */
export interface Problem {
  /** An error stops everything; a warning is only shown. */
  readonly severity: "error" | "warning";
  readonly file: EditedFile | ImportedFile;
  /** As one would type it: `people["john.developer"].access.prod`. */
  readonly path: string;
  /** The offending value; absent where something is missing. */
  readonly value?: unknown;
  /** The rule that is broken, in words. */
  readonly rule: string;
  /** The values that could stand there instead. */
  readonly allowed?: string;
  /** The remedy, where `allowed` does not say it. */
  readonly remedy?: string;
}

/** A mistake of the user's: its message is all that they need to see, without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** The message of something that was thrown, whatever it is. */
export const errorMessage = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const LONGEST_VALUE = 80;

/** Writes a path as one would type it: `formatPath("people", "john.developer", "access", 0)`; without steps, the whole file's value. */
export function formatPath(...steps: readonly (string | number)[]): string {
  if (steps.length === 0) return "the exported value";
  return steps.reduce<string>((path, step) => {
    if (typeof step === "number") return `${path}[${String(step)}]`;
    if (!IDENTIFIER.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}

function textOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (["bigint", "function", "symbol", "undefined"].includes(typeof value)) return `(${typeof value})`;
  try {
    return JSON.stringify(value);
  } catch {
    // A ring, for one; the types allow none, and the report must be made all the same.
    return "(not JSON)";
  }
}

/** A value as it stands in the file, on one line, at most 80 characters of it. */
export function showValue(value: unknown): string {
  const text = textOf(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** "1 problem", "10 problems", "2 people". */
export function countNoun(quantity: number, noun: string, plural = `${noun}s`): string {
  return `${quantity.toLocaleString("en")} ${quantity === 1 ? noun : plural}`;
}

/** The text as a sentence begins with it. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "devops", "devops or security", "devops, dba or security". */
export function joinWithOr(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" or ");
}

const inPathOrder = new Intl.Collator("en", { numeric: true });

const OTHER_LETTER = /(?![A-Za-z])\p{L}/gu;

/** Which letters a rule does not mean: AWS takes those of English in names. */
function otherLetters({ value, rule, allowed = "" }: Problem): string | undefined {
  if (typeof value !== "string" || !/\bletters?\b(?! of )/.test(`${rule} ${allowed}`)) return undefined;
  const letters = [...new Set(value.normalize("NFC").match(OTHER_LETTER))];
  return letters.length === 0 ? undefined : `Letters are a to z and A to Z: not ${letters.join(", ")}.`;
}

/** All problems in one numbered text, by file and path, under the heading. */
export function formatProblems(heading: string, unsorted: readonly Problem[]): string {
  const problems = [...unsorted].sort(
    (one, other) => inPathOrder.compare(one.file, other.file) || inPathOrder.compare(one.path, other.path),
  );
  const width = String(problems.length).length;
  const indent = " ".repeat(width + 4);
  const lines = [heading];
  let file: Problem["file"] | undefined;
  problems.forEach((problem, index) => {
    if (problem.file !== file) lines.push("", problem.file);
    file = problem.file;
    const value = "value" in problem ? ` = ${showValue(problem.value)}` : "";
    lines.push(`  ${String(index + 1).padStart(width)}. ${problem.path}${value}`, `${indent}${problem.rule}`);
    const letters = otherLetters(problem);
    if (letters !== undefined) lines.push(`${indent}${letters}`);
    if (problem.allowed !== undefined) lines.push(`${indent}Allowed: ${problem.allowed}`);
    if (problem.remedy !== undefined) lines.push(`${indent}To do: ${problem.remedy}`);
  });
  return printableLines(lines.join("\n"));
}

/** Throws all errors among the problems as one. */
export function throwErrors(problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  throw new UserError(formatProblems(`${countNoun(errors.length, "problem")} to solve first.`, errors));
}
