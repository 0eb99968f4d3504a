import { groupBy } from "../../model/group-by";
import { assumeRoleGroupName } from "../../model/names";
import type { IamAccount, IamGroup, IamRole, IamUser } from "../iam/iam-account";
import { iamPolicy, type IamPolicy } from "../iam/iam-policy";
import type { HeldDocument } from "./document-changes";

/** An account of the same id with another key. */
export interface AccountRename {
  readonly before: string;
  readonly after: string;
}

/** What carries an account's key in its name, by the name that the same thing has under the later key. */
type LaterNames = ReadonlyMap<string, string>;
type NamePair = readonly [earlier: string, later: string];

/** A role's name, and those of its own policies: `infra-OpsR-prod-permissions-2`. In the same account a label is the same role. */
function roleNames(earlier: IamAccount, later: IamAccount): readonly NamePair[] {
  const names = new Map(later.roles.map(({ label, name }) => [label, name]));
  return earlier.roles.flatMap(({ label, name, policies, boundary }) => {
    const other = names.get(label);
    if (other === undefined || other === name) return [];
    const own = [...policies, ...(boundary ? [boundary] : [])].filter((one) =>
      one.name.startsWith(`${name}-`),
    );
    return [name, ...own.map((one) => one.name)].map((one): NamePair => [
      one,
      `${other}${one.slice(name.length)}`,
    ]);
  });
}

/** Groups and users whose names end with the key, where there is one of the later name; and the groups' own policies. */
function namesThatEndWithKey(
  earlier: IamAccount,
  later: IamAccount,
  { before, after }: AccountRename,
): readonly NamePair[] {
  const known = new Set([...later.groups, ...later.users].map(({ name }) => name));
  return [...earlier.groups, ...earlier.users].flatMap(({ name, policies }) => {
    const other = `${name.slice(0, -before.length)}${after}`;
    if (!name.endsWith(`-${before}`) || !known.has(other)) return [];
    const own = policies.filter((policy) => policy.name.startsWith(`${name}-`)).map((policy) => policy.name);
    return [name, ...own].map((one): NamePair => [one, `${other}${one.slice(name.length)}`]);
  });
}

/** Tags of people that say which roles they hold in the account: `infra:prod`. */
const tagNames = (earlier: readonly IamAccount[], { before, after }: AccountRename): readonly NamePair[] =>
  earlier.flatMap(({ groups }) =>
    groups.flatMap(({ name }): readonly NamePair[] => {
      const prefix = name.slice(0, -assumeRoleGroupName({ prefix: "" }, before).length);
      return assumeRoleGroupName({ prefix }, before) === name
        ? [[`${prefix}:${before}`, `${prefix}:${after}`]]
        : [];
    }),
  );

const ACCOUNT_ID = /(?<!\d)\d{12}(?!\d)/;
/** A name within an ARN, a path or a pattern. */
const NAME = /[^\s/:*]+/g;
/** The last part of a condition key: `aws:PrincipalTag/infra:prod`. */
const LAST_PART = /[^/]+$/;

/**
 * The earlier state in the names that renamed accounts give their roles, policies, groups, pipeline's users and tags later, so
 * that the new key alone is no change of what anybody may do. Names are replaced whole and by list, each within its account.
 */
export class AccountNames {
  private readonly byAccount: ReadonlyMap<string, LaterNames>;
  private readonly tags: LaterNames;
  private readonly keys: LaterNames;
  private readonly ids: ReadonlyMap<string, string>;

  constructor(
    before: readonly IamAccount[],
    after: readonly IamAccount[],
    renames: readonly AccountRename[],
  ) {
    const later = groupBy(after, ({ id }) => id);
    this.byAccount = new Map(
      before.map((account) => {
        const [other] = later.get(account.id) ?? [];
        const pairs = other && [
          ...roleNames(account, other),
          ...renames.flatMap((rename) => namesThatEndWithKey(account, other, rename)),
        ];
        return [account.id, new Map(pairs)];
      }),
    );
    this.tags = new Map(renames.flatMap((rename) => tagNames(before, rename)));
    this.keys = new Map(renames.map((rename) => [rename.before, rename.after]));
    this.ids = new Map(before.map(({ key, id }) => [key, id]));
  }

  account(account: IamAccount): IamAccount {
    const { id } = account;
    return {
      ...account,
      key: this.key(account.key),
      users: account.users.map((user) => this.user(user, id)),
      groups: account.groups.map((group) => this.group(group, id)),
      roles: account.roles.map((role) => this.role(role, id)),
    };
  }

  document({ holder, name, text }: HeldDocument): HeldDocument {
    const [key = "", ...rest] = holder.split("/");
    const id = this.ids.get(key) ?? "";
    return {
      holder: [this.key(key), this.text(rest.join("/"), id)].join("/"),
      name: this.text(name, id),
      text: this.json(text, id),
    };
  }

  private key(key: string): string {
    return this.keys.get(key) ?? key;
  }

  /** An ARN says in which account a name is; a name alone is one of the holder's account. */
  private text(text: string, holder: string): string {
    const tagged = text.replace(LAST_PART, (last) => this.tags.get(last) ?? last);
    const names = this.byAccount.get(ACCOUNT_ID.exec(text)?.[0] ?? holder);
    return names === undefined ? tagged : tagged.replace(NAME, (name) => names.get(name) ?? name);
  }

  private value(value: unknown, holder: string): unknown {
    if (typeof value === "string") return this.text(value, holder);
    if (Array.isArray(value)) return value.map((item) => this.value(item, holder));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.text(key, holder), this.value(inner, holder)]),
    );
  }

  /** A policy document, a sorted list of members or tags, or the ARN of a policy of AWS's. */
  private json(text: string, holder: string): string {
    if (!/^[[{]/.test(text)) return this.text(text, holder);
    const value = this.value(JSON.parse(text), holder);
    return JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
  }

  private policy({ name, text, group }: IamPolicy, holder: string): IamPolicy {
    return iamPolicy(
      this.text(name, holder),
      this.json(text, holder),
      group === undefined ? undefined : this.text(group, holder),
    );
  }

  private user(user: IamUser, id: string): IamUser {
    return {
      ...user,
      name: this.text(user.name, id),
      arn: this.text(user.arn, id),
      tags: Object.fromEntries(Object.entries(user.tags).map(([key, value]) => [this.text(key, id), value])),
      groups: user.groups.map((group) => this.text(group, id)),
      policies: user.policies.map((policy) => this.policy(policy, id)),
    };
  }

  private group({ name, policies }: IamGroup, id: string): IamGroup {
    return { name: this.text(name, id), policies: policies.map((policy) => this.policy(policy, id)) };
  }

  private role(role: IamRole, id: string): IamRole {
    return {
      ...role,
      name: this.text(role.name, id),
      arn: this.text(role.arn, id),
      trust: this.policy(role.trust, id),
      policies: role.policies.map((policy) => this.policy(policy, id)),
      ...(role.boundary && { boundary: this.policy(role.boundary, id) }),
    };
  }
}
