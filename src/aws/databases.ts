import type { RDS } from "@aws-sdk/client-rds";
import {
  DBClusterNotFoundFault,
  DBInstanceNotFoundFault,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBParameters,
  type Parameter,
} from "@aws-sdk/client-rds";
import { Signer } from "@aws-sdk/rds-signer";

import type { DatabaseSettings } from "../databases/database-settings";
import { isCluster, type Database } from "../model/database";
import { UserError } from "../model/problems";

async function parametersOf(
  pages: AsyncIterable<{ readonly Parameters?: Parameter[] | undefined }>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { Parameters = [] } of pages) {
    for (const { ParameterName, ParameterValue } of Parameters) {
      if (ParameterName !== undefined && ParameterValue !== undefined) found[ParameterName] = ParameterValue;
    }
  }
  return found;
}

async function instanceParameters(client: RDS, group: string | undefined): Promise<Record<string, string>> {
  if (group === undefined) return {};
  return parametersOf(paginateDescribeDBParameters({ client }, { DBParameterGroupName: group }));
}

async function optionsOf(
  client: RDS,
  groups: readonly string[],
): Promise<Record<string, Readonly<Record<string, string>>>> {
  const found: Record<string, Readonly<Record<string, string>>> = {};
  for (const group of groups) {
    const { OptionGroupsList = [] } = await client.describeOptionGroups({ OptionGroupName: group });
    for (const { OptionName, OptionSettings = [] } of OptionGroupsList.flatMap(
      ({ Options = [] }) => Options,
    )) {
      if (OptionName === undefined) continue;
      found[OptionName] = Object.fromEntries(
        OptionSettings.map(({ Name = "", Value = "" }) => [Name, Value]),
      );
    }
  }
  return found;
}

async function instanceSettings(client: RDS, identifier: string): Promise<DatabaseSettings | undefined> {
  const { DBInstances = [] } = await client.describeDBInstances({ DBInstanceIdentifier: identifier });
  const [instance] = DBInstances;
  if (instance === undefined) return undefined;
  const { OptionGroupMemberships = [], DBParameterGroups = [] } = instance;
  return {
    resourceId: instance.DbiResourceId ?? "",
    engine: instance.Engine ?? "",
    signsInByIam: instance.IAMDatabaseAuthenticationEnabled === true,
    isEncrypted: instance.StorageEncrypted === true,
    isPublic: instance.PubliclyAccessible === true,
    exportedLogs: instance.EnabledCloudwatchLogsExports ?? [],
    parameters: await instanceParameters(client, DBParameterGroups[0]?.DBParameterGroupName),
    // Only MySQL has its audit there.
    options: await optionsOf(
      client,
      instance.Engine === "mysql"
        ? OptionGroupMemberships.flatMap(({ OptionGroupName }) => OptionGroupName ?? [])
        : [],
    ),
  };
}

async function clusterSettings(client: RDS, identifier: string): Promise<DatabaseSettings | undefined> {
  const { DBClusters = [] } = await client.describeDBClusters({ DBClusterIdentifier: identifier });
  const [cluster] = DBClusters;
  if (cluster === undefined) return undefined;
  const { DBClusterParameterGroup: group, DBClusterMembers = [] } = cluster;
  const members = await Promise.all(
    DBClusterMembers.flatMap(({ DBInstanceIdentifier: member }) =>
      member === undefined ? [] : [client.describeDBInstances({ DBInstanceIdentifier: member })],
    ),
  );
  return {
    resourceId: cluster.DbClusterResourceId ?? "",
    engine: cluster.Engine ?? "",
    signsInByIam: cluster.IAMDatabaseAuthenticationEnabled === true,
    isEncrypted: cluster.StorageEncrypted === true,
    // A cluster of Aurora has this on its instances alone.
    isPublic:
      cluster.PubliclyAccessible === true ||
      members.some(({ DBInstances = [] }) =>
        DBInstances.some(({ PubliclyAccessible }) => PubliclyAccessible === true),
      ),
    exportedLogs: cluster.EnabledCloudwatchLogsExports ?? [],
    parameters:
      group === undefined
        ? {}
        : await parametersOf(
            paginateDescribeDBClusterParameters({ client }, { DBClusterParameterGroupName: group }),
          ),
    options: {},
  };
}

/** Reads an account's settings of a database that the organization names; undefined where it has none of that identifier. */
export async function databaseSettings(
  client: RDS,
  database: Database,
): Promise<DatabaseSettings | undefined> {
  const { identifier } = database;
  try {
    return isCluster(database)
      ? await clusterSettings(client, identifier)
      : await instanceSettings(client, identifier);
  } catch (error) {
    if (error instanceof DBInstanceNotFoundFault || error instanceof DBClusterNotFoundFault) return undefined;
    throw error;
  }
}

/** A token that signs in to a database for 15 minutes, in place of a password, and where. */
export interface DatabaseToken {
  readonly host: string;
  readonly port: number;
  readonly token: string;
}

/**
 * A token of the caller's, signed here: nothing is asked of the database.
 * @throws UserError where the account has no such database, or none that is ready
 */
export async function databaseToken(client: RDS, database: Database, user: string): Promise<DatabaseToken> {
  const { host, port } = (await addressOf(client, database)) ?? {};
  if (host === undefined || port === undefined) {
    throw new UserError(
      `There is no database ${database.identifier} in the account, or it has no address yet.`,
    );
  }
  const region = await client.config.region();
  const { credentials } = client.config;
  const signer = new Signer({ hostname: host, port, username: user, region, credentials });
  return { host, port, token: await signer.getAuthToken() };
}

interface Address {
  readonly host: string | undefined;
  readonly port: number | undefined;
}

/** Asks for no more than DbRead may ask. */
async function addressOf(client: RDS, database: Database): Promise<Address | undefined> {
  const { identifier } = database;
  try {
    if (isCluster(database)) {
      const { DBClusters = [] } = await client.describeDBClusters({ DBClusterIdentifier: identifier });
      return { host: DBClusters[0]?.Endpoint, port: DBClusters[0]?.Port };
    }
    const { DBInstances = [] } = await client.describeDBInstances({ DBInstanceIdentifier: identifier });
    return { host: DBInstances[0]?.Endpoint?.Address, port: DBInstances[0]?.Endpoint?.Port };
  } catch (error) {
    if (error instanceof DBInstanceNotFoundFault || error instanceof DBClusterNotFoundFault) return undefined;
    throw error;
  }
}
