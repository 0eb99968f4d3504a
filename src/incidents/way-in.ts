import type { Account } from "../model/account";
import type { Instant } from "../model/dates";
import { isOver } from "../model/dates";
import type { Model } from "../model/model";
import { roleName, signInUrl, switchRoleUrl, type UserName } from "../model/names";
import { formatChoices } from "../model/choices";
import { UserError } from "../model/problems";
import { profileName } from "../profiles/profile";
import type { IncidentRecord } from "./incident-record";
import { recordPath } from "./record-files";

/** The holders of BreakGlass in an account whose time is not over, in the order of the roster: the primary first. */
export function breakGlassHolders({ grants, now }: Model, { key }: Account): readonly UserName[] {
  return grants
    .filter(
      ({ source, account, validity }) => source === "breakGlass" && account === key && !isOver(validity, now),
    )
    .map(({ person }) => person);
}

/**
 * The account where a person holds BreakGlass.
 * @throws UserError where there is no such account, nobody holds it there, or this person does not
 */
export function accountOfHolder(model: Model, key: string, person: string): Account {
  const account = breakGlassAccount(model, key);
  const holders = breakGlassHolders(model, account);
  if (holders.some((name) => name === person)) return account;
  throw new UserError(
    holders.length === 0
      ? `Nobody holds BreakGlass in ${key} now. Names go under breakGlass in src/roster.ts; when nobody can get in, docs/runbooks/recovery.md.`
      : `${person} does not hold BreakGlass in ${key}, and its trust does not admit them. Call ${holders.join(" or ")}.`,
  );
}

/** The accounts that may have BreakGlass, whether or not somebody holds it now. */
export const breakGlassAccounts = ({ organization }: Model): readonly Account[] =>
  organization.accounts.filter(({ environment }) => environment !== "identity");

/** @throws UserError where no account of the organization that holds roles for people has this key */
export function breakGlassAccount(model: Model, key: string): Account {
  const known = breakGlassAccounts(model);
  const account = known.find((one) => one.key === key);
  if (account !== undefined) return account;
  const keys = known.map((one) => one.key);
  throw new UserError(
    `BreakGlass is in no account ${JSON.stringify(key)}. Known: ${formatChoices(key, keys, "accounts")}`,
  );
}

/** What somebody does next who has declared an emergency, or a rehearsal. */
export function wayIn(
  { organization, now }: Model,
  account: Account,
  { holder, name, expectedEnd, opened, told, kind }: IncidentRecord,
  others: readonly UserName[],
): string {
  const { identity } = organization;
  const role = roleName(organization, "BreakGlass", account);
  const profile = profileName(account.key, "BreakGlass");
  const tell =
    others.length === 0 ? "somebody of security" : `${others.join(" or ")}, or somebody of security`;
  return [
    `${kind === "rehearsal" ? "Rehearsal" : "Emergency"} declared by ${holder} in ${account.key} (${account.id}): ${recordPath({ name })}`,
    `Expected until ${expectedEnd}${minutesLeft(now, expectedEnd)}. A session lasts an hour at most; another one is another alarm.`,
    ...(opened < now ? [`Begun at ${opened}.`] : []),
    "",
    `1. ${told === undefined ? `Tell ${tell}.` : `${told} knows.`} Do not wait for an answer.`,
    `2. Sign in with MFA; a sign-in that is more than an hour old is refused: ${signInUrl(identity)}`,
    "3. Assume the role.",
    `   Console:      ${switchRoleUrl(organization, "BreakGlass", account)}`,
    `   Command line: aws sts get-caller-identity --profile ${profile}`,
    `   It answers    ${account.id}, assumed-role/${role}/${holder}; the region is ${organization.region}.`,
    `   The profile is one of npm run aws-config -- ${holder}`,
    kind === "rehearsal"
      ? "4. Change nothing. The others note when the alarm reached them."
      : "4. Do the least that ends it, and write each command into the record.",
    "5. End the session: switch back and sign out, or delete ~/.aws/cli/cache.",
    `6. npm run break-glass -- close ${name}`,
    "",
  ].join("\n");
}

function minutesLeft(now: Instant, end: Instant): string {
  const minutes = Math.round((Date.parse(end) - Date.parse(now)) / 60_000);
  return minutes > 0 ? `, in ${String(minutes)} minutes` : "";
}
