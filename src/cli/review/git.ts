import path from "node:path";

import { git } from "../../definitions/git";

export const PROJECT = path.join(__dirname, "..", "..", "..");

/** The address that git is set to; undefined where it is not. */
export async function gitAddress(): Promise<string | undefined> {
  try {
    return await git(PROJECT, ["config", "user.email"]);
  } catch {
    return undefined;
  }
}
