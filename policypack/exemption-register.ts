import { isOver, addSeconds, parseDate, secondsBetween, type Instant } from "../src/model/dates";
import type { Exemption } from "./exemption";
import { stackOfUrn, type ResourceAddress } from "./checked-resource";

const DAY = 86_400;

/**
 * Policies from which nothing is exempt: the one that holds exemptions to their rules, and the one that knows every resource, for
 * which the register of an adopter's own resources is the only way around.
 */
export const NEVER_EXEMPT = ["aws-iam-exemption-valid", "aws-resource-catalogue"] as const;

const isNeverExempt = (policy: string): boolean => NEVER_EXEMPT.some((name) => name === policy);

const subjectOf = ({ policy, stack, type, name }: Exemption): string =>
  `The exemption of ${name} (${type}) in ${stack} from ${policy}`;

/** Compiled or not: the register may have been written without its types. */
const isViolation = (only: unknown): boolean => typeof only === "string" && only !== "";

/** The exemptions of a project, and which of them were needed in this run. */
export class Exemptions {
  private readonly used = new Set<Exemption>();

  constructor(
    private readonly all: readonly Exemption[],
    /** The names of all policies. */
    private readonly policies: readonly string[],
    private readonly clock: () => Instant,
  ) {}

  /** Whether a violation is exempt; remembers that the exemption was needed. */
  covers(policy: string, { type, name, urn }: ResourceAddress, violation: string): boolean {
    if (isNeverExempt(policy)) return false;
    const exemption = this.all.find(
      (candidate) =>
        candidate.policy === policy &&
        candidate.only === violation &&
        candidate.stack === stackOfUrn(urn) &&
        candidate.type === type &&
        candidate.name === name,
    );
    if (exemption === undefined || this.hasExpired(exemption)) return false;
    this.used.add(exemption);
    return true;
  }

  /**
   * Lists what is wrong with the exemptions. Whether another stack needs its own is judged when that stack is checked.
   * @param stacks of the organization's accounts, the stack at hand among them
   */
  *problems(stack: string, stacks: readonly string[], longestDays: number): Iterable<string> {
    for (const exemption of this.all) {
      const subject = subjectOf(exemption);
      if (!stacks.includes(exemption.stack)) {
        yield `${subject} is of no stack: "${exemption.stack}" is no account. Accounts are: ${stacks.join(", ")}.`;
      }
      const end = parseDate(exemption.expires, "until");
      if (!this.policies.includes(exemption.policy)) yield `${subject} names a policy that does not exist.`;
      else if (isNeverExempt(exemption.policy))
        yield `${subject} is none: nothing is exempt from that policy.`;
      if (!isViolation(exemption.only))
        yield `${subject} does not say of which violation: it needs \`only\`, with the first line of the message.`;
      if (end === undefined) yield `${subject} has no date of expiry: "${exemption.expires}" is none.`;
      else if (this.hasExpired(exemption)) yield `${subject} has expired on ${exemption.expires}.`;
      else if (secondsBetween(this.clock(), end) > longestDays * DAY) {
        const latest = addSeconds(this.clock(), longestDays * DAY).slice(0, 10);
        yield `${subject} lasts until ${exemption.expires}; ${latest} is the latest possible day.`;
      }
      for (const key of ["owner", "reason"] as const) {
        if (exemption[key].trim() === "") yield `${subject} has no ${key}.`;
      }
      if (exemption.stack === stack && !this.hasExpired(exemption) && !this.used.has(exemption)) {
        yield `${subject} is not needed: nothing there breaks the policy.`;
      }
    }
  }

  private hasExpired({ expires }: Exemption): boolean {
    const until = parseDate(expires, "until");
    return until === undefined || isOver({ until }, this.clock());
  }
}
