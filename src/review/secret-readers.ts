import { FRESH_MFA } from "../access/circumstances";
import { Evaluator } from "../access/evaluator";
import type { IamAccounts } from "../access/iam/iam-accounts";
import { readActionRequest } from "../access/action-request";
import { WhoCanAnswers, type CapablePrincipals } from "../access/who-can";
import type { Snapshot } from "../aws/snapshot/reader";
import type { Account } from "../model/account";
import type { Instant } from "../model/dates";
import type { ReviewTable } from "./check-result";

/** Above this number of secrets, one question asks who reads any of them. */
const MOST_SECRETS = 25;
const MOST_NAMES = 50;

const howWords = ({ verdict, through }: CapablePrincipals): string =>
  [verdict.kind, ...(through === undefined ? [] : [`through ${through.join(", ")}`])].join(", ");

function namesOf({ who }: CapablePrincipals): string {
  const shown = who.slice(0, MOST_NAMES).join(", ");
  return who.length > MOST_NAMES ? `${shown} and ${String(who.length - MOST_NAMES)} more` : shown;
}

/**
 * Everybody who can read secrets of accounts by the roster's documents: evaluated across accounts, by each role. The secrets'
 * own policies are beside it, and how accounts differ from the documents stands in the findings.
 */
export async function secretReaders(
  accounts: IamAccounts,
  asked: readonly Account[],
  snapshot: Snapshot,
  now: Instant,
): Promise<ReviewTable> {
  const whoCan = new WhoCanAnswers(accounts, new Evaluator());
  const circumstances = { at: now, mfa: FRESH_MFA, context: {} } as const;
  const rows: string[][] = [];
  for (const { key } of asked) {
    const section = snapshot.accounts.find((account) => account.key === key)?.sections.secrets;
    const secrets = section?.kind === "read" ? section.data : [];
    const targets = secrets.length > 0 && secrets.length <= MOST_SECRETS ? secrets : [undefined];
    for (const secret of targets) {
      const request = await readActionRequest("secretsmanager:GetSecretValue", secret?.arn);
      const ables = await whoCan.answer(request, circumstances, accounts.account(key));
      for (const able of ables)
        rows.push([key, secret?.name ?? "any", able.role ?? "without a role", namesOf(able), howWords(able)]);
    }
  }
  return {
    title: "Who can read prod's secrets, by the roster's documents",
    head: ["account", "secret", "role", "who", "how"],
    rows,
  };
}
