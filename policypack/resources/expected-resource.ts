import type { Organization } from "../../src/model/account";
import {
  ComputedProperty,
  DependentResource,
  type DescribedComponent,
  type DescribedResource,
  type ResourceId,
} from "../../src/resources/described-resource";
import { PROVIDER_NAME } from "../../src/resources/provider-settings";
import { PROVIDER_DEFAULTS } from "./provider-defaults";

/** A resource that an account has, as the pack compares it. */
export interface ExpectedResource {
  readonly described: DescribedResource;
  /** The last two parts of its URN: where it belongs, and its name. */
  readonly address: string;
  /** Its properties, references aside as the values that they have. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Values that the provider fills in where the program sets none; a dot leads into an object, or into every item of a list. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** `muster:stacks:Role$aws:iam/role:Role::infra-ReadR-dev` */
export function resourceAddress(
  { type, name }: ResourceId | DescribedComponent,
  parent?: DescribedComponent,
): string {
  return `${parent === undefined ? "" : `${parent.type}$`}${type}::${name}`;
}

/** Where the provider of an account stands. */
export const PROVIDER_ADDRESS = `pulumi:providers:aws::${PROVIDER_NAME}`;

/** The address in a URN: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export function addressIn(urn: string): string {
  const [, , ...rest] = urn.split("::");
  return rest.join("::");
}

/** A description with the values that are known beforehand in the place of references to them. */
function valueOf(described: unknown): unknown {
  if (described instanceof DependentResource) return described.value;
  if (described instanceof ComputedProperty) return described;
  if (Array.isArray(described)) return described.map(valueOf);
  if (typeof described !== "object" || described === null) return described;
  return Object.fromEntries(Object.entries(described).map(([key, inner]) => [key, valueOf(inner)]));
}

function valuesOf(properties: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, valueOf(value)]));
}

/** The resource as the pack compares it. */
export function expectedResource(described: DescribedResource, { region }: Organization): ExpectedResource {
  const properties = valuesOf(described.properties);
  return {
    described,
    address: resourceAddress(described, described.parent),
    properties,
    defaults: {
      ...PROVIDER_DEFAULTS[described.type],
      // The provider repeats its own region in whatever has one, and the tags together with its own, of which we have none.
      ...(!described.type.startsWith("aws:iam/") && { region }),
      ...("tags" in properties && { tagsAll: properties["tags"] }),
    },
  };
}
