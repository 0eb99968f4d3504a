import { ALL_ACCOUNTS, caseless, trailLogGroupName, trailName } from "../names";
import type { AccountEntry } from "../reading/organization-entry";
import { findIdentityClaim, reportRepetitions, type RuleInput } from "./references";

// Stack names take these too. https://www.pulumi.com/docs/iac/concepts/stacks/
const ACCOUNT_KEY = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;
// Other partitions' regions begin so. https://docs.aws.amazon.com/general/latest/gr/rande.html
const OTHER_PARTITIONS = /^(cn|us-gov|us-iso|us-isob|us-isof|eu-isoe|eusc)-/;

/** Account keys become stack names and parts of IAM names, which IAM compares without case. */
function accountKeysAreNames({ organization }: RuleInput): void {
  for (const { key, cursor } of organization.accounts ?? []) {
    if (!ACCOUNT_KEY.test(key)) {
      cursor.problem("An account's key is a letter, then letters, digits and hyphens, at most 32 in all.", {
        value: key,
      });
    }
    if (caseless(key) === ALL_ACCOUNTS) {
      cursor.problem(`"${ALL_ACCOUNTS}" is taken: it stands for every account in the names of groups.`, {
        value: key,
      });
    }
  }
  reportRepetitions(
    (organization.accounts ?? []).map(({ key, cursor }) => ({ value: key, cursor })),
    caseless,
    "Another account has this key already; IAM's names are compared without case.",
    "Choose another key.",
  );
}

function accountIdsAreUnique({ organization }: RuleInput): void {
  reportRepetitions(
    (organization.accounts ?? []).flatMap(({ id }) => id ?? []),
    (id) => id,
    "Another account has this id already.",
    "Give each account its own id.",
  );
}

/** An account of which a part cannot be read may be the one; what is wrong about it has been reported. */
const mayHoldPeople = (account: AccountEntry): boolean =>
  findIdentityClaim(account) !== undefined || account.kind === undefined || !account.cursor.lacks("identity");

function exactlyOneAccountHoldsPeople({ organization: { accounts, cursor } }: RuleInput): void {
  if (accounts === undefined) return;
  if (!accounts.some(mayHoldPeople)) {
    cursor.missing("accounts", "No account holds the people.", {
      remedy: 'Give exactly one account `kind: "identity"`, or one workload account `identity: true`.',
    });
  }
  const [first, ...others] = accounts.filter((account) => findIdentityClaim(account) !== undefined);
  for (const other of others) {
    findIdentityClaim(other)?.cursor.problem(
      `Exactly one account holds the people, and ${first?.key ?? ""} does already.`,
      {
        remedy: 'Keep `kind: "identity"` or `identity: true` on one account.',
      },
    );
  }
}

/** Users live in IAM, and Admin and Ops of a workload account reach its IAM. */
function peopleLiveAlone({ organization }: RuleInput): void {
  for (const { key, standsInForIdentity } of organization.accounts ?? []) {
    standsInForIdentity?.cursor.warning(
      `People and a workload share ${key}: whoever holds Admin or Ops there controls everybody's users, and with them ` +
        "every role in every account.",
      { remedy: 'Give the people an account of their own, `kind: "identity"`, as soon as there is one.' },
    );
  }
}

function regionsAreOfThePartition({ organization: { region, otherRegions } }: RuleInput): void {
  for (const { value, cursor } of [...(region ? [region] : []), ...otherRegions]) {
    if (!OTHER_PARTITIONS.test(value)) continue;
    cursor.problem('Only the partition "aws" is supported; nobody has tested the others.', {
      allowed: 'a commercial region such as "eu-west-1"',
    });
  }
}

function regionsAreDistinct({ organization: { region, otherRegions } }: RuleInput): void {
  reportRepetitions(
    [...(region ? [region] : []), ...otherRegions],
    (name) => name,
    "The organization has this region already.",
    "Name each region once, the one that the accounts work in as `region`.",
  );
}

/** What Muster made goes with the next deployment where it makes none: an account that names it would lose its trail. */
function existingTrailsAreNotMusters({ organization: { accounts, prefix } }: RuleInput): void {
  if (prefix === undefined) return;
  const naming = { prefix: prefix.value };
  for (const { trail } of accounts ?? []) {
    for (const [cell, own, what] of [
      [trail?.name, trailName(naming), "trail"],
      [trail?.logGroup, trailLogGroupName(naming), "log group"],
    ] as const) {
      if (cell?.value !== own) continue;
      cell.cursor.problem(`This is the ${what} that Muster makes, which the next deployment would delete.`, {
        remedy: "Name one that the account has without Muster, or remove `trail`.",
      });
    }
  }
}

export const ACCOUNT_RULES = [
  accountKeysAreNames,
  accountIdsAreUnique,
  exactlyOneAccountHoldsPeople,
  peopleLiveAlone,
  regionsAreOfThePartition,
  regionsAreDistinct,
  existingTrailsAreNotMusters,
];
