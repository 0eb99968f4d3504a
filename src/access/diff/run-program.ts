/**
 * Runs in a process of its own, see `program-state.ts`: it loads a commit's code, which nobody may have read. It writes the
 * program's state, as JSON, to file descriptor 3.
 */
import { existsSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { z } from "zod";
import { errorMessage } from "../../model/problems";

/** The descriptor after those of input, output and errors, which belong to the program. */
const ANSWER = 3;

const callable = z.custom<(...args: readonly unknown[]) => unknown>((value) => typeof value === "function");
const MODEL_MODULE = z.looseObject({ buildModel: callable });
const DOCUMENTS_MODULE = z.looseObject({ blueprintsOf: callable });
const ORGANIZATION_MODULE = z.looseObject({ organization: z.unknown() });
const ROSTER_MODULE = z.looseObject({ roster: z.unknown() });
const WORKLOADS_MODULE = z.looseObject({ workloads: z.unknown() });
const INVARIANTS_MODULE = z.looseObject({ invariants: z.unknown() });

/** What must hold, as it is written or why it cannot be loaded: documents are made without it. Absent where the program is older. */
function writtenInvariants(folder: string, load: NodeJS.Require): object {
  if (!existsSync(join(folder, "src", "invariants.ts"))) return {};
  try {
    // Of a file without the export, JSON would leave the key out.
    return { invariants: { written: INVARIANTS_MODULE.parse(load("./src/invariants")).invariants ?? null } };
  } catch (error) {
    return { invariants: { failure: errorMessage(error) } };
  }
}

function evaluate(folder: string, now: Date): object {
  const load = createRequire(join(folder, "package.json"));
  const { organization } = ORGANIZATION_MODULE.parse(load("./src/organization"));
  const { roster } = ROSTER_MODULE.parse(load("./src/roster"));
  const { workloads } = WORKLOADS_MODULE.parse(load("./src/workloads"));
  const { buildModel } = MODEL_MODULE.parse(load("./src/model/model"));
  const { blueprintsOf } = DOCUMENTS_MODULE.parse(load("./src/documents/blueprint"));
  const model = buildModel(organization, roster, now, workloads);
  return {
    written: { organization, roster, workloads },
    ...writtenInvariants(folder, load),
    model,
    blueprints: blueprintsOf(model),
  };
}

function answer(): object {
  const [folder = "", now = ""] = process.argv.slice(2);
  try {
    return evaluate(folder, new Date(now));
  } catch (error) {
    return { failure: errorMessage(error) };
  }
}

/** Writes a whole text: a pipe takes only part of a long one at a time. */
function write(bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(ANSWER, bytes, written);
}

write(Buffer.from(JSON.stringify(answer())));
