import type { Account, Organization } from "../account";
import { TRUST_QUOTA } from "../quotas";
import { READ_ONLY_USER, type Database } from "../database";
import type { ExistingTrail } from "../existing-trail";
import type {
  AccountEntry,
  DatabaseEntry,
  ExistingTrailEntry,
  OrganizationEntry,
} from "../reading/organization-entry";
import { expectPresent, expectValue } from "./expect-present";

function databaseOf({ name, owner, ...entry }: DatabaseEntry): Database {
  return {
    name,
    id: expectValue(entry.id, "id"),
    engine: expectValue(entry.engine, "engine"),
    identifier: entry.identifier?.value ?? name,
    database: entry.database?.value ?? name.replaceAll("-", "_"),
    schema: entry.schema?.value ?? "public",
    ...(owner && { owner: owner.value }),
    readOnlyUser: entry.readOnlyUser?.value ?? READ_ONLY_USER,
  };
}

function existingTrailOf({ objectPrefix, key, ...entry }: ExistingTrailEntry): ExistingTrail {
  return {
    name: expectValue(entry.name, "name"),
    logGroup: expectValue(entry.logGroup, "logGroup"),
    bucket: expectValue(entry.bucket, "bucket"),
    ...(objectPrefix && { objectPrefix: objectPrefix.value }),
    ...(key && { key: key.value }),
  };
}

function accountOf(entry: AccountEntry): Account {
  const isIdentity = expectValue(entry.kind, "kind") === "identity";
  return {
    key: entry.key,
    id: expectValue(entry.id, "id"),
    environment: isIdentity ? "identity" : expectValue(entry.environment, "environment"),
    isIdentity: isIdentity || entry.standsInForIdentity !== undefined,
    trustQuota: entry.trustQuota?.value ?? TRUST_QUOTA.standard,
    ...(entry.databases && { databases: entry.databases.map(databaseOf) }),
    follows: entry.follows?.value ?? "branch",
    ...(entry.trail && { trail: existingTrailOf(entry.trail) }),
  };
}

/** The organization that an entry without problems means. */
export function interpretOrganization(entry: OrganizationEntry): Organization {
  const accounts = expectPresent(entry.accounts, "accounts").map(accountOf);
  const region = expectValue(entry.region, "region");
  return {
    prefix: expectValue(entry.prefix, "prefix"),
    region,
    regions: [region, ...entry.otherRegions.map(({ value }) => value)],
    accounts,
    identity: expectPresent(
      accounts.find(({ isIdentity }) => isIdentity),
      "the identity account",
    ),
    contractorRequirements: entry.contractorRequirements.map(({ value }) => value),
    breakGlassPermissions: entry.breakGlassPermissions?.value ?? "administrator",
    databaseSourceAddresses: entry.databaseSourceAddresses.map(({ value }) => value),
    ...(entry.management && { management: entry.management.value }),
    ...(entry.repository && { repository: entry.repository.value }),
    ...(entry.pipeline && { pipeline: entry.pipeline }),
  };
}
