import type { Statement } from "../../documents/statement";
import type { ParsedPolicy } from "../allowed-requests";
import type { ProofInput } from "../proven-account";
import { provenPrincipalCaller, type ProvenCaller } from "../proven-caller";

const STRANGER = "stranger";

/**
 * Any user, session or root of an account: which of them, how they signed in and with what tags is open. The user's name
 * is one that nobody has.
 */
export const anybodyInAccount = (accountId: string, words: string): ProvenCaller => ({
  words,
  arn: `arn:aws:iam::${accountId}:user/${STRANGER}`,
  accountId,
  keys: new Map([
    ["aws:principalaccount", accountId],
    ["aws:username", STRANGER],
    ["aws:principalisawsservice", "false"],
  ]),
  present: ["aws:principalarn"],
});

/** An account that is none of the organization's; no document names it. */
const FOREIGN = "999999999999";

const ACCOUNT_IN_ARN = /^(?:arn:aws:(?:iam|sts)::)?(\d{12})(?::|$)/;

const principalsOf = ({ statements }: ParsedPolicy): Statement["principals"] =>
  statements.flatMap(({ principals }) => principals);

/** Accounts that could get in by a resource's policy: the organization's, those that it names, and any other. */
export const accountsThatCouldEnter = ({ accounts }: ProofInput, policy: ParsedPolicy): readonly string[] => [
  ...new Set([
    ...accounts.map(({ id }) => id),
    ...principalsOf(policy).flatMap(({ value }) => ACCOUNT_IN_ARN.exec(value)?.[1] ?? []),
    FOREIGN,
  ]),
];

/** Services and identity providers that a resource's policy names. */
export const principalsNamedIn = (policy: ParsedPolicy): readonly ProvenCaller[] =>
  principalsOf(policy).flatMap(({ type, value }) =>
    type === "Service" || type === "Federated" ? [provenPrincipalCaller(type, value)] : [],
  );

/** Users and roles that a resource's policy names itself, rather than by their account. */
export const usersAndRolesNamedIn = (policy: ParsedPolicy): readonly ProvenCaller[] =>
  principalsOf(policy).flatMap(({ type, value }) => {
    const account = ACCOUNT_IN_ARN.exec(value)?.[1];
    if (type !== "AWS" || account === undefined || value === account || value.endsWith(":root")) return [];
    const { keys, ...caller } = anybodyInAccount(account, value);
    const username = value.includes(":user/") ? value.slice(value.lastIndexOf("/") + 1) : undefined;
    return [
      {
        ...caller,
        arn: value,
        keys: new Map([...keys, ["aws:principalarn", value], ["aws:username", username]]),
        present: [],
      },
    ];
  });
