import { Command } from "commander";
import path from "node:path";
import { describeChanges } from "../deployment/changes";
import { deploy } from "../deployment/deploy";
import { compilePolicyPack, lacksCompiledPolicyPack, policyPackOf } from "../deployment/policy-pack";
import { Populated } from "../deployment/populated";
import { withWarnings } from "../deployment/with-warnings";
import { emulatorPython } from "../emulator/python";
import { findEngine } from "../engine/engine";
import { sandboxPaths } from "../paths";
import { SandboxProblem } from "../problem";
import { tryLock } from "../process/lock";
import { readProject } from "../project";
import { reachEmulator, Sandbox } from "../sandbox";
import { compareStacks } from "../stacks";
import { summary } from "../summary";
import { printProse, terminalWidth } from "../../src/cli/terminal";
import { wrapText } from "../../src/text/wrap-text";
import { runSandboxCommand } from "./command";
import { showAtOnce, showInTurn, type Step } from "./progress";

const project = path.join(__dirname, "..", "..");
const paths = sandboxPaths(path.join(project, ".sandbox"));

/** Settings that deploy here as anywhere, but have no effect afterwards. */
const NOTHING_IS_FOUND =
  "The emulator keeps the settings of GuardDuty, Security Hub and Access Analyzer and finds nothing by them; moto has no Access " +
  "Analyzer and no standards of Security Hub, so these are the sandbox's own.";

const policyPackStep: Step = {
  title: "policy pack",
  run: async (work) => {
    await compilePolicyPack(project, work);
    return "policy pack, compiled";
  },
};

new Command("npm run sandbox")
  .description("Deploys all accounts on this machine: the real Pulumi engine against an AWS emulator.")
  .allowExcessArguments(false)
  .parse();

void runSandboxCommand(async (signal) => {
  const written = readProject(project, new Date());
  const { accounts, region } = written;
  const lock = tryLock(paths.lock);
  if ("owner" in lock) {
    throw new SandboxProblem(
      `Another \`npm run sandbox\` is at work here, process ${lock.owner.pid}. Wait for it.`,
    );
  }
  try {
    const mismatched = compareStacks(paths, project, accounts);
    const { engine, python } = await prepare(signal);
    const { emulator, started } = await reachEmulator(paths, python);
    const sandbox = Sandbox.set({ directory: paths.root, project, accounts, region }, engine, emulator);
    for (const line of [NOTHING_IS_FOUND, ...mismatched])
      process.stdout.write(`${wrapText(line, terminalWidth())}\n`);
    try {
      await withWarnings(
        (warn) => deployAll(sandbox, signal, warn),
        (warning) => process.stdout.write(`\n${wrapText(`Warning: ${warning}`, terminalWidth())}\n\n`),
      );
    } catch (error) {
      if (signal.aborted && started) await sandbox.stop();
      throw error;
    }
    process.stdout.write(summary(written, sandbox.endpoint, terminalWidth()));
  } finally {
    lock.release();
  }
  return 0;
});

/** Gets the engine, the emulator's Python and the policy pack at the same time: the first two may take minutes. */
async function prepare(signal: AbortSignal): Promise<{ engine: string; python: string }> {
  let [engine, python] = ["", ""];
  const steps: Step[] = [
    {
      title: "Pulumi engine",
      run: async (work) => {
        const found = await findEngine(process.env, work);
        engine = found.pulumi;
        return `Pulumi engine ${found.version}, ${found.source}`;
      },
    },
    {
      title: "AWS emulator",
      run: async (work) => {
        python = await emulatorPython(work);
        return "AWS emulator (moto)";
      },
    },
    ...(lacksCompiledPolicyPack(project) ? [policyPackStep] : []),
  ];
  await showAtOnce(steps, signal);
  return { engine, python };
}

/** Deploys each account with a `pulumi up` of its own. */
async function deployAll(
  sandbox: Sandbox,
  signal: AbortSignal,
  warn: (warning: string) => void,
): Promise<void> {
  const populated = new Populated(sandbox.paths, sandbox.emulator);
  if (populated.lost) {
    printProse("The emulator was gone, and its accounts with it. They are made anew from the program.\n");
  }
  const policyPack = policyPackOf(project);
  const steps = sandbox.accounts.map(({ key }): Step => ({
    title: key,
    run: async (work) => {
      await sandbox.createStack(key);
      const { changes, warnings } = await deploy(
        sandbox,
        key,
        { refresh: !populated.holds(key), policyPack },
        work,
      );
      populated.add(key);
      for (const warning of warnings) warn(warning);
      return `${key}: ${describeChanges(changes)}`;
    },
  }));
  await showInTurn(steps, signal);
}
