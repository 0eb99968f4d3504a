import type { Account } from "../../src/model/account";
import type { AccountExpectations } from "../expectations/account";

const PRINCIPAL_ARN =
  /^arn:aws:(?:iam|sts)::(\d{12}):(?:root|(?:user|role|assumed-role|federated-user)\/[\w+=,.@/-]+)$/;
const ACCOUNT = /^\d{12}$/;
const ACCOUNT_IN_ARN = /\barn:aws[\w-]*:[\w-]*:[\w*-]*:(\d{12}):/g;
const SERVICE = /^[a-z\d][a-z\d.-]*\.amazonaws\.com$/;

/** Whom the organization knows: its own accounts, and those of its partners. */
export class KnownPrincipals {
  private readonly accounts: ReadonlySet<string>;
  private readonly identity: Account;

  constructor({ organization, model }: AccountExpectations) {
    this.identity = organization.identity;
    this.accounts = new Set<string>([
      ...organization.accounts.map(({ id }) => id),
      ...model.partners.map(({ account }) => account),
    ]);
  }

  /** Whether it is one of the accounts. */
  hasAccount(id: string): boolean {
    return this.accounts.has(id);
  }

  /** Whether it is one of the accounts, or a user or role of one by its ARN. An id such as `AROA…` tells no account. */
  hasPrincipal(value: string): boolean {
    const account = ACCOUNT.test(value) ? value : PRINCIPAL_ARN.exec(value)?.[1];
    return account !== undefined && this.accounts.has(account);
  }

  /** Whether it is the account of people's users, or one of them. */
  isOfIdentityAccount(value: string): boolean {
    return value === this.identity.id || PRINCIPAL_ARN.exec(value)?.[1] === this.identity.id;
  }

  /** Whether a list of sources says something, and nothing but resources of the accounts. */
  areSources(arns: readonly string[]): boolean {
    return (
      arns.length > 0 &&
      arns.every((arn) => {
        const [account] = accountsIn(arn);
        return account !== undefined && arn.startsWith("arn:aws:") && this.accounts.has(account);
      })
    );
  }

  /** Whether a list of accounts says something, and nothing but these. */
  areAccounts(ids: readonly string[]): boolean {
    return ids.length > 0 && ids.every((id) => this.accounts.has(id));
  }
}

/** The accounts that a text names: it is one, or has ARNs. */
export const accountsIn = (text: string): readonly string[] =>
  ACCOUNT.test(text) ? [text] : [...text.matchAll(ACCOUNT_IN_ARN)].map(([, id = ""]) => id);

/** Whether it is a service of AWS, which acts for whoever its resources belong to. */
export const isService = (value: string): boolean => SERVICE.test(value);
