import { run, type Finished } from "../../sandbox/process/run";

/** Runs in the folder of a checkout, with the commands as JSON. */
const DRIVER = `
  const commands = JSON.parse(process.argv[1]);
  const answers = [];
  const print = process.stdout.write.bind(process.stdout);
  const start = require.resolve("./start/command");
  let answer;
  // commander counts the arguments otherwise under --eval.
  process.execArgv = [];
  // Node.js says so when nothing is left to do: the command that ran has ended.
  process.on("beforeExit", () => {
    if (answer !== undefined) answers.push({ code: process.exitCode ?? 0, ...answer });
    const command = commands.shift();
    process.exitCode = undefined;
    if (command === undefined) {
      answer = undefined;
      if (answers.length > 0) print(JSON.stringify(answers.splice(0)));
      return;
    }
    answer = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"])
      process[name].write = (text) => {
        answer[name] += text;
        return true;
      };
    process.argv = [process.execPath, start, ...command];
    process.stdout.removeAllListeners("error");
    delete require.cache[start];
    delete require.cache[require("node:path").resolve(command[0])];
    setImmediate(() => require(start));
  });
`;

/**
 * Runs commands (a file of src/cli, and its arguments) one after another in one process, as if each had one of its own: nearly
 * all of the time of a command that answers at once goes into its start. One that ends its process by itself cannot be among them.
 */
export async function runInTurn(
  cwd: string,
  commands: readonly (readonly string[])[],
  env: NodeJS.ProcessEnv,
): Promise<readonly Finished[]> {
  const { code, stdout, stderr } = await run(process.execPath, ["--eval", DRIVER, JSON.stringify(commands)], {
    cwd,
    env,
    timeout: 120_000,
  });
  if (code !== 0) throw new Error(`The commands ended with ${String(code)}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as readonly Finished[];
}
