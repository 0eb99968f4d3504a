import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";

import { compileSandbox } from "../../sandbox/build";

const LOADED_CLIENTS = `
  const provider = require(process.argv[1]);
  const packages = Object.keys(require.cache).flatMap((file) => /@aws-sdk\\/(client-[a-z0-9-]+)/.exec(file)?.slice(1) ?? []);
  console.log(JSON.stringify([typeof provider.Provider, [...new Set(packages)].sort()]));
`;

describe("the start of the sandbox's provider", () => {
  it("loads no client of AWS but S3 Control's, which has a class of its own here", function () {
    this.timeout(30_000);
    const provider = path.join(compileSandbox(), "provider", "provider.js");
    const output = execFileSync(process.execPath, ["-e", LOADED_CLIENTS, provider], { encoding: "utf8" });
    assert.deepEqual(JSON.parse(output), ["function", ["client-s3-control"]]);
  });
});
