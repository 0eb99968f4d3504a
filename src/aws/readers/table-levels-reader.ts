import type { DynamoDB } from "@aws-sdk/client-dynamodb";

import { TABLE_LEVEL_TAG, TABLE_LEVELS } from "../../model/names";
import { mapConcurrently } from "../map-concurrently";
import type { TableLevel } from "../snapshot/owner-facts";

/** How many tables are asked about at once. */
const AT_ONCE = 5;

async function tableNames(client: DynamoDB): Promise<readonly string[]> {
  const { paginateListTables } = await import("@aws-sdk/client-dynamodb");
  const names: string[] = [];
  for await (const page of paginateListTables({ client }, {})) names.push(...(page.TableNames ?? []));
  return names;
}

/** The SDK has no paginator for tags. */
async function tagOf(client: DynamoDB, ResourceArn: string): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const answer = await client.listTagsOfResource({ ResourceArn, ...(NextToken && { NextToken }) });
    const level = answer.Tags?.find(({ Key }) => Key === TABLE_LEVEL_TAG)?.Value;
    if (level !== undefined) return level;
    ({ NextToken } = answer);
  } while (NextToken !== undefined);
  return undefined;
}

async function levelsIn(client: DynamoDB, region: string, accountId: string): Promise<readonly TableLevel[]> {
  return mapConcurrently(await tableNames(client), AT_ONCE, async (table) => {
    const tag = await tagOf(client, `arn:aws:dynamodb:${region}:${accountId}:table/${table}`);
    const level = TABLE_LEVELS.find((one) => one === tag);
    return { region, table, ...(level !== undefined && { level }) };
  });
}

/**
 * The tables of an account in these regions, by region and name.
 * @param clientOf a client of DynamoDB in a region
 */
export async function readTableLevels(
  clientOf: (region: string) => Promise<DynamoDB>,
  regions: readonly string[],
  accountId: string,
): Promise<TableLevel[]> {
  const all = await Promise.all(
    regions.map(async (region) => levelsIn(await clientOf(region), region, accountId)),
  );
  return all.flat();
}
