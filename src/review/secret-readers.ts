import { readActionRequest } from "../access/action-request";
import { FRESH_MFA } from "../access/circumstances";
import { Evaluator } from "../access/evaluator";
import type { IamAccounts } from "../access/iam/iam-accounts";
import { iamPolicy, type IamPolicy } from "../access/iam/iam-policy";
import { WhoCanAnswers, type CapablePrincipals } from "../access/who-can";
import type { Secret } from "../aws/snapshot/secret-section";
import { parseDocument } from "../documents/statement";
import type { Account } from "../model/account";
import type { Instant } from "../model/dates";
import type { ReviewTable } from "./check-result";

/** Above this number of secrets, one question asks who reads any of those without a policy of their own. */
const MOST_SECRETS = 25;
const MOST_NAMES = 50;

const howWords = ({ verdict, through }: CapablePrincipals): string =>
  [verdict.kind, ...(through === undefined ? [] : [`through ${through.join(", ")}`])].join(", ");

function namesOf({ who }: CapablePrincipals): string {
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
  if (secrets.length > 0 && secrets.length <= MOST_SECRETS) return secrets;
  return [...secrets.filter(({ resourcePolicy }) => resourcePolicy !== undefined), undefined];
}

/**
 * Everybody of the roster who can read secrets of accounts: users, roles and secrets' own policies are evaluated together, each
 * role by itself. Users and roles are those of the roster's documents; how accounts differ from these stands in the findings.
 */
export async function secretReaders(
  accounts: IamAccounts,
  asked: readonly Account[],
  secretsOf: (account: Account) => readonly Secret[],
  now: Instant,
): Promise<ReviewTable> {
  const circumstances = { at: now, mfa: FRESH_MFA, context: {} } as const;
  const rows: string[][] = [];
  for (const account of asked) {
    const { key } = account;
    const secrets = secretsOf(account);
    const others = secrets.length === 0 ? "any" : "any without a policy of its own";
    const whoCan = new WhoCanAnswers(accounts.withResourcePolicies(policiesOf(secrets)), new Evaluator());
    for (const secret of askedSecrets(secrets)) {
      if (secret !== undefined && hasUnreadablePolicy(secret)) {
        rows.push([key, secret.name, "", "", "not known: its own policy cannot be read"]);
        continue;
      }
      const request = await readActionRequest("secretsmanager:GetSecretValue", secret?.arn);
      // A secret's own policy can let in principals of other accounts; without one it lets in none.
      const only = secret?.resourcePolicy === undefined ? accounts.account(key) : undefined;
      for (const able of await whoCan.answer(request, circumstances, only)) {
        const role = able.role ?? `${able.account}, without a role`;
        rows.push([key, secret?.name ?? others, role, namesOf(able), howWords(able)]);
      }
    }
  }
  return {
    title: "Who of the roster can read prod's secrets, secrets' own policies included",
    head: ["account", "secret", "role", "who", "how"],
    rows,
  };
}
