import {
  ComponentResource,
  CustomResource,
  output,
  type CustomResourceOptions,
  type Output,
  type ProviderResource,
} from "@pulumi/pulumi";

import {
  ComputedProperty,
  DependentResource,
  type DescribedComponent,
  type DescribedResource,
  type ResourceId,
} from "../resources/described-resource";
import { RESOURCE_CLASSES } from "./resource-classes";

const keyOf = ({ type, name }: ResourceId | DescribedComponent): string => `${type} ${name}`;

/** Holds resources, so that they are shown together and their URNs say where they belong. */
class Holder extends ComponentResource {
  constructor({ type, name }: DescribedComponent, provider: ProviderResource) {
    super(type, name, {}, { providers: { aws: provider } });
  }

  finish(): void {
    this.registerOutputs();
  }
}

/** Turns descriptions of resources into Pulumi's, one after another. */
class Creation {
  private readonly components = new Map<string, Holder>();
  private readonly resources = new Map<string, CustomResource>();

  constructor(private readonly provider: ProviderResource) {}

  create(described: DescribedResource): CustomResource {
    const { type, name, properties } = described;
    // Each class takes its own arguments, which the description was held to by their type.
    const resource: unknown = Reflect.construct(RESOURCE_CLASSES[type](), [
      name,
      this.inputOf(properties),
      this.optionsOf(described),
    ]);
    if (!CustomResource.isInstance(resource)) throw new Error(`${type} is no class of a resource.`);
    this.resources.set(keyOf(described), resource);
    return resource;
  }

  /** Says that no component gets further children. */
  finish(): void {
    for (const component of this.components.values()) component.finish();
  }

  private optionsOf({
    parent,
    options: { renamedFrom, ignoreChanges, remadeOnChanges, retainOnDelete, takesOver },
  }: DescribedResource): CustomResourceOptions {
    return {
      ...(parent ? { parent: this.component(parent) } : { provider: this.provider }),
      ...(renamedFrom !== undefined && { aliases: [{ name: renamedFrom }] }),
      ...(ignoreChanges && { ignoreChanges: [...ignoreChanges] }),
      ...(remadeOnChanges && { replaceOnChanges: [...remadeOnChanges], deleteBeforeReplace: true }),
      ...(retainOnDelete && { retainOnDelete }),
      ...(takesOver !== undefined && { import: takesOver }),
    };
  }

  private component(described: DescribedComponent): Holder {
    const key = keyOf(described);
    const known = this.components.get(key);
    if (known !== undefined) return known;
    const component = new Holder(described, this.provider);
    this.components.set(key, component);
    return component;
  }

  private inputOf(value: unknown): unknown {
    if (value instanceof DependentResource) return this.after(value);
    if (value instanceof ComputedProperty) return this.outputOf(value);
    if (Array.isArray(value)) return value.map((item) => this.inputOf(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.inputOf(inner)]));
  }

  /** A resource's URN is known at preview, so what follows from it is known too; it waits for the resource all the same. */
  private after({ resource, value }: DependentResource<unknown>): Output<unknown> {
    return this.existing(resource).urn.apply(() => value);
  }

  private outputOf({ resource, output: name }: ComputedProperty): Output<unknown> {
    const value: unknown = Reflect.get(this.existing(resource), name);
    if (value === undefined) throw new Error(`${keyOf(resource)} has no output ${name}.`);
    return output(value);
  }

  private existing(id: ResourceId): CustomResource {
    const resource = this.resources.get(keyOf(id));
    if (resource === undefined) throw new Error(`${keyOf(id)} is referred to before it is described.`);
    return resource;
  }
}

/** A resource's URN is known at preview; at an update only once the resource exists. */
function existence({ urn }: CustomResource): Promise<void> {
  return new Promise((resolve) => {
    urn.apply(() => {
      resolve();
    });
  });
}

/**
 * Creates resources and the components that hold them, in the order in which they are described, and waits for those that
 * claim the account: a dependency of everything on them would replace everything with them.
 */
export async function createResources(
  provider: ProviderResource,
  described: readonly DescribedResource[],
): Promise<void> {
  const creation = new Creation(provider);
  for (const resource of described) {
    const created = creation.create(resource);
    if (resource.options.claimsAccount) await existence(created);
  }
  creation.finish();
}
