import path from "node:path";

import { throwErrors, type Problem } from "../model/problems";
import { organization } from "../organization";
import { roster } from "../roster";
import { workloads } from "../workloads";
import { missingExports } from "./missing-exports";
import { rememberedKeys } from "./remembered-keys";

/** The values that people wrote: not read yet, but without repeated keys. */
export interface Definitions {
  readonly organization: typeof organization;
  readonly roster: typeof roster;
  readonly workloads: typeof workloads;
  /** Names that could not be compared. */
  readonly warnings: readonly Problem[];
}

/**
 * Reads the edited files, for the program and for every command. Their values do not show a key that was written twice, so their
 * text is read too.
 * @throws UserError where a key is written twice, or a file has nothing of what is read from it
 */
export function readDefinitions(): Definitions {
  const written = { organization, roster, workloads };
  const problems = [...missingExports(written), ...rememberedKeys(path.join(__dirname, "..", ".."))];
  throwErrors(problems);
  return { ...written, warnings: problems };
}
