import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
  awsConfigFile,
  awsCredentialsFile,
  readConfigFile,
  replaceConfigFile,
} from "../../src/cli/config-file";
import { UnwritableFile } from "../../src/files/replace-file";
import { UserError } from "../../src/model/problems";

const MODULE = join(__dirname, "../../src/cli/config-file");
/** Long enough that an interruption can meet the middle of it. */
const LENGTH = 20_000_000;

describe("the config file of a person", () => {
  let folder: string;
  const at = (...names: string[]): string => join(folder, ...names);
  const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "muster-config-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is where AWS's tools look for it", () => {
    assert.equal(awsConfigFile({}), join(homedir(), ".aws", "config"));
    assert.equal(awsConfigFile({ AWS_CONFIG_FILE: "" }), join(homedir(), ".aws", "config"));
    assert.equal(awsConfigFile({ AWS_CONFIG_FILE: "/some/config" }), "/some/config");
    assert.equal(awsConfigFile({ AWS_CONFIG_FILE: "~/own/config" }), join(homedir(), "own", "config"));
    assert.equal(awsCredentialsFile({}), join(homedir(), ".aws", "credentials"));
    assert.equal(
      awsCredentialsFile({ AWS_SHARED_CREDENTIALS_FILE: "~/own/keys" }),
      join(homedir(), "own", "keys"),
    );
  });

  it("is its owner's alone where it is new, and so is its folder", () => {
    assert.equal(readConfigFile(at(".aws", "config")), undefined);
    replaceConfigFile(at(".aws", "config"), "text\n");
    assert.equal(readFileSync(at(".aws", "config"), "utf8"), "text\n");
    assert.equal(modeOf(at(".aws", "config")), "600");
    assert.equal(modeOf(at(".aws")), "700");
    assert.deepEqual(readdirSync(at(".aws")), ["config"]);
  });

  it("keeps its mode", () => {
    writeFileSync(at("config"), "old");
    chmodSync(at("config"), 0o664);
    replaceConfigFile(at("config"), "new");
    assert.equal(modeOf(at("config")), "664");
  });

  it("keeps every byte", () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    writeFileSync(at("config"), bytes);
    replaceConfigFile(at("config"), readConfigFile(at("config")) ?? "");
    assert.deepEqual(readFileSync(at("config")), bytes);
  });

  it("stays a link, and what it points to changes, whether or not it is there yet", () => {
    mkdirSync(at("dotfiles"));
    symlinkSync("dotfiles/middle", at("config"));
    symlinkSync("real", at("dotfiles", "middle"));
    for (const text of ["first", "second"]) {
      replaceConfigFile(at("config"), text);
      assert.equal(readlinkSync(at("config")), "dotfiles/middle");
      assert.equal(readlinkSync(at("dotfiles", "middle")), "real");
      assert.ok(lstatSync(at("dotfiles", "real")).isFile());
      assert.equal(readFileSync(at("dotfiles", "real"), "utf8"), text);
    }
  });

  it("is said to be unreadable or unwritable without a stack trace", () => {
    mkdirSync(at("config"));
    writeFileSync(at("file"), "old");
    const isSaid = (kind: typeof UserError | typeof UnwritableFile, words: string) => (error: unknown) =>
      error instanceof kind && error.message.includes(words);
    assert.throws(() => readConfigFile(at("config")), isSaid(UserError, "config cannot be read"));
    for (const file of [at("config"), at("file", "config")])
      assert.throws(
        () => replaceConfigFile(file, "new"),
        isSaid(UnwritableFile, `${file} cannot be written: E`),
      );
    assert.deepEqual(readdirSync(folder).sort(), ["config", "file"]);
  });

  const program = (text: string): readonly string[] => [
    "--require",
    "./start/register.js",
    "--eval",
    `const { replaceConfigFile } = require(${JSON.stringify(MODULE)});
     ${text}`,
  ];

  it("is whole after a disk that is full", () => {
    writeFileSync(at("config"), "old");
    const writing = program(
      `replaceConfigFile(${JSON.stringify(at("config"))}, "x".repeat(${String(LENGTH)}));`,
    );
    const limited = ["-c", 'trap "" XFSZ; ulimit -f 1000; exec "$@"', "bash", process.execPath, ...writing];
    const { status, stderr } = spawnSync("bash", limited, { encoding: "utf8", timeout: 30_000 });
    assert.notEqual(status, 0);
    assert.match(stderr, /cannot be written, and is as it was: EFBIG/);
    assert.equal(readFileSync(at("config"), "utf8"), "old");
    assert.deepEqual(readdirSync(folder), ["config"]);
  });

  it("is whole after Ctrl-C, whenever it comes", async () => {
    const contents = ["a", "b"].map((letter) => letter.repeat(LENGTH));
    writeFileSync(at("config"), contents[0] ?? "");
    const writing = program(
      `process.stdout.write("ready");
       for (;;) for (const letter of ["a", "b"]) replaceConfigFile(${JSON.stringify(at("config"))}, letter.repeat(${String(LENGTH)}));`,
    );
    for (const milliseconds of [0, 7, 19, 41, 83]) {
      const child = spawn(process.execPath, writing, {
        stdio: ["ignore", "pipe", "inherit"],
        timeout: 30_000,
      });
      await new Promise((resolve) => child.stdout.once("data", resolve));
      await sleep(milliseconds);
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGINT");
      await ended;
      assert.ok(contents.includes(readFileSync(at("config"), "latin1")), `after ${String(milliseconds)} ms`);
    }
  });
});
