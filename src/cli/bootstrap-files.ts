import { Command } from "commander";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { readDefinitions } from "../definitions/definitions";
import { replaceFile } from "../files/replace-file";
import { buildModel } from "../model/model";
import { UserError } from "../model/problems";
import { BOOTSTRAP_MARKER, bootstrapFiles } from "../profiles/bootstrap-files";
import { exitOnMisuse, runMain } from "./run-main";

interface Options {
  readonly out: string;
  readonly force?: true;
}

const textIn = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, "utf8") : undefined;

/** Looks at all files before it writes one, so that a refusal leaves all as they were. */
function write({ out, force }: Options): void {
  const { organization, roster } = readDefinitions();
  const wanted = bootstrapFiles(buildModel(organization, roster, new Date()).organization).map((file) => {
    const path = join(out, file.name);
    return { path, text: file.text, before: textIn(path) };
  });
  const foreign = wanted.filter(
    ({ before, text }) => before !== undefined && before !== text && !before.startsWith(BOOTSTRAP_MARKER),
  );
  if (foreign.length > 0 && force !== true) {
    throw new UserError(
      [
        "Nothing was written, for these files are somebody else's:",
        ...foreign.map(({ path }) => `  ${path}`),
        "To do: compare them with what --out writes into another folder; --force overwrites them.",
      ].join("\n"),
    );
  }
  for (const { path, text, before } of wanted) {
    if (before !== text) replaceFile(path, text, { folderMode: 0o777 });
    process.stdout.write(`${path} ${before === text ? "is as it should be" : "was written"}.\n`);
  }
}

void runMain(
  new Command("npm run bootstrap-files --")
    .description(
      "Writes CONST.inc, aws-cli.config.tpl and aws-cli.credentials.tpl for a repository that uses aws-iam-bootstrap, from " +
        "src/organization.ts. Exit status: 0, or 2 where nothing was written and the message says why.",
    )
    .requiredOption("--out <folder>", "the root of that repository")
    .option("--force", "overwrite files that something else wrote")
    .addHelpText("after", "\nExample:\n  npm run bootstrap-files -- --out ../accounts\n")
    .allowExcessArguments(false)
    .exitOverride(exitOnMisuse)
    .action(write),
);
