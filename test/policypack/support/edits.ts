import assert from "node:assert/strict";

import type { RegisteredOptions, Registration } from "../../support/resources";

/** One change of what a program registers. */
export type Edit = (resources: readonly Registration[]) => readonly Registration[];

/** A policy document as JSON has it, open to change. */
export interface EditableDocument {
  Statement: EditableStatement[];
}

export interface EditableStatement {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  NotPrincipal?: unknown;
  Action?: unknown;
  NotAction?: unknown;
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

function changingResource(
  type: string,
  name: string,
  change: (resource: Registration) => Registration,
): Edit {
  return (resources) => {
    const found = resources.filter((resource) => resource.type === type && resource.name === name);
    assert.equal(found.length, 1, `The program registers one ${type} ${name}.`);
    return resources.map((resource) =>
      resource.type === type && resource.name === name ? change(resource) : resource,
    );
  };
}

function changing(
  type: string,
  name: string,
  change: (inputs: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Edit {
  return changingResource(type, name, (resource) => ({ ...resource, inputs: change(resource.inputs) }));
}

/** Sets options of a resource. */
export function managing(type: string, name: string, options: RegisteredOptions): Edit {
  return changingResource(type, name, (resource) => ({
    ...resource,
    options: { ...resource.options, ...options },
  }));
}

/** Registers a resource without a provider, as the engine shows a component of its type and name: nothing of it is made. */
export function asComponent(type: string, name: string): Edit {
  return changingResource(type, name, (resource) => ({
    ...resource,
    options: Object.fromEntries(
      Object.entries(resource.options ?? {}).filter(([option]) => option !== "provider"),
    ),
  }));
}

/** Gives a resource a type in which its parents stand, so that its URN is the same: the engine takes such a type. */
export function withParentsInType(type: string, name: string): Edit {
  return changingResource(type, name, ({ parents = [], ...resource }) => ({
    ...resource,
    type: [...parents, type].join("$"),
    parents: [],
  }));
}

/** Lets a property depend on other resources of the stack than it does, by their URNs. */
export function depending(type: string, name: string, property: string, ...urns: readonly string[]): Edit {
  return changingResource(type, name, (resource) => ({
    ...resource,
    propertyDependencies: { ...resource.propertyDependencies, [property]: urns },
  }));
}

/** Reads what is there under some id instead of making the resource: its URN and inputs are the same. */
export function reading(type: string, name: string): Edit {
  return changingResource(type, name, (resource) => ({ ...resource, isOnlyRead: true }));
}

/** Puts a resource under another component, or under none. */
export function placing(type: string, name: string, ...parents: readonly string[]): Edit {
  return changingResource(type, name, (resource) => ({ ...resource, parents }));
}

/** Sets inputs of a resource; undefined takes one away. */
export function setting(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Edit {
  return changing(type, name, (before) => {
    const all = { ...before, ...inputs };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  });
}

/** Changes the document in a property of a resource. */
export function rewriting(
  type: string,
  name: string,
  property: string,
  change: (document: EditableDocument) => void,
): Edit {
  return changing(type, name, (before) => {
    const document = JSON.parse(before[property] as string) as EditableDocument;
    change(document);
    return { ...before, [property]: JSON.stringify(document) };
  });
}

/** Changes the first statement of the document in a property of a resource. */
export function rewritingStatement(
  type: string,
  name: string,
  property: string,
  change: (statement: EditableStatement) => void,
): Edit {
  return rewriting(type, name, property, ({ Statement: [first] }) => {
    assert.ok(first !== undefined);
    change(first);
  });
}

/** Registers one more resource. */
export function adding(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Edit {
  return (resources) => [...resources, { type, name, inputs }];
}

/** Does not register a resource. */
export function removing(type: string, name: string): Edit {
  return (resources) => {
    const rest = resources.filter((resource) => resource.type !== type || resource.name !== name);
    assert.equal(rest.length, resources.length - 1, `The program registers one ${type} ${name}.`);
    return rest;
  };
}
