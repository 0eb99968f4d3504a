import { coversAction } from "../documents/patterns";
import type { StatementCondition, StatementPrincipal, Statement } from "../documents/statement";
import { printable } from "../text/printable";
import { roleTitle, type IamRole } from "./iam/iam-account";
import type { IamAccounts } from "./iam/iam-accounts";
import { formatRequirement } from "./requirement";

/** Somebody whom a trust admits and who is no user of ours. */
export interface TrustPrincipal {
  /** `ecs-tasks.amazonaws.com`, `account 999988887777`, `dev/task-mw-worker`. */
  readonly who: string;
  /** What the trust asks of them, in words; absent where it asks nothing. */
  readonly conditions?: string;
}

/** Who is admitted and what is asked of them, on one line. */
export const formatTrustPrincipal = ({ who, conditions }: TrustPrincipal): string =>
  conditions === undefined ? who : `${who} if ${conditions}`;

/** Operators with which a condition says who is admitted; `ArnNotEquals` says who is not. */
const NAMING: readonly string[] = ["arnequals", "arnlike", "stringequals", "stringlike"];

const namesPrincipals = ({ operator, key }: StatementCondition): boolean =>
  key.toLowerCase() === "aws:principalarn" && NAMING.includes(operator.toLowerCase());

function conditionWords(conditions: readonly StatementCondition[]): Pick<TrustPrincipal, "conditions"> {
  if (conditions.length === 0) return {};
  const all = conditions.map(({ operator, key, values }) =>
    formatRequirement({ kind: "condition", operator, key, values }),
  );
  return { conditions: all.join(" and ") };
}

const ASSUME_ROLE = "sts:AssumeRole";
const WITH_SAML = "sts:AssumeRoleWithSAML";
const WITH_WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";

/**
 * The actions by which a principal gets into a role. `sts:TagSession` and `sts:SetSourceIdentity` only add to them.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
 */
const WAYS_IN: readonly string[] = [ASSUME_ROLE, WITH_SAML, WITH_WEB_IDENTITY];

/** A provider's identities come in by its own kind of action, everybody else by `sts:AssumeRole`; `*` stands for both. */
function waysInOf({ type, value }: StatementPrincipal): readonly string[] {
  if (value === "*") return WAYS_IN;
  if (type !== "Federated") return [ASSUME_ROLE];
  return value.includes(":saml-provider/") ? [WITH_SAML] : [WITH_WEB_IDENTITY];
}

const covers = (statement: Statement, actions: readonly string[]): boolean =>
  actions.some((action) => coversAction(statement, action));

const ACCOUNT_ROOT = /^(?:arn:aws[\w-]*:iam::(\d{12}):root|(\d{12}))$/;
const OIDC_PROVIDER = /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\//;
const SAML_PROVIDER = /^arn:aws[\w-]*:iam::\d{12}:saml-provider\//;
/** AWS shows a deleted principal as its id, which no later principal of that name has. */
const DELETED = { AIDA: "user", AROA: "role", AGPA: "group" } as const satisfies Record<string, string>;

const isPattern = (arn: string): boolean => /[*?]/.test(arn);

/** Finds everybody whom trusts admit besides users. */
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
  of({ trust }: Pick<IamRole, "trust">): readonly TrustPrincipal[] {
    const concerned = trust.statements.filter((statement) => covers(statement, WAYS_IN));
    const admitting = concerned.filter(({ effect }) => effect === "Allow");
    const found = admitting.flatMap((statement) => this.ofStatement(statement));
    if (admitting.length === concerned.length) return found;
    return found.map(({ who, conditions }) => ({
      who,
      conditions: [conditions, "no Deny of the trust applies"]
        .filter((one) => one !== undefined)
        .join(" and "),
    }));
  }

  private ofStatement(statement: Statement): readonly TrustPrincipal[] {
    const { principals, notPrincipals, conditions } = statement;
    if (notPrincipals.length > 0) {
      const excluded = notPrincipals.map(({ value }) => printable(value)).join(", ");
      return [{ who: `everybody but ${excluded}`, ...conditionWords(conditions) }];
    }
    return principals
      .filter((principal) => covers(statement, waysInOf(principal)))
      .flatMap((principal) => {
        const [, inArn, bare] = ACCOUNT_ROOT.exec(principal.value) ?? [];
        const id = inArn ?? bare;
        if (this.users.has(principal.value)) return [];
        if (id !== undefined && this.ownIds.has(id)) return this.ofOwnAccount(id, conditions);
        return [{ who: this.nameOf(principal, id), ...conditionWords(conditions) }];
      });
  }

  private nameOf({ type, value }: StatementPrincipal, accountId: string | undefined): string {
    if (accountId !== undefined) return `account ${accountId}`;
    if (value === "*") return "everybody";
    const shown = printable(value);
    if (type === "CanonicalUser") return `canonical user ${shown}`;
    if (OIDC_PROVIDER.test(value)) return shown.replace(OIDC_PROVIDER, "");
    if (SAML_PROVIDER.test(value)) return `SAML provider ${shown.replace(SAML_PROVIDER, "")}`;
    const deleted = Object.entries(DELETED).find(([prefix]) => value.startsWith(prefix));
    if (deleted !== undefined && !value.includes(":")) return `${shown} (the id of a deleted ${deleted[1]})`;
    return this.titles.get(value) ?? shown;
  }

  /** An account as a principal stands for every principal in it; a condition may say which. */
  private ofOwnAccount(id: string, conditions: readonly StatementCondition[]): readonly TrustPrincipal[] {
    const named = conditions.filter(namesPrincipals);
    const rest = conditionWords(conditions.filter((condition) => !namesPrincipals(condition)));
    if (named.length === 0) return [{ who: `any role of account ${id} that may assume it`, ...rest }];
    return named
      .flatMap(({ values }) => values)
      .flatMap((arn) => this.named(arn))
      .map((who) => ({ who, ...rest }));
  }

  /** Patterns of users' ARNs stand for users, each of whom the matrix has asked. */
  private named(arn: string): readonly string[] {
    if (!arn.includes(":user/")) return [this.titles.get(arn) ?? printable(arn)];
    return this.users.has(arn) || isPattern(arn) ? [] : [`${printable(arn)} (no such user)`];
  }
}
