import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { sourcesChangedSince } from "../../policypack/expectations/changed-since";
import { Expectations } from "../../policypack/expectations/expectations";
import { readEditedProject } from "../../policypack/expectations/edited-project";

const CHECKOUT = path.join(__dirname, "..", "..");

describe("the project that the pack reads", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "muster-pack-"));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }

  function writeProject(exemptions: string): void {
    write("src/organization.ts", 'export const organization = { prefix: "acme" } as const;');
    write("src/teams/web.ts", 'export const web: Record<string, unknown> = { "ann.web": {} };');
    write("src/roster.ts", 'import { web } from "./teams/web";\nexport const roster = { people: web };');
    write("src/workloads.ts", "export const workloads = {};");
    write("policypack/exemptions.ts", exemptions);
  }

  it("is the edited files as they stand, whatever they import", () => {
    writeProject("export const EXEMPTIONS = [];");
    assert.deepEqual(readEditedProject(root), {
      organization: { prefix: "acme" },
      roster: { people: { "ann.web": {} } },
      workloads: {},
      exemptions: [],
      ownResources: [],
      repeatedKeys: [],
    });
  });

  it("knows the keys that are written twice, of which values have the second alone", () => {
    writeProject("export const EXEMPTIONS = [];");
    write("src/teams/web.ts", 'export const web = {\n"ann.web": {},\n"ann.web": { access: {} },\n};');
    const project = readEditedProject(root);
    assert.deepEqual(
      project.repeatedKeys.map(({ file, path: place }) => [file, place]),
      [["src/teams/web.ts", 'people["ann.web"]']],
    );
    const expectations = new Expectations(
      project,
      () => new Date("2026-11-18T12:00:00Z"),
      () => ({}),
    );
    assert.throws(() => expectations.of("dev"), {
      name: "UserError",
      message: /people\["ann.web"\]\n.*written twice/,
    });
  });

  it("is nothing where a file is not TypeScript, and every question names the place", () => {
    writeProject("export const EXEMPTIONS = [];");
    write("src/teams/web.ts", "export const web = {\n  ann: [1 2],\n};\n");
    const project = readEditedProject(root);
    assert.equal(project.roster, undefined);
    const expectations = new Expectations(
      project,
      () => new Date("2026-11-18T12:00:00Z"),
      () => ({}),
    );
    assert.throws(() => expectations.of("dev"), {
      name: "UserError",
      message: "src/teams/web.ts:2:11: ',' expected.",
    });
  });

  it("is nothing where a file throws something, wherever it does, and every question names the place", () => {
    writeProject("export const EXEMPTIONS = [];");
    write(
      "src/teams/web.ts",
      "interface Person {\n  name: string;\n}\nexport const web: Record<string, Person> = {\n  ann: bob,\n};\n",
    );
    const expectations = new Expectations(
      readEditedProject(root),
      () => new Date("2026-11-18T12:00:00Z"),
      () => ({}),
    );
    assert.throws(() => expectations.of("dev"), {
      name: "UserError",
      message: "src/teams/web.ts:5:8: bob is not defined",
    });
  });

  it("is not held to types, which the program and the tests check", () => {
    writeProject("export const EXEMPTIONS: number = [];");
    assert.deepEqual(readEditedProject(root).exemptions, []);
  });

  it("is loaded beside the hook that was there before", () => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const before = require.extensions[".ts"];
    writeProject("export const EXEMPTIONS = [];");
    readEditedProject(root);
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    assert.equal(require.extensions[".ts"], before);
  });

  const OWN = `stack: "dev", type: "aws:sqs/queue:Queue", name: "events", owner: "ann", reason: "x", expires: "2026-12-01"`;
  const ITEM = `policy: "aws-iam-role-boundary", ${OWN}`;
  const TYPED = "export const EXEMPTIONS: readonly { owner: string }[] = [\n";
  const OTHERWISE = "lacks something of";
  for (const [what, text, message] of [
    [
      "no list of exemptions",
      "export const exemptions = [];",
      "policypack/exemptions.ts exports no list of exemptions called EXEMPTIONS.",
    ],
    [
      "an exemption that is none",
      `export const EXEMPTIONS = [{ ${ITEM} }, { policy: "aws-iam-resource-tags" }];`,
      `policypack/exemptions.ts: EXEMPTIONS[1] ${OTHERWISE} exemptions, or has something else.`,
    ],
    [
      "an option that does not exist",
      `export const EXEMPTIONS = []; export const OWN_RESOURCES = [{ ${OWN}, options: ["retainOnDelete"] }];`,
      `policypack/exemptions.ts: OWN_RESOURCES[0] ${OTHERWISE} resources of your own, or has something else.`,
    ],
    [
      "options that are no list",
      `export const EXEMPTIONS = []; export const OWN_RESOURCES = [{ ${OWN}, options: "protect" }];`,
      `policypack/exemptions.ts: OWN_RESOURCES[0] ${OTHERWISE} resources of your own, or has something else.`,
    ],
    [
      "a value of another type",
      `${TYPED}  { owner: 5 },\n];\n`,
      "policypack/exemptions.ts:2:5: Type 'number' is not assignable to type 'string'.",
    ],
    [
      "a name that nothing declares",
      `interface Own {\n  owner: string;\n}\nexport const EXEMPTIONS: readonly Own[] = [\n  { owner: ann },\n];\n`,
      "policypack/exemptions.ts:5:12: ann is not defined",
    ],
    [
      "a fault of syntax",
      "export const EXEMPTIONS = [\n  1 2,\n];\n",
      "policypack/exemptions.ts:2:5: ',' expected.",
    ],
  ] as const) {
    it(`is nothing with ${what}, and every question says so`, () => {
      writeProject(text);
      const expectations = new Expectations(
        readEditedProject(root),
        () => new Date("2026-11-18T12:00:00Z"),
        () => ({}),
      );
      assert.throws(() => expectations.of("dev"), { name: "UserError", message });
    });
  }

  it("has what is registered, with its options", () => {
    writeProject(
      `export const EXEMPTIONS = []; export const OWN_RESOURCES = [{ ${OWN}, options: ["protect"] }];`,
    );
    assert.deepEqual(
      readEditedProject(root).ownResources.map(({ name, options }) => [name, options]),
      [["events", ["protect"]]],
    );
  });

  it("is the repository's own", () => {
    assert.deepEqual(Object.keys(readEditedProject(CHECKOUT)), [
      "organization",
      "roster",
      "workloads",
      "exemptions",
      "ownResources",
      "repeatedKeys",
    ]);
  });

  it("was changed where a file is newer than the compiled pack", () => {
    const at = (file: string, seconds: number): void => {
      write(file, "");
      utimesSync(path.join(root, file), seconds, seconds);
    };
    at("dist/main.js", 1_000);
    at("src/model/roles.ts", 1_001);
    at("src/model/names.ts", 999);
    at("src/documents/permissions/read.ts", 2_000);
    at("src/documents/notes.md", 2_000);
    at("src/roster.ts", 2_000);
    assert.deepEqual(
      sourcesChangedSince(path.join(root, "dist/main.js"), root, ["src/model", "src/documents"]),
      ["src/documents/permissions/read.ts", "src/model/roles.ts"],
    );
  });
});
