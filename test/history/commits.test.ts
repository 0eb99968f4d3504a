import assert from "node:assert/strict";
import path from "node:path";

import { readCommit } from "../../src/definitions/commit-definitions";
import { runRestricted } from "../../src/definitions/restricted-process";
import { definitionsHistory } from "../../src/history/commits";
import { UserError } from "../../src/model/problems";
import { GitHistory, type WrittenCommit } from "../support/git-history";

const CHECKOUT = path.join(__dirname, "..", "..");

const organization = `import { defineOrganization } from "./model/organization";
export const organization = defineOrganization({ prefix: "infra" });
`;
const roster = (value: string, before = ""): string =>
  `import { organization } from "./organization";
import { defineRoster } from "./model/roster";
${before}export const roster = defineRoster(organization, ${value});
`;

const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();
const commit = (
  number: number,
  subject: string,
  files: WrittenCommit["files"],
  more: Partial<WrittenCommit> = {},
): WrittenCommit => ({ at: day(number), subject, files, ...more });

/** What a history says, without ids. */
async function saidOf(history: GitHistory, ref = "main") {
  const { states } = await definitionsHistory(history.project, ref);
  return states.map(({ commit: { at, subject, author }, outcome }) => ({
    at,
    subject,
    author,
    ...(outcome.kind === "read" ? { roster: outcome.definitions.roster } : outcome),
  }));
}

describe("the history of the edited files", function () {
  this.timeout(120_000);
  const made: GitHistory[] = [];
  const history = (commits: readonly WrittenCommit[], prefix?: string): GitHistory => {
    const one = new GitHistory(commits, prefix);
    made.push(one);
    return one;
  };

  after(() => made.forEach((one) => one.remove()));

  it("has what they came to with each commit that changes that, oldest first", async () => {
    const commits = [
      commit(1, "no roster yet", { "src/organization.ts": organization }),
      commit(2, "a roster", { "src/roster.ts": roster("{ people: {} }") }, { author: "Ann" }),
      commit(3, "a comment", { "src/roster.ts": roster("{ /* nobody */ people: {} }") }),
      commit(4, "documents", { "src/documents/x.ts": "export {};" }),
      commit(5, 'power, "quoted"\tand tabbed', { "src/roster.ts": roster(`{ people: {}, power: ["a"] }`) }),
    ];
    const expected = [
      { at: "2026-01-01T00:00:00Z", subject: "no roster yet", author: "test", kind: "absent" },
      { at: "2026-01-02T00:00:00Z", subject: "a roster", author: "Ann", roster: { people: {} } },
      {
        at: "2026-01-05T00:00:00Z",
        subject: 'power, "quoted"\tand tabbed',
        author: "test",
        roster: { people: {}, power: ["a"] },
      },
    ];
    assert.deepEqual(await saidOf(history(commits)), expected);
    assert.deepEqual(await saidOf(history(commits, "infrastructure/access")), expected);
  });

  it("follows imports at each commit, of TypeScript and JSON, through constants, with defaults", async () => {
    const imports = `import temporary from "./temporary.json";\nimport { people } from "./people";\n`;
    const one = history([
      commit(1, "split", {
        "src/organization.ts": organization,
        "src/roster.ts": roster("{ people, temporary }", imports),
        "src/people/index.ts": `import { ann } from "./ann.js";\nexport const people = { ann };\n`,
        "src/people/ann.ts": `export const ann: object = { category: "qa" };\n`,
        "src/temporary.json": "[]",
      }),
      commit(2, "another category", { "src/people/ann.ts": `export const ann = { category: "dba" };\n` }),
      commit(3, "a grant", { "src/temporary.json": `[{ "person": "ann" }]` }),
    ]);
    assert.deepEqual(
      (await saidOf(one)).map((state) => ("roster" in state ? state.roster : state)),
      [
        { people: { ann: { category: "qa" } }, temporary: [] },
        { people: { ann: { category: "dba" } }, temporary: [] },
        { people: { ann: { category: "dba" } }, temporary: [{ person: "ann" }] },
      ],
    );
  });

  describe("takes of an import the file that Node.js loads when it is deployed", () => {
    const well = { "src/organization.ts": organization };
    const people = (name: string): string => `export const people = { ${name}: {} };\n`;
    for (const [what, specifier, files, comes] of [
      [
        "JavaScript before TypeScript",
        "./people",
        { "src/people.js": "exports.people = { js: {} };" },
        { js: {} },
      ],
      [
        "a file before a folder",
        "./people",
        { "src/people/index.js": "exports.people = { js: {} };" },
        { ts: {} },
      ],
      [
        "the folder where one is named",
        "./people/",
        { "src/people/index.ts": people("folder") },
        { folder: {} },
      ],
    ] as const) {
      it(what, async () => {
        const one = history([
          commit(1, "well", {
            ...well,
            "src/people.ts": people("ts"),
            ...files,
            "src/roster.ts": roster("{ people }", `import { people } from "${specifier}";\n`),
          }),
        ]);
        const [state] = await saidOf(one);
        assert.deepEqual(state && "roster" in state ? state.roster : state, { people: comes });
      });
    }

    it("and none that a package.json in a folder may name", async () => {
      const one = history([
        commit(1, "a folder", {
          ...well,
          "src/people/package.json": '{ "main": "./other.js" }',
          "src/people/index.ts": people("index"),
          "src/roster.ts": roster("{ people }", 'import { people } from "./people";\n'),
        }),
      ]);
      const [state] = await saidOf(one);
      assert.match(state && "reason" in state ? state.reason : "", /^Cannot find module '\.\/people'/);
    });

    it("and none beside a link, which Node.js follows out of the commit", async () => {
      const one = history([
        commit(1, "a link", {
          ...well,
          "src/people.ts": { link: "../elsewhere.ts" },
          "src/people/index.ts": people("index"),
          "src/roster.ts": roster("{ people }", 'import { people } from "./people";\n'),
        }),
        commit(2, "a file in its place", { "src/people.ts": people("ts") }),
      ]);
      assert.deepEqual(
        (await saidOf(one)).map((state) => ("roster" in state ? state.roster : state)),
        [
          {
            at: "2026-01-01T00:00:00Z",
            subject: "a link",
            author: "test",
            kind: "failed",
            reason: "This commit has no src/people.ts, or a link in its place.",
          },
          { people: { ts: {} } },
        ],
      );
    });
  });

  it("says of a commit whose files do not run why, and goes on", async () => {
    const one = history([
      commit(1, "well", { "src/organization.ts": organization, "src/roster.ts": roster("{ people: {} }") }),
      commit(2, "syntax", { "src/roster.ts": roster("{ people: { }") }),
      commit(3, "throws", { "src/roster.ts": `throw new Error("on purpose");` }),
      commit(4, "well again", { "src/roster.ts": roster("{ people: { a: {} } }") }),
    ]);
    assert.deepEqual(
      (await saidOf(one)).map((state) => ("reason" in state ? state.reason : state.subject)),
      ["well", "src/roster.ts, line 3: ',' expected.", "on purpose", "well again"],
    );
  });

  it("lets no commit see or change what another one comes to, nor anything of this process", async () => {
    const spoil = `Object.prototype.toJSON = () => "spoilt"; Array.prototype.map = () => ["spoilt"];\n`;
    const tries = `const tried = (action: () => unknown) => { try { return action(); } catch { return "refused"; } };
export const roster = { tries: [
  tried(() => require("node:fs").readFileSync("/etc/hostname", "utf8")),
  tried(() => require("node:fs").writeFileSync("/tmp/written", "")),
  tried(() => require("node:child_process").execFileSync("id")),
  Object.keys(process.env),
] };\n`;
    const one = history([
      commit(1, "spoils", {
        "src/organization.ts": organization,
        "src/roster.ts": spoil + roster("{ people: {} }"),
      }),
      commit(2, "well", { "src/roster.ts": roster(`{ people: {}, power: ["a"].map((name) => name) }`) }),
      commit(3, "tries", { "src/roster.ts": tries }),
    ]);
    const [, well, last] = await saidOf(one);
    assert.deepEqual(well, {
      at: "2026-01-02T00:00:00Z",
      subject: "well",
      author: "test",
      roster: { people: {}, power: ["a"] },
    });
    assert.deepEqual(last && "roster" in last ? last.roster : last, {
      tries: ["refused", "refused", "refused", []],
    });
  });

  it("follows merges, and not what was on their branches before", async () => {
    const one = history([
      commit(1, "first", { "src/organization.ts": organization, "src/roster.ts": roster("{ n: 1 }") }),
    ]);
    const root = one.git("rev-parse", "main");
    one.add([commit(3, "on the branch", { "src/roster.ts": roster("{ n: 3 }") })]);
    one.git("branch", "topic", "main");
    one.git("update-ref", "refs/heads/main", root);
    const tree = one.git("rev-parse", "topic^{tree}");
    const merge = one.git("commit-tree", tree, "-p", root, "-p", "topic", "-m", "merge");
    one.git("update-ref", "refs/heads/main", merge);
    assert.deepEqual(
      (await saidOf(one)).map(({ subject }) => subject),
      ["first", "merge"],
    );
  });

  it("never goes back in time", async () => {
    const one = history([
      commit(5, "first", { "src/organization.ts": organization, "src/roster.ts": roster("{ n: 1 }") }),
      commit(2, "a clock that is slow", { "src/roster.ts": roster("{ n: 2 }") }),
      commit(7, "third", { "src/roster.ts": roster("{ n: 3 }") }),
    ]);
    assert.deepEqual(
      (await saidOf(one)).map(({ at }) => at),
      ["2026-01-05T00:00:00Z", "2026-01-05T00:00:00Z", "2026-01-07T00:00:00Z"],
    );
  });

  it("reads 500 commits together, in seconds", async () => {
    const one = history(
      Array.from({ length: 500 }, (_, index) =>
        commit(index + 1, `commit ${String(index)}`, {
          "src/roster.ts": roster(`{ people: {}, power: ["p${String(index)}"] }`),
          ...(index === 0 && { "src/organization.ts": organization }),
        }),
      ),
    );
    const begun = performance.now();
    const states = await saidOf(one);
    const seconds = (performance.now() - begun) / 1_000;
    assert.equal(states.length, 500);
    // A process for each would take a second each and more.
    assert.ok(seconds < 60, `${String(seconds)} seconds`);
  });

  it("refuses what is no commit", async () => {
    const one = history([commit(1, "first", { "src/organization.ts": organization })]);
    await assert.rejects(definitionsHistory(one.project, "nowhere"), UserError);
    await assert.rejects(readCommit(one.project, "main"), /main \([0-9a-f]{12}\) has no src\/roster\.ts\./);
  });

  it("runs in a checkout that has its packages in a folder of its own", async () => {
    const answer = await runRestricted({
      script: path.join(CHECKOUT, "src", "definitions", "run-definitions.ts"),
      args: [],
      directory: CHECKOUT,
      readable: [],
      input: JSON.stringify({ scripts: {}, programs: [], exported: {} }),
    });
    assert.deepEqual(answer, []);
  });
});
