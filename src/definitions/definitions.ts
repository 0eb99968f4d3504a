import path from "node:path";

import { throwErrors, type Problem } from "../model/problems";
import { organization } from "../organization";
import { roster } from "../roster";
import { workloads } from "../workloads";
import { missingExports } from "./missing-exports";
import { repeatedKeys } from "./repeated-keys";

/** What people wrote: unread, but each key in it written once. */
export interface Definitions {
  readonly organization: typeof organization;
  readonly roster: typeof roster;
  readonly workloads: typeof workloads;
  /** What nobody could compare. */
  readonly warnings: readonly Problem[];
}

/**
 * The edited files, for the program and for every command. Their values alone do not tell that a key was written twice, so
 * that their text is read too.
 * @throws UserError where a key is written twice, or a file has nothing of what is read from it
 */
export function readDefinitions(): Definitions {
  const written = { organization, roster, workloads };
  const problems = [...missingExports(written), ...repeatedKeys(path.join(__dirname, "..", ".."))];
  throwErrors(problems);
  return { ...written, warnings: problems };
}
