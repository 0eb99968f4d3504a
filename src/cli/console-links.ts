import { Command, Option } from "commander";

import { readDefinitions } from "../definitions/definitions";
import { replaceFile } from "../files/replace-file";
import { buildModel } from "../model/model";
import { buildConsoleLinks } from "../profiles/console-links";
import { LINK_FORMAT_NAMES, LINK_FORMATS, type LinkFormat } from "../profiles/link-formats";
import { expectPerson } from "../profiles/expect-person";
import { exitOnMisuse, runMain } from "./run-main";

interface Options {
  readonly format: LinkFormat;
  readonly json?: true;
  readonly output?: string;
}

function consoleLinks(name: string, { format, json, output }: Options): void {
  const { organization, roster } = readDefinitions();
  const model = buildModel(organization, roster, new Date());
  const links = buildConsoleLinks(model, expectPerson(model, name).name);
  const text = LINK_FORMATS[json === true ? "json" : format](links);
  if (output === undefined) process.stdout.write(text);
  else replaceFile(output, text);
}

void runMain(
  new Command("npm run --silent console-links --")
    .description(
      "Prints the pages that switch a person's console to each role that they hold. Changes nothing. Exit status: 0, or 2 where " +
        "it failed.",
    )
    .argument("<person>", "a name of src/roster.ts")
    .addOption(
      new Option("--format <format>", "Markdown, or bookmarks that a browser imports")
        .choices(LINK_FORMAT_NAMES)
        .default("markdown"),
    )
    .option("--json", "the same as --format json, for programs")
    .option("--output <file>", "write into a file instead")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  npm run --silent console-links -- sarah.devops",
        "  npm run console-links -- sarah.devops --format bookmarks --output bookmarks.html",
      ].join("\n"),
    )
    .exitOverride(exitOnMisuse)
    .action(consoleLinks),
);
