import { at } from "../model/problems";

/** An entry of the roster that names who approved it. */
export interface ApprovedEntry {
  /** As one would type it: `temporary[0]`. */
  readonly path: string;
  readonly approvedBy: readonly string[];
}

interface FoundEntry extends ApprovedEntry {
  /** All that it says and rests on: two entries of the same key grant the same. */
  readonly key: string;
}

type Steps = readonly (string | number)[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON with the keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

const propertyOf = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** An entry's meaning hangs on the account that it names and on who its person is. */
function restsOn(entry: Readonly<Record<string, unknown>>, organization: unknown, roster: unknown): unknown {
  const { account, person } = entry;
  const human = typeof person === "string" ? propertyOf(propertyOf(roster, "people"), person) : undefined;
  return [
    typeof account === "string" ? propertyOf(propertyOf(organization, "accounts"), account) : undefined,
    ...["category", "email", "renamedFrom"].map((key) => propertyOf(human, key)),
  ];
}

/** Every object of a roster that names approvers, wherever it stands. */
function entriesOf(organization: unknown, roster: unknown): readonly FoundEntry[] {
  const found: FoundEntry[] = [];
  const visit = (value: unknown, steps: Steps): void => {
    if (Array.isArray(value)) {
      value.forEach((inner: unknown, index) => visit(inner, [...steps, index]));
      return;
    }
    if (!isObject(value)) return;
    const { approvedBy } = value;
    if (approvedBy !== undefined) {
      const names: readonly unknown[] = Array.isArray(approvedBy) ? approvedBy : [approvedBy];
      found.push({
        path: at(...steps),
        approvedBy: names.map(String),
        // A list's order says nothing.
        key: canonical([
          steps.filter((step) => typeof step === "string"),
          value,
          restsOn(value, organization, roster),
        ]),
      });
    }
    for (const [key, inner] of Object.entries(value)) if (key !== "approvedBy") visit(inner, [...steps, key]);
  };
  visit(roster, []);
  return found;
}

/** What a side of a comparison has. */
export interface Definitions {
  readonly organization: unknown;
  readonly roster: unknown;
}

/** The entries that name approvers and are new or changed: of as many alike as there were, none is. */
export function changedEntries(base: Definitions, head: Definitions): readonly ApprovedEntry[] {
  const left = new Map<string, number>();
  for (const { key } of entriesOf(base.organization, base.roster)) left.set(key, (left.get(key) ?? 0) + 1);
  return entriesOf(head.organization, head.roster)
    .filter(({ key }) => {
      const known = left.get(key) ?? 0;
      left.set(key, known - 1);
      return known <= 0;
    })
    .map(({ path, approvedBy }) => ({ path, approvedBy }));
}
