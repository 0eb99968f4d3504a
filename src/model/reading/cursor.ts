import { nearest } from "../choices";
import { DATE_FORMS, lacksTimeZone, parseDate, type Instant } from "../dates";
import { formatPath, capitalize, type EditedFile, type Problem } from "../problems";

/** A value that was read, with the place to report what is wrong about it. */
export interface Cell<T> {
  readonly value: T;
  readonly cursor: Cursor;
}

/** Further parts of a report beside the rule; `value` where it is not the one at the cursor. */
type Advice = Pick<Problem, "allowed" | "remedy" | "value">;

interface Shape<Required extends string, Optional extends string> {
  /** What the object is, for messages: "a contractor". */
  readonly what: string;
  readonly required: readonly Required[];
  readonly optional: readonly Optional[];
}

/** The cursors of an object's keys; those that are absent are missing here too. */
type Fields<Keys extends string> = { readonly [K in Keys]?: Cursor };

const quoted = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(", ");

/** All of the words, and the nearest to what was written. */
function choicesOf(written: string, words: readonly string[]): string {
  const hint = nearest(written, words);
  return hint === undefined ? quoted(words) : `${quoted(words)}. Did you mean ${JSON.stringify(hint)}?`;
}

/** Written as `{ … }`: not a list, an instance of a class, nor an object whose `__proto__` was meant to be a key. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const looksLikeAnObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A place in what people wrote. Each reading answers the value in its right type, or reports what is wrong and
 * answers undefined; reading goes on elsewhere, so that all problems are found at once.
 */
export class Cursor {
  constructor(
    readonly file: EditedFile,
    private readonly steps: readonly (string | number)[],
    private readonly value: unknown,
    private readonly report: (problem: Problem) => void,
  ) {}

  /** Reports this place and its value. */
  problem(rule: string, advice: Advice = {}): void {
    this.report({ severity: "error", ...this.place(), value: this.value, rule, ...advice });
  }

  /** Reports this place as worth a look. */
  warning(rule: string, advice: Advice = {}): void {
    this.report({ severity: "warning", ...this.place(), rule, ...advice });
  }

  /** Reports that a key which should stand here does not. */
  missing(key: string, rule: string, advice: Advice = {}, severity: Problem["severity"] = "error"): void {
    this.report({ severity, file: this.file, path: formatPath(...this.steps, key), rule, ...advice });
  }

  /** The cursors of a fixed set of keys; unknown and missing ones are problems. */
  fields<Required extends string, Optional extends string>(
    shape: Shape<Required, Optional>,
  ): Fields<Required | Optional> | undefined {
    const known: readonly string[] = [...shape.required, ...shape.optional];
    const entries = this.object(`${capitalize(shape.what)} is an object with keys.`, `keys ${quoted(known)}`);
    if (entries === undefined) return undefined;
    const values = new Map(entries);
    for (const [key, value] of entries) {
      if (known.includes(key)) continue;
      this.step(key, value).problem(`Unknown key of ${shape.what}.`, { allowed: choicesOf(key, known) });
    }
    for (const key of shape.required) {
      if (values.get(key) === undefined) this.missing(key, `${capitalize(shape.what)} needs \`${key}\`.`);
    }
    const fields: { [K in Required | Optional]?: Cursor } = {};
    for (const key of [...shape.required, ...shape.optional]) {
      const value = values.get(key);
      if (value !== undefined) fields[key] = this.step(key, value);
    }
    return fields;
  }

  /** The value of a key, unread and unreported. */
  peek(key: string): unknown {
    return isPlainObject(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
  }

  /** Whether this is an object in which nothing stands, not even at a key that nobody knows. */
  get isEmpty(): boolean {
    return isPlainObject(this.value) && Object.values(this.value).every((value) => value === undefined);
  }

  /** Whether this is an object and nothing stands at the key. */
  lacks(key: string): boolean {
    return isPlainObject(this.value) && this.peek(key) === undefined;
  }

  /** The cursors of an object whose keys people choose; undefined where there is no object. */
  entries(what: string, keys: string): readonly (readonly [string, Cursor])[] | undefined {
    const entries = this.object(`${capitalize(what)} is an object whose keys are ${keys}.`, "{ … }");
    return entries?.map(([key, value]) => [key, this.step(key, value)] as const);
  }

  /** The cursors of a list's items; undefined where there is no list. */
  items(what: string): readonly Cursor[] | undefined {
    if (Array.isArray(this.value)) return this.itemsOf(this.value);
    this.problem(`${capitalize(what)} is a list.`, { allowed: "[ … ]" });
    return undefined;
  }

  /** The cursors of a list's items, or this one where there is no list. */
  oneOrMore(): readonly Cursor[] {
    return Array.isArray(this.value) ? this.itemsOf(this.value) : [this];
  }

  /** Any text that is not blank. */
  text(what: string): Cell<string> | undefined {
    return this.parsed(
      (text) => (text.trim() === "" ? undefined : text),
      `${what} is a text that is not blank.`,
    );
  }

  /** A text that `parse` accepts; `rule` and `allowed` say what that is. */
  parsed<T>(parse: (text: string) => T | undefined, rule: string, allowed?: string): Cell<T> | undefined {
    const value = typeof this.value === "string" ? parse(this.value) : undefined;
    if (value !== undefined) return { value, cursor: this };
    this.problem(rule, allowed === undefined ? {} : { allowed });
    return undefined;
  }

  /** One of a fixed set of words. */
  oneOf<const T extends string>(words: readonly T[], rule: string): Cell<T> | undefined {
    const allowed = typeof this.value === "string" ? choicesOf(this.value, words) : quoted(words);
    return this.parsed((text) => words.find((word) => word === text), rule, allowed);
  }

  /** A date: a day means its start for `from` and its end for `until`. */
  date(end: "from" | "until"): Cell<Instant> | undefined {
    const { value } = this;
    const lacksZone = typeof value === "string" && lacksTimeZone(value);
    const rule = lacksZone ? "This time lacks its time zone." : "This is not a date that exists.";
    return this.parsed(
      (text) => parseDate(text, end),
      rule,
      lacksZone ? `${value}Z for UTC, or an offset such as ${value}+01:00` : DATE_FORMS,
    );
  }

  /** A whole number between two bounds. */
  integer(least: number, most: number, rule: string): Cell<number> | undefined {
    const { value } = this;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
      return { value, cursor: this };
    }
    this.problem(rule, {
      allowed: `a whole number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`,
    });
    return undefined;
  }

  /** The word `true`; leaving the key out is the only other way. */
  onlyTrue(what: string): Cell<true> | undefined {
    if (this.value === true) return { value: true, cursor: this };
    this.problem(`${capitalize(what)} is true or absent.`, { allowed: "true" });
    return undefined;
  }

  private object(rule: string, allowed: string): readonly (readonly [string, unknown])[] | undefined {
    if (isPlainObject(this.value)) return Object.entries(this.value);
    const remedy = "Write a plain object, in which no key is `__proto__`.";
    this.problem(rule, { allowed, ...(looksLikeAnObject(this.value) && { remedy }) });
    return undefined;
  }

  private itemsOf(list: readonly unknown[]): readonly Cursor[] {
    return Array.from(list, (value, index) => this.step(index, value));
  }

  private place(): Pick<Problem, "file" | "path"> {
    return { file: this.file, path: formatPath(...this.steps) };
  }

  private step(key: string | number, value: unknown): Cursor {
    return new Cursor(this.file, [...this.steps, key], value, this.report);
  }
}
