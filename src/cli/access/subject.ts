import { Option, type Command } from "commander";

import type { RequestContext } from "../../access/caller";
import { FRESH_MFA, type Circumstances } from "../../access/circumstances";
import {
  accountsAsTheyAre,
  accountsByRoster,
  accountsOfSnapshot,
  type LoadedAccounts,
} from "../../access/load";
import { readSnapshot } from "../../aws/snapshot/reader";
import { readDefinitions } from "../../definitions/definitions";
import { DATE_FORMS, parseDate } from "../../model/dates";
import { buildModel, type Model } from "../../model/model";
import { caseless } from "../../model/names";
import { UserError, type Problem } from "../../model/problems";
import { noteProse } from "../terminal";

/** Options of every question: of which accounts, and of when. */
export interface SubjectOptions {
  readonly at?: string;
  readonly live?: string;
  readonly snapshot?: string;
  readonly json?: true;
}

export const withSubjectOptions = (command: Command): Command =>
  command
    .option("--at <date>", `at another time: ${DATE_FORMS}`)
    .option(
      "--live <profile>",
      'accounts as AWS has them: the AWS profile of one, or a pattern such as "example-{stack}" for all',
    )
    .option("--snapshot <folder>", "accounts as a snapshot has them (npm run snapshot)")
    .option("--json", "answer for programs");

/** What a question is about. */
export interface QuestionSubject extends LoadedAccounts {
  readonly model: Model;
  /** What deserves a look in the edited files. */
  readonly warnings: readonly Problem[];
}

/** @throws UserError where the text is no date */
export function readMoment(at: string | undefined): Date {
  if (at === undefined) return new Date();
  const instant = parseDate(at, "from");
  if (instant === undefined) throw new UserError(`--at ${at} is no date. Dates are ${DATE_FORMS}.`);
  return new Date(instant);
}

/** The accounts that the options say to look at; undefined where they name none. */
async function loadedFrom(
  model: Model,
  live: string | undefined,
  folder: string | undefined,
): Promise<(LoadedAccounts & { readonly source: string }) | undefined> {
  if (live !== undefined) return { ...(await accountsAsTheyAre(model, live)), source: "As AWS has them" };
  if (folder === undefined) return undefined;
  const snapshot = readSnapshot(folder, model.organization);
  return {
    ...accountsOfSnapshot(model, snapshot),
    source: `As the snapshot of ${snapshot.startedAt} has them`,
  };
}

/** The accounts by the roster at that time or, with `--live` or `--snapshot`, as they are or were. */
export async function readSubject({ at, live, snapshot }: SubjectOptions): Promise<QuestionSubject> {
  if (live !== undefined && snapshot !== undefined)
    throw new UserError("Ask for --live or for --snapshot: what AWS has now, or what it had.");
  const { organization, roster, workloads, warnings: unseen } = readDefinitions();
  const model = buildModel(organization, roster, readMoment(at), workloads);
  const warnings = [...unseen, ...model.warnings];
  const loaded = await loadedFrom(model, live, snapshot);
  if (loaded === undefined) return { model, warnings, accounts: accountsByRoster(model), live: [] };
  const others = model.organization.accounts
    .map(({ key }) => key)
    .filter((key) => !loaded.live.includes(key));
  const rest = others.length === 0 ? "" : `; as the roster says: ${others.join(", ")}`;
  noteProse(`${loaded.source}: ${loaded.live.join(", ")}${rest}.\n`);
  return { model, warnings, ...loaded };
}

/** Options of questions about requests. */
export interface RequestOptions extends SubjectOptions {
  readonly context?: RequestContext;
  /** False with `--no-mfa`. */
  readonly mfa: boolean;
  readonly accessKeys?: true;
}

function addContext(text: string, known: RequestContext = {}): RequestContext {
  const equals = text.indexOf("=");
  if (equals < 1) {
    throw new UserError(`--context ${text}: give a condition key and its value, aws:SourceIp=192.0.2.1.`);
  }
  const [key, value] = [text.slice(0, equals), text.slice(equals + 1)];
  // A second value in other capitals is one of the same key, and what asks with one value alone must not lose the other.
  const earlier = Object.keys(known).find((one) => caseless(one) === caseless(key));
  if (earlier === undefined) return { ...known, [key]: value };
  return { ...known, [earlier]: [known[earlier] ?? [], value].flat() };
}

export const withRequestOptions = (command: Command): Command =>
  withSubjectOptions(command)
    .addOption(
      new Option(
        "--context <key=value>",
        "a condition key of the request, such as aws:SourceIp=192.0.2.1; may be repeated",
      ).argParser(addContext),
    )
    .option("--no-mfa", "signed in to the console without MFA, rather than with MFA entered just now")
    .option("--access-keys", "signed with access keys alone, whose requests know nothing of MFA");

/** The circumstances of a request: at the model's time, with MFA unless the options say otherwise. */
export function readCircumstances(
  { now }: Model,
  { context = {}, mfa, accessKeys }: RequestOptions,
): Circumstances {
  const state = accessKeys === true ? "access keys" : mfa ? FRESH_MFA : "console without MFA";
  return { at: now, mfa: state, context };
}
