import { Command } from "commander";

import { accountCredentialsFrom } from "../aws/account-credentials";
import { readSnapshot } from "../aws/snapshot/reader";
import { heldCredentials } from "../credentials/held-credential";
import { credentialHolders } from "../credentials/credential-holder";
import { readDefinitions } from "../definitions/definitions";
import { addSeconds } from "../model/dates";
import { buildModel, type Model } from "../model/model";
import { UserError } from "../model/problems";
import { credentialNotices, credentialNoticesText, unreadReportNotices } from "../notices/credential-notices";
import { findNotices, noticesText } from "../notices/find-notices";
import { sendText, WEBHOOK_VARIABLE, readWebhook } from "../notices/webhook";
import { expiredEntries } from "../requests/expired-entries";
import { printableLines } from "../text/printable";
import { exitOnMisuse, runMain } from "./run-main";
import { printProse } from "./terminal";

const MOST_DAYS = 366;
const DAY = 86_400;

interface Options {
  readonly days: string;
  readonly webhook?: true;
  readonly snapshot?: string;
  /** False where what the roster says is left out. */
  readonly roster: boolean;
}

function daysOf(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new UserError(`--days ${text}: a whole number from 1 to ${String(MOST_DAYS)}.`);
}

/** What people have to do about their credentials, by a snapshot; undefined where that is nothing. */
function noticesBySnapshot(model: Model, folder: string, days: number): string | undefined {
  const { accounts, startedAt } = readSnapshot(folder, model.organization);
  const holders = credentialHolders(model);
  const read = accounts.map(accountCredentialsFrom);
  const held = read.flatMap((one) => heldCredentials(one, holders, model.organization));
  return credentialNoticesText(
    [...unreadReportNotices(read), ...credentialNotices(held, addSeconds(model.now, days * DAY))],
    startedAt,
  );
}

async function notices({ days: written, webhook, snapshot, roster: withRoster }: Options): Promise<void> {
  const days = daysOf(written);
  if (!withRoster && snapshot === undefined)
    throw new UserError("--no-roster leaves what a snapshot says: name one with --snapshot <folder>.");
  // Asked first, so that a wrong setting shows on a day without news too.
  const url = webhook === true ? readWebhook(process.env) : undefined;
  const { organization, roster, workloads } = readDefinitions();
  const now = new Date();
  const model = buildModel(organization, roster, now, workloads);
  const texts = [
    withRoster ? noticesText(findNotices(model, days, expiredEntries(roster, now).length), days) : undefined,
    snapshot === undefined ? undefined : noticesBySnapshot(model, snapshot, days),
  ];
  const text = texts.filter((one) => one !== undefined).join("\n\n");
  if (text === "") {
    const sources = [
      ...(withRoster ? ["by the roster"] : []),
      ...(snapshot === undefined ? [] : ["by the snapshot"]),
    ].join(" and ");
    printProse(`Nothing begins, ends or is due in that time, ${sources}.\n`);
    return;
  }
  printProse(`${text}\n`);
  if (url === undefined) return;
  await sendText(url, printableLines(text));
  process.stdout.write(`Sent to ${url.host}.\n`);
}

const HELP = `
With --webhook it sends the text as { "text": … }, as Slack, Mattermost, Rocket.Chat and Google Chat take it, to the address in
the environment variable ${WEBHOOK_VARIABLE}: https alone. On a day without news it sends nothing. What waits for
approval in a pull request is not in the roster yet, and not in here.

Exit status: 0; 2 failure, also where the webhook does not take it.

Examples:
  npm run notices -- --days 14
  ${WEBHOOK_VARIABLE}=https://… npm run notices -- --webhook`;

void runMain(
  new Command("npm run notices --")
    .description(
      "What begins, ends or is due within the next days: grants, shifts, last days, contractors' papers, gaps of rotas.",
    )
    .option("--days <number>", "how far ahead", "7")
    .option("--webhook", `send it, to the address in ${WEBHOOK_VARIABLE}`)
    .option(
      "--snapshot <folder>",
      "also what people have to do about passwords, keys and devices, by a snapshot",
    )
    .option("--no-roster", "leave out what the roster says: with --snapshot")
    .addHelpText("after", HELP)
    .exitOverride(exitOnMisuse)
    .action(notices),
);
