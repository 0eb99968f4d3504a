import { Command } from "commander";

import { readCommit } from "../definitions/commit-definitions";
import { removeTemporary } from "../definitions/temporary-list";
import { RENEWAL_DAYS } from "../model/categories";
import { countNoun } from "../model/problems";
import { commitEdits, createBranch } from "../requests/branch";
import { expiredEntries, withoutEntries, type ExpiredEntry } from "../requests/expired-entries";
import { printable, printableLines } from "../text/printable";
import { PROJECT_FOLDER } from "./project-folder";
import { exitOnMisuse, runMain } from "./run-main";
import { printProse } from "./terminal";

interface Options {
  readonly branch?: string;
  readonly base: string;
}

const wordsOf = ({ index, person, account, role, until }: ExpiredEntry): string =>
  `temporary[${String(index)}]: ${printable(person)}, ${printable(account)}/${role}, ended at ${until}`;

const commitMessage = (entries: readonly ExpiredEntry[]): string =>
  printableLines(
    [
      `Remove ${countNoun(entries.length, "temporary grant")} that ended more than ${countNoun(RENEWAL_DAYS, "day")} ago`,
      "",
      ...entries.map((entry) => `- ${wordsOf(entry)}`),
      "",
      "Nobody loses anything by it: the grants, and the sessions that began under them, ended by their dates.",
      "",
    ].join("\n"),
  );

async function expired({ branch, base }: Options): Promise<void> {
  const parent = await readCommit(PROJECT_FOLDER, base);
  const { roster } = parent.definitions;
  const entries = expiredEntries(roster, new Date());
  printProse(
    entries.length === 0
      ? `No temporary grant of ${base} may go.\n`
      : `May go from the roster of ${base}:\n${entries.map(wordsOf).join("\n")}\n`,
  );
  if (branch === undefined || entries.length === 0) return;
  const commit = await commitEdits(PROJECT_FOLDER, {
    parent,
    edits: removeTemporary(
      parent.read,
      entries.map(({ index }) => index),
    ),
    message: commitMessage(entries),
    roster: withoutEntries(roster, entries),
  });
  await createBranch(PROJECT_FOLDER, branch, commit);
  printProse(`Branch ${branch}: commit ${commit.slice(0, 12)} on ${base}. The working tree is as it was.\n`);
}

void runMain(
  new Command("npm run expired --")
    .description(
      `Lists the temporary grants that nothing asks about any more: they ended ${countNoun(RENEWAL_DAYS, "day")} ago or earlier, and so did every ` +
        "session that began under them. With --branch it takes them out of the roster in a commit of its own.",
    )
    .option("--branch <name>", "make this branch, with a commit that removes them, where there are any")
    .option("--base <ref>", "the commit to start from", "HEAD")
    .addHelpText(
      "after",
      "\nExit status: 0; 2 failure.\n\nExamples:\n  npm run expired\n  npm run expired -- --branch expired-grants",
    )
    .exitOverride(exitOnMisuse)
    .action(expired),
);
