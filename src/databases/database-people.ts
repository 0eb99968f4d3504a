import { isOver, type Instant, type Validity } from "../model/dates";
import { remainingValidities } from "../model/holdings";
import type { Model } from "../model/model";
import type { UserName } from "../model/names";
import type { PlacedDatabase } from "./named-database";

/** Somebody who signs in as a database user of their own, between these dates. */
export interface OwnUser {
  readonly name: UserName;
  readonly validity: Validity;
}

/** A grant that is over: its connections may still be open. */
export interface EndedGrant {
  readonly person: UserName;
  readonly role: "DbRead" | "Dba";
  readonly until: Instant;
  readonly reason: string;
}

/** The people of the roster as a database sees them, at the model's moment. */
export interface DatabasePeople {
  /** Developers in dev; empty elsewhere. */
  readonly own: readonly OwnUser[];
  /** Those who had a role of theirs in dev, and have it no more. */
  readonly gone: readonly UserName[];
  /** Dated grants that are over, the latest first. */
  readonly ended: readonly EndedGrant[];
}

const latestEnd = (validities: readonly Validity[]): Validity => {
  const last = validities.at(-1);
  return last?.until === undefined ? {} : { until: last.until };
};

/** Who has, had and has no more to do with a database, by the roster. */
export function databasePeople(model: Model, { account, database }: PlacedDatabase): DatabasePeople {
  const { now, grants, holdings } = model;
  const developers = account.environment === "dev" ? holdings.of(account.key, "Developer") : [];
  const ended = grants.flatMap(
    ({ person, role, source, validity, reason, ...grant }): readonly EndedGrant[] => {
      if (source !== "temporary" || grant.account !== account.key) return [];
      if (role !== "DbRead" && role !== "Dba") return [];
      if (grant.database !== undefined && grant.database !== database.name) return [];
      if (validity.until === undefined || !isOver(validity, now)) return [];
      return [{ person, role, until: validity.until, reason: reason ?? "" }];
    },
  );
  return {
    own: developers
      .filter((holding) => remainingValidities(holding, now).length > 0)
      .map((holding) => ({ name: holding.person, validity: latestEnd(remainingValidities(holding, now)) })),
    gone: developers
      .filter((holding) => remainingValidities(holding, now).length === 0)
      .map(({ person }) => person),
    ended: [...ended].sort((one, other) => (one.until > other.until ? -1 : 1)),
  };
}
