import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cached } from "../cache";
import { SandboxProblem } from "../problem";
import { run } from "../process/run";
import { interruptible, type Work } from "../work";

const requirements = path.join(__dirname, "requirements.txt");

/** The oldest Python that the pinned packages support. */
const oldestPython = [3, 11] as const;

/**
 * The Python of a virtual environment that has the emulator installed, made in the user's cache when it is not there or
 * does not work.
 * @throws SandboxProblem where Python, its venv module or the package registry is missing.
 */
export async function emulatorPython(work: Work): Promise<string> {
  const { file: python, version } = await findPython();
  const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = await cached({
    name: path.join("emulator", `python${version}-${digest}`),
    isGood: async (cachedFolder) =>
      existsSync(pythonIn(cachedFolder)) && (await canServe(pythonIn(cachedFolder))),
    waiting: (owner) => work.report(`waiting for process ${owner}, which is preparing the same emulator`),
    make: (draft) => install(python, draft, work),
  });
  return pythonIn(folder);
}

/** macOS and older distributions ship a python3 that is too old, and newer ones under their own names. */
const interpreters = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"] as const;

/**
 * The first Python on PATH that the emulator runs on.
 * @throws SandboxProblem where there is none; it names those that are too old
 */
export async function findPython(): Promise<{ file: string; version: string }> {
  const needed = `Python ${oldestPython.join(".")} or newer`;
  const tooOld: string[] = [];
  for (const file of interpreters) {
    const version = await versionOf(file);
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major === oldestPython[0] && minor >= oldestPython[1]) return { file, version };
    tooOld.push(`${file} is ${version}`);
  }
  const found = tooOld.length === 0 ? "there is none on PATH" : `on PATH ${tooOld.join(", ")}`;
  throw new SandboxProblem(
    `The sandbox needs ${needed} for its AWS emulator, and ${found}. Install it: https://www.python.org/downloads/`,
  );
}

async function versionOf(python: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(python, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
    return /^\d+\.\d+/.exec(stdout)?.[0];
  } catch {
    return undefined;
  }
}

async function canServe(python: string): Promise<boolean> {
  const { code } = await run(python, ["-c", "import moto.server"], { timeout: 60_000 });
  return code === 0;
}

async function install(python: string, folder: string, work: Work): Promise<void> {
  work.report("making a Python environment for the emulator");
  const venv = await run(python, ["-m", "venv", folder], { timeout: 120_000 });
  if (venv.code !== 0) {
    throw new SandboxProblem(
      `\`${python} -m venv\` failed. On Debian and Ubuntu: apt install python3-venv.\n${lastLines(venv.stdout + venv.stderr)}`,
    );
  }
  const pip = await run(
    pythonIn(folder),
    ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--requirement", requirements],
    {
      ...interruptible(work),
      timeout: 900_000,
      onLine: (line) =>
        work.report(`installing the emulator, about a minute, once on this machine: ${line.trim()}`),
    },
  );
  if (pip.code !== 0) {
    throw new SandboxProblem(
      `The emulator could not be installed: is the Python package registry reachable (pip config list)?\n${lastLines(pip.stderr)}`,
    );
  }
}

function pythonIn(folder: string): string {
  return path.join(folder, "bin", "python");
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-5).join("\n");
}
