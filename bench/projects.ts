import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { definition } from "../test/e2e/support/definition";
import { sampleOrganization, type WrittenRoster } from "../test/support/rosters";

const CHECKOUT = path.join(__dirname, "..");
const PROGRAM = [
  "start",
  "src",
  "policypack",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "Pulumi.yaml",
];

/** The pack refuses a stack whose alarms nobody hears. */
const SETTINGS =
  "config:\n  muster:alarmSubscriptions: [{ protocol: email, endpoint: security@example.com }]\n";

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** A folder in which the packages are found that we use. */
function project(folder: string): string {
  mkdirSync(folder, { recursive: true });
  symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(folder, "node_modules"), "dir");
  return folder;
}

export const writeRoster = (folder: string, roster: WrittenRoster): void =>
  write(folder, { "src/roster.ts": definition("roster", "defineRoster", ["organization", roster]) });

/** The program, with the sample's organization and a roster. */
export function musterProject(folder: string, roster: WrittenRoster): string {
  project(folder);
  for (const entry of PROGRAM)
    cpSync(path.join(CHECKOUT, entry), path.join(folder, entry), {
      recursive: true,
      // The pack asks whether it is older than its sources.
      preserveTimestamps: true,
    });
  const organization = sampleOrganization();
  writeRoster(folder, roster);
  write(folder, {
    "src/organization.ts": definition("organization", "defineOrganization", [organization]),
    "src/workloads.ts": definition("workloads", "defineWorkloads", [{}]),
    ...Object.fromEntries(Object.keys(organization.accounts).map((key) => [`Pulumi.${key}.yaml`, SETTINGS])),
  });
  return folder;
}

/** What `pulumi new typescript` makes, with a program of one's own. */
export function typescriptProject(
  folder: string,
  program: string,
  { checksTypes = true }: { readonly checksTypes?: boolean } = {},
): string {
  const compilerOptions = {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    sourceMap: true,
    forceConsistentCasingInFileNames: true,
    // Pulumi then leaves types alone.
    ...(!checksTypes && { noCheck: true }),
  };
  write(project(folder), {
    "Pulumi.yaml": "name: plain\nruntime: nodejs\n",
    "package.json": '{ "name": "plain", "main": "index.ts" }\n',
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
    "index.ts": program,
    "Pulumi.users.yaml": "config: {}\n",
    "policypack/PulumiPolicy.yaml": "runtime: nodejs\nmain: index.js\n",
    "policypack/package.json": '{ "name": "empty", "version": "0.0.1", "main": "index.js" }\n',
    "policypack/index.js":
      'const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [] });\n',
  });
  return folder;
}

export const EMPTY_PROGRAM =
  'import * as pulumi from "@pulumi/pulumi";\nexport const stack = pulumi.getStack();\n';
