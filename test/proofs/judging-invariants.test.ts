import assert from "node:assert/strict";

import { UserError } from "../../src/model/problems";
import { judgingInvariants } from "../../src/proofs/judging-invariants";
import type { ProofInput } from "../../src/proofs/proven-account";
import type { Prover } from "../../src/proofs/prover";
import { sampleWorld, theProver } from "./support";

const invariant = (id: string, of: string, actions: string) => ({
  id,
  of,
  never: { actions },
  because: "Backups stay.",
});

const STAYS = invariant("stays", "prod/Ops", "rds:Delete*");
const OTHER = invariant("other", "dev/Ops", "backup:Delete*");
const NARROWER = invariant("stays", "prod/Ops", "rds:DeleteDBCluster");
const MISSPELT = invariant("misspelt", "prod/Ops", "rds:Delet");
const OF_STAGING = invariant("of-staging", "staging/Ops", "rds:Delete*");

/** The sample after its account for staging has gone. */
const withoutStaging = (input: ProofInput): ProofInput => {
  const isLeft = ({ key }: { readonly key: string }): boolean => key !== "staging";
  const { organization } = input.model;
  return {
    model: {
      ...input.model,
      organization: { ...organization, accounts: organization.accounts.filter(isLeft) },
    },
    accounts: input.accounts.filter(isLeft),
  };
};

interface Case {
  readonly says: string;
  readonly head: unknown;
  readonly commit: unknown;
  readonly leavesStagingOut?: true;
  /** Ids with their sources, or what the refusal says. */
  readonly proven: readonly string[] | RegExp;
  readonly former?: readonly string[];
  readonly refused?: number;
}

const OWN = "src/invariants.ts";
const CASES: readonly Case[] = [
  {
    says: "are asked once where both have them",
    head: [STAYS],
    commit: [STAYS],
    proven: [`stays of ${OWN}`],
  },
  {
    says: "are asked once wherever they stand in the list",
    head: [STAYS, OTHER],
    commit: [OTHER, STAYS],
    proven: [`other of ${OWN}`, `stays of ${OWN}`],
  },
  {
    says: "are asked where the commit alone has them",
    head: [],
    commit: [STAYS],
    proven: [`stays of ${OWN}`],
  },
  {
    says: "are asked where the commit leaves them out",
    head: [STAYS, OTHER],
    commit: [OTHER],
    proven: [`other of ${OWN}`, `stays of ${OWN} of HEAD`],
    former: ["stays"],
  },
  {
    says: "are asked as both have them where the commit changes them",
    head: [STAYS],
    commit: [NARROWER],
    proven: [`stays of ${OWN}`, `stays of ${OWN} of HEAD`],
    former: ["stays"],
  },
  {
    says: "are refused where the commit's are faulty, before these judge others",
    head: [STAYS],
    commit: [STAYS, MISSPELT],
    proven:
      /^1 problem to solve first\.\n\nsrc\/invariants\.ts\n {2}1\. \[1\]\.never\.actions = "rds:Delet"\n/,
  },
  {
    says: "are refused where the commit's are no list",
    head: [],
    commit: {},
    proven: /^1 problem to solve first\.[^]* the exported value = \{\}\n {5}Invariants is a list\./,
  },
  {
    says: "are those of the commit where it puts right what HEAD has wrong",
    head: [STAYS, MISSPELT],
    commit: [OTHER],
    proven: [`other of ${OWN}`, `stays of ${OWN} of HEAD`],
    former: ["stays"],
    refused: 1,
  },
  {
    says: "are those of the commit alone where HEAD's are no list",
    head: {},
    commit: [STAYS],
    proven: [`stays of ${OWN}`],
    refused: 1,
  },
  {
    says: "are refused where HEAD's speak of an account that the commit takes away with them",
    head: [STAYS, OF_STAGING],
    commit: [STAYS],
    leavesStagingOut: true,
    proven:
      /^Invariants of HEAD do not fit what this commit deploys[^]*before this one\.\n\n1 problem[^]*\[1\]\.of = "staging\/Ops"/,
  },
  {
    says: "are asked of a commit that takes away an account of which HEAD has none",
    head: [STAYS],
    commit: [STAYS],
    leavesStagingOut: true,
    proven: [`stays of ${OWN}`],
  },
];

describe("invariants of one's own, of a commit", () => {
  let prover: Prover;
  let world: ProofInput;
  before(async () => {
    prover = await theProver();
    world = sampleWorld();
  });

  for (const { says, head, commit, leavesStagingOut, proven, former = [], refused = 0 } of CASES) {
    it(says, () => {
      const input = leavesStagingOut ? withoutStaging(world) : world;
      const judge = () =>
        judgingInvariants({ committed: commit, judging: head, input, home: () => world, prover });
      if (proven instanceof RegExp) {
        assert.throws(judge, (error: unknown) => error instanceof UserError && proven.test(error.message));
        return;
      }
      const { invariants, ...rest } = judge();
      assert.deepEqual(
        invariants.map(({ id, source }) => `${id} of ${source}`),
        proven,
      );
      assert.deepEqual(rest, { former, refused });
    });
  }
});
