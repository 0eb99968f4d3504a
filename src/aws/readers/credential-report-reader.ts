import type { IAM } from "@aws-sdk/client-iam";
import { setTimeout as sleep } from "node:timers/promises";

import { toInstant, parseDate, type Instant } from "../../model/dates";
import { UserError } from "../../model/problems";
import type { CredentialReport, CredentialReportRow } from "../snapshot/credential-report";

/** One field of CSV, quoted or not, and what ends it. RFC 4180, section 2. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y;

function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (let end = ","; end === ",";) {
    const match = FIELD.exec(line);
    if (match === null) break;
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    end = match[3] ?? "";
  }
  return fields;
}

type Fields = (column: string) => string;

/** Names of users may have commas, and AWS does not say whether it quotes them: what is too many belongs to the name and the ARN. */
function rowFields(places: ReadonlyMap<string, number>, line: string): Fields {
  const fields = fieldsOf(line);
  const surplus = fields.length - places.size;
  const [user = "", arn = ""] =
    surplus <= 0
      ? fields
      : fields
          .slice(0, surplus + 2)
          .join(",")
          .split(/,(?=arn:)/);
  const values = [user, arn, ...fields.slice(Math.max(surplus, 0) + 2)];
  return (column) => values[places.get(column) ?? -1] ?? "";
}

const instantAt = (text: string): Instant | undefined => parseDate(text, "from");

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): Partial<Record<Key, Value>> {
  const found: Partial<Record<Key, Value>> = {};
  if (value !== undefined) found[key] = value;
  return found;
}

const keyOf = (number: 1 | 2, field: Fields): CredentialReportRow["accessKeys"][0] => ({
  isActive: field(`access_key_${String(number)}_active`) === "true",
  ...optional("lastRotated", instantAt(field(`access_key_${String(number)}_last_rotated`))),
  ...optional("lastUsed", instantAt(field(`access_key_${String(number)}_last_used_date`))),
});

const certificateOf = (number: 1 | 2, field: Fields): CredentialReportRow["certificates"][0] => ({
  isActive: field(`cert_${String(number)}_active`) === "true",
  ...optional("lastRotated", instantAt(field(`cert_${String(number)}_last_rotated`))),
});

function rowOf(field: Fields): CredentialReportRow {
  const hasPassword = field("password_enabled").toLowerCase();
  return {
    user: field("user"),
    arn: field("arn"),
    ...optional("createdAt", instantAt(field("user_creation_time"))),
    ...optional("hasPassword", ["true", "false"].includes(hasPassword) ? hasPassword === "true" : undefined),
    ...optional("passwordLastUsed", instantAt(field("password_last_used"))),
    ...optional("passwordLastChanged", instantAt(field("password_last_changed"))),
    ...optional("passwordNextRotation", instantAt(field("password_next_rotation"))),
    hasMfa: field("mfa_active") === "true",
    accessKeys: [keyOf(1, field), keyOf(2, field)],
    certificates: [certificateOf(1, field), certificateOf(2, field)],
  };
}

/**
 * The rows of IAM's credential report.
 * @throws UserError where a column is missing without which the rest would say nothing
 */
export function credentialReportRows(csv: string): CredentialReportRow[] {
  const [heading = "", ...lines] = csv.trim().split(/\r?\n/);
  const header = fieldsOf(heading);
  const missing = ["user", "arn", "password_enabled", "mfa_active", "access_key_1_active"].filter(
    (column) => !header.includes(column),
  );
  if (missing.length > 0) throw new UserError(`The credential report has no column ${missing.join(", ")}.`);
  const places = new Map(header.map((column, place) => [column, place]));
  return lines.map((line) => rowOf(rowFields(places, line)));
}

/** How long IAM may take to make a report, in seconds, and how often to look. */
const LONGEST = 600;
const PAUSE = 2;

/**
 * Has IAM make its credential report, waits for it, and reads it. IAM hands out the last one where it is not four hours old.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html
 * @throws UserError where it takes longer than ten minutes
 */
export async function readCredentialReport(
  iam: IAM,
  pause: (seconds: number) => Promise<unknown> = (seconds) => sleep(seconds * 1_000),
): Promise<CredentialReport> {
  for (let waited = 0; ; waited += PAUSE) {
    const { State } = await iam.generateCredentialReport({});
    if (State === "COMPLETE") break;
    if (waited >= LONGEST) throw new UserError("IAM did not make the credential report within ten minutes.");
    await pause(PAUSE);
  }
  const { Content, GeneratedTime } = await iam.getCredentialReport({});
  if (GeneratedTime === undefined) throw new UserError("IAM does not say of when the credential report is.");
  return {
    generatedAt: toInstant(GeneratedTime),
    rows: credentialReportRows(Buffer.from(Content ?? []).toString("utf8")),
  };
}
