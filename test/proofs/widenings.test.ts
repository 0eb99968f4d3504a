import assert from "node:assert/strict";

import {
  findAllowedRequests,
  type AllowedRequests,
  type AttachedPolicies,
  type ParsedPolicy,
} from "../../src/proofs/allowed-requests";
import type { Claim } from "../../src/proofs/invariant";
import {
  asHoldersUseIt,
  everyRole,
  placedRoleTitle,
  widestSession,
  type PlacedProvenRole,
  type ProofInput,
  type ProvenUser,
} from "../../src/proofs/proven-account";
import { provenUserCaller, SIGN_INS } from "../../src/proofs/proven-caller";
import type { Prover } from "../../src/proofs/prover";
import {
  ADMINISTRATOR_ACCESS,
  READ_ONLY_ACCESS,
  SECURITY_AUDIT,
} from "../../src/documents/permissions/aws-managed";
import { matchesPattern } from "../../src/documents/patterns";
import { ACCEPTED_WIDENINGS, type AcceptedWidening } from "./accepted-widenings";
import { AskedInvariants, breachedBy, idsOfStatement, isOfPolicies, NarrowProver } from "./asked-invariants";
import { wideningsOf, type Widening } from "./statement-widenings";
import { everySettingWorld, sampleWorld, theProver } from "./support";

/** Somebody whose documents are widened. */
interface Subject {
  readonly title: string;
  readonly attached: AttachedPolicies;
  /** The world with this one alone, and other documents. */
  readonly inputOf: (attached: AttachedPolicies) => ProofInput;
  /** What they may do with other documents, for each kind of caller. */
  readonly accessesOf: (attached: AttachedPolicies) => readonly AllowedRequests[];
  readonly isAbout: (claim: Claim) => boolean;
  /** Whether what its statements deny is asked here: `denials.test.ts` asks that of the other roles. */
  readonly hasDenialsAsked: boolean;
}

/** What became of one widening: actions that an invariant names, and actions that somebody could use and none names. */
interface Judged {
  readonly title: string;
  readonly widening: Widening;
  readonly caught: readonly string[];
  readonly open: readonly string[];
}

/** Roles that are compared with larger ones. */
const LARGER: Readonly<Record<string, string>> = { Read: "Admin", DbRead: "Dba" };

function roleSubject({ model, accounts }: ProofInput, { account, role }: PlacedProvenRole): Subject {
  const larger = account.roles.filter(({ label }) => label === LARGER[role.label]);
  const placed = (attached: AttachedPolicies): PlacedProvenRole => ({
    account,
    role: { ...role, ...attached },
  });
  return {
    title: placedRoleTitle({ account, role }),
    hasDenialsAsked: role.kind === "pipeline",
    isAbout: ({ about }) => about.startsWith(placedRoleTitle({ account, role })),
    attached: role,
    inputOf: (attached) => ({
      model,
      accounts: accounts.map((one) => ({
        ...one,
        users: [],
        roles: one === account ? [placed(attached).role, ...larger] : [],
      })),
    }),
    accessesOf: (attached) =>
      asHoldersUseIt(placed(attached)).map((one) => findAllowedRequests(widestSession(one), one.role)),
  };
}

function userSubject({ model, accounts }: ProofInput, user: ProvenUser): Subject {
  return {
    title: "users",
    hasDenialsAsked: true,
    isAbout: () => true,
    attached: user,
    inputOf: (attached) => ({
      model,
      accounts: accounts.map((one) => ({
        ...one,
        roles: [],
        users: one.users.includes(user) ? [{ ...user, ...attached }] : [],
      })),
    }),
    accessesOf: (attached) =>
      SIGN_INS.map((signIn) => findAllowedRequests(provenUserCaller(user, signIn), attached)),
  };
}

/** Every role of an account, and of its users that have the same documents one. */
function subjectsOf(input: ProofInput, key: string): readonly Subject[] {
  const sorts = new Map<string, ProvenUser>();
  for (const user of input.accounts.flatMap((one) => (one.key === key ? one.users : []))) {
    const sort = user.policies.map(({ name }) => name).join(" ");
    if (!sorts.has(sort)) sorts.set(sort, user);
  }
  return [
    ...everyRole(input)
      .filter(({ account }) => account.key === key)
      .map((placed) => roleSubject(input, placed)),
    ...[...sorts.values()].map((user) => userSubject(input, user)),
  ];
}

/** How `withDenialsAlone` calls what allows everything. */
const WHATEVER_ELSE = "a resource's own policy";

const AWS_MANAGED: readonly string[] = [ADMINISTRATOR_ACCESS, READ_ONLY_ACCESS, SECURITY_AUDIT].map(
  ({ name }) => name,
);

/** Whether a claim is about denials alone: whatever is allowed more, it says the same. */
const isByDenials = ({ setting }: Claim): boolean =>
  setting.permissions?.policies.some(({ name }) => name === WHATEVER_ELSE) === true;

/** Asks each invariant about what no other has named yet, and then whether what is left over lets somebody do more. */
function judge(widening: Widening, subject: Subject, asked: AskedInvariants, prover: Prover): Judged {
  const { attached, effect, speaksOf } = widening;
  const open = new Set(idsOfStatement(speaksOf, prover));
  const caught = new Set<string>();
  const about = (): NarrowProver =>
    new NarrowProver(prover, { ...speaksOf, actions: [...open], notActions: [] });
  let narrow = about();
  for (const { claim, moveToFront } of asked.claims(subject.inputOf(attached))) {
    if (open.size === 0) break;
    if (effect === "Allow" && isByDenials(claim)) continue;
    const found = (breachedBy(claim, narrow) ?? []).flatMap(({ actions }) => actions);
    if (found.length === 0) continue;
    moveToFront();
    for (const id of found) {
      caught.add(id);
      open.delete(id);
    }
    narrow = about();
  }
  const before = subject.accessesOf(subject.attached);
  const further =
    open.size === 0
      ? []
      : subject
          .accessesOf(attached)
          .flatMap((after, index) => narrow.newAccess(before[index] ?? after, after))
          .flatMap(({ actions }) => actions);
  return { title: subject.title, widening, caught: [...caught], open: [...new Set(further)].sort() };
}

/** Whether an entry of the reviewed list is about an action of a widening. */
function isAbout(entry: AcceptedWidening, one: Judged, action: string, { reference }: Prover): boolean {
  const { roles, statements, changes, actions, except = [], readsOnly } = entry;
  const { title, widening } = one;
  const fits = (patterns: readonly string[], text: string): boolean =>
    patterns.some((pattern) => matchesPattern(pattern, text));
  return (
    roles.includes(title) &&
    fits(statements, widening.statement) &&
    fits(changes, widening.change) &&
    !fits(except, action) &&
    (readsOnly !== true || /^(List|Read)/.test(reference.find(action)?.level ?? "")) &&
    (actions.includes(action) ||
      fits(
        actions.filter((pattern) => pattern.includes("*")),
        action,
      ))
  );
}

/** Every kind of change to a statement that allows. */
const KINDS = [
  /^without \S+$/,
  /^without \S+ in the request$/,
  /^with \S+:\S+ another-value$/,
  /^with \S+:\S+ .*\*$/,
  /^on /,
  /^with other actions$/,
] as const;

const wordsOf = ({ title, widening: { statement, change } }: Judged, actions: readonly string[]): string =>
  `${title} ${statement} ${change}: ${actions.join(" ")}`;

describe("a statement that allows more or denies less", function () {
  this.timeout(600_000);
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  /** Each widening of an account's roles and groups, asked once. */
  function judgedIn(account: string): readonly Judged[] {
    const idsOf = (pattern: string): readonly string[] => prover.reference.idsOf(pattern);
    const isOurs = ({ name }: ParsedPolicy): boolean => !AWS_MANAGED.includes(name);
    const known = new Map<string, Judged>();
    const subjects = [sampleWorld(), everySettingWorld()].flatMap((input) => subjectsOf(input, account));
    for (const subject of subjects) {
      const asked = new AskedInvariants(
        subject.inputOf(subject.attached),
        (claim) => isOfPolicies(claim) && subject.isAbout(claim),
      );
      for (const widening of wideningsOf(subject.attached, isOurs, idsOf)) {
        if (widening.effect === "Deny" && !subject.hasDenialsAsked) continue;
        const text = JSON.stringify([subject.title, widening.change, widening.speaksOf]);
        const earlier = known.get(text);
        // What several users have is named where an invariant names it of one of them.
        if (earlier?.open.length === 0) continue;
        const one = judge(widening, subject, asked, prover);
        const caught = [...(earlier?.caught ?? []), ...one.caught];
        const open = [...(earlier?.open ?? []), ...one.open].filter((action) => !caught.includes(action));
        known.set(text, { ...one, caught, open: [...new Set(open)] });
      }
    }
    return [...known.values()];
  }

  /** Changes of which an invariant names something. */
  const caughtChanges = new Set<string>();

  for (const account of ["users", "dev", "staging", "prod"]) {
    describe(`in ${account}`, () => {
      let judged: readonly Judged[];
      before(() => {
        judged = judgedIn(account);
        for (const { widening, caught } of judged) if (caught.length > 0) caughtChanges.add(widening.change);
      });

      const isListed = (one: Judged, action: string): boolean =>
        ACCEPTED_WIDENINGS.some((entry) => isAbout(entry, one, action, prover));

      it("breaks an invariant by each action that it lets through, or is on the reviewed list", () => {
        const unnamed = judged.flatMap((one) => {
          const open = one.open.filter((action) => !isListed(one, action));
          return open.length === 0 ? [] : [wordsOf(one, open)];
        });
        assert.deepEqual(unnamed, []);
      });

      it("is not on the list where an invariant names it", () => {
        const named = judged.flatMap((one) => {
          const caught = one.caught.filter((action) => isListed(one, action));
          return caught.length === 0 ? [] : [wordsOf(one, caught)];
        });
        assert.deepEqual(named, []);
      });

      it("is what each entry of the list about a role of it is about", () => {
        const idle = ACCEPTED_WIDENINGS.flatMap((entry) =>
          entry.roles
            .filter((role) => role.split("/")[0] === account)
            .filter((role) => {
              const own = { ...entry, roles: [role] };
              return !judged.some((one) => one.open.some((action) => isAbout(own, one, action, prover)));
            })
            .map((role) => `${role}: ${entry.because}`),
        );
        assert.deepEqual(idle, []);
      });
    });
  }

  // Mocha runs this suite after those before it. Without it, a kind of change that a mistake makes empty would pass.
  describe("in any account", () => {
    it("is caught of each kind", () => {
      const idle = KINDS.filter((kind) => ![...caughtChanges].some((change) => kind.test(change)));
      assert.deepEqual(idle, []);
    });
  });
});
