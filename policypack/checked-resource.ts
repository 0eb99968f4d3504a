/** A resource's inputs or outputs, wrapped by the SDK: touching a value that is not known yet throws. */
export type ResourceProperties = Readonly<Record<string, unknown>>;

/** The resource options that the SDK passes on; retainOnDelete, replaceOnChanges and others are not among them. */
export interface ResourceOptions {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** URNs. */
  readonly aliases: readonly string[];
  readonly customTimeouts: {
    readonly createSeconds: number;
    readonly updateSeconds: number;
    readonly deleteSeconds: number;
  };
  readonly additionalSecretOutputs: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

/** Which resource of which stack. */
export interface ResourceAddress {
  /** Pulumi's type: `aws:iam/role:Role`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}

/** A resource of the stack that is checked. */
export interface CheckedResource extends ResourceAddress {
  readonly props: ResourceProperties;
  readonly opts: ResourceOptions;
  /** The provider that makes it; undefined for components, providers and the stack. */
  readonly provider?: { readonly name: string; readonly urn: string };
  /** The resources whose outputs a property depends on; known where all resources are looked at together. */
  readonly propertyDependencies?: Readonly<
    Record<string, readonly { readonly urn: string; readonly name: string }[]>
  >;
}

/** The type of the resource that stands for the stack itself. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** The stack of a URN: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export function stackOfUrn(urn: string): string {
  const [head = ""] = urn.split("::");
  return head.slice(head.lastIndexOf(":") + 1);
}

/** All resources of a stack, found by type. */
export class StackResources {
  private readonly byType = new Map<string, CheckedResource[]>();

  constructor(readonly all: readonly CheckedResource[]) {
    for (const resource of all) {
      const same = this.byType.get(resource.type);
      if (same === undefined) this.byType.set(resource.type, [resource]);
      else same.push(resource);
    }
  }

  of(type: string): readonly CheckedResource[] {
    return this.byType.get(type) ?? [];
  }
}

/** Whether a value is an object of JSON, which a list is not. */
export function isObject(value: unknown): value is ResourceProperties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of a property, or undefined where there is none. */
export function textProperty(props: ResourceProperties, key: string): string | undefined {
  const value = props[key];
  return typeof value === "string" ? value : undefined;
}

/** The number of a property, which a program may also have written as a text. */
export function numberProperty(props: ResourceProperties, key: string): number | undefined {
  const value = props[key];
  if (typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  return typeof value === "number" ? value : undefined;
}

/** The texts of a list; none where there is no list. */
export function textListProperty(props: ResourceProperties, key: string): readonly string[] {
  const value = props[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The objects of a list; none where there is no list. */
export function objectListProperty(props: ResourceProperties, key: string): readonly ResourceProperties[] {
  const value = props[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The object of a property; empty where there is none. */
export function objectProperty(props: ResourceProperties, key: string): ResourceProperties {
  const value = props[key];
  return isObject(value) ? value : {};
}

/** The names of an object's texts with their values: tags. */
export function textsByKey(props: ResourceProperties, key: string): ReadonlyMap<string, string> {
  const values = objectProperty(props, key);
  return new Map(
    Object.keys(values).flatMap((name) => {
      const value = values[name];
      return typeof value === "string" ? [[name, value] as const] : [];
    }),
  );
}
