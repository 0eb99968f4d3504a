import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const CHECKOUT = path.join(__dirname, "..", "..");

/** What an engine logs of a program that registers nothing but its stack. */
const STACK_REQUEST = JSON.stringify({
  method: "/pulumirpc.ResourceMonitor/RegisterResource",
  progress: "request_started",
  request: { type: "pulumi:pulumi:Stack", name: "muster-dev" },
});

/** The flags that `npm run ci:preview` hands to `pulumi preview`, of which a stand-in ends with a status, and how it ends itself. */
function preview(pulumiStatus: number, ...args: readonly string[]) {
  return previewLogging(STACK_REQUEST, pulumiStatus, ...args);
}

function previewLogging(request: string, pulumiStatus: number, ...args: readonly string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), "muster-ci-preview-"));
  try {
    const log = path.join(folder, "log");
    const pulumi = [
      "#!/bin/sh",
      '[ "$1" = preview ] || exit 1',
      `echo "$*" > ${log}`,
      `printf '%s\\n' '${request}' > "$PULUMI_DEBUG_GRPC"`,
      `exit ${String(pulumiStatus)}`,
      "",
    ].join("\n");
    writeFileSync(path.join(folder, "pulumi"), pulumi, { mode: 0o755 });
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.join("start", "command.js"), path.join("src", "cli", "ci-preview.ts"), ...args],
      {
        cwd: CHECKOUT,
        encoding: "utf8",
        env: { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}`, PULUMI_CONFIG_PASSPHRASE: "" },
      },
    );
    return { status, stderr, flags: existsSync(log) ? readFileSync(log, "utf8").trim().split(" ") : [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("npm run ci:preview, with a stand-in for pulumi", function () {
  this.timeout(60_000);

  it("previews with a refresh and the policy pack, whatever changes", () => {
    const { status, flags, stderr } = preview(0, "dev");
    assert.equal(status, 0, stderr);
    assert.deepEqual(flags.slice(0, 4), ["preview", "--stack", "dev", "--refresh"]);
    assert.deepEqual(flags.slice(-2), ["--policy-pack", "policypack"]);
  });

  for (const status of [0, 1, 7, 255]) {
    it(`ends as pulumi does, with ${String(status)}, where it expects that nothing differs`, () => {
      const found = preview(status, "dev", "--expect-no-changes");
      assert.equal(found.status, status, found.stderr);
      assert.deepEqual(found.flags.slice(-3), ["--policy-pack", "policypack", "--expect-no-changes"]);
    });
  }

  it("fails, although pulumi does not, where an option is refused that no policy sees", () => {
    const { status, stderr } = previewLogging(
      STACK_REQUEST.replace('"muster-dev"', '"muster-dev","retainOnDelete":true'),
      ...([0, "dev"] as const),
    );
    assert.equal(status, 1);
    assert.equal(
      stderr,
      "Refused, though the policy pack is not told of it:\n- pulumi:pulumi:Stack muster-dev has the option retainOnDelete: it stays in the account when " +
        "the program no longer has it. src/resources does not describe it so; take it away.\n",
    );
  });

  it("fails, although pulumi does not, where the engine tells nothing of options", () => {
    const { status, stderr } = previewLogging("", 0, "dev");
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^Refused, though the policy pack is not told of it:\n- This pulumi does not tell what options resources have/,
    );
  });

  it("writes no summary then, which would call a change a refusal", () => {
    const { status, stderr, flags } = preview(0, "dev", "--expect-no-changes", "--summary", "summary.md");
    assert.notEqual(status, 0);
    assert.deepEqual(flags, []);
    assert.match(stderr, /'--expect-no-changes' cannot be used with option '--summary <file>'/);
  });
});
