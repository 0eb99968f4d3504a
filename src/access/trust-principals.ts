import type { Condition, Statement } from "../documents/statement";
import { nameOf } from "./arn";
import { roleTitle, type IamRole } from "./iam/account";
import type { IamAccounts } from "./iam/accounts";
import { words } from "./requirement";

/** Somebody whom a trust admits and who is no user of ours. */
export interface TrustPrincipal {
  /** `ecs-tasks.amazonaws.com`, `account 999988887777`, `dev/task-mw-worker`. */
  readonly who: string;
  /** What the trust asks of them, in words; absent where it asks nothing. */
  readonly conditions?: string;
}

/** Who is admitted and what is asked of them, on one line. */
export const principalWords = ({ who, conditions }: TrustPrincipal): string =>
  conditions === undefined ? who : `${who} if ${conditions}`;

const isPrincipalArn = ({ key }: Condition): boolean => key.toLowerCase() === "aws:principalarn";

function conditionWords(conditions: readonly Condition[]): Pick<TrustPrincipal, "conditions"> {
  if (conditions.length === 0) return {};
  const all = conditions.map(({ operator, key, values }) =>
    words({ kind: "condition", operator, key, values }),
  );
  return { conditions: all.join(" and ") };
}

const ACCOUNT_ROOT = /^(?:arn:aws:iam::(\d{12}):root|(\d{12}))$/;
const IDENTITY_PROVIDER = /^arn:aws:iam::\d{12}:(?:oidc|saml)-provider\//;

/** Finds whom trusts admit besides users. */
export class TrustPrincipals {
  private readonly ownIds: ReadonlySet<string>;
  private readonly users: ReadonlySet<string>;
  private readonly titles: ReadonlyMap<string, string>;

  constructor({ all, roles, users }: IamAccounts) {
    this.users = new Set(users.map(({ user }) => user.arn));
    this.ownIds = new Set(all.map(({ id }) => id));
    this.titles = new Map(roles.map(({ account, role }) => [role.arn, roleTitle(account, role)]));
  }

  /** Users of ours are left out: the matrix has asked each of them. */
  of({ trust }: IamRole): readonly TrustPrincipal[] {
    const admitting = trust.statements.filter(({ effect }) => effect === "Allow");
    const found = admitting.flatMap((statement) => this.ofStatement(statement));
    if (admitting.length === trust.statements.length) return found;
    return found.map(({ who, conditions }) => ({
      who,
      conditions: [conditions, "no Deny of the trust applies"]
        .filter((one) => one !== undefined)
        .join(" and "),
    }));
  }

  private ofStatement({ principals, notPrincipals, conditions }: Statement): readonly TrustPrincipal[] {
    if (notPrincipals.length > 0) {
      const excluded = notPrincipals.map(({ value }) => value).join(", ");
      return [{ who: `everybody but ${excluded}`, ...conditionWords(conditions) }];
    }
    return principals.flatMap(({ value }) => {
      const [, inArn, bare] = ACCOUNT_ROOT.exec(value) ?? [];
      const id = inArn ?? bare;
      if (this.users.has(value)) return [];
      if (id !== undefined && this.ownIds.has(id)) return this.ofOwnAccount(id, conditions);
      return [{ who: this.nameOf(value, id), ...conditionWords(conditions) }];
    });
  }

  private nameOf(value: string, accountId: string | undefined): string {
    if (accountId !== undefined) return `account ${accountId}`;
    if (value === "*") return "everybody";
    return IDENTITY_PROVIDER.test(value) ? nameOf(value) : (this.titles.get(value) ?? value);
  }

  /** An account as a principal stands for all that is in it; a condition says for what. */
  private ofOwnAccount(id: string, conditions: readonly Condition[]): readonly TrustPrincipal[] {
    const named = conditions.filter(isPrincipalArn);
    const rest = conditionWords(conditions.filter((condition) => !isPrincipalArn(condition)));
    if (named.length === 0) return [{ who: `any role of account ${id} that may assume it`, ...rest }];
    return named
      .flatMap(({ values }) => values)
      .filter((arn) => !arn.includes(":user/"))
      .map((arn) => ({ who: this.titles.get(arn) ?? arn, ...rest }));
  }
}
