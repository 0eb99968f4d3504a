import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

import { buildModel } from "../model/model";
import { countNoun, UserError, type Problem } from "../model/problems";
import { backendOutcome } from "./backend";
import { missingOutcome, passedOutcome, warningOutcome, type DoctorFinding } from "./doctor-finding";
import { runCheck } from "./run-check";
import type { ExaminationOptions, RunPulumi } from "./options";
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
    ...["definitions", "documents", "model", "resources", "text"].map((folder) =>
      join(directory, "src", folder),
    ),
  ]
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    // The pack reads what people edit at each start.
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && entry.name !== "exemptions.ts")
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  const compiled = join(pack, main);
  return {
    compiled: existsSync(compiled) ? statSync(compiled).mtimeMs : undefined,
    sources: Math.max(...sources),
  };
}

const findingOf = ({ file, path, rule, allowed, remedy }: Problem): DoctorFinding => {
  const fixes = [
    ...(allowed === undefined ? [] : [`Allowed: ${allowed}.`]),
    ...(remedy === undefined ? [] : [remedy]),
  ];
  return { name: `${file}, ${path}`, ...warningOutcome(rule.replace(/\.$/, ""), fixes.join(" ")) };
};

/** What the edited files say together, and each warning of them. */
function rosterFindings({
  organization,
  roster,
  workloads,
  now,
  warnings: unseen,
}: ExaminationOptions): readonly DoctorFinding[] {
  const name = "roster";
  try {
    const { people, organization: read, warnings } = buildModel(organization, roster, now, workloads);
    const size = `${countNoun(people.length, "person", "people")} in ${countNoun(read.accounts.length, "account")}`;
    return [{ name, ...passedOutcome(size) }, ...[...unseen, ...warnings].map(findingOf)];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [first = ""] = error.message.split("\n");
    return [{ name, ...missingOutcome(first.replace(/\.$/, ""), "`npm run access` lists them.") }];
  }
}

/** Looks at what all accounts share: the tools, the program, what people wrote, and the backend. */
export async function examineProgram(
  options: ExaminationOptions,
  pulumi: RunPulumi,
): Promise<readonly DoctorFinding[]> {
  const { directory, limit } = options;
  const read = (...path: readonly string[]): string => readFileSync(join(directory, ...path), "utf8");
  const [backend, ...tools] = await Promise.all([
    runCheck("backend", 2 * limit, async () => backendOutcome(await pulumi("whoami", "--json"))),
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
  ]);
  return [...tools, ...rosterFindings(options), backend];
}
