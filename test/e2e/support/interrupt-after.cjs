// node interrupt-after.cjs TEXT TIMES COMMAND…: runs a command, and presses Ctrl-C once its errors have had a text so often.
const { spawn } = require("node:child_process");
const process = require("node:process");

const [text = "", times = "1", command = "", ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ["ignore", "ignore", "pipe"] });
let shown = "";
let isInterrupted = false;
child.stderr.on("data", (part) => {
  shown += String(part);
  if (isInterrupted || shown.split(text).length <= Number(times)) return;
  isInterrupted = true;
  process.kill(-(child.pid ?? 0), "SIGINT");
});
child.on("close", (code, signal) => {
  process.stdout.write(`${isInterrupted ? "interrupted" : "not interrupted"}: ${String(code ?? signal)}\n`);
});
