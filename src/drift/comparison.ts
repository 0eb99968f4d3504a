import { z } from "zod";

const PROPERTIES = z.record(z.string(), z.unknown());
const STATE = z.object({
  inputs: PROPERTIES.optional(),
  outputs: PROPERTIES.optional(),
  retainOnDelete: z.boolean().optional(),
});
const STEP = z.object({
  metadata: z.object({
    op: z.string(),
    urn: z.string(),
    type: z.string(),
    old: STATE.nullish(),
    new: STATE.nullish(),
    diffs: z.array(z.string()).nullish(),
  }),
});

const VIOLATION = z.object({
  resourceUrn: z.string().optional(),
  message: z.string(),
  policyName: z.string(),
  enforcementLevel: z.string(),
});

/** The parts of the engine's events that tell what differs, and what is refused (`apitype.EngineEvent`, one JSON object a line). */
const EVENT = z.object({
  resourcePreEvent: STEP.optional(),
  resOutputsEvent: STEP.optional(),
  policyEvent: VIOLATION.optional(),
});

type Properties = z.infer<typeof PROPERTIES>;
type Violation = z.infer<typeof VIOLATION>;
type Metadata = z.infer<typeof STEP>["metadata"];

/** One property that differs from its deployed value, or that the program changes. */
export interface PropertyChange {
  readonly property: string;
  /** The value in the stack's state; absent where it has none. */
  readonly deployed?: unknown;
  /** The value in the account, or in the program; absent where there is none. */
  readonly found?: unknown;
}

/** A resource that is not as the program has it. */
export interface ResourceChange {
  /** What `pulumi up --refresh` would do about it. */
  readonly operation: string;
  /** Pulumi's type: `aws:iam/role:Role`. */
  readonly type: string;
  readonly name: string;
  readonly properties: readonly PropertyChange[];
}

/** Pulumi's type and name of a resource. */
export type ResourceOfStack = Pick<ResourceChange, "type" | "name">;

/** A resource of the stack with its inputs, as far as they are known. */
export interface ManagedResource {
  readonly type: string;
  readonly inputs: Properties;
}

/** Something that a policy has found. */
export interface PolicyViolation {
  readonly policy: string;
  /** Whether it stops the deployment. */
  readonly isMandatory: boolean;
  /** Undefined where the stack as a whole breaks the policy. */
  readonly resource?: ResourceOfStack;
  readonly message: string;
}

/** Marks of colours in the engine's messages: `<{%reset%}>`. */
const COLOURS = /<\{%[^%]*%\}>/g;

/** Steps that leave the account as it is. */
const UNCHANGING: readonly string[] = ["same", "read", "refresh"];

/** A replacement is three steps; this one stands for all of them. */
const PARTS_OF_REPLACEMENT: readonly string[] = ["create-replacement", "delete-replaced"];

/** `urn:pulumi:<stack>::<project>::<types>::<name>`; a name may hold colons. */
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** The type of a URN, without those of the components that hold the resource. */
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";

const STACK_TYPE = "pulumi:pulumi:Stack";

/** `policyArns[0]` and `tags.Environment` are differences of `policyArns` and `tags`. */
const topLevel = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

function propertyChanges({ old, new: now, diffs }: Metadata): readonly PropertyChange[] {
  const properties = [...new Set((diffs ?? []).map(topLevel))];
  return properties.map((property) => {
    const deployed = old?.inputs?.[property] ?? old?.outputs?.[property];
    const found = now?.inputs?.[property] ?? now?.outputs?.[property];
    return { property, ...(deployed !== undefined && { deployed }), ...(found !== undefined && { found }) };
  });
}

const titleOf = ({ type, name }: ResourceChange): string => `${type} ${name}`;

/**
 * What a preview with a refresh finds: the refresh tells how the account differs from what was deployed, the plan how
 * it differs from the program.
 */
export class PreviewComparison {
  private readonly changedByHand = new Map<string, readonly PropertyChange[]>();
  private readonly planned = new Map<string, ResourceChange>();
  private readonly resources = new Map<string, ManagedResource>();
  private readonly kept = new Map<string, ResourceOfStack>();
  /** Keyed by their messages: a preview with a refresh asks the policies twice. */
  private readonly refused = new Map<string, PolicyViolation>();

  /** Takes in one event of the engine's log. */
  add(written: unknown): void {
    const { resourcePreEvent, resOutputsEvent, policyEvent } = EVENT.parse(written);
    if (policyEvent !== undefined) this.addViolation(policyEvent);
    if (resOutputsEvent?.metadata.op === "refresh") this.addRefreshed(resOutputsEvent.metadata);
    if (resourcePreEvent !== undefined) this.addPlanned(resourcePreEvent.metadata);
  }

  /** Changes that somebody made in the account, past Pulumi. */
  get byHand(): readonly ResourceChange[] {
    return this.inOrder.flatMap(([urn, change]) => {
      const properties = this.changedByHand.get(urn);
      return properties === undefined ? [] : [{ ...change, properties }];
    });
  }

  /** Changes of the program that are not deployed yet: an edit, or a grant that has begun or expired. */
  get notDeployed(): readonly ResourceChange[] {
    return this.inOrder.flatMap(([urn, change]) => (this.changedByHand.has(urn) ? [] : [change]));
  }

  /** Sorted by type and name: the engine's order differs from run to run. */
  private get inOrder(): readonly (readonly [urn: string, change: ResourceChange])[] {
    return [...this.planned].sort(([, one], [, other]) => (titleOf(one) < titleOf(other) ? -1 : 1));
  }

  /** All resources of the stack, as they were deployed. */
  get managed(): readonly ManagedResource[] {
    return [...this.resources.values()];
  }

  /** Resources that leave the stack and stay in the account, because their state says `retainOnDelete`. */
  get leftInAccount(): readonly ResourceOfStack[] {
    return [...this.kept.values()];
  }

  /** What policies have found. */
  get violations(): readonly PolicyViolation[] {
    return [...this.refused.values()];
  }

  private addViolation({ resourceUrn: urn = "", message, policyName, enforcementLevel }: Violation): void {
    const type = typeOf(urn);
    this.refused.set(JSON.stringify([policyName, enforcementLevel, urn, message]), {
      policy: policyName,
      isMandatory: enforcementLevel === "mandatory",
      ...(type !== "" && type !== STACK_TYPE && { resource: { type, name: nameOf(urn) } }),
      message: message.replaceAll(COLOURS, "").trim(),
    });
  }

  private addRefreshed(metadata: Metadata): void {
    const { urn, type, old, new: now } = metadata;
    this.resources.set(urn, { type, inputs: old?.inputs ?? {} });
    const isGone = now == null && old != null;
    if (isGone) this.changedByHand.set(urn, []);
    else if ((metadata.diffs ?? []).length > 0) this.changedByHand.set(urn, propertyChanges(metadata));
  }

  private addPlanned(metadata: Metadata): void {
    const { urn, type, op, old } = metadata;
    if (op.startsWith("delete") && old?.retainOnDelete === true)
      this.kept.set(urn, { type, name: nameOf(urn) });
    if (UNCHANGING.includes(op) || PARTS_OF_REPLACEMENT.includes(op)) return;
    this.planned.set(urn, { operation: op, type, name: nameOf(urn), properties: propertyChanges(metadata) });
  }
}
