import { caseless } from "../../model/names";
import { UserError } from "../../model/problems";
import { formatChoices } from "../../model/choices";
import type { MusterResource } from "../muster-resource";
import type { IamAccount, IamRole, IamUser } from "./iam-account";
import type { IamPolicy } from "./iam-policy";

/** A role and the account that it is in. */
export interface PlacedRole {
  readonly account: IamAccount;
  readonly role: IamRole;
}

/** A user and the account that it is in. */
export interface PlacedUser {
  readonly account: IamAccount;
  readonly user: IamUser;
}

/** Finds what people name on a command line. */
export class IamAccounts {
  readonly users: readonly PlacedUser[];
  readonly roles: readonly PlacedRole[];
  private readonly people: ReadonlyMap<string, IamUser>;
  private readonly trusts: ReadonlyMap<string, IamPolicy>;

  /**
   * @param resources those that Muster makes and whose policies are known
   * @param resourcePolicies the policies of other resources that were read, by ARN; of all others the policies are not known
   */
  constructor(
    readonly all: readonly IamAccount[],
    readonly resources: readonly MusterResource[] = [],
    private readonly resourcePolicies: ReadonlyMap<string, IamPolicy> = new Map(),
  ) {
    this.users = all.flatMap((account) => account.users.map((user) => ({ account, user })));
    this.roles = all.flatMap((account) => account.roles.map((role) => ({ account, role })));
    this.people = new Map(
      this.users.filter(({ user }) => user.kind === "person").map(({ user }) => [user.arn, user]),
    );
    this.trusts = new Map(this.roles.map(({ role }) => [role.arn, role.trust]));
  }

  /** @throws UserError where there is no such account */
  account(key: string): IamAccount {
    const found = this.all.find((account) => account.key === key);
    if (found !== undefined) return found;
    const keys = this.all.map((account) => account.key);
    throw new UserError(`There is no account "${key}". Known: ${formatChoices(key, keys, "accounts")}`);
  }

  /** @throws UserError where nobody has the name; IAM compares names without case */
  user(name: string): PlacedUser {
    const found = this.users.find(({ user }) => caseless(user.name) === caseless(name));
    if (found !== undefined) return found;
    const names = this.users.map(({ user }) => user.name);
    throw new UserError(`There is no user "${name}". Known: ${formatChoices(name, names, "users")}`);
  }

  /**
   * The role of a title such as `prod/Ops`, in any capitals.
   * @throws UserError where there is no such account or role
   */
  role(title: string): PlacedRole {
    const [key = "", ...rest] = title.split("/");
    const label = rest.join("/");
    const account = this.account(key);
    const found = account.roles.find(
      (role) => caseless(role.label) === caseless(label) || role.name === label,
    );
    if (found !== undefined) return { account, role: found };
    const labels = account.roles.map((role) => role.label);
    throw new UserError(
      `There is no role "${label}" in ${key}. Known: ${formatChoices(label, labels, "roles")}`,
    );
  }

  /** Finds the person of the roster whose user has this ARN; the roster does not know the tags of other users. */
  person(arn: string): IamUser | undefined {
    return this.people.get(arn);
  }

  /** The same accounts, with the policies of some resources that were read. */
  withResourcePolicies(policies: ReadonlyMap<string, IamPolicy>): IamAccounts {
    return new IamAccounts(this.all, this.resources, new Map([...this.resourcePolicies, ...policies]));
  }

  /** The policy of the resource with this ARN, if it was read. */
  resourcePolicyOf(arn: string): IamPolicy | undefined {
    return this.resourcePolicies.get(arn);
  }

  /** The trust of the role with this ARN, if it is known. */
  trustOf(arn: string): IamPolicy | undefined {
    return this.trusts.get(arn);
  }
}
