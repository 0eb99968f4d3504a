import { isOver, addSeconds, parseDate, secondsBetween, type Instant } from "../src/model/dates";
import type { OwnOption, OwnResource } from "./exemption";
import { stackOfUrn, type ResourceAddress } from "./checked-resource";

const DAY = 86_400;
const PROVIDER = "pulumi:providers:";

const subjectOf = ({ stack, type, name }: OwnResource): string => `${name} (${type}) of your own in ${stack}`;

/**
 * One type of Pulumi: package, module and name. The engine also takes `aws:a:B$aws:iam/policy:Policy`, whose provider makes a policy
 * while the policies on `aws:iam/policy:Policy` are not asked.
 */
const ONE_TYPE = /^[^:$\s]+:[^:$\s]*:[^:$\s]+$/;

/** `random:index/randomId:RandomId` is of the package `random`. */
const packageOf = ({ type }: OwnResource): string => type.slice(0, type.indexOf(":"));

/** The resources that adopters have registered as their own, and which of them this run has seen. */
export class OwnResources {
  private readonly seen = new Set<OwnResource>();

  constructor(
    private readonly all: readonly OwnResource[],
    private readonly clock: () => Instant,
  ) {}

  /** Whether a resource is registered, or makes some that are; remembers that it was there. */
  include(resource: ResourceAddress): boolean {
    return this.optionsOf(resource) !== undefined;
  }

  /** The subjects of tokens that a registered resource may admit. */
  subjectsOf(resource: ResourceAddress): readonly string[] {
    return this.entryOf(resource)?.subjects ?? [];
  }

  /** The options that a registered resource may have; undefined where it is not registered. */
  optionsOf(resource: ResourceAddress): readonly OwnOption[] | undefined {
    const { type, urn } = resource;
    const own = this.entriesOf(stackOfUrn(urn));
    const registered = this.entryOf(resource);
    if (registered) this.seen.add(registered);
    const isProvider =
      type.startsWith(PROVIDER) && own.some((one) => packageOf(one) === type.slice(PROVIDER.length));
    return registered?.options ?? (registered !== undefined || isProvider ? [] : undefined);
  }

  /**
   * Lists what is wrong with the register. Entries of other stacks are compared with resources when those stacks are checked.
   * @param stacks of the organization's accounts, the stack at hand among them
   */
  *problems(stack: string, stacks: readonly string[], longestDays: number): Iterable<string> {
    for (const own of this.all) {
      const subject = subjectOf(own);
      if (!stacks.includes(own.stack)) {
        yield `${subject} is of no stack: "${own.stack}" is no account. Accounts are: ${stacks.join(", ")}.`;
      }
      const end = parseDate(own.expires, "until");
      if (!ONE_TYPE.test(own.type))
        yield `${subject} has no type such as aws:sqs/queue:Queue, which is one alone.`;
      if (end === undefined) yield `${subject} has no date of expiry: "${own.expires}" is none.`;
      else if (this.hasExpired(own)) yield `${subject} has expired on ${own.expires}.`;
      else if (secondsBetween(this.clock(), end) > longestDays * DAY) {
        const latest = addSeconds(this.clock(), longestDays * DAY).slice(0, 10);
        yield `${subject} is registered until ${own.expires}; ${latest} is the latest possible day.`;
      }
      for (const key of ["owner", "reason"] as const) {
        if (own[key].trim() === "") yield `${subject} has no ${key}.`;
      }
      if (own.stack === stack && !this.hasExpired(own) && !this.seen.has(own)) {
        yield `${subject} is registered and not there.`;
      }
    }
  }

  private entriesOf(stack: string): readonly OwnResource[] {
    return this.all.filter((one) => one.stack === stack && ONE_TYPE.test(one.type) && !this.hasExpired(one));
  }

  private entryOf({ type, name, urn }: ResourceAddress): OwnResource | undefined {
    return this.entriesOf(stackOfUrn(urn)).find((one) => one.type === type && one.name === name);
  }

  private hasExpired({ expires }: OwnResource): boolean {
    const until = parseDate(expires, "until");
    return until === undefined || isOver({ until }, this.clock());
  }
}
