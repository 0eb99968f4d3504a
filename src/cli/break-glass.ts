// First, so that it stops before the modules that need the packages.
import "./access/packages";

import { Command } from "commander";

import { DATE_FORMS } from "../model/dates";
import { DURATION_FORMS } from "../requests/duration";
import { closeRecord } from "./break-glass/close-record";
import { AS_OPTION } from "./break-glass/current-roster";
import { listRecords } from "./break-glass/list-records";
import { LOG_GROUP_OPTION, PROFILE_OPTION } from "./break-glass/trail-log-group";
import { openRecord, type RecordOpening } from "./break-glass/open-record";
import { rehearseBreakGlass } from "./break-glass/rehearse";
import { exitOnMisuse, runMain } from "./run-main";

const program = new Command("npm run break-glass --")
  .description(
    "Emergencies, from the declaration to the record that is reviewed: docs/runbooks/break-glass.md.",
  )
  .exitOverride(exitOnMisuse);

const TOLD = ["--told <name>", "who knows of it already"] as const;

program
  .command("open")
  .description(
    "Starts the record of an emergency under docs/incidents, and prints commands and links. Only a holder of BreakGlass in the account " +
      "opens one. Asks AWS nothing.",
  )
  .argument("<account>", "where: prod")
  .requiredOption("--reason <reason>", "why: a ticket and what is wrong")
  .option("--for <time>", `how long it is expected to take: ${DURATION_FORMS}, 12h at most`, "1h")
  .option(...TOLD)
  .option("--began <time>", `when it began, where the record comes after the use: ${DATE_FORMS}`)
  .option(...AS_OPTION)
  .exitOverride(exitOnMisuse)
  .action((key: string, options: Omit<RecordOpening, "kind">) =>
    openRecord(key, { ...options, kind: "emergency" }),
  );

program
  .command("close")
  .description(
    "Fills in a record from the trail's log group: sessions, what they changed, grants to take back. Asks what was changed and what " +
      "prevents it next time.",
  )
  .argument("<record>", "its path or name under docs/incidents, or the beginning of it")
  .option("--changed <text...>", "what was changed and why, instead of a question; may be repeated")
  .option("--prevents <text...>", "what prevents it next time, by whom and until when; may be repeated")
  .option("--until <time>", `when it ended, by default now: ${DATE_FORMS}`)
  .option(...PROFILE_OPTION)
  .option(...LOG_GROUP_OPTION)
  .option(...AS_OPTION)
  .exitOverride(exitOnMisuse)
  .action(closeRecord);

program
  .command("list")
  .description(
    "Matches every session of BreakGlass in the log group of the account's trail to a record. Exit status: 0 each has one; 1 a session " +
      "has none, a record is open after its time, or a line of the log group could not be read; 2 an account could not be looked at.",
  )
  .argument("[account...]", "where to look, by default in every account but that of the people")
  .option("--since <time>", `from when on, by default for 97 days: ${DATE_FORMS}`)
  .option("--json", "the answer as JSON")
  .option(...PROFILE_OPTION)
  .option(...LOG_GROUP_OPTION)
  .exitOverride(exitOnMisuse)
  .action(listRecords);

program
  .command("rehearse")
  .description(
    "Starts the record of the quarter's rehearsal, as `open` does, and says when each holder rehearsed last.",
  )
  .argument("<account>", "where: prod")
  .option("--reason <reason>", "why", "quarterly rehearsal")
  .option("--for <time>", `how long it takes: ${DURATION_FORMS}`, "30m")
  .option(...TOLD)
  .option("--began <time>", `when it began, where the record comes after the use: ${DATE_FORMS}`)
  .option(...AS_OPTION)
  .exitOverride(exitOnMisuse)
  .action(rehearseBreakGlass);

void runMain(program);
