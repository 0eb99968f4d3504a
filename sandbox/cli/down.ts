import { Command } from "commander";
import { rmSync } from "node:fs";
import path from "node:path";
import { printProse } from "../../src/cli/terminal";
import { stopEmulator } from "../emulator/emulator";
import { sandboxPaths } from "../paths";
import { SandboxProblem } from "../problem";
import { tryLock } from "../process/lock";
import { runSandboxCommand } from "./command";

const paths = sandboxPaths(path.join(__dirname, "..", "..", ".sandbox"));

new Command("npm run sandbox:down")
  .description("Stops the emulator of this checkout's sandbox and deletes the sandbox.")
  .allowExcessArguments(false)
  .parse();

void runSandboxCommand(async () => {
  const lock = tryLock(paths.lock);
  if ("owner" in lock) {
    throw new SandboxProblem(
      `\`npm run sandbox\` is at work here, process ${lock.owner.pid}. Stop it first (Ctrl-C).`,
    );
  }
  const emulator = await stopEmulator(paths.emulator);
  rmSync(paths.root, { recursive: true, force: true });
  printProse(`The emulator is ${emulator}. The sandbox is gone; engine and emulator stay in the cache.\n`);
  return 0;
});
