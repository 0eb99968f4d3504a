import type { Account } from "../../model/account";
import { DBA_USER, type Database } from "../../model/database";
import { compactInstant, isOver, type Instant, type Validity } from "../../model/dates";
import type { Grant } from "../../model/grants";
import { groupBy } from "../../model/group-by";
import { isPermanent } from "../../model/holdings";
import type { Model } from "../../model/model";
import type { UserName } from "../../model/names";
import type { HeldRole } from "../../model/roles";
import {
  personalDocuments,
  sessionsNamed,
  type DenyStatement,
  type PersonalDenial,
} from "../personal-denial";
import type { PolicyDocument } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import {
  CHANGING_ACTIONS,
  LOG_FILES,
  LOG_ACTIONS,
  METRIC_ACTIONS,
  PASSWORD_ACTIONS,
  SHARED_TYPES,
  TUNING_ACTIONS,
} from "./database-actions";
import { databaseLogs, databaseMetrics, databaseResources, namedSecrets } from "./database-resources";
import { databaseUserArn } from "./database-users";

/** A time during which somebody has a role for some databases of an account alone. */
interface LimitedTime {
  readonly person: UserName;
  readonly from: Instant;
  readonly until: Instant;
  readonly databases: readonly string[];
}

const covers = ({ from, until }: Validity, moment: Instant): boolean =>
  (from === undefined || from <= moment) && (until === undefined || moment < until);

/** What one person's grants of a role limit, cut wherever one of them begins or ends; grants for one database have both ends. */
function limitedTimes(person: UserName, grants: readonly Grant[]): readonly LimitedTime[] {
  const ends = grants.flatMap(({ validity: { from, until } }) => [from ?? [], until ?? []].flat());
  const instants = [...new Set(ends)].sort();
  return instants.flatMap((from, index) => {
    const until = instants[index + 1];
    const open = grants.filter(({ validity }) => covers(validity, from));
    if (until === undefined || open.length === 0) return [];
    if (open.some(({ database }) => database === undefined)) return [];
    const databases = [...new Set(open.flatMap(({ database }) => database ?? []))].sort();
    return [{ person, from, until, databases }];
  });
}

const userOf = (role: "DbRead" | "Dba", database: Database): string =>
  role === "Dba" ? DBA_USER : database.readOnlyUser;

/** All that Dba does to one database or another; what shows which there are, and parameters that several share, stay open. */
const ADMINISTRATION = [
  ...TUNING_ACTIONS,
  ...CHANGING_ACTIONS,
  ...LOG_FILES,
  ...LOG_ACTIONS,
  ...METRIC_ACTIONS,
  ...PASSWORD_ACTIONS,
].sort();

/** What of it belongs to some databases. The passwords that RDS keeps itself are left out: their names do not tell whose they are. */
const administeredOf = (context: RoleContext, databases: readonly Database[]): readonly string[] => [
  ...SHARED_TYPES.map((type) => `arn:aws:rds:${context.organization.region}:${context.account.id}:${type}:*`),
  ...new Set(
    [databaseResources, databaseLogs, databaseMetrics, namedSecrets].flatMap((arns) =>
      databases.flatMap((database) => arns(context, database)),
    ),
  ),
];

/**
 * Keeps people whose grants of DbRead or Dba name a database from the others of the account, while they have no other grant. None
 * for those who have the role for good.
 */
export function databaseScope(model: Model, account: Account, role: HeldRole): readonly PolicyDocument[] {
  if (role !== "DbRead" && role !== "Dba") return [];
  const standing = new Set(
    model.holdings
      .of(account.key, role)
      .filter(isPermanent)
      .map(({ person }) => person),
  );
  const grants = model.grants.filter(
    (grant) => grant.account === account.key && grant.role === role && !standing.has(grant.person),
  );
  if (!grants.some(({ database }) => database !== undefined)) return [];
  const times = [...groupBy(grants, ({ person }) => person)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([person, own]) => limitedTimes(person, own))
    .filter((time) => !isOver(time, model.now));
  const arnsOf = (names: readonly string[]): readonly string[] =>
    (account.databases ?? [])
      .filter(({ name }) => names.includes(name))
      .map((database) => databaseUserArn(model.organization, account, database.id, userOf(role, database)));
  const same = groupBy(times, ({ from, until, databases }) => JSON.stringify([from, until, databases]));
  const context = { organization: model.organization, account };
  const denials = [...same.values()].flatMap((alike, index): readonly PersonalDenial[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const { from, until, databases } = first;
    const denial = (
      sid: string,
      action: string | readonly string[],
      all: readonly string[],
    ): PersonalDenial => ({
      people: alike.map(({ person }) => person),
      statementFor: (people: readonly UserName[]): DenyStatement => ({
        Sid: `${sid}${String(index + 1)}From${compactInstant(from)}`,
        Effect: "Deny",
        Action: action,
        NotResource: all,
        Condition: {
          StringLike: sessionsNamed(people),
          DateGreaterThanEquals: { "aws:CurrentTime": from },
          DateLessThan: { "aws:CurrentTime": until },
        },
      }),
    });
    const named = (account.databases ?? []).filter(({ name }) => databases.includes(name));
    return [
      denial("OtherDatabases", "rds-db:connect", arnsOf(databases)),
      ...(role === "Dba"
        ? [denial("OtherAdministration", ADMINISTRATION, administeredOf(context, named))]
        : []),
    ];
  });
  return personalDocuments(denials);
}
