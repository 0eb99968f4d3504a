import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildEngine } from "../../sandbox/engine/build";
import { findEngine, type Way } from "../../sandbox/engine/engine";
import { engineVersion } from "../../sandbox/engine/version";
import { unwatched } from "../../sandbox/work";
import { rememberEnvironment } from "./environment";

describe("the engine", () => {
  let folder: string;
  let tools: string;
  let restoreEnvironment: () => void;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "muster-engine-"));
    restoreEnvironment = rememberEnvironment();
    tools = path.join(folder, "tools");
    mkdirSync(tools);
    process.env["XDG_CACHE_HOME"] = path.join(folder, "cache");
  });
  afterEach(() => {
    restoreEnvironment();
    rmSync(folder, { recursive: true });
  });

  const script = (file: string, ...lines: string[]) => {
    writeFileSync(file, ["#!/bin/sh", ...lines, ""].join("\n"));
    chmodSync(file, 0o755);
  };
  const pulumi = (file: string, version: string) => script(file, `echo v${version}`);
  const install = (version: string) => {
    pulumi(path.join(tools, "pulumi"), version);
    script(path.join(tools, "pulumi-language-nodejs"));
  };
  const find = (ways: readonly Way[] = []) => findEngine({ PATH: tools }, unwatched, ways);
  const works: Way = {
    source: "built",
    prepare: (_folder, file) => {
      mkdirSync(path.dirname(file), { recursive: true });
      pulumi(file, engineVersion);
      return Promise.resolve(undefined);
    },
  };
  const refuses: Way = { source: "downloaded", prepare: () => Promise.resolve("cannot be reached") };

  it("is pinned by go.mod in the version that it is built as", () => {
    const module = readFileSync(path.join(__dirname, "../../sandbox/engine/go.mod"), "utf8");
    assert.match(module, new RegExp(`github.com/pulumi/pulumi/pkg/v3 v${engineVersion}`));
  });

  it("on PATH is used, when it is new enough", async () => {
    install("3.300.1");
    assert.deepEqual(await find(), {
      pulumi: path.join(tools, "pulumi"),
      version: "3.300.1",
      source: "on PATH",
    });
  });

  for (const [what, prepare] of [
    ["too old", () => install("3.100.0")],
    ["broken", () => script(path.join(tools, "pulumi"), "exit 1")],
    ["without a host for Node.js programs", () => pulumi(path.join(tools, "pulumi"), "3.300.1")],
    [
      "a sandbox's own",
      () => {
        install("3.300.1");
        writeFileSync(path.join(folder, "sandbox.json"), "{}");
      },
    ],
    ["not there", () => undefined],
  ] as const) {
    it(`on PATH is passed over, when it is ${what}`, async () => {
      prepare();
      const engine = await find([works]);
      assert.equal(engine.source, "built");
      assert.ok(existsSync(path.join(path.dirname(engine.pulumi), "pulumi-language-nodejs")));
    });
  }

  it("is got in the first way that works, and then kept", async () => {
    assert.equal((await find([refuses, works])).source, "built");
    assert.equal((await find([])).source, "in the cache");
  });

  for (const [what, spoil] of [
    ["of another version", (file: string) => pulumi(file, "3.1.0")],
    ["truncated", (file: string) => writeFileSync(file, "\u007fELF")],
    ["gone", (file: string) => rmSync(file)],
  ] as const) {
    it(`in the cache is made anew, when it is ${what}`, async () => {
      spoil((await find([works])).pulumi);
      assert.equal((await find([works])).source, "built");
    });
  }

  it("that says another version than asked for is not taken", async () => {
    const wrong: Way = {
      source: "built",
      prepare: (_folder, file) => {
        mkdirSync(path.dirname(file), { recursive: true });
        pulumi(file, "3.1.0");
        return Promise.resolve(undefined);
      },
    };
    await assert.rejects(find([wrong]), /does not say that it is version/);
  });

  it("that cannot be got is a problem that names the three ways", async () => {
    await assert.rejects(find([refuses, { ...refuses, source: "built" }]), (error: Error) => {
      assert.match(
        error.message,
        /1\. on PATH: .*\n\s+2\. downloaded: cannot be reached\n\s+3\. built: cannot be reached/,
      );
      assert.equal(error.name, "SandboxProblem");
      return true;
    });
  });

  describe("built", () => {
    const go = (version: string, ...lines: string[]) =>
      script(path.join(tools, "go"), `[ "$1" = env ] && { echo ${version}; exit; }`, ...lines);
    const build = () => {
      process.env["PATH"] = `${tools}:/usr/bin:/bin`;
      return buildEngine(folder, path.join(folder, "bin", "pulumi"), unwatched);
    };

    it("needs Go", async () => {
      process.env["PATH"] = tools;
      const refusal = await buildEngine(folder, path.join(folder, "bin", "pulumi"), unwatched);
      assert.match(refusal ?? "", /no Go on PATH\. Install Go 1\.25/);
    });

    it("needs a Go that is new enough", async () => {
      go("go1.22.1");
      assert.match((await build()) ?? "", /Go 1\.22\.1 is too old/);
    });

    it("tells what Go says, when it fails", async () => {
      go("go1.26.0", 'echo "go: proxy.example.com: no such host" >&2', "exit 1");
      assert.match((await build()) ?? "", /go build failed: go: proxy\.example\.com: no such host/);
    });

    it("has its version", async () => {
      go("go1.26.0", 'echo "$@" > arguments; ls > files');
      assert.equal(await build(), undefined);
      const module = path.join(folder, "module");
      assert.match(
        readFileSync(path.join(module, "arguments"), "utf8"),
        new RegExp(`version\\.Version=v${engineVersion}`),
      );
      assert.match(readFileSync(path.join(module, "files"), "utf8"), /go\.mod\ngo\.sum\npulumi\.go/);
    });
  });
});
