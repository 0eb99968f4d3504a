import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { openSandbox, type Sandbox } from "../sandbox/sandbox";
import { definition } from "../test/e2e/support/definition";
import { rosterOfSize, sampleOrganization } from "../test/support/rosters";
import { ratio, seconds, type Result } from "./measure";

const CHECKOUT = path.join(__dirname, "..");
const PEOPLE = 50;
const RUNS = 5;
const MOST = 1.5;
const USERS = { key: "users", id: "111111111111", identity: true };

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** A folder in which the packages are found that we use. */
function project(root: string, name: string): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(folder, "node_modules"), "dir");
  return folder;
}

function musterProject(root: string): string {
  const folder = project(root, "muster");
  for (const entry of ["start", "src", "policypack", "package.json", "tsconfig.json", "Pulumi.yaml"]) {
    cpSync(path.join(CHECKOUT, entry), path.join(folder, entry), { recursive: true });
  }
  write(folder, {
    "src/organization.ts": definition("organization", "defineOrganization", [sampleOrganization()]),
    "src/roster.ts": definition("roster", "defineRoster", ["organization", rosterOfSize(PEOPLE)]),
    "src/workloads.ts": definition("workloads", "defineWorkloads", [{}]),
    // The pack refuses a stack whose alarms nobody hears.
    "Pulumi.users.yaml":
      "config:\n  muster:alarmSubscriptions: [{ protocol: email, endpoint: security@example.com }]\n",
  });
  return folder;
}

/** What `pulumi new typescript` makes, types checked at every start as Pulumi does by default. */
function emptyProject(root: string): string {
  const folder = project(root, "empty");
  const compilerOptions = {
    strict: true,
    outDir: "bin",
    target: "es2020",
    module: "commonjs",
    moduleResolution: "node",
    sourceMap: true,
    forceConsistentCasingInFileNames: true,
  };
  write(folder, {
    "Pulumi.yaml": "name: empty\nruntime: nodejs\n",
    "package.json": '{ "name": "empty", "main": "index.ts" }\n',
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
    "index.ts": 'import * as pulumi from "@pulumi/pulumi";\nexport const stack = pulumi.getStack();\n',
    "Pulumi.users.yaml": "config: {}\n",
    "policypack/PulumiPolicy.yaml": "runtime: nodejs\nmain: index.js\n",
    "policypack/package.json": '{ "name": "empty", "version": "0.0.1", "main": "index.js" }\n',
    "policypack/index.js":
      'const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [] });\n',
  });
  return folder;
}

const previewOf = (sandbox: Sandbox, flags: readonly string[]) => async (): Promise<void> => {
  const display = ["--non-interactive", "--suppress-outputs", "--suppress-progress"];
  const { code, stdout, stderr } = await sandbox.pulumi([
    "preview",
    "--stack",
    "users",
    ...display,
    ...flags,
  ]);
  if (code !== 0) throw new Error(`The preview failed.\n${stdout}${stderr}`);
};

async function compare(
  what: string,
  muster: Sandbox,
  empty: Sandbox,
  flags: readonly string[],
): Promise<Result> {
  const found = await ratio(previewOf(muster, flags), previewOf(empty, flags), RUNS);
  return {
    what,
    measured: `${found.ratio.toFixed(2)}× (${seconds(found.subject)}, ${seconds(found.reference)})`,
    budget: `≤ ${String(MOST)}×`,
    holds: found.ratio <= MOST,
  };
}

/** Previews of the stack `users` with 50 people against those of a program that has nothing. */
export async function previews(): Promise<readonly Result[]> {
  const root = mkdtempSync(path.join(tmpdir(), "muster-bench-"));
  const { region } = sampleOrganization();
  const open = (name: string, folder: string): Promise<Sandbox> =>
    openSandbox({
      directory: path.join(root, `${name}-sandbox`),
      project: folder,
      accounts: [USERS],
      region,
    });
  const sandboxes: Sandbox[] = [];
  try {
    const muster = await open("muster", musterProject(root));
    sandboxes.push(muster);
    const empty = await open("empty", emptyProject(root));
    sandboxes.push(empty);
    return [
      await compare(`preview of ${String(PEOPLE)} people, against an empty program`, muster, empty, []),
      await compare("the same with the policy pack, against an empty pack", muster, empty, [
        "--policy-pack",
        "policypack",
      ]),
    ];
  } finally {
    for (const sandbox of sandboxes) await sandbox.stop();
    rmSync(root, { recursive: true, force: true });
  }
}
