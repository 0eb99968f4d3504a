import { join } from "node:path";

import { KeyPlaces } from "../definitions/key-places";
import { folderReader } from "../definitions/source-files";
import { replaceFile } from "../files/replace-file";
import { GitRepository } from "../releases/repository";
import { sarifLog, type AccountFindings } from "../sarif/sarif-log";

/** Writes findings as SARIF, with paths from the root of the repository, as code scanning reads them. */
export async function writeSarif(file: string, accounts: readonly AccountFindings[]): Promise<void> {
  const root = join(__dirname, "..", "..");
  const prefix = await new GitRepository(root).ask("rev-parse", "--show-prefix");
  replaceFile(file, sarifLog(accounts, new KeyPlaces(folderReader(root)), prefix));
}
