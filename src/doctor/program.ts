import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

import { buildModel } from "../model/model";
import { count, UserError } from "../model/problems";
import { backendOutcome } from "./backend";
import { missing, passed, type Finding, type Outcome } from "./finding";
import { runCheck } from "./run-check";
import type { ExaminationOptions, Pulumi } from "./options";
import { nodeOutcome, packagesOutcome, policyPackOutcome, pulumiOutcome, type PackFiles } from "./tools";

const MANIFEST = z.object({ engines: z.object({ node: z.string() }) });
const VERSIONED = z.object({ version: z.string() });
const COMPILED = z.object({ main: z.string() });

const textIfThere = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, "utf8") : undefined;

function packFiles(directory: string): PackFiles {
  const pack = join(directory, "policypack");
  const { main } = COMPILED.parse(JSON.parse(readFileSync(join(pack, "package.json"), "utf8")));
  const sources = [
    pack,
    ...["definitions", "model", "documents", "text"].map((folder) => join(directory, "src", folder)),
  ]
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  const compiled = join(pack, main);
  return {
    compiled: existsSync(compiled) ? statSync(compiled).mtimeMs : undefined,
    sources: Math.max(...sources),
  };
}

function rosterOutcome({ organization, roster, workloads, now }: ExaminationOptions): Outcome {
  try {
    const { people, organization: read, warnings } = buildModel(organization, roster, now, workloads);
    const looks = warnings.length === 0 ? "" : `, ${count(warnings.length, "warning")}`;
    return passed(
      `${count(people.length, "person", "people")} in ${count(read.accounts.length, "account")}${looks}`,
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [first = ""] = error.message.split("\n");
    return missing(first.replace(/\.$/, ""), "`npm run access` lists them.");
  }
}

/** Looks at what all accounts share: the tools, the program, what people wrote, and the backend. */
export function examineProgram(options: ExaminationOptions, pulumi: Pulumi): Promise<readonly Finding[]> {
  const { directory, limit } = options;
  const read = (...path: readonly string[]): string => readFileSync(join(directory, ...path), "utf8");
  return Promise.all([
    runCheck("Node.js", limit, () =>
      nodeOutcome(options.nodeVersion, MANIFEST.parse(JSON.parse(read("package.json"))).engines.node),
    ),
    runCheck("packages", limit, () =>
      packagesOutcome(
        read("package-lock.json"),
        textIfThere(join(directory, "node_modules", ".package-lock.json")),
      ),
    ),
    runCheck("pulumi", 2 * limit, async () => {
      const sdk = VERSIONED.parse(JSON.parse(read("node_modules", "@pulumi", "pulumi", "package.json")));
      return pulumiOutcome(await pulumi("version"), sdk.version);
    }),
    runCheck("policy pack", limit, () => policyPackOutcome(packFiles(directory))),
    runCheck("roster", limit, () => rosterOutcome(options)),
    runCheck("backend", 2 * limit, async () => backendOutcome(await pulumi("whoami", "--json"))),
  ]);
}
