import { Command } from "commander";
import { existsSync } from "node:fs";
import path from "node:path";
import { errorWidth, noteProse } from "../../src/cli/terminal";
import { wrapText } from "../../src/text/wrap-text";
import { policyPackOf } from "../deployment/policy-pack";
import { runningEmulator } from "../emulator/emulator";
import { sandboxPaths } from "../paths";
import { SandboxProblem } from "../problem";
import { runInForeground } from "../process/foreground";
import { readRecord } from "../record";
import { Sandbox } from "../sandbox";

const project = path.join(__dirname, "..", "..");
const paths = sandboxPaths(path.join(project, ".sandbox"));

new Command("npm run sandbox:shell --")
  .description("Starts a shell, or runs one command, in which pulumi and every AWS client reach the sandbox.")
  .argument("[command...]", "the command, such as: pulumi preview -s dev")
  .passThroughOptions()
  .action(async (command: string[]) => {
    process.exitCode = await inSandbox(command);
  })
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof SandboxProblem)) throw error;
    process.stderr.write(`${wrapText(error.message, errorWidth())}\n`);
    process.exitCode = 1;
  });

async function inSandbox(command: readonly string[]): Promise<number> {
  const sandbox = await reachSandbox();
  const [file = process.env["SHELL"] ?? "sh", ...args] = command;
  if (command.length === 0) {
    const stacks = sandbox.accounts.map(({ key }) => key).join(", ");
    noteProse(`In the sandbox. Stacks, and AWS profiles of the same names: ${stacks}. \`exit\` leaves it.\n`);
  }
  return runInForeground(file, args, { ...sandbox.env, ...policyPackByDefault() });
}

/** Has every preview and update checked with the policy pack, as `npm run sandbox` does; `--policy-pack` overrides it. */
function policyPackByDefault(): NodeJS.ProcessEnv {
  const policyPack = policyPackOf(project);
  if (policyPack !== undefined) return { PULUMI_OPTION_POLICY_PACK: policyPack };
  noteProse("The policy pack is not compiled, so nothing is checked with it: npm run build:policypack\n");
  return {};
}

async function reachSandbox(): Promise<Sandbox> {
  const record = readRecord(paths);
  if (record === undefined) throw new SandboxProblem("There is no sandbox yet. Make it: npm run sandbox");
  if (!existsSync(record.engine)) {
    throw new SandboxProblem(
      `The Pulumi engine is no longer at ${record.engine}. Get it again: npm run sandbox`,
    );
  }
  const emulator = await runningEmulator(paths.emulator);
  if (emulator === undefined) {
    throw new SandboxProblem(
      [
        "The AWS emulator is not running: it was stopped, or this machine was. What its accounts held was in its memory and is gone.",
        "Stacks, settings and roster are all there. Make the accounts anew from them: npm run sandbox",
        "Or remove everything: npm run sandbox:down",
      ].join("\n"),
    );
  }
  return Sandbox.set({ directory: paths.root, ...record }, record.engine, emulator);
}
