import { FRESH_MFA } from "../circumstances";
import { Evaluator } from "../evaluator";
import type { IamAccount } from "../iam/account";
import type { IamAccounts } from "../iam/accounts";
import { Matrix } from "../matrix";
import { conditionsOf } from "../report/verdict-words";
import { keysOfBoth, without } from "./lists";

/** Somebody who gets into a role on one side, or on both in another way. */
export interface AccessChange {
  readonly person: string;
  readonly account: string;
  readonly environment: IamAccount["environment"];
  readonly role: string;
  /** `always`, or under which conditions; undefined where they did not, or will not, get in. */
  readonly before?: string;
  readonly after?: string;
}

/** Users who may change what others may do on one side only. */
export interface PowerChange {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** Who gets into what, and who has power, on one side. */
export interface Admissions {
  readonly access: ReadonlyMap<string, Omit<AccessChange, "before" | "after"> & { readonly how: string }>;
  readonly power: readonly string[];
}

/** Asks everybody for every role, with MFA entered just now. */
export async function admissionsOf(accounts: IamAccounts): Promise<Admissions> {
  const rows = await new Matrix(accounts, new Evaluator()).rows({ mfa: FRESH_MFA, context: {} });
  const access = rows.flatMap(({ user, roles }) =>
    roles.map(({ account, role, title, verdict }) => {
      const { environment } = accounts.account(account);
      const conditions = conditionsOf(verdict);
      const how = conditions === "" ? "always" : conditions;
      return [`${user.name} ${title}`, { person: user.name, account, environment, role, how }] as const;
    }),
  );
  const power = rows.filter((row) => row.power.kind !== "denied").map(({ user }) => user.name);
  return { access: new Map(access), power };
}

/** Who gets in on one side, or under other conditions. */
export function accessChanges(before: Admissions, after: Admissions): readonly AccessChange[] {
  return [...keysOfBoth(before.access, after.access)].sort().flatMap((key) => {
    const [earlier, later] = [before.access.get(key), after.access.get(key)];
    const change = later ?? earlier;
    if (change === undefined || earlier?.how === later?.how) return [];
    const { person, account, environment, role } = change;
    return [
      {
        person,
        account,
        environment,
        role,
        ...(earlier && { before: earlier.how }),
        ...(later && { after: later.how }),
      },
    ];
  });
}

export const powerChange = (before: Admissions, after: Admissions): PowerChange => ({
  gained: without(after.power, before.power),
  lost: without(before.power, after.power),
});
