import type { IamRole } from "../../src/access/iam/account";
import { IamAccounts } from "../../src/access/iam/accounts";
import { iamPolicy } from "../../src/access/iam/policy";

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
