import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import { cached } from "../sandbox/cache";
import { describe as inWords } from "../sandbox/describe";
import { run } from "../sandbox/process/run";

/**
 * Runs the unit tests on the newest Node.js that package.json names, from the packages that npm's `node` consists of: all
 * but those of the folders of src that compute answers from values, and ask nothing of Node.js for them.
 */

const CHECKOUT = join(__dirname, "..");
const COMPUTING = ["documents", "model", "proofs"];
const INSTALLATION = 180_000;
const TESTS = 900_000;

const { engines } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8")) as {
  readonly engines: { readonly node: string };
};
const newest = /(\d+)\.\d+\.\d+$/.exec(engines.node)?.[1] ?? "";
const packageName = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

const nodeIn = (folder: string): string => join(folder, "node_modules", packageName, "bin", "node");

async function versionOf(node: string): Promise<string> {
  const { code, stdout } = await run(node, ["--version"], { timeout: 30_000 }).catch(() => ({
    code: 1,
    stdout: "",
  }));
  return code === 0 ? stdout.trim() : "";
}

/** Answers a Node.js of the newest release, from the cache or from npm's registry. */
async function newestNode(): Promise<string> {
  const isGood = async (folder: string): Promise<boolean> =>
    (await versionOf(nodeIn(folder))).startsWith(`v${newest}.`);
  const folder = await cached({
    name: `${packageName}-${newest}`,
    isGood,
    make: async (draft) => {
      // The package has no scripts to run: it is the binary.
      const args = [
        "install",
        "--prefix",
        draft,
        "--no-save",
        "--ignore-scripts",
        `${packageName}@${newest}`,
      ];
      const { code, stderr } = await run("npm", args, { timeout: INSTALLATION });
      const [reason = ""] = /(?<=npm error )(?!code|syscall|errno).+/.exec(stderr) ?? [];
      if (code !== 0) throw new Error(`npm serves no ${packageName}@${newest}: ${reason}`);
      if (!(await isGood(draft))) throw new Error(`${packageName}@${newest} does not run on this machine`);
    },
    waiting: (owner) => {
      process.stderr.write(`Waiting for process ${String(owner)}, which installs ${packageName} …\n`);
    },
  });
  return nodeIn(folder);
}

async function main(): Promise<void> {
  if (process.versions.node.startsWith(`${newest}.`)) {
    process.stdout.write(`This is Node.js ${newest}, the newest: the unit tests have run on it.\n`);
    return;
  }
  let node: string;
  try {
    node = await newestNode();
  } catch (error) {
    process.stderr.write(`\n  NOT RUN: the unit tests on Node.js ${newest}. ${inWords(error)}\n\n`);
    return;
  }
  const leftOut = COMPUTING.map((folder) => `test/${folder}`);
  process.stdout.write(`Unit tests on Node.js ${await versionOf(node)}, without ${leftOut.join(", ")}\n`);
  const ignored = leftOut.flatMap((folder) => ["--ignore", `${folder}/**`]);
  const { code } = await run("npm", ["run", "test:unit", "--", "--reporter", "dot", ...ignored], {
    cwd: CHECKOUT,
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}` },
    timeout: TESTS,
    onLine: (line) => process.stdout.write(`${line}\n`),
  });
  process.exitCode = code;
}

void main();
