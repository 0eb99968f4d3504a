import { join } from "node:path";

import { Command } from "commander";

import { classifyReads } from "../documents/permissions/reading/classify-reads";
import { GRANTED_READS, UNCLASSIFIED_READS } from "../documents/permissions/reading/granted-reads";
import { READ_SERVICES } from "../documents/permissions/reading/read-services";
import { replaceFile } from "../files/replace-file";
import { auditorsPatterns } from "./readers/auditors-patterns";
import { availableReads } from "./readers/available-reads";
import { READS_FILE, readsFile } from "./readers/reads-file";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";

const lines = (mark: string, actions: readonly string[]): string =>
  actions.map((action) => `${mark} ${action}\n`).join("");

async function main(): Promise<void> {
  const next = classifyReads({
    available: await availableReads(READ_SERVICES),
    auditors: auditorsPatterns(),
    granted: GRANTED_READS,
  });
  replaceFile(join(__dirname, "../..", READS_FILE), await readsFile(next));
  const fresh = next.unclassified.filter((action) => !UNCLASSIFIED_READS.includes(action));
  const gone = GRANTED_READS.filter((action) => !next.granted.includes(action));
  process.stdout.write(lines("+", fresh));
  process.stdout.write(lines("-", gone));
  process.stdout.write(
    `${String(next.granted.length)} actions are granted, ${String(next.unclassified.length)} wait in ${READS_FILE} for somebody to decide.\n`,
  );
  process.exitCode = COMMAND_EXIT.clean;
}

const HELP = `
A new action ("+") is nobody's until its line is moved to GRANTED_READS, or until it is withheld in withheld-reads.ts with
a reason. An action that AWS no longer has, or that is withheld now, leaves the list ("-").`;

void runMain(
  new Command("npm run update:readers")
    .description(
      "Brings the actions that readers of production get to the installed authorization data of AWS.",
    )
    .addHelpText("after", HELP)
    .exitOverride(exitOnMisuse)
    .action(main),
);
