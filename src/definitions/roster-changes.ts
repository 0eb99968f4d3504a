import ts from "typescript";

import type { Instant } from "../model/dates";
import { groupBy } from "../model/group-by";
import { formatPath } from "../model/problems";
import { appendToList, removeFromList, type ListLiteral, type ListStyle } from "./comma-list";
import { FileEdits, type FileEdit } from "./file-edits";
import {
  topLevelConstants,
  definitionIn,
  propertyKey,
  LiteralResolver,
  type LocatedNode,
} from "./literal-resolver";
import type { ReadFile } from "./folder-reader";
import { EDITED_FILES } from "./edited-files";
import { SourceFiles } from "./source-files";

/** Something that leaves the roster, ends, or is otherwise. */
export type RosterChange =
  /** A role under somebody's `access`. */
  | { readonly kind: "role"; readonly person: string; readonly account: string; readonly role: string }
  /** A role under somebody's `access` that becomes another one. */
  | {
      readonly kind: "another role";
      readonly person: string;
      readonly account: string;
      readonly role: string;
      readonly to: string;
    }
  /** What somebody is, or for whom. */
  | {
      readonly kind: "post";
      readonly person: string;
      readonly key: "category" | "manager";
      readonly value: string;
    }
  /** Somebody's place in `power`. */
  | { readonly kind: "power"; readonly person: string }
  /** Everything that somebody has, at an instant: their `until`. */
  | { readonly kind: "last day"; readonly person: string; readonly until: Instant }
  /** Somebody's entry under `people`, whole. */
  | { readonly kind: "entry"; readonly person: string }
  /** A name that may never come back, under `departed`. */
  | { readonly kind: "departed"; readonly person: string }
  /** Agreements of a contractor whose days of signature somebody fills in: until then, the roster's rules refuse it. */
  | {
      readonly kind: "agreements";
      readonly person: string;
      readonly missing: readonly ("nda" | "baa")[];
    };

/** Stands where somebody writes a day, and is none. */
export const DAY_TO_WRITE = "YYYY-MM-DD";

/** A change that only somebody who reads the file can make. */
export interface ChangeByHand {
  /** As one would type it: `people["john.developer"].access.prod`. */
  readonly path: string;
  readonly reason: string;
}

/** The files with what of the changes their text allows, and what is left. */
export interface ChangedRoster {
  readonly edits: readonly FileEdit[];
  readonly byHand: readonly ChangeByHand[];
}

interface Place {
  readonly literal: LocatedNode<ListLiteral>;
  /** From 0. */
  readonly place: number;
}

const pathOf = (change: RosterChange): string => {
  switch (change.kind) {
    case "role":
    case "another role":
      return formatPath("people", change.person, "access", change.account);
    case "post":
      return formatPath("people", change.person, change.key);
    case "power":
      return formatPath("power");
    case "last day":
      return formatPath("people", change.person, "until");
    case "entry":
      return formatPath("people", change.person);
    case "departed":
      return formatPath("departed");
    case "agreements":
      return formatPath("people", change.person, "agreements");
  }
};

const quoted = (text: string, { quote }: ListStyle): string => `${quote}${text}${quote}`;

const isText = (node: ts.Expression, text: string): boolean =>
  ts.isStringLiteralLike(node) && node.text === text;

/** The roster as the files of a project have it. */
class RosterText {
  private readonly resolution: LiteralResolver;
  private readonly roster: LocatedNode<ts.ObjectLiteralExpression> | undefined;

  constructor(read: ReadFile) {
    const files = new SourceFiles(read);
    this.resolution = new LiteralResolver(files);
    const file = files.edited(EDITED_FILES.roster);
    const definition = file && this.resolution.exported("roster", file);
    this.roster =
      definition && this.resolution.object({ ...definition, node: definitionIn(definition.node) });
  }

  get whole(): LocatedNode<ts.ObjectLiteralExpression> | undefined {
    return this.roster;
  }

  people(): LocatedNode<ts.ObjectLiteralExpression> | undefined {
    return this.object("people");
  }

  person(name: string): LocatedNode<ts.ObjectLiteralExpression> | undefined {
    return this.object("people", name);
  }

  access(person: string): LocatedNode<ts.ObjectLiteralExpression> | undefined {
    return this.object("people", person, "access");
  }

  list(key: string): LocatedNode<ts.ArrayLiteralExpression> | undefined {
    const value = this.roster && this.resolution.property(this.roster, key);
    return value && this.resolution.list(value);
  }

  /** The value of a key, where the object itself has it and nothing else can say it. */
  own(
    { node, file }: LocatedNode<ts.ObjectLiteralExpression>,
    key: string,
  ): (Place & { value: ts.Expression }) | undefined {
    const constants = topLevelConstants(file.tree);
    const places = node.properties.flatMap((property, place) =>
      ts.isPropertyAssignment(property) && propertyKey(property.name, constants) === key
        ? [{ literal: { node, file }, place, value: property.initializer }]
        : [],
    );
    return places.length === 1 && !node.properties.some(ts.isSpreadAssignment) ? places[0] : undefined;
  }

  private object(...path: readonly string[]): LocatedNode<ts.ObjectLiteralExpression> | undefined {
    let object = this.roster;
    for (const key of path) {
      const value = object && this.resolution.property(object, key);
      object = value && this.resolution.object(value);
    }
    return object;
  }
}

/** How often each literal is what a person has: an object that several share is nobody's to edit. */
function sharedAccess(text: RosterText, names: readonly string[]): ReadonlySet<ts.Node> {
  const seen = new Set<ts.Node>();
  const shared = new Set<ts.Node>();
  for (const name of names) {
    const node = text.access(name)?.node;
    if (node === undefined) continue;
    if (seen.has(node)) shared.add(node);
    seen.add(node);
  }
  return shared;
}

const hasKey = ({ node, file }: LocatedNode<ts.ObjectLiteralExpression>, key: string): boolean =>
  node.properties.some((one) => one.name?.getText(file.tree) === key);

const NOT_ALONE = "It is not written there alone, as a text or a list: only running the program tells.";

class Changes {
  readonly byHand: ChangeByHand[] = [];
  private readonly edits = new FileEdits();
  private readonly places = new Map<ListLiteral, { literal: LocatedNode<ListLiteral>; own: Set<number> }>();

  constructor(
    private readonly text: RosterText,
    private readonly shared: ReadonlySet<ts.Node>,
  ) {}

  private leave(change: RosterChange, reason: string): void {
    this.byHand.push({ path: pathOf(change), reason });
  }

  private take({ literal, place }: Place): void {
    const known = this.places.get(literal.node) ?? { literal, own: new Set<number>() };
    known.own.add(place);
    this.places.set(literal.node, known);
  }

  /** All roles of one person in one account together: where none is left, its key goes too. */
  roles(changes: readonly (RosterChange & { readonly kind: "role" })[]): void {
    const [first] = changes;
    if (first === undefined) return;
    const access = this.text.access(first.person);
    const own = access && this.text.own(access, first.account);
    if (access === undefined || own === undefined || this.shared.has(access.node)) {
      this.leave(first, NOT_ALONE);
      return;
    }
    const value = own.value;
    const roles = new Set(changes.map(({ role }) => role));
    if (!ts.isArrayLiteralExpression(value)) {
      if ([...roles].every((role) => isText(value, role))) this.take(own);
      else this.leave(first, "There is no text there that names the role.");
      return;
    }
    const gone = value.elements.flatMap((element, place) =>
      ts.isStringLiteralLike(element) && roles.has(element.text) ? [place] : [],
    );
    if (gone.length !== roles.size) this.leave(first, "The list there does not name the role itself.");
    else if (gone.length === value.elements.length) this.take(own);
    else for (const place of gone) this.take({ literal: { node: value, file: access.file }, place });
  }

  power(change: RosterChange & { readonly kind: "power" }): void {
    const list = this.text.list("power");
    const place = list?.node.elements.findIndex((element) => isText(element, change.person)) ?? -1;
    if (list === undefined || place < 0) this.leave(change, "The list does not name them itself.");
    else this.take({ literal: list, place });
  }

  anotherRole(change: RosterChange & { readonly kind: "another role" }): void {
    const access = this.text.access(change.person);
    const own = access && this.text.own(access, change.account);
    if (access === undefined || own === undefined || this.shared.has(access.node)) {
      this.leave(change, NOT_ALONE);
      return;
    }
    const { value } = own;
    const texts = ts.isArrayLiteralExpression(value) ? value.elements : [value];
    const place = texts.find((text) => isText(text, change.role));
    if (place === undefined) this.leave(change, "What stands there does not name the role itself.");
    else this.edits.of(access).update(place.getStart(access.file.tree), place.end, JSON.stringify(change.to));
  }

  entry(change: RosterChange & { readonly kind: "entry" }): void {
    const people = this.text.people();
    const own = people && this.text.own(people, change.person);
    if (own === undefined)
      this.leave(change, "The entry does not stand there alone: only running the program tells.");
    else this.take(own);
  }

  /** All names together: they are one place of the text. */
  departed(changes: readonly (RosterChange & { readonly kind: "departed" })[]): void {
    const [first] = changes;
    if (first === undefined) return;
    const names = (style: ListStyle): string => changes.map(({ person }) => quoted(person, style)).join(", ");
    const list = this.text.list("departed");
    const roster = this.text.whole;
    if (list !== undefined) appendToList(this.edits.of(list), list.node, list.file.tree, names);
    else if (
      roster === undefined ||
      hasKey(roster, "departed") ||
      roster.node.properties.some(ts.isSpreadAssignment)
    )
      this.leave(first, "There is no list there: only running the program tells.");
    else
      appendToList(
        this.edits.of(roster),
        roster.node,
        roster.file.tree,
        (style) => `departed: [${names(style)}]`,
      );
  }

  agreements(change: RosterChange & { readonly kind: "agreements" }): void {
    const person = this.text.person(change.person);
    const days = (style: ListStyle): string =>
      change.missing.map((agreement) => `${agreement}: ${quoted(DAY_TO_WRITE, style)}`).join(", ");
    const own = person && this.text.own(person, "agreements");
    if (person !== undefined && own !== undefined && ts.isObjectLiteralExpression(own.value))
      appendToList(this.edits.of(person), own.value, person.file.tree, days);
    else if (person === undefined || hasKey(person, "agreements"))
      this.leave(change, "The agreements are not written there as an object.");
    else
      appendToList(
        this.edits.of(person),
        person.node,
        person.file.tree,
        (style) => `agreements: { ${days(style)} }`,
      );
  }

  /** Writes a text of somebody's entry, where another stands or none. */
  write(change: RosterChange, name: string, key: string, value: string): void {
    const person = this.text.person(name);
    if (person === undefined) {
      this.leave(change, "The person's entry is not written as an object: only running the program tells.");
      return;
    }
    const edits = this.edits.of(person);
    const own = this.text.own(person, key);
    if (own !== undefined && ts.isStringLiteralLike(own.value)) {
      edits.update(own.value.getStart(person.file.tree), own.value.end, JSON.stringify(value));
    } else if (hasKey(person, key)) {
      this.leave(change, "What stands there is no text.");
    } else {
      appendToList(edits, person.node, person.file.tree, (style) => `${key}: ${quoted(value, style)}`);
    }
  }

  finish(): ChangedRoster {
    for (const { literal, own } of this.places.values())
      removeFromList(this.edits.of(literal), literal.node, literal.file.tree, own);
    return { edits: this.edits.all, byHand: this.byHand };
  }
}

/**
 * Takes roles, power and people out of the roster, changes roles and posts, and ends people's access, in the files' own style; every
 * other character stays. What the text alone does not tell, such as roles that come from a constant that several people share, is
 * left to do by hand.
 * @param people the names of all people: an entry that two of them share is not edited
 */
export function changeRoster(
  read: ReadFile,
  people: readonly string[],
  changes: readonly RosterChange[],
): ChangedRoster {
  const text = new RosterText(read);
  const done = new Changes(text, sharedAccess(text, people));
  const roles = changes.filter((change) => change.kind === "role");
  const byCell = groupBy(roles, ({ person, account }) => JSON.stringify([person, account]));
  for (const cell of byCell.values()) done.roles(cell);
  done.departed(changes.filter((change) => change.kind === "departed"));
  for (const change of changes) {
    switch (change.kind) {
      case "role":
      case "departed":
        break;
      case "entry":
        done.entry(change);
        break;
      case "agreements":
        done.agreements(change);
        break;
      case "another role":
        done.anotherRole(change);
        break;
      case "post":
        done.write(change, change.person, change.key, change.value);
        break;
      case "power":
        done.power(change);
        break;
      case "last day":
        done.write(change, change.person, "until", change.until);
        break;
    }
  }
  return done.finish();
}
