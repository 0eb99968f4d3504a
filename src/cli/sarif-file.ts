import { KeyPlaces } from "../definitions/key-places";
import { folderReader } from "../definitions/folder-reader";
import { replaceFile } from "../files/replace-file";
import { GitRepository } from "../releases/repository";
import { sarifLog, type AccountFindings } from "../sarif/sarif-log";
import { PROJECT_FOLDER } from "./project-folder";

/** Writes findings as SARIF, with paths from the root of the repository, as code scanning reads them. */
export async function writeSarif(file: string, accounts: readonly AccountFindings[]): Promise<void> {
  const prefix = await new GitRepository(PROJECT_FOLDER).ask("rev-parse", "--show-prefix");
  replaceFile(file, sarifLog(accounts, new KeyPlaces(folderReader(PROJECT_FOLDER)), prefix));
}
