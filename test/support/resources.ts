import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { withoutPromiseTraces } from "../../start/promise-traces";

withoutPromiseTraces();

/** A resource as the program registered it: nothing of it comes from AWS. */
export interface RegisteredResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

type Inputs = Readonly<Record<string, unknown>>;

/** What a program tells the engine of a resource besides its inputs; only what it says. */
export interface RegisteredOptions {
  /** Name of the provider. */
  readonly provider?: string;
  readonly protect?: true;
  readonly retainOnDelete?: true;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  /** Former URNs, from the type on. */
  readonly aliases?: readonly string[];
  readonly customTimeouts?: object;
  readonly deletedWith?: string;
  readonly importId?: string;
  readonly pluginDownloadUrl?: string;
  readonly hooks?: true;
}

/** Everything that a program registers: components, providers and the stack too. */
export interface Registration extends RegisteredResource {
  readonly options?: RegisteredOptions;
  /** The program reads it, by the option `id` or by `get`, and makes nothing of it. */
  readonly isOnlyRead?: true;
  /** Types of the components that hold it, outermost first. */
  readonly parents?: readonly string[];
  /** By property, the URNs of the resources whose outputs are in it. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

const STACK = "pulumi:pulumi:Stack";

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

const typesIn = (urn: string): readonly string[] =>
  (urn.split("::")[2] ?? "").split("$").filter((type) => type !== STACK && type !== "");

/** `urn:pulumi:dev::muster::muster:stacks:Role$aws:iam/role:Role::infra-ReadR-dev`, as the engine makes it. */
export function urnOf(stack: string, { type, name, parents = [] }: Registration): string {
  return ["urn:pulumi:" + stack, "muster", [...parents, type].join("$"), name].join("::");
}

/** What the wire has as an empty text was not said. */
const unlessBlank = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

const unlessEmpty = <Item>(list: readonly Item[]): readonly Item[] | undefined =>
  list.length > 0 ? list : undefined;

function aliasesOf(request: RegisterResourceRequest): readonly string[] {
  const specs = request.getAliasesList().map((alias) => {
    const spec = alias.getSpec();
    const type = unlessBlank(spec?.getType()) ?? request.getType();
    return `${[...typesIn(request.getParent()), type].join("$")}::${unlessBlank(spec?.getName()) ?? request.getName()}`;
  });
  return [...specs, ...request.getAliasurnsList()];
}

function optionsOf(request: RegisterResourceRequest): RegisteredOptions {
  const [, , , provider] = request.getProvider().split("::");
  const options: Record<keyof RegisteredOptions, unknown> = {
    provider,
    protect: request.getProtect() ? true : undefined,
    retainOnDelete: request.getRetainondelete() ? true : undefined,
    deleteBeforeReplace: request.getDeletebeforereplacedefined()
      ? request.getDeletebeforereplace()
      : undefined,
    ignoreChanges: unlessEmpty(request.getIgnorechangesList()),
    replaceOnChanges: unlessEmpty(request.getReplaceonchangesList()),
    additionalSecretOutputs: unlessEmpty(request.getAdditionalsecretoutputsList()),
    aliases: unlessEmpty(aliasesOf(request)),
    customTimeouts: Object.values(request.getCustomtimeouts()?.toObject() ?? {}).some(Boolean)
      ? request.getCustomtimeouts()?.toObject()
      : undefined,
    deletedWith: unlessBlank(request.getDeletedwith()),
    importId: unlessBlank(request.getImportid()),
    pluginDownloadUrl: unlessBlank(request.getPlugindownloadurl()),
    hooks:
      request.hasHooks() && Object.values(request.getHooks()?.toObject() ?? {}).flat().length > 0
        ? true
        : undefined,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function dependenciesOf(request: RegisterResourceRequest): Readonly<Record<string, readonly string[]>> {
  const all = [...request.getPropertydependenciesMap().entries()];
  return Object.fromEntries(
    all
      .map(([key, dependencies]) => [key, dependencies.getUrnsList()] as const)
      .filter(([, urns]) => urns.length > 0),
  );
}

/** Runs a program and answers its warnings, which Pulumi would print among the results of the tests where no engine takes them. */
async function warningsDuring(run: () => Promise<void>): Promise<readonly string[]> {
  const warnings: string[] = [];
  const { warn } = pulumi.log;
  Reflect.set(pulumi.log, "warn", (message: string) => {
    warnings.push(message);
    return Promise.resolve();
  });
  try {
    await run();
  } finally {
    Reflect.set(pulumi.log, "warn", warn);
  }
  return warnings;
}

/** What a program registers, and what it warns of. */
export interface Recording {
  /** In the order of type and name. */
  readonly registrations: readonly Registration[];
  readonly warnings: readonly string[];
}

/**
 * Runs a program as a preview, with no engine, and answers all that it registers and warns of. Outputs other than a resource's own
 * inputs are unknown, as they are before anything exists.
 */
export async function recorded(stack: string, program: () => unknown): Promise<Recording> {
  const inputs = new Map<string, Inputs>();
  const requests: RegisterResourceRequest[] = [];
  const keyOf = (type: string, name: string): string => `${type} ${name}`;
  await pulumi.runtime.setMocks(
    {
      newResource: (resource) => {
        const state = resource.inputs as Inputs;
        inputs.set(keyOf(resource.type, resource.name), state);
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
  // The mocks are told less than the engine is.
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource: (request: RegisterResourceRequest, ...rest: unknown[]) => unknown;
  };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, ...rest) => {
    requests.push(request);
    return register(request, ...rest);
  };
  const warnings = await warningsDuring(() =>
    withoutReadingTraces(async () => {
      await program();
      await pulumi.runtime.disconnect();
    }),
  );
  const registered = requests
    .map((request) => ({
      type: request.getType(),
      name: request.getName(),
      inputs: inputs.get(keyOf(request.getType(), request.getName())) ?? {},
      options: optionsOf(request),
      parents: typesIn(request.getParent()),
      propertyDependencies: dependenciesOf(request),
    }))
    .sort((one, other) => (keyOf(one.type, one.name) < keyOf(other.type, other.name) ? -1 : 1));
  return { registrations: registered, warnings };
}

/** What most stacks of the tests are warned of, since their settings name nobody. */
const NOBODY_HEARS = /^Nobody hears the \d+ alarms of /;

/** All that a program registers. It warns of nothing but that nobody hears its alarms. */
export async function registrations(stack: string, program: () => unknown): Promise<readonly Registration[]> {
  const recording = await recorded(stack, program);
  assert.deepEqual(
    recording.warnings.filter((warning) => !NOBODY_HEARS.test(warning)),
    [],
  );
  return recording.registrations;
}

/** The resources that a program registers, components aside. */
export async function registeredResources(
  stack: string,
  program: () => unknown,
): Promise<RegisteredResource[]> {
  const all = await registrations(stack, program);
  return all
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ type, name, inputs }) => ({ type, name, inputs }));
}
