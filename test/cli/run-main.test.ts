import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const RUN = path.join(__dirname, "..", "..", "src", "cli", "run-main.ts");
const PROBLEMS = path.join(__dirname, "..", "..", "src", "model", "problems.ts");

/** Runs a command whose action is the given text. */
function command(action: string) {
  const program = `
    const { Command } = require("commander");
    const { runMain } = require(${JSON.stringify(RUN)});
    const { UserError } = require(${JSON.stringify(PROBLEMS)});
    void runMain(new Command("x").action(async () => { ${action} }));`;
  const { status, stdout, stderr } = spawnSync(
    "node",
    ["--require", "./start/register.js", "--eval", program],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

describe("a command", () => {
  it("ends with the status that it sets", () => {
    assert.equal(command("process.exitCode = 1;").status, 1);
  });

  it("ends with 2 and the message alone for a mistake of the user's", () => {
    assert.deepEqual(command('throw new UserError("That is wrong.");'), {
      status: 2,
      stdout: "",
      stderr: "That is wrong.\n",
    });
  });

  it("ends with 2 and one sentence where the machine refuses something", () => {
    assert.deepEqual(command('require("node:fs").writeFileSync("/dev/full", "x");'), {
      status: 2,
      stdout: "",
      stderr: "ENOSPC: no space left on device, write\n",
    });
  });

  it("ends with 2 and a stack trace for a bug", () => {
    const { status, stderr } = command('throw new TypeError("not a function");');
    assert.equal(status, 2);
    assert.match(stderr, /^TypeError: not a function\n\s+at /);
  });
});
