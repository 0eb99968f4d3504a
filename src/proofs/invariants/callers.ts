import type { Statement } from "../../documents/statement";
import type { Policy } from "../allowed-requests";
import type { ProofInput } from "../accounts";
import { otherCaller, type Caller } from "../caller";

const STRANGER = "stranger";

/**
 * Any user, session or root of an account: which of them, how they signed in and with what tags is open. The user's name
 * is one that nobody has.
 */
export const anybodyOf = (accountId: string, words: string): Caller => ({
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

const principalsOf = ({ statements }: Policy): Statement["principals"] =>
  statements.flatMap(({ principals }) => principals);

/** Accounts that could get in by a resource's policy: the organization's, those that it names, and any other. */
export const accountsFor = ({ accounts }: ProofInput, policy: Policy): readonly string[] => [
  ...new Set([
    ...accounts.map(({ id }) => id),
    ...principalsOf(policy).flatMap(({ value }) => ACCOUNT_IN_ARN.exec(value)?.[1] ?? []),
    FOREIGN,
  ]),
];

/** Services and identity providers that a resource's policy names. */
export const othersFor = (policy: Policy): readonly Caller[] =>
  principalsOf(policy).flatMap(({ type, value }) =>
    type === "Service" || type === "Federated" ? [otherCaller(type, value)] : [],
  );

/** Users and roles that a resource's policy names itself, rather than by their account. */
export const namedFor = (policy: Policy): readonly Caller[] =>
  principalsOf(policy).flatMap(({ type, value }) => {
    const account = ACCOUNT_IN_ARN.exec(value)?.[1];
    if (type !== "AWS" || account === undefined || value === account || value.endsWith(":root")) return [];
    const { keys, ...caller } = anybodyOf(account, value);
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
