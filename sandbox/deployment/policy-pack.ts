import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { SandboxProblem } from "../problem";
import { run } from "../process/run";
import { interruptible, type Work } from "../work";

const folderOf = (project: string): string => path.join(project, "policypack");
const manifestOf = (project: string): string => path.join(folderOf(project), "PulumiPolicy.yaml");

const hasPolicyPack = (project: string): boolean => existsSync(manifestOf(project));

/** The project's policy pack, where it has one that is compiled. */
export function policyPackOf(project: string): string | undefined {
  if (!hasPolicyPack(project)) return undefined;
  const { main } = parse(readFileSync(manifestOf(project), "utf8")) as { main?: string };
  return existsSync(path.join(folderOf(project), main ?? "index.js")) ? folderOf(project) : undefined;
}

/** Whether the project has a policy pack that nobody has compiled: `npm ci --ignore-scripts` does not. */
export const lacksCompiledPolicyPack = (project: string): boolean =>
  hasPolicyPack(project) && policyPackOf(project) === undefined;

/**
 * Compiles the project's policy pack.
 * @throws SandboxProblem with the compiler's words where it fails
 */
export async function compilePolicyPack(project: string, work: Work): Promise<void> {
  work.report("compiling");
  const { code, stdout, stderr } = await run("npm", ["run", "--silent", "build:policypack"], {
    cwd: project,
    ...interruptible(work),
  });
  if (code !== 0)
    throw new SandboxProblem(`The policy pack does not compile:\n${`${stdout}${stderr}`.trim()}`);
}
