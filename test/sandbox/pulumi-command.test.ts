import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { parseCommandLine, type CommandLine } from "../../sandbox/pulumi-command/command-line";
import { copyStackSettings } from "../../sandbox/stack-settings";

describe("the sandbox's pulumi command", () => {
  const cases: [line: string, expected: Partial<CommandLine>][] = [
    ["up -s dev", { readsSettings: true, stack: "dev" }],
    ["preview --stack dev", { readsSettings: true, stack: "dev" }],
    ["preview --stack=dev", { readsSettings: true, stack: "dev" }],
    ["-sdev up", { readsSettings: true, stack: "dev" }],
    ["--stack dev up", { readsSettings: true, stack: "dev" }],
    ["up -s organization/muster/dev", { readsSettings: true, stack: "dev" }],
    ["up", { readsSettings: true, stack: undefined }],
    ["-C elsewhere up -s dev", { readsSettings: true, stack: "dev", directory: "elsewhere" }],
    ["--color never refresh -s dev", { readsSettings: true, stack: "dev" }],
    ["--non-interactive destroy -s dev", { readsSettings: true, stack: "dev" }],
    ["stack output -s dev", { readsSettings: false, stack: "dev" }],
    ["config set a b -s dev", { readsSettings: false, stack: "dev" }],
    ["version", { readsSettings: false, stack: undefined }],
    ["", { readsSettings: false, stack: undefined }],
  ];
  for (const [line, expected] of cases) {
    it(`understands pulumi ${line}`, () => {
      const parsed = parseCommandLine(line.split(" ").filter(Boolean));
      assert.deepEqual(parsed, { directory: undefined, ...expected });
    });
  }
});

describe("a copy of a stack's settings", () => {
  let project: string;
  beforeEach(() => (project = mkdtempSync(path.join(tmpdir(), "muster-settings-"))));
  afterEach(() => rmSync(project, { recursive: true }));

  const cases: [what: string, text: string | undefined, config: unknown][] = [
    ["that are not there", undefined, undefined],
    ["that are empty", "", undefined],
    ["that hold a comment only", "# nothing yet\n", undefined],
    ["that are an empty record", "{}\n", undefined],
    ["with values", "# why\nconfig:\n  muster:alarms: [a, b]\n", { "muster:alarms": ["a", "b"] }],
    ["in one line", 'config: {"muster:a": b}', { "muster:a": "b" }],
    [
      "with a key of KMS",
      "secretsprovider: awskms://x\nencryptedkey: abc\nconfig:\n  muster:a: b\n",
      { "muster:a": "b" },
    ],
  ];
  it("is refused where they are not YAML", () => {
    writeFileSync(path.join(project, "Pulumi.dev.yaml"), "config: [\n");
    assert.throws(
      () => copyStackSettings(project, "dev", path.join(project, "copies")),
      /Pulumi\.dev\.yaml is not valid YAML/,
    );
  });

  for (const [what, text, config] of cases) {
    it(`has the sandbox's secrets provider and the values of settings ${what}`, () => {
      const original = path.join(project, "Pulumi.dev.yaml");
      if (text !== undefined) writeFileSync(original, text);
      const copy = parse(
        readFileSync(copyStackSettings(project, "dev", path.join(project, "copies")), "utf8"),
      ) as object;
      assert.match((copy as { encryptionsalt: string }).encryptionsalt, /^v1:/);
      assert.deepEqual(
        { ...copy, encryptionsalt: "" },
        { encryptionsalt: "", ...(config === undefined ? {} : { config }) },
      );
      if (text !== undefined) assert.equal(readFileSync(original, "utf8"), text);
    });
  }
});
