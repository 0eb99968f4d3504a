import { z } from "zod";

import { ON_CALL_ROLE_NAMES, temporaryTerms, type OnCallRole } from "../model/categories";
import { WORKLOAD_ENVIRONMENTS, type WorkloadEnvironment } from "../model/organization";
import { formatPath } from "../model/problems";

/** An entry of the roster that names who approved it. */
export interface NamedApproval {
  readonly kind: "named";
  /** As one would type it: `temporary[0]`. */
  readonly path: string;
  readonly approvedBy: readonly string[];
}

/** An entry that names no approver and still takes a number of approvals. */
export interface CountedApproval {
  readonly kind: "counted";
  readonly path: string;
  /** The person to whom the entry gives something. */
  readonly person: string;
  readonly approvers: number;
}

/** An entry of the roster that takes approvals. */
export type ApprovedEntry = NamedApproval | CountedApproval;

interface FoundEntry {
  readonly entry: ApprovedEntry;
  /** Everything that the entry says and depends on: two entries with the same key grant the same. */
  readonly key: string;
}

type Steps = readonly (string | number)[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON with the keys in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

const propertyOf = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** Organization and roster of one side. */
export interface EditedDefinitions {
  readonly organization: unknown;
  readonly roster: unknown;
}

/** An entry's meaning depends on the account that it names and on the facts of its person. */
function restsOn({ account, person }: Readonly<Record<string, unknown>>, side: EditedDefinitions): unknown {
  const human =
    typeof person === "string" ? propertyOf(propertyOf(side.roster, "people"), person) : undefined;
  return [
    typeof account === "string" ? propertyOf(propertyOf(side.organization, "accounts"), account) : undefined,
    ...["category", "email", "renamedFrom"].map((key) => propertyOf(human, key)),
  ];
}

/** A list's order says nothing. */
const keyOf = (steps: Steps, value: unknown, rest: unknown): string =>
  canonical([steps.filter((step) => typeof step === "string"), value, rest]);

const isContractor = (person: unknown): boolean => propertyOf(person, "category") === "contractor";

/** Whether an organization asks for approvals of contractors. */
function approvesContractors(organization: unknown): boolean {
  const required = propertyOf(propertyOf(organization, "contractors"), "require");
  return Array.isArray(required) && required.includes("approvals");
}

/**
 * Every object of a roster that names approvers, wherever it stands, or has to by the base's rules: a change does not drop the rule and
 * the names together.
 */
function namedEntries(side: EditedDefinitions, base: EditedDefinitions): readonly FoundEntry[] {
  const asksForContractors = approvesContractors(base.organization);
  const found: FoundEntry[] = [];
  const hasToName = (value: unknown, [part, ...rest]: Steps): boolean =>
    rest.length === 1 &&
    (part === "temporary" || (part === "people" && asksForContractors && isContractor(value)));
  const visit = (value: unknown, steps: Steps): void => {
    if (Array.isArray(value)) {
      value.forEach((inner: unknown, index) => visit(inner, [...steps, index]));
      return;
    }
    if (!isObject(value)) return;
    const { approvedBy } = value;
    if (approvedBy !== undefined || hasToName(value, steps)) {
      const names: readonly unknown[] = Array.isArray(approvedBy) ? approvedBy : [approvedBy ?? []].flat();
      found.push({
        entry: { kind: "named", path: formatPath(...steps), approvedBy: names.map(String) },
        key: keyOf(steps, value, restsOn(value, side)),
      });
    }
    for (const [key, inner] of Object.entries(value)) if (key !== "approvedBy") visit(inner, [...steps, key]);
  };
  visit(side.roster, []);
  return found;
}

const ACCOUNTS = z.record(
  z.string(),
  z.looseObject({ id: z.string().optional(), environment: z.enum(WORKLOAD_ENVIRONMENTS).optional() }),
);

/** Lists the environments that either organization gives to an account, by its key or its id, so that a change cannot avoid approvals by calling prod `dev`. */
function environmentsOf(
  key: string,
  side: EditedDefinitions,
  base: EditedDefinitions,
): readonly WorkloadEnvironment[] {
  const [own, known] = [side, base].map(
    ({ organization }) => ACCOUNTS.safeParse(propertyOf(organization, "accounts")).data ?? {},
  );
  const account = own?.[key];
  const same = Object.entries(known ?? {}).filter(
    ([other, { id }]) => other === key || (id !== undefined && id === account?.id),
  );
  return [account, ...same.map(([, one]) => one)].flatMap((one) => one?.environment ?? []);
}

const ROTAS = z.record(z.string(), z.looseObject({ role: z.string(), shifts: z.array(z.looseObject({})) }));
const PEOPLE = z.record(
  z.string(),
  z.looseObject({ access: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}) }),
);

const onCallRole = (name: unknown): OnCallRole | undefined =>
  ON_CALL_ROLE_NAMES.find((role) => role === name);

/**
 * Finds every entry that grants a role of rotas and names no approver: shifts, and the same role in prod without an end, which would be
 * a way around the rota. Both take as many approvals as `temporary` asks for that role. Entries that cannot be read are left to the rules,
 * which refuse them.
 */
function countedEntries(side: EditedDefinitions, base: EditedDefinitions): readonly FoundEntry[] {
  const countedEntry = (account: string, role: OnCallRole, person: unknown, steps: Steps, value: unknown) => {
    const environments = environmentsOf(account, side, base);
    if (environments.length === 0 || typeof person !== "string") return [];
    const approvers = Math.max(...environments.map((one) => temporaryTerms(role, one).approvers));
    const key = keyOf(steps, [role, value], restsOn({ account, person }, side));
    return [{ entry: { kind: "counted" as const, path: formatPath(...steps), person, approvers }, key }];
  };
  const rotas = ROTAS.safeParse(propertyOf(side.roster, "onCall")).data ?? {};
  const shifts = Object.entries(rotas).flatMap(([account, { role: name, shifts: own }]) => {
    const role = onCallRole(name);
    if (role === undefined) return [];
    return own.flatMap((shift, index) =>
      countedEntry(account, role, shift["person"], ["onCall", account, "shifts", index], shift),
    );
  });
  const people = PEOPLE.safeParse(propertyOf(side.roster, "people")).data ?? {};
  const standing = Object.entries(people).flatMap(([person, { access }]) =>
    Object.entries(access).flatMap(([account, roles]) =>
      environmentsOf(account, side, base).includes("prod")
        ? [roles].flat().flatMap((name) => {
            const role = onCallRole(name);
            return role === undefined
              ? []
              : countedEntry(account, role, person, ["people", person, "access", account], role);
          })
        : [],
    ),
  );
  return [...shifts, ...standing];
}

const entriesOf = (side: EditedDefinitions, base: EditedDefinitions): readonly FoundEntry[] => [
  ...namedEntries(side, base),
  ...countedEntries(side, base),
];

/** Finds the new or changed entries that take approvals. Of equal entries, only those beyond the earlier number are new. */
export function changedEntries(base: EditedDefinitions, head: EditedDefinitions): readonly ApprovedEntry[] {
  const left = new Map<string, number>();
  for (const { key } of entriesOf(base, base)) left.set(key, (left.get(key) ?? 0) + 1);
  return entriesOf(head, base)
    .filter(({ key }) => {
      const known = left.get(key) ?? 0;
      left.set(key, known - 1);
      return known <= 0;
    })
    .map(({ entry }) => entry);
}
