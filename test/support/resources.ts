import * as pulumi from "@pulumi/pulumi";

/** A resource as the program registered it: nothing of it comes from AWS. */
export interface RegisteredResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Runs a program as a preview, with no engine, and answers every resource that it registers, components aside, in the
 * order of type and name. Outputs other than a resource's own inputs are unknown, as they are before anything exists.
 */
export async function registeredResources(
  stack: string,
  program: () => unknown,
): Promise<RegisteredResource[]> {
  const resources: RegisteredResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const state = inputs as Inputs;
        if (type.startsWith("aws:")) resources.push({ type, name, inputs: state });
        return { id: undefined, state };
      },
      call: ({ token }) => {
        throw new Error(`The program called ${token}: it may look nothing up.`);
      },
    },
    "muster",
    stack,
    true,
  );
  program();
  await pulumi.runtime.disconnect();
  const order = ({ type, name }: RegisteredResource): string => `${type} ${name}`;
  return resources.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
