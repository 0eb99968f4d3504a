import type { Resource, Unwrap } from "@pulumi/pulumi";
import type { Clients } from "./clients";

/** A value as it crosses the wire between engine and provider. */
export type Value =
  null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value | undefined };

/** Inputs or outputs of a resource; a property that is not set is absent. */
export interface Properties {
  readonly [property: string]: Value | undefined;
}

/** How one input property behaves. */
export interface Property {
  /** The value in AWS where the program sets none; setting and omitting it are then the same. */
  readonly default?: Value;
  /** A change cannot be made in place. */
  readonly replaces?: true;
  /**
   * `document`: JSON, compared by meaning. `set`: a list whose order means nothing. `settings`: nested settings, in
   * which false means the same as nothing. `issuer`: a URL, with or without `https://`, which IAM leaves out where it
   * answers. Otherwise compared exactly.
   */
  readonly compare?: "document" | "issuer" | "set" | "settings";
  /** AWS does not keep it: it only tells the provider how to act. */
  readonly local?: true;
  /** AWS decides the value where the program sets none, and the provider leaves it alone. */
  readonly computed?: true;
}

/**
 * The plain inputs of a resource, derived from the arguments that `@pulumi/aws` declares for it. Where a program may
 * pass a resource instead of its name, the wire has the name. Unions of the AWS API are plain text in these
 * declarations; the types cast them where they hand them on, and AWS refuses what is not among them.
 */
export type Inputs<Args> = { readonly [K in keyof Unwrap<Args>]: Exclude<Unwrap<Args>[K], Resource> };

/** What is known about an existing resource: its id and the outputs of the last operation. */
export interface Known<I> {
  readonly id: string;
  readonly outputs: Partial<I>;
}

export interface LiveResource<I> {
  readonly id: string;
  readonly inputs: Partial<I>;
  readonly computed: Properties;
}

export interface Change<I> {
  readonly olds: Partial<I>;
  readonly news: I;
  readonly changed: ReadonlySet<keyof I & string>;
}

/**
 * One resource type of `@pulumi/aws`, over the AWS API. `tags` are always the effective ones, with the provider's
 * default tags merged in.
 */
export interface Definition<I> {
  /** The inputs that are handled; Check refuses all others, so that nothing is ever silently ignored. */
  readonly properties: { readonly [K in keyof I]?: Property };
  /** The input that gets `<logical name>-<seven hexadecimal digits>` where the program names nothing. */
  readonly autoname?: keyof I & string;
  /**
   * The inputs that identify such a resource: AWS has no two with the same values. An empty list means one such resource
   * an account. Without this, the input that is named automatically.
   */
  readonly uniqueBy?: readonly (keyof I & string)[];
  /** Outputs that are no inputs, each with the inputs whose change changes it; unknown until created. */
  readonly computed: { readonly [output: string]: readonly (keyof I & string)[] };
  create(inputs: I, clients: Clients): Promise<{ readonly id: string; readonly computed: Properties }>;
  /** The live resource, or `undefined` where it is gone. */
  read(known: Known<I>, clients: Clients): Promise<LiveResource<I> | undefined>;
  /** Changes in place. Absent: every property replaces. */
  update?(known: Known<I>, change: Change<I>, clients: Clients): Promise<void>;
  /** Absent: there is nothing to delete, as the real provider documents for `*Exclusive`; it only stops watching. */
  delete?(known: Known<I>, clients: Clients): Promise<void>;
}

/** A resource type as the provider's generic part sees it: inputs are any properties, because Check let them in. */
export type ResourceType = Definition<Properties>;

/** Declares a resource type; `Args` is the argument interface of `@pulumi/aws`. */
export function resourceType<Args>(definition: Definition<Inputs<Args>>): ResourceType {
  return definition as unknown as ResourceType;
}
