import assert from "node:assert/strict";

import { Command } from "commander";

import { diffCommand } from "../../src/cli/access/diff-command";
import { withRequestOptions } from "../../src/cli/access/subject";

const optionsOf = (command: Command, ...args: readonly string[]): unknown => {
  command.parseOptions([...args]);
  return command.opts();
};

describe("options that are given twice", () => {
  const gates = (...args: readonly string[]): unknown =>
    Reflect.get(Object(optionsOf(diffCommand(), ...args)), "failOn");
  const context = (...args: readonly string[]): unknown =>
    Reflect.get(
      Object(optionsOf(withRequestOptions(new Command()), ...args.flatMap((arg) => ["--context", arg]))),
      "context",
    );

  it("are the gates of both, each once", () => {
    assert.deepEqual(gates(), []);
    assert.deepEqual(gates("--fail-on", "prod-admin,power", "--fail-on", "new-trust", "--fail-on", "power"), [
      "prod-admin",
      "power",
      "new-trust",
    ]);
  });

  it("are condition keys with all their values, in whatever capitals", () => {
    assert.deepEqual(
      context("aws:SourceIp=192.0.2.1", "aws:TagKeys=One", "aws:tagkeys=Two", "aws:TagKeys=Three"),
      {
        "aws:SourceIp": "192.0.2.1",
        "aws:TagKeys": ["One", "Two", "Three"],
      },
    );
  });
});
