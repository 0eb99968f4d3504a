import { readActionRequest } from "../access/action-request";
import { FRESH_MFA } from "../access/circumstances";
import type { Evaluator } from "../access/evaluator";
import type { IamAccounts } from "../access/iam/iam-accounts";
import { iamPolicy, type IamPolicy } from "../access/iam/iam-policy";
import { WhoCanAnswers, type CapablePrincipals } from "../access/who-can";
import type { Secret } from "../aws/snapshot/secret-section";
import { parseDocument } from "../documents/statement";
import type { Account } from "../model/account";
import type { Instant } from "../model/dates";
import { groupBy } from "../model/group-by";
import type { FoundBy } from "./review-finding";

/** Above this number of secrets, one question asks who reads any of those without a policy of their own. */
const MOST_SECRETS = 25;
const MOST_NAMES = 50;

/** The accounts as a snapshot has them, and as the roster makes them. */
export interface AccountsOfReaders {
  readonly asTheyAre: IamAccounts;
  readonly byRoster: IamAccounts;
  /** Titles of roles that may be there beside the roster. */
  readonly passedRoles: ReadonlySet<string>;
}

/** Who can read secrets, and who of them does so otherwise than the roster says. */
export interface SecretReaders {
  readonly findings: readonly FoundBy[];
  /** Account, secret, role, names, how, whether by the roster. */
  readonly rows: readonly (readonly string[])[];
}

/** Somebody who can read a secret. */
interface Reader {
  /** The key of the secret's account. */
  readonly account: string;
  readonly secret: string;
  readonly able: CapablePrincipals;
  readonly who: string;
}

const howWords = ({ verdict, through }: CapablePrincipals): string =>
  [verdict.kind, ...(through === undefined ? [] : [`through ${through.join(", ")}`])].join(", ");

const roleWords = ({ role, account }: CapablePrincipals): string => role ?? `${account}, without a role`;

function namesOf(who: readonly string[]): string {
  const shown = who.slice(0, MOST_NAMES).join(", ");
  return who.length > MOST_NAMES ? `${shown} and ${String(who.length - MOST_NAMES)} more` : shown;
}

const hasUnreadablePolicy = ({ resourcePolicy }: Secret): boolean =>
  resourcePolicy !== undefined && parseDocument(resourcePolicy) === undefined;

/** The policies of secrets that can be read, by the secret's ARN. */
function policiesOf(secrets: readonly Secret[]): ReadonlyMap<string, IamPolicy> {
  return new Map(
    secrets.flatMap((secret) =>
      secret.resourcePolicy === undefined || hasUnreadablePolicy(secret)
        ? []
        : [[secret.arn, iamPolicy(`the policy of ${secret.name}`, secret.resourcePolicy)] as const],
    ),
  );
}

/** The secrets that are asked about one by one; undefined asks about any other. */
function askedSecrets(secrets: readonly Secret[]): readonly (Secret | undefined)[] {
  const readable = secrets.filter((secret) => !hasUnreadablePolicy(secret));
  if (secrets.length > 0 && secrets.length <= MOST_SECRETS) return readable;
  return [...readable.filter(({ resourcePolicy }) => resourcePolicy !== undefined), undefined];
}

/** Everybody who can read secrets of an account: users, roles and secrets' own policies are evaluated together, each role by itself. */
async function readersOf(
  accounts: IamAccounts,
  { key }: Account,
  secrets: readonly Secret[],
  now: Instant,
  evaluator: Evaluator,
): Promise<readonly Reader[]> {
  const circumstances = { at: now, mfa: FRESH_MFA, context: {} } as const;
  const others = secrets.length === 0 ? "any" : "any without a policy of its own";
  const whoCan = new WhoCanAnswers(accounts.withResourcePolicies(policiesOf(secrets)), evaluator);
  const readers: Reader[] = [];
  for (const secret of askedSecrets(secrets)) {
    const request = await readActionRequest("secretsmanager:GetSecretValue", secret?.arn);
    // A secret's own policy can let in principals of other accounts; without one it lets in none.
    const only = secret?.resourcePolicy === undefined ? accounts.account(key) : undefined;
    for (const able of await whoCan.answer(request, circumstances, only)) {
      for (const who of able.who) readers.push({ account: key, secret: secret?.name ?? others, able, who });
    }
  }
  return readers;
}

/** A reader with the terms on which they read. */
const termsOf = ({ secret, able, who }: Reader): string =>
  JSON.stringify([secret, roleWords(able), able.through, able.verdict, who]);

/** Finds the principal in whose rows a finding stands: a role or user of the account that it is in. */
function principalOf(
  { asTheyAre }: AccountsOfReaders,
  { able, who }: Reader,
): NonNullable<FoundBy["principal"]> {
  return able.role === undefined
    ? { kind: "user", name: who }
    : { kind: "role", name: asTheyAre.role(able.role).role.name };
}

/** Finds roles and users with which somebody can read secrets otherwise than the roster's documents say. */
function findingsOf(compared: AccountsOfReaders, readers: readonly Reader[]): readonly FoundBy[] {
  const byPrincipal = groupBy(readers, (reader) => {
    const { kind, name } = principalOf(compared, reader);
    return `${reader.able.account} ${kind} ${name}`;
  });
  return [...byPrincipal.values()].flatMap((own): readonly FoundBy[] => {
    const [first] = own;
    if (first === undefined) return [];
    const { account } = first.able;
    const principal = principalOf(compared, first);
    const isPerson =
      principal.kind === "user" &&
      compared.byRoster.users.some(
        ({ user, account: { key } }) =>
          key === account && user.kind === "person" && user.name === principal.name,
      );
    const bySecret = groupBy(own, ({ secret, able }) => `${secret}: ${howWords(able)}`);
    return [
      {
        rule: "secret-reader-outside-roster",
        account,
        subject: `${principal.kind} ${principal.name}`,
        principal,
        ...(isPerson && { person: principal.name }),
        message: `Somebody can read secrets of ${first.account} by the ${principal.kind} ${principal.name}, and the roster does not say so.`,
        evidence: [...bySecret].map(([words, same]) => `${words}, ${namesOf(same.map(({ who }) => who))}`),
        fix: {
          kind: "command",
          words:
            "The deployment undoes what somebody changed in Muster's own; what somebody made beside it, drift names, and people delete it or write it into src/workloads.ts.",
          commands: ["npm run drift", `pulumi up -s ${account} --refresh`],
        },
      },
    ];
  });
}

function rowsOf(readers: readonly Reader[], isByRoster: (reader: Reader) => boolean): readonly string[][] {
  const alike = groupBy(readers, (reader) => {
    const { account, secret, able } = reader;
    return JSON.stringify([account, secret, roleWords(able), able.verdict, able.through, isByRoster(reader)]);
  });
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { account, secret, able } = first;
    const names = namesOf(same.map(({ who }) => who));
    return [[account, secret, roleWords(able), names, howWords(able), isByRoster(first) ? "yes" : "no"]];
  });
}

/** Everybody who can read secrets of accounts as these are, and who of them can do so otherwise than the roster says. */
export async function secretReaders(
  compared: AccountsOfReaders,
  asked: readonly Account[],
  secretsOf: (account: Account) => readonly Secret[],
  now: Instant,
  evaluator: Evaluator,
): Promise<SecretReaders> {
  const { asTheyAre, byRoster, passedRoles } = compared;
  const rows: string[][] = [];
  const findings: FoundBy[] = [];
  for (const account of asked) {
    const secrets = secretsOf(account);
    const meant = await readersOf(byRoster, account, secrets, now, evaluator);
    const found = await readersOf(asTheyAre, account, secrets, now, evaluator);
    const terms = new Set(meant.map(termsOf));
    const isByRoster = (reader: Reader): boolean => terms.has(termsOf(reader));
    const beside = found.filter((reader) => !isByRoster(reader) && !passedRoles.has(roleWords(reader.able)));
    findings.push(...findingsOf(compared, beside));
    rows.push(
      ...secrets
        .filter(hasUnreadablePolicy)
        .map(({ name }) => [account.key, name, "", "", "not known: its own policy cannot be read", ""]),
      ...rowsOf(found, isByRoster),
    );
  }
  return { findings, rows };
}
