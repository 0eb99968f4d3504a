/** A resource's inputs or outputs, wrapped by the SDK: touching a value that is not known yet throws. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource of the stack that is checked. */
export interface Resource {
  /** Pulumi's type: `aws:iam/role:Role`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Properties;
}

/** The type of the resource that stands for the stack itself. */
export const STACK = "pulumi:pulumi:Stack";

/** The stack of a URN: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export function stackOf(urn: string): string {
  const [head = ""] = urn.split("::");
  return head.slice(head.lastIndexOf(":") + 1);
}

/** All resources of a stack, found by type. */
export class StackResources {
  private readonly byType = new Map<string, Resource[]>();

  constructor(readonly all: readonly Resource[]) {
    for (const resource of all) {
      const same = this.byType.get(resource.type);
      if (same === undefined) this.byType.set(resource.type, [resource]);
      else same.push(resource);
    }
  }

  of(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of a property, or undefined where there is none. */
export function text(props: Properties, key: string): string | undefined {
  const value = props[key];
  return typeof value === "string" ? value : undefined;
}

export function number(props: Properties, key: string): number | undefined {
  const value = props[key];
  return typeof value === "number" ? value : undefined;
}

/** The texts of a list; none where there is no list. */
export function texts(props: Properties, key: string): readonly string[] {
  const value = props[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The objects of a list; none where there is no list. */
export function objects(props: Properties, key: string): readonly Properties[] {
  const value = props[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The object of a property; empty where there is none. */
export function object(props: Properties, key: string): Properties {
  const value = props[key];
  return isObject(value) ? value : {};
}

/** The names of an object's texts with their values: tags. */
export function textsByKey(props: Properties, key: string): ReadonlyMap<string, string> {
  const values = object(props, key);
  return new Map(
    Object.keys(values).flatMap((name) => {
      const value = values[name];
      return typeof value === "string" ? [[name, value] as const] : [];
    }),
  );
}
