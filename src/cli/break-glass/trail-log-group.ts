import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";

import { cloudWatchLogsClient } from "../../aws/aws-clients";
import { assertCredentialsForAccount, credentialSource } from "../../aws/aws-credentials";
import { withRolesThatMay } from "../../aws/refusal";
import { trailEvents, type TrailLog } from "../../aws/trail-log";
import type { Account, Organization } from "../../model/account";
import { auditedTrail } from "../../model/audited-trail";
import type { Instant } from "../../model/dates";
import { UserError } from "../../model/problems";

/** Where the events of an account are read. */
export interface ReadOptions {
  readonly profile?: string;
  readonly logGroup?: string;
}

export const PROFILE_OPTION = [
  "--profile <pattern>",
  'AWS profile, such as "example-{stack}"; by default keys in the environment, or the profile named like the account',
] as const;
export const LOG_GROUP_OPTION = [
  "--log-group <name>",
  "the trail's log group, by default that of Muster or of the account's `trail` in src/organization.ts",
] as const;

/** Reads one log group of one account, with credentials that were seen to be this account's. */
export class TrailReader {
  private constructor(
    private readonly client: CloudWatchLogs,
    private readonly account: Account,
    readonly logGroup: string,
  ) {}

  /** @throws CredentialsProblem where there are no credentials, or those of another account */
  static async of(organization: Organization, account: Account, options: ReadOptions): Promise<TrailReader> {
    const source = credentialSource(account, options.profile, process.env);
    await assertCredentialsForAccount(account, source, organization.region);
    const client = await cloudWatchLogsClient({ region: organization.region, ...source });
    return new TrailReader(client, account, options.logGroup ?? auditedTrail(organization, account).logGroup);
  }

  /** @throws UserError where the account has no such log group, or refuses to show it */
  async events(pattern: string, from: Instant, until: Instant): Promise<TrailLog> {
    const { client, account, logGroup } = this;
    const found = await withRolesThatMay(account, ["Security"], () =>
      trailEvents(client, logGroup, pattern, from, until),
    );
    if (found !== undefined) return found;
    throw new UserError(
      `${account.key} (${account.id}) has no log group ${logGroup} in the region of src/organization.ts, so nothing was looked at.\n` +
        "To do: name the trail's with --log-group, or deploy the account's trail.",
    );
  }
}
