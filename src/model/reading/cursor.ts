import { DATE_FORMS, parseDate, type Instant } from "../dates";
import { at, type EditedFile, type Problem } from "../problems";

/** A value that was read, with the place to report what is wrong about it. */
export interface Cell<T> {
  readonly value: T;
  readonly cursor: Cursor;
}

/** What stands beside the rule in a report; `value` where it is not what stands at the cursor. */
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
const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

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
  missing(key: string, rule: string, advice: Advice = {}): void {
    this.report({ severity: "error", file: this.file, path: at(...this.steps, key), rule, ...advice });
  }

  /** The cursors of a fixed set of keys; unknown and missing ones are problems. */
  fields<Required extends string, Optional extends string>(
    shape: Shape<Required, Optional>,
  ): Fields<Required | Optional> | undefined {
    if (!isObject(this.value)) {
      this.problem(`${capitalized(shape.what)} is an object with keys.`, {
        allowed: `keys ${quoted([...shape.required, ...shape.optional])}`,
      });
      return undefined;
    }
    const known: readonly string[] = [...shape.required, ...shape.optional];
    for (const [key, value] of Object.entries(this.value)) {
      if (known.includes(key)) continue;
      this.step(key, value).problem(`Unknown key of ${shape.what}.`, { allowed: quoted(known) });
    }
    for (const key of shape.required) {
      if (this.value[key] === undefined) this.missing(key, `${capitalized(shape.what)} needs ${key}.`);
    }
    const fields: { [K in Required | Optional]?: Cursor } = {};
    for (const key of [...shape.required, ...shape.optional]) {
      const value = this.value[key];
      if (value !== undefined) fields[key] = this.step(key, value);
    }
    return fields;
  }

  /** The value of a key, unread and unreported. */
  peek(key: string): unknown {
    return isObject(this.value) ? this.value[key] : undefined;
  }

  /** The cursors of an object whose keys are names. */
  entries(what: string): readonly (readonly [string, Cursor])[] {
    if (!isObject(this.value)) {
      this.problem(`${capitalized(what)} is an object whose keys are names.`);
      return [];
    }
    return Object.entries(this.value).map(([key, value]) => [key, this.step(key, value)] as const);
  }

  /** The cursors of a list's items. */
  items(what: string): readonly Cursor[] {
    if (!Array.isArray(this.value)) {
      this.problem(`${capitalized(what)} is a list.`, { allowed: "[…]" });
      return [];
    }
    return this.value.map((value, index) => this.step(index, value));
  }

  /** The cursors of a list's items, or this one where there is no list. */
  oneOrMore(what: string): readonly Cursor[] {
    return Array.isArray(this.value) ? this.items(what) : [this];
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
    return this.parsed((text) => words.find((word) => word === text), rule, quoted(words));
  }

  /** A date: a day means its start for `from` and its end for `until`. */
  date(end: "from" | "until"): Cell<Instant> | undefined {
    return this.parsed((text) => parseDate(text, end), "This is not a date that exists.", DATE_FORMS);
  }

  /** A whole number between two bounds. */
  integer(least: number, most: number, what: string): Cell<number> | undefined {
    const { value } = this;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
      return { value, cursor: this };
    }
    this.problem(`${capitalized(what)} is a whole number.`, {
      allowed: `${least.toLocaleString("en")} to ${most.toLocaleString("en")}`,
    });
    return undefined;
  }

  /** The word `true`; leaving the key out is the only other way. */
  onlyTrue(what: string): Cell<true> | undefined {
    if (this.value === true) return { value: true, cursor: this };
    this.problem(`${capitalized(what)} is true or absent.`, { allowed: "true" });
    return undefined;
  }

  private place(): Pick<Problem, "file" | "path"> {
    return { file: this.file, path: at(...this.steps) };
  }

  private step(key: string | number, value: unknown): Cursor {
    return new Cursor(this.file, [...this.steps, key], value, this.report);
  }
}
