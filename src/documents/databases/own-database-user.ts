import type { Account } from "../../model/account";
import { remainingDeployed } from "../../model/holdings";
import type { Model } from "../../model/model";
import type { HeldRole } from "../../model/roles";
import { sessionsNamed, personalDocuments, type PersonalStatement } from "../personal-denial";
import type { PolicyDocument } from "../policy-document";
import { databaseUserArn } from "./database-users";

/**
 * In dev, developers sign in to the databases that the organization names as the database user with their own name, so that the
 * audit log says who they were. A statement for each: no condition key compares a session's name with a database user's.
 */
export function ownDatabaseUsers(model: Model, account: Account, role: HeldRole): readonly PolicyDocument[] {
  const { organization, now } = model;
  const { databases } = account;
  if (role !== "Developer" || account.environment !== "dev" || databases === undefined) return [];
  const people = model.holdings
    .of(account.key, role)
    .filter((holding) => remainingDeployed(holding, now).length > 0)
    .map(({ person }) => person);
  const statements = people.map((person, index): PersonalStatement => ({
    people: [person],
    statementFor: (some) => ({
      Sid: `OwnDatabaseUser${String(index + 1)}`,
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: databases.map(({ id }) => databaseUserArn(organization, account, id, person)),
      Condition: { StringLike: sessionsNamed(some) },
    }),
  }));
  return databases.length === 0 ? [] : personalDocuments(statements);
}
