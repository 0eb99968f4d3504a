import type { Account } from "../../src/model/account";
import { caseless, PIPELINE_PATH, roleName } from "../../src/model/names";
import { PEOPLE_ROLES } from "../../src/model/roles";
import type { AccountExpectations } from "../expectations/account-expectations";

const PRINCIPAL_ARN =
  /^arn:aws:(?:iam|sts)::(\d{12}):(root|(?:user|role|assumed-role|federated-user)\/[\w+=,.@/-]+)$/;
const ACCOUNT = /^\d{12}$/;
const ACCOUNT_IN_ARN = /\barn:aws[\w-]*:[\w-]*:[\w*-]*:(\d{12}):/g;
const ACCOUNT_IN_LIST = /(?<!\d)\d{12}(?!\d)/g;
const SERVICE = /^[a-z\d][a-z\d.-]*\.amazonaws\.com$/;

/** A principal of an account by its ARN, or the account itself. */
interface AccountPrincipal {
  readonly account: string;
  /** `root`, `user/people/ann.web`, `role/worker`, `assumed-role/worker/session`. */
  readonly resource: string;
}

function principalOf(value: string): AccountPrincipal | undefined {
  if (ACCOUNT.test(value)) return { account: value, resource: "root" };
  const [, account, resource] = PRINCIPAL_ARN.exec(value) ?? [];
  return account === undefined || resource === undefined ? undefined : { account, resource };
}

/** Who uses a user or a role of Muster's: people, or the pipeline, a partner or a service. */
export type Holder = "people" | "others";

/** A wildcard of `StringLike` matches colons as well, and with them another account before the one that is written. */
const isExactUpToAccount = (arn: string): boolean => !/[*?]/.test(arn.split(":").slice(0, 5).join(":"));

/** The accounts that the organization knows: its own and its partners'. */
export class KnownPrincipals {
  private readonly ownAccounts: ReadonlySet<string>;
  private readonly accounts: ReadonlySet<string>;
  private readonly identity: Account;
  /** The names of the roles that people hold, in any account of the organization. */
  private readonly peoplesRoles: ReadonlySet<string>;

  /** The names of all roles that Muster has in the organization's accounts. */
  private readonly roles: ReadonlySet<string>;

  constructor({ organization, model, organizationRoles }: AccountExpectations) {
    this.roles = organizationRoles;
    this.identity = organization.identity;
    this.ownAccounts = new Set<string>(organization.accounts.map(({ id }) => id));
    this.accounts = new Set<string>([...this.ownAccounts, ...model.partners.map(({ account }) => account)]);
    this.peoplesRoles = new Set(
      organization.accounts.flatMap((account) =>
        [...PEOPLE_ROLES, "BreakGlass" as const].map((role) =>
          caseless(roleName(organization, role, account)),
        ),
      ),
    );
  }

  /** Whether it is one of the accounts. */
  hasAccount(id: string): boolean {
    return this.accounts.has(id);
  }

  /** Whether it is one of the accounts, or a user or role of one by its ARN. An id such as `AROA…` tells no account. */
  hasPrincipal(value: string): boolean {
    const principal = principalOf(value);
    return principal !== undefined && this.accounts.has(principal.account);
  }

  /** Finds who uses a user of Muster's: people use those of the identity account that are no pipeline's. Undefined for any other value. */
  holderOfUser(value: string): Holder | undefined {
    const { account = "", resource = "" } = principalOf(value) ?? {};
    const [, path = ""] = /^(?:federated-)?user(\/.*)$/.exec(resource) ?? [];
    if (path === "") return undefined;
    if (path.startsWith(PIPELINE_PATH)) return this.ownAccounts.has(account) ? "others" : undefined;
    return account === this.identity.id ? "people" : undefined;
  }

  /** Finds who uses a user, a role or a session of one that Muster has in an account of the organization. Undefined for any other value. */
  holderOf(value: string): Holder | undefined {
    const principal = principalOf(value);
    if (principal === undefined || !this.ownAccounts.has(principal.account)) return undefined;
    const [kind, ...rest] = principal.resource.split("/");
    const role = kind === "assumed-role" ? rest[0] : kind === "role" ? rest.at(-1) : undefined;
    if (role === undefined) return this.holderOfUser(value);
    const name = caseless(role);
    if (this.peoplesRoles.has(name)) return "people";
    return this.roles.has(name) ? "others" : undefined;
  }

  /** Whether it stands for people among others: an account of the organization as a whole, or anything of the identity account. */
  includesPeople(value: string): boolean {
    const principal = principalOf(value);
    if (principal === undefined || !this.ownAccounts.has(principal.account)) return false;
    return principal.resource === "root" || principal.account === this.identity.id;
  }

  /**
   * Whether a list of sources is not empty and names only resources of the accounts.
   * @param crossesColons whether a wildcard stands for colons too, as it does in `StringLike`
   */
  areSources(arns: readonly string[], crossesColons: boolean): boolean {
    return (
      arns.length > 0 &&
      arns.every(
        (arn) =>
          arn.startsWith("arn:aws:") &&
          this.accounts.has(arn.split(":")[4] ?? "") &&
          (!crossesColons || isExactUpToAccount(arn)),
      )
    );
  }

  /** Whether a list of accounts is not empty and names only these. */
  areAccounts(ids: readonly string[]): boolean {
    return ids.length > 0 && ids.every((id) => this.accounts.has(id));
  }
}

/** The accounts that a text names: it is one, or has ARNs. */
export const accountsIn = (text: string): readonly string[] =>
  ACCOUNT.test(text) ? [text] : [...text.matchAll(ACCOUNT_IN_ARN)].map(([, id = ""]) => id);

/** The accounts of a text that lists some: `111111111111,222222222222`. */
export const accountsListedIn = (text: string): readonly string[] => text.match(ACCOUNT_IN_LIST) ?? [];

/** Whether it is a service of AWS, which acts for the owner of its resources. */
export const isService = (value: string): boolean => SERVICE.test(value);
