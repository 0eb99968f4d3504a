import * as pulumi from "@pulumi/pulumi";

/** A resource as the program registered it: nothing of it comes from AWS. */
export interface RegisteredResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Pulumi reads a stack trace for every property of every resource, and ts-node maps each one to its source: that takes
 * longer than all the rest of a registration. An error that escapes has its trace all the same, which is read later.
 */
async function withoutReadingTraces(run: () => Promise<void>): Promise<void> {
  const prepare = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Error.prepareStackTrace = ({ message }) => message;
  try {
    await run();
  } finally {
    if (prepare === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
    else Object.defineProperty(Error, "prepareStackTrace", prepare);
  }
}

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
  await withoutReadingTraces(async () => {
    program();
    await pulumi.runtime.disconnect();
  });
  const order = ({ type, name }: RegisteredResource): string => `${type} ${name}`;
  return resources.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
