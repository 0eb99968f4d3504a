import { roleTitle, type IamAccount, type IamRole } from "../../src/access/iam/iam-account";
import { IamAccounts } from "../../src/access/iam/iam-accounts";
import { iamPolicy, withStatements } from "../../src/access/iam/iam-policy";

const IDS: Readonly<Record<string, string>> = {
  users: "111111111111",
  dev: "222222222222",
  staging: "333333333333",
  prod: "444444444444",
};

/** A role as somebody made it by hand: the statements of its trust, which admits nobody without any, and of its policy. */
export interface WrittenRole {
  readonly trust?: readonly object[];
  readonly policy?: readonly object[];
  readonly path?: string;
  /** ARNs of managed policies, which no answer looks into. */
  readonly attached?: readonly string[];
  readonly boundary?: string;
}

const NOBODY = { Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" };

const documentOf = (statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A role by its title, such as `dev/A`. */
export function roleOf(
  title: string,
  { trust = [NOBODY], policy, path = "", attached = [], boundary }: WrittenRole,
): IamRole {
  const [key = "", name = ""] = title.split("/");
  const inline = policy ? [{ name: "by-hand", document: documentOf(policy) }] : [];
  return {
    kind: "other",
    label: name,
    name,
    arn: `arn:aws:iam::${IDS[key] ?? ""}:role/${path}${name}`,
    trust: iamPolicy(`trust of ${name}`, documentOf(trust)),
    policies: inline.map(({ name: own, document }) => iamPolicy(own, document)),
    live: {
      name,
      path: `/${path}`,
      trust: documentOf(trust),
      attached,
      inline,
      ...(boundary !== undefined && { boundary }),
    },
  };
}

/** The accounts with roles besides, by their titles. */
export const withRoles = (accounts: IamAccounts, roles: Readonly<Record<string, WrittenRole>>): IamAccounts =>
  new IamAccounts(
    accounts.all.map((account) => ({
      ...account,
      roles: [
        ...account.roles,
        ...Object.entries(roles)
          .filter(([title]) => title.startsWith(`${account.key}/`))
          .map(([title, role]) => roleOf(title, role)),
      ],
    })),
  );

const withRole = (
  accounts: readonly IamAccount[],
  title: string,
  change: (role: IamRole) => IamRole,
): readonly IamAccount[] =>
  accounts.map((account) => ({
    ...account,
    roles: account.roles.map((role) => (roleTitle(account, role) === title ? change(role) : role)),
  }));

/** The accounts with other conditions in each statement of a role's trust; those that are undefined are taken away. */
export const withTrust = (
  accounts: readonly IamAccount[],
  title: string,
  conditions: Readonly<Record<string, unknown>>,
): readonly IamAccount[] =>
  withRole(accounts, title, (role) => ({
    ...role,
    trust: withStatements(role.trust, (_statement, json) => ({
      ...json,
      Condition: Object.assign({}, json["Condition"], conditions),
    })),
  }));

/** The accounts with another longest session of a role, in seconds. */
export const withSession = (
  accounts: readonly IamAccount[],
  title: string,
  sessionSeconds: number,
): readonly IamAccount[] => withRole(accounts, title, (role) => ({ ...role, sessionSeconds }));
