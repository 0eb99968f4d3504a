import { deniesOtherSessions, NO_SESSION } from "../../documents/session-holders";
import type { StatementCondition } from "../../documents/statement";
import type { ActionCatalogue } from "../actions/catalogue";
import type { AccessLevel } from "../actions/aws-action";
import { groupBy } from "../../model/group-by";
import { concernsSomeHolders, findRoleSurface, type RoleSurface } from "../actions/surface";
import { roleTitle, type IamGroup, type IamRole, type RoleKind } from "../iam/iam-account";
import { IamAccounts } from "../iam/iam-accounts";
import {
  accessChanges,
  findAdmissions,
  powerChanges,
  rolesThatRulePeople,
  trustChanges,
  type AccessChange,
  type PowerChange,
  type TrustChange,
} from "./admissions";
import type { Evaluator } from "../evaluator";
import { documentChanges, type DocumentChange } from "./document-changes";
import { keysOfBoth } from "./lists";
import { managerWords, type Person } from "../../model/person";
import {
  admissionsInLaterNames,
  stateInLaterNames,
  policyInLaterNames,
  findRenames,
  type Rename,
} from "./renames";
import { sessionChanges, type SessionChange } from "./session-changes";
import type { PersonState, ProgramState } from "./state";

/** A changed fact of a person in the roster. */
export interface PersonChange {
  readonly person: string;
  /** A contractor on either side, so that somebody who becomes an employee still counts. */
  readonly isContractor: boolean;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** Actions by what they do. */
export type ActionsByLevel = Readonly<Partial<Record<AccessLevel, readonly string[]>>>;

/** What a role, or whoever is in a group, may do on one side and not on the other. */
export interface RoleChange {
  /** `prod/Ops`, `users/infra-PowerG`. */
  readonly role: string;
  readonly kind: RoleKind | "group";
  readonly status: "new" | "gone" | "changed";
  readonly gains: ActionsByLevel;
  readonly loses: ActionsByLevel;
  /** Allowed before and after, on other resources or under other conditions. */
  readonly elsewhere: ActionsByLevel;
  /** Patterns of `aws:userid` whose sessions a Deny refused before and now does not, or refuses differently; absent where there are none. */
  readonly deniesNoMore?: readonly string[];
}

/** What a change of the program means. */
export interface AccessDifference {
  readonly renames: readonly Rename[];
  readonly joined: readonly PersonState[];
  readonly left: readonly PersonState[];
  readonly people: readonly PersonChange[];
  readonly access: readonly AccessChange[];
  readonly power: readonly PowerChange[];
  readonly trust: readonly TrustChange[];
  readonly sessions: readonly SessionChange[];
  readonly roles: readonly RoleChange[];
  /** Every document that differs, whatever that means. */
  readonly documents: readonly DocumentChange[];
}

type Facts = Readonly<Record<string, string | undefined>>;

/** Facts of a person by what the model says of them; a name that differs is a rename. */
const FACTS = {
  category: ({ category }) => ({ category }),
  email: ({ email }) => ({ email }),
  terms: ({ terms }) => ({ "first day": terms.from, end: terms.until }),
  contract: ({ contract }) => ({
    project: contract?.project,
    sponsor: contract?.sponsor,
    "NDA signed": contract?.agreements.nda,
    "BAA signed": contract?.agreements.baa,
    "contract approved by": contract?.approvedBy.join(", "),
  }),
  github: ({ github }) => ({ "name on GitHub": github }),
  manager: ({ manager }) => ({ manager: manager && managerWords(manager) }),
  renamedFrom: ({ renamedFrom }) => ({ "renamed from": renamedFrom }),
} satisfies Readonly<Record<Exclude<keyof Person, "name">, (person: PersonState) => Facts>>;

const factsOf = (person: PersonState): readonly (readonly [what: string, fact: string | undefined])[] =>
  Object.values(FACTS).flatMap((facts) => Object.entries<string | undefined>(facts(person)));

function peopleChanges(
  before: readonly PersonState[],
  after: readonly PersonState[],
): readonly PersonChange[] {
  const earlier = new Map(before.map((person) => [person.name, person]));
  return after.flatMap((person) => {
    const known = earlier.get(person.name);
    if (known === undefined) return [];
    const factsBefore = new Map(factsOf(known));
    return factsOf(person)
      .map(([what, fact]) => ({
        person: person.name,
        isContractor: [known, person].some(({ category }) => category === "contractor"),
        what,
        before: factsBefore.get(what) ?? "none",
        after: fact ?? "none",
      }))
      .filter((change) => change.before !== change.after);
  });
}

function byLevel(actions: readonly string[], catalogue: ActionCatalogue): ActionsByLevel {
  const levels = groupBy([...actions].sort(), (action) => catalogue.level(action));
  return Object.fromEntries(levels);
}

/** The parts of a role or a group that decide what it may do. */
type RoleOrGroup = Pick<IamRole, "policies" | "boundary"> & { readonly kind: RoleChange["kind"] };

const documentsOf = ({ policies, boundary }: RoleOrGroup): string =>
  JSON.stringify([policies.map(({ text }) => text), boundary?.text]);

const isOfHolder = ({ key }: StatementCondition): boolean => key.toLowerCase() === "aws:userid";
const isNegated = (one: StatementCondition): boolean => isOfHolder(one) && /^StringNot/i.test(one.operator);

const EVERYBODY_ELSE = "everybody but its holders";

/** Finds the sessions that a role's Deny statements refuse: each pattern of a user id, with the rest of its statement. */
function deniedHolders({ policies }: RoleOrGroup): ReadonlyMap<string, string> {
  const denials = policies.flatMap(({ statements }) =>
    statements.filter((statement) => concernsSomeHolders(statement) && !deniesOtherSessions(statement)),
  );
  return new Map(
    denials.flatMap((statement) => {
      const others = statement.conditions.filter((one) => !isOfHolder(one));
      const said = { ...statement, label: "", conditions: others };
      return statement.conditions
        .filter(isOfHolder)
        .flatMap(({ operator, values }) =>
          values.map((value) => [JSON.stringify([value, operator, said]), value] as const),
        );
    }),
  );
}

/** The sessions that are left out by the statements that deny all others: each user id's pattern. */
const exempted = ({ policies }: RoleOrGroup): readonly string[] =>
  policies.flatMap(({ statements }) =>
    statements
      .filter(deniesOtherSessions)
      .flatMap(({ conditions }) => conditions.filter(isNegated).flatMap(({ values }) => values)),
  );

/**
 * A Deny that differs counts as gone: which of two refuses more is not compared. Where all sessions but those of the holders are
 * denied, the trust shows who joins them.
 */
function deniesNoMore(
  before: RoleOrGroup | undefined,
  after: RoleOrGroup | undefined,
  people: readonly string[],
): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const left = deniedHolders(after);
  const [known, now] = [exempted(before), exempted(after)];
  const holders = [NO_SESSION, ...people.map((name) => `*:${name}`)];
  const others = now.filter((pattern) => !known.includes(pattern) && !holders.includes(pattern));
  return [
    ...new Set([
      ...[...deniedHolders(before)].flatMap(([said, holder]) => (left.has(said) ? [] : [holder])),
      ...(known.length > 0 && now.length === 0 ? [EVERYBODY_ELSE] : others),
    ]),
  ];
}

function roleChange(
  title: string,
  before: RoleOrGroup | undefined,
  after: RoleOrGroup | undefined,
  people: readonly string[],
  catalogue: ActionCatalogue,
): RoleChange | undefined {
  if (before && after && documentsOf(before) === documentsOf(after)) return undefined;
  const nothing: RoleSurface = new Map();
  const earlier = before ? findRoleSurface(before, catalogue) : nothing;
  const later = after ? findRoleSurface(after, catalogue) : nothing;
  const actions = keysOfBoth(earlier, later);
  const gains = actions.filter((action) => !earlier.has(action));
  const loses = actions.filter((action) => !later.has(action));
  const elsewhere = actions.filter((action) => {
    const [one, other] = [earlier.get(action), later.get(action)];
    return one !== undefined && other !== undefined && one.terms !== other.terms;
  });
  const readmitted = deniesNoMore(before, after, people);
  const changes = [gains, loses, elsewhere, readmitted];
  if (before && after && changes.every(({ length }) => length === 0)) return undefined;
  return {
    role: title,
    kind: after?.kind ?? before?.kind ?? "other",
    status: before === undefined ? "new" : after === undefined ? "gone" : "changed",
    gains: byLevel(gains, catalogue),
    loses: byLevel(loses, catalogue),
    elsewhere: byLevel(elsewhere, catalogue),
    ...(readmitted.length > 0 && { deniesNoMore: readmitted }),
  };
}

const groupAlone = ({ policies }: IamGroup): RoleOrGroup => ({ kind: "group", policies });

/** With people's later names in its documents, such as the denial of a single person's sessions. */
const inLaterNames = (
  { kind, policies, boundary }: RoleOrGroup,
  renames: readonly Rename[],
): RoleOrGroup => ({
  kind,
  policies: policies.map((policy) => policyInLaterNames(policy, renames)),
  ...(boundary && { boundary: policyInLaterNames(boundary, renames) }),
});

/** Roles and groups by their titles. */
const rolesAndGroupsOf = (
  { roles, all }: IamAccounts,
  renames: readonly Rename[] = [],
): ReadonlyMap<string, RoleOrGroup> => {
  const holders: readonly (readonly [title: string, holder: RoleOrGroup])[] = [
    ...roles.map(({ account, role }) => [roleTitle(account, role), role] as const),
    ...all.flatMap(({ key, groups }) =>
      groups.map((group) => [`${key}/${group.name}`, groupAlone(group)] as const),
    ),
  ];
  return new Map(holders.map(([title, holder]) => [title, inLaterNames(holder, renames)]));
};

/** Compares two states, in terms that a reviewer can judge. */
export async function compareStates(
  written: ProgramState,
  after: ProgramState,
  catalogue: ActionCatalogue,
  evaluator: Evaluator,
): Promise<AccessDifference> {
  const renames = findRenames(written, after);
  const before = stateInLaterNames(written, after);
  const [earlier, later] = [new IamAccounts(before.accounts), new IamAccounts(after.accounts)];
  const [asBefore, admittedAfter] = await Promise.all([
    findAdmissions(earlier, evaluator),
    findAdmissions(later, evaluator),
  ]);
  const admittedBefore = admissionsInLaterNames(asBefore, renames);
  const [permittedBefore, permittedAfter] = [rolesAndGroupsOf(earlier, renames), rolesAndGroupsOf(later)];
  const titles = keysOfBoth(permittedBefore, permittedAfter);
  const names = (people: readonly PersonState[]): readonly string[] => people.map(({ name }) => name);
  return {
    renames,
    joined: after.people.filter(({ name }) => !names(before.people).includes(name)),
    left: before.people.filter(({ name }) => !names(after.people).includes(name)),
    people: peopleChanges(before.people, after.people),
    access: accessChanges(admittedBefore, admittedAfter),
    power: powerChanges(admittedBefore, admittedAfter),
    trust: trustChanges(admittedBefore, admittedAfter),
    sessions: sessionChanges(earlier, later, rolesThatRulePeople(later, admittedAfter.power)),
    roles: titles
      .map((title) =>
        roleChange(
          title,
          permittedBefore.get(title),
          permittedAfter.get(title),
          names(after.people),
          catalogue,
        ),
      )
      .filter((change) => change !== undefined),
    documents: documentChanges(before.documents, after.documents),
  };
}
