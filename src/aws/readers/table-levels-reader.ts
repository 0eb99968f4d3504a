import type { DynamoDB } from "@aws-sdk/client-dynamodb";

import { TABLE_LEVEL_TAG } from "../../model/names";
import { mapConcurrently } from "../map-concurrently";

/** How many tables are asked about at once. */
const AT_ONCE = 5;

/** A table, and what its tag says of who may read it; undefined without the tag. */
export interface TableLevel {
  readonly table: string;
  readonly level: string | undefined;
}

async function tableNames(client: DynamoDB): Promise<readonly string[]> {
  const { paginateListTables } = await import("@aws-sdk/client-dynamodb");
  const names: string[] = [];
  for await (const page of paginateListTables({ client }, {})) names.push(...(page.TableNames ?? []));
  return names;
}

/** The SDK has no paginator for tags. */
async function levelOf(client: DynamoDB, ResourceArn: string): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const answer = await client.listTagsOfResource({ ResourceArn, ...(NextToken && { NextToken }) });
    const level = answer.Tags?.find(({ Key }) => Key === TABLE_LEVEL_TAG)?.Value;
    if (level !== undefined) return level;
    ({ NextToken } = answer);
  } while (NextToken !== undefined);
  return undefined;
}

/** The tables of an account in the region of the client, by name. */
export async function readTableLevels(
  client: DynamoDB,
  region: string,
  accountId: string,
): Promise<readonly TableLevel[]> {
  const names = await tableNames(client);
  return mapConcurrently(names, AT_ONCE, async (table) => ({
    table,
    level: await levelOf(client, `arn:aws:dynamodb:${region}:${accountId}:table/${table}`),
  }));
}
