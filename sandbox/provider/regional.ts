import type { Clients } from "./clients";
import type { Properties, ResourceType } from "./resource-type";

const clientsFor = (clients: Clients, { region }: Properties): Clients =>
  typeof region === "string" ? clients.inRegion(region) : clients;

/**
 * A type whose resources may name their region; by default it is the provider's.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
export function regional(type: ResourceType): ResourceType {
  return {
    ...type,
    properties: { ...type.properties, region: { replaces: true, computed: true } },
    create: (inputs, clients) => type.create(inputs, clientsFor(clients, inputs)),
    read: async (known, clients) => {
      const there = clientsFor(clients, known.outputs);
      const found = await type.read(known, there);
      return found && { ...found, inputs: { ...found.inputs, region: there.region } };
    },
    ...(type.update && {
      update: async (known, change, clients) => {
        await type.update?.(known, change, clientsFor(clients, change.news));
      },
    }),
    ...(type.delete && {
      delete: async (known, clients) => {
        await type.delete?.(known, clientsFor(clients, known.outputs));
      },
    }),
  };
}
