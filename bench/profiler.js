"use strict";

// For `node --require`: writes, part by part, where the time of this process goes. Who is killed has written all but the last part.
const { writeFileSync } = require("node:fs");
const { Session } = require("node:inspector");
const path = require("node:path");

const folder = process.env.MUSTER_BENCH_PROFILES ?? ".";
const MILLISECONDS = 300;

const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.start");

let parts = 0;

function writePart() {
  session.post("Profiler.stop", (error, result) => {
    if (error !== null) return;
    const { user, system } = process.cpuUsage();
    const part = {
      command: process.argv.slice(1, 3),
      seconds: (user + system) / 1e6,
      profile: result.profile,
    };
    writeFileSync(path.join(folder, `${process.pid}-${parts++}.json`), JSON.stringify(part));
  });
}

setInterval(() => {
  writePart();
  session.post("Profiler.start");
}, MILLISECONDS).unref();
process.on("exit", writePart);
