import path from "node:path";

import { runGit } from "../../definitions/git";

export const PROJECT_FOLDER = path.join(__dirname, "..", "..", "..");

/** The address that git is set to; undefined where it is not. */
export async function gitAddressOrNone(): Promise<string | undefined> {
  try {
    return await runGit(PROJECT_FOLDER, ["config", "user.email"]);
  } catch {
    return undefined;
  }
}
