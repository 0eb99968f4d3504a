import { unknownCheckingProxy as untypedProxy, type ResourceValidationPolicy } from "@pulumi/policy";

import { bindPolicy, type PackRun } from "../../../policypack/bind-policy";
import type { Exemption, OwnResource } from "../../../policypack/exemption";
import { Exemptions } from "../../../policypack/exemption-register";
import { Expectations } from "../../../policypack/expectations/expectations";
import { POLICIES } from "../../../policypack/index";
import { OwnResources } from "../../../policypack/own-resources";
import type { PackPolicy } from "../../../policypack/pack-policy";
import { toInstant } from "../../../src/model/dates";
import { urnOf, type Registration } from "../../support/resources";
import { NOW, sampleOrganization, sampleRoster } from "../../support/rosters";
import { PROVIDER_VERSION } from "./provider-version";
import { PROVIDER } from "./types";

const unknownCheckingProxy = untypedProxy as <T>(value: T) => T;

/** What the SDK puts in the place of a text that is not known before deployment. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What the pack is given besides the stack that it looks at. */
export interface Situation {
  readonly organization?: unknown;
  readonly roster?: unknown;
  readonly workloads?: unknown;
  readonly exemptions?: readonly Exemption[];
  readonly ownResources?: readonly OwnResource[];
  /** The configuration of the stack. */
  readonly config?: Readonly<Record<string, string>>;
  /** When both the program and the pack look at the clock. */
  readonly moment?: Date;
  /** When the pack does, where it does so more than once. */
  readonly clock?: () => Date;
  /** What the engine says of the stack, where it says something else than its name. */
  readonly sentStack?: () => ReturnType<PackRun["stack"]>;
  /** Settings, by policy. */
  readonly settings?: Readonly<Record<string, object>>;
}

/** A violation as the engine hears of it. */
export interface PolicyRefusal {
  readonly policy: string;
  /** Name of the resource; undefined where it is the stack that is refused. */
  readonly resource: string | undefined;
  /** What is wrong, without why it matters and what to do. */
  readonly wrong: string;
}

/** The settings of the sample's stacks: somebody hears the alarms. */
export const SAMPLE_CONFIG = {
  "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
};

const NO_TIMEOUTS = { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 };

/** Options as the SDK hands them to a pack: it has no place for the others. */
function optionsOf(stack: string, { options = {} }: Registration): object {
  const { protect = false, ignoreChanges = [], aliases = [], additionalSecretOutputs = [] } = options;
  const { deleteBeforeReplace, customTimeouts } = options;
  return {
    protect,
    ignoreChanges,
    aliases: aliases.map((address) => `urn:pulumi:${stack}::muster::${address}`),
    customTimeouts: customTimeouts ?? NO_TIMEOUTS,
    additionalSecretOutputs,
    ...(deleteBeforeReplace !== undefined && { deleteBeforeReplace }),
  };
}

/** Inputs as the engine hands them on: it writes the version of a provider among its inputs, unless it has refused them all. */
const inputsOf = ({ type, inputs }: Registration): Registration["inputs"] =>
  type === PROVIDER && Object.keys(inputs).length > 0 ? { version: PROVIDER_VERSION, ...inputs } : inputs;

/** A provider by its name, or by the types of the components that hold it and its name: `acme:index:C$pulumi:providers:aws::account`. */
function providerOf(stack: string, address: string): object {
  const [types = "", name] = address.split("::");
  const known = name === undefined ? `${PROVIDER}::${types}` : address;
  return { type: PROVIDER, name: name ?? types, urn: `urn:pulumi:${stack}::muster::${known}`, props: {} };
}

/** One for all: most policies are about few types, and a stack trace each takes longer than the policies. */
const NOT_APPLICABLE = new Error("This policy is not about the resource.");

function notApplicable(): never {
  throw NOT_APPLICABLE;
}

/** Values that the program does not know at preview, as the engine hands them to a pack. */
function asSent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asSent);
  if (typeof value !== "object" || value === null) return value;
  if ("__pulumiUnknown" in value) return UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asSent(inner)]));
}

const isFor = ({ validateResource }: ResourceValidationPolicy, type: string): boolean => {
  const only = (validateResource as { __pulumiType?: string }).__pulumiType;
  return only === undefined || only === type;
};

const firstLine = (message: string): string => message.split("\n")[0] ?? "";

/** What a pack expects takes longer to make than to compare with, and follows from what it is given: made once. */
const expected = new Map<string, Expectations>();

function expectationsOf(
  { clock, sentStack, config = SAMPLE_CONFIG, moment = NOW }: Situation,
  project: ConstructorParameters<typeof Expectations>[0],
): Expectations {
  const make = (): Expectations =>
    new Expectations(project, clock ?? (() => moment), () => {
      sentStack?.();
      return config;
    });
  // A clock that moves and an engine that says something else are of one pack.
  if (clock !== undefined || sentStack !== undefined) return make();
  const situation = JSON.stringify([project, config, moment]);
  const known = expected.get(situation) ?? make();
  expected.set(situation, known);
  return known;
}

/** A resource as the SDK hands it to policies. */
function sentResource(stack: string, resource: Registration) {
  return {
    type: resource.type,
    name: resource.name,
    urn: urnOf(stack, resource),
    props: unknownCheckingProxy(asSent(inputsOf(resource)) as Record<string, unknown>),
    opts: optionsOf(stack, resource),
    ...(resource.options?.provider !== undefined && {
      provider: providerOf(stack, resource.options.provider),
    }),
  };
}

/** By stack: most cases change one resource of hundreds. */
const sentResources = new Map<string, WeakMap<Registration, ReturnType<typeof sentResource>>>();

function sentOnce(stack: string, resource: Registration): ReturnType<typeof sentResource> {
  const ofStack = sentResources.get(stack) ?? new WeakMap<Registration, ReturnType<typeof sentResource>>();
  sentResources.set(stack, ofStack);
  const sent = ofStack.get(resource) ?? sentResource(stack, resource);
  ofStack.set(resource, sent);
  return sent;
}

/** The pack in a situation; the sample's unless something else is given. */
export class Pack {
  private readonly policies: readonly ReturnType<typeof bindPolicy>[];
  private readonly settings: Readonly<Record<string, object>>;
  /** The stack that is looked at, as the engine names it. */
  private stack = "";
  /** The URNs of what the program only reads. */
  private onlyRead: ReadonlySet<string> = new Set();

  constructor(situation: Situation = {}, policies: readonly PackPolicy[] = POLICIES) {
    const {
      organization,
      roster,
      workloads,
      exemptions = [],
      moment = NOW,
      clock = () => moment,
      settings = {},
      ownResources = [],
      sentStack = () => ({ name: this.stack, project: "muster", isPreview: false }),
    } = situation;
    const project = {
      organization: organization ?? sampleOrganization(),
      roster: roster ?? sampleRoster(),
      workloads,
      repeatedKeys: [],
    };
    const names = POLICIES.map(({ name }) => name);
    const run = {
      expectations: expectationsOf(situation, project),
      exemptions: new Exemptions(exemptions, names, () => toInstant(clock())),
      ownResources: new OwnResources(ownResources, () => toInstant(clock())),
      stack: sentStack,
      isRegistered: (urn: string) => !this.onlyRead.has(urn),
    };
    this.policies = policies.map((policy) => bindPolicy(policy, run));
    this.settings = settings;
  }

  /** All that the pack refuses of a stack, resource by resource and then as a whole, as the engine asks. */
  refusals(stack: string, resources: readonly Registration[]): readonly PolicyRefusal[] {
    this.stack = stack;
    const sent = resources.map((resource) => sentOnce(stack, resource));
    this.onlyRead = new Set(sent.flatMap(({ urn }, index) => (resources[index]?.isOnlyRead ? [urn] : [])));
    const nameOf = new Map(sent.map(({ urn, name }) => [urn, name]));
    const found: PolicyRefusal[] = [];
    for (const resource of sent.filter(({ urn }) => !this.onlyRead.has(urn))) {
      for (const policy of this.policies) {
        if (!("validateResource" in policy) || !isFor(policy, resource.type)) continue;
        const { name } = policy;
        const validate = policy.validateResource as (
          args: unknown,
          report: (message: string) => void,
        ) => void;
        try {
          validate(this.args(name, resource), (message) => {
            found.push({ policy: name, resource: resource.name, wrong: firstLine(message) });
          });
        } catch (error) {
          if (error !== NOT_APPLICABLE) throw error;
        }
      }
    }
    for (const policy of this.policies) {
      if (!("validateStack" in policy)) continue;
      const { name } = policy;
      const validate = policy.validateStack as unknown as (
        args: unknown,
        report: (message: string, urn?: string) => void,
      ) => void;
      validate(this.args(name, { resources: this.together(resources, sent) }), (message, urn) => {
        found.push({ policy: name, resource: nameOf.get(urn ?? ""), wrong: firstLine(message) });
      });
    }
    return found;
  }

  /** The properties of a resource once the policies have remedied what they can. */
  remedied(stack: string, resource: Registration): Readonly<Record<string, unknown>> {
    const props = structuredClone(resource.inputs) as Record<string, unknown>;
    for (const policy of this.policies) {
      if (!("remediateResource" in policy)) continue;
      const remediate = policy.remediateResource as unknown as (args: unknown) => object | undefined;
      try {
        remediate(this.args(policy.name, { ...resource, urn: urnOf(stack, resource), props }));
      } catch (error) {
        if (error !== NOT_APPLICABLE) throw error;
      }
    }
    return props;
  }

  /** The resources with what they depend on, as a policy on the whole stack sees them. */
  private together(
    resources: readonly Registration[],
    sent: readonly { readonly urn: string; readonly name: string }[],
  ): readonly object[] {
    const byUrn = new Map(sent.map((one) => [one.urn, one]));
    // The mocks put what has no component under the stack's own type, which the engine leaves out.
    const engineUrn = (urn: string): string => urn.replace("pulumi:pulumi:Stack$", "");
    return sent.map((one, index) => ({
      ...one,
      propertyDependencies: Object.fromEntries(
        Object.entries(resources[index]?.propertyDependencies ?? {}).map(([key, urns]) => [
          key,
          urns.flatMap((urn) => byUrn.get(engineUrn(urn)) ?? []),
        ]),
      ),
    }));
  }

  private args(policy: string, what: object): object {
    return { ...what, stackTags: new Map(), notApplicable, getConfig: () => this.settings[policy] ?? {} };
  }
}
