import assert from "node:assert/strict";

import fc from "fast-check";
import ts from "typescript";

import { addTemporary, removeTemporary, type WrittenGrant } from "../../src/definitions/temporary-list";
import { UserError } from "../../src/model/problems";

const GRANT: WrittenGrant = { person: "john", role: "DbRead", approvedBy: ["alex"] };

type Files = Readonly<Record<string, string>>;

const readerOf = (files: Files) => (file: string) => files[file];
const rosterOnly = (text: string): Files => ({ "src/roster.ts": text });

const add = (files: Files): Files => ({
  ...files,
  ...Object.fromEntries(addTemporary(readerOf(files), GRANT).map(({ file, text }) => [file, text])),
});
const remove = (files: Files, ...indices: readonly number[]): Files => ({
  ...files,
  ...Object.fromEntries(removeTemporary(readerOf(files), indices).map(({ file, text }) => [file, text])),
});

/** What a roster's file comes to, run as JavaScript. */
function valueOf(text: string): unknown {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const exported: { roster?: unknown } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function("exports", "defineRoster", outputText)(exported, (roster: unknown) => roster);
  return JSON.parse(JSON.stringify(exported.roster));
}

interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const ADDITIONS: readonly Case[] = [
  {
    name: "behind the last, in its style",
    before: `export const roster = defineRoster({
  people: {},
  temporary: [
    {
      person: "kim",
    },
  ],
  departed: [],
});
`,
    after: `export const roster = defineRoster({
  people: {},
  temporary: [
    {
      person: "kim",
    },
    {
      person: "john",
      role: "DbRead",
      approvedBy: ["alex"],
    },
  ],
  departed: [],
});
`,
  },
  {
    name: "comments above, within, behind and below stay where they are",
    before: `export const roster = defineRoster({
  // Newest last.
  temporary: [
    // INC-1
    {
      person: "kim", // on leave /* soon */
    }, // until they are back
    // { person: "old" },
  ],
});
`,
    after: `export const roster = defineRoster({
  // Newest last.
  temporary: [
    // INC-1
    {
      person: "kim", // on leave /* soon */
    }, // until they are back
    {
      person: "john",
      role: "DbRead",
      approvedBy: ["alex"],
    },
    // { person: "old" },
  ],
});
`,
  },
  {
    name: "no comma behind the last one, and a comment there",
    before: `export const roster = { temporary: [
    { person: "kim" } // first
  ] }
`,
    after: `export const roster = { temporary: [
    { person: "kim" }, // first
    {
        person: "john",
        role: "DbRead",
        approvedBy: ["alex"]
    }
  ] }
`,
  },
  {
    name: "single quotes, tabs, and a quote in a text",
    before: `export const roster = {\n\tpeople: { kim: { email: 'kim@example.com' } },\n\ttemporary: [\n\t\t{\n\t\t\tperson: 'kim',\n\t\t},\n\t],\n};\n`,
    after: `export const roster = {\n\tpeople: { kim: { email: 'kim@example.com' } },\n\ttemporary: [\n\t\t{\n\t\t\tperson: 'kim',\n\t\t},\n\t\t{\n\t\t\tperson: 'john',\n\t\t\trole: 'DbRead',\n\t\t\tapprovedBy: ['alex'],\n\t\t},\n\t],\n};\n`,
  },
  {
    name: "line ends of Windows",
    before: `export const roster = {\r\n  temporary: [\r\n    {\r\n      person: "kim",\r\n    },\r\n  ],\r\n};\r\n`,
    after: `export const roster = {\r\n  temporary: [\r\n    {\r\n      person: "kim",\r\n    },\r\n    {\r\n      person: "john",\r\n      role: "DbRead",\r\n      approvedBy: ["alex"],\r\n    },\r\n  ],\r\n};\r\n`,
  },
  {
    name: "entries on one line",
    before: `export const roster = { temporary: [{ person: "kim" }, { person: "ann" }] };\n`,
    after: `export const roster = { temporary: [{ person: "kim" }, { person: "ann" }, { person: "john", role: "DbRead", approvedBy: ["alex"] }] };\n`,
  },
  {
    name: "entries on one line with a comma at the end",
    before: `export const roster = { temporary: [{ person: "kim" },] };\n`,
    after: `export const roster = { temporary: [{ person: "kim" }, { person: "john", role: "DbRead", approvedBy: ["alex"] },] };\n`,
  },
  {
    name: "an empty list",
    before: `export const roster = {\n  temporary: [],\n};\n`,
    after: `export const roster = {\n  temporary: [\n    {\n      person: "john",\n      role: "DbRead",\n      approvedBy: ["alex"],\n    },\n  ],\n};\n`,
  },
  {
    name: "a list of comments alone",
    before: `export const roster = {\n  temporary: [\n    // Nobody at present.\n  ],\n};\n`,
    after: `export const roster = {\n  temporary: [\n    // Nobody at present.\n    {\n      person: "john",\n      role: "DbRead",\n      approvedBy: ["alex"],\n    },\n  ],\n};\n`,
  },
  {
    name: "no list yet",
    before: `export const roster = defineRoster({\n  people: {},\n  power: ["kim"],\n});\n`,
    after: `export const roster = defineRoster({\n  people: {},\n  power: ["kim"],\n  temporary: [\n    {\n      person: "john",\n      role: "DbRead",\n      approvedBy: ["alex"],\n    },\n  ],\n});\n`,
  },
  {
    name: "behind lists that are spread into it, under as const and satisfies",
    before: `const old = [{ person: "kim" }];
export const roster = {
  temporary: [
    ...old,
  ] as const,
} satisfies object;
`,
    after: `const old = [{ person: "kim" }];
export const roster = {
  temporary: [
    ...old,
    {
      person: "john",
      role: "DbRead",
      approvedBy: ["alex"],
    },
  ] as const,
} satisfies object;
`,
  },
  {
    name: "where a constant has the list",
    before: `const temporary = [
  { person: "kim" },
];
export const roster = { people: {}, temporary };
`,
    after: `const temporary = [
  { person: "kim" },
  {
    person: "john",
    role: "DbRead",
    approvedBy: ["alex"],
  },
];
export const roster = { people: {}, temporary };
`,
  },
];

const REMOVALS: readonly (Case & { readonly indices: readonly number[] })[] = [
  {
    name: "whole lines, with the comments that are the entry's own",
    indices: [1],
    before: `export const roster = {
  temporary: [
    // Newest last.

    // INC-1
    {
      person: "kim",
    }, // until they are back
    // INC-2, said chris
    /* twice */
    { person: "ann" }, // soon
    // INC-3
    { person: "bob" },
  ],
};
`,
    after: `export const roster = {
  temporary: [
    // Newest last.

    // INC-1
    {
      person: "kim",
    }, // until they are back
    // INC-3
    { person: "bob" },
  ],
};
`,
  },
  {
    name: "the last one where none has a comma behind it",
    indices: [1],
    before: `export const roster = {\n  temporary: [\n    { person: "kim" },\n    { person: "ann" }\n  ]\n};\n`,
    after: `export const roster = {\n  temporary: [\n    { person: "kim" }\n  ]\n};\n`,
  },
  {
    name: "the only one",
    indices: [0],
    before: `export const roster = {\n  temporary: [\n    { person: "kim" },\n  ],\n};\n`,
    after: `export const roster = {\n  temporary: [],\n};\n`,
  },
  {
    name: "all of them, but not what is said of the list",
    indices: [0, 1],
    before: `export const roster = {\n  temporary: [\n    // Newest last.\n\n    { person: "kim" },\n    { person: "ann" },\n  ],\n};\n`,
    after: `export const roster = {\n  temporary: [\n    // Newest last.\n\n  ],\n};\n`,
  },
  {
    name: "on one line: first, middle, last",
    indices: [0, 2, 3],
    before: `export const roster = { temporary: [{ person: "kim" }, { person: "ann" }, { person: "bob" }, { person: "eve" }] };\n`,
    after: `export const roster = { temporary: [{ person: "ann" }] };\n`,
  },
  {
    name: "with line ends of Windows",
    indices: [0],
    before: `export const roster = {\r\n  temporary: [\r\n    { person: "kim" },\r\n    { person: "ann" },\r\n  ],\r\n};\r\n`,
    after: `export const roster = {\r\n  temporary: [\r\n    { person: "ann" },\r\n  ],\r\n};\r\n`,
  },
  {
    name: "from the list that is spread",
    indices: [1],
    before: `const old = [\n  { person: "kim" },\n  { person: "ann" },\n];\nexport const roster = { temporary: [...old, { person: "bob" }] };\n`,
    after: `const old = [\n  { person: "kim" },\n];\nexport const roster = { temporary: [...old, { person: "bob" }] };\n`,
  },
];

/** Lists as people may write them: any of these styles, entries and comments. */
const lists = fc
  .record({
    entries: fc.array(
      fc.record({
        person: fc.constantFrom("kim", "ann", "o'neil", 'say "hi"', "a, b", "[x]", "// no"),
        above: fc.constantFrom("", "// note, with a comma", "/* { } */"),
        behind: fc.constantFrom("", " // why", " /* , */"),
        lines: fc.boolean(),
      }),
      { maxLength: 5 },
    ),
    indent: fc.constantFrom("  ", "\t", "    "),
    newline: fc.constantFrom("\n", "\r\n"),
    comma: fc.boolean(),
    single: fc.boolean(),
  })
  .map(({ entries, indent, newline, comma, single }) => {
    const quote = (text: string): string =>
      single ? `'${text.replaceAll("'", "\\'")}'` : JSON.stringify(text);
    const lines = entries.flatMap(({ person, above, behind, lines: several }, index) => {
      const after = index < entries.length - 1 || comma ? "," : "";
      const key = `person: ${quote(person)}`;
      const object = several
        ? `{${newline}${indent.repeat(3)}${key},${newline}${indent.repeat(2)}}`
        : `{ ${key} }`;
      return [
        ...(above === "" ? [] : [indent.repeat(2) + above]),
        `${indent.repeat(2)}${object}${after}${behind}`,
      ];
    });
    const text = ["export const roster = {", `${indent}temporary: [`, ...lines, `${indent}],`, "};", ""];
    return { text: text.join(newline), people: entries.map(({ person }) => person) };
  });

describe("the list of temporary grants, as text", () => {
  describe("takes a grant more", () => {
    for (const { name, before, after } of ADDITIONS) {
      it(name, () => assert.deepEqual(add(rosterOnly(before)), rosterOnly(after)));
    }

    it("in the file from which it is imported", () => {
      const files = {
        "src/roster.ts": `import { temporary } from "./grants";\nexport const roster = { temporary };\n`,
        "src/grants.ts": `export const temporary = [\n  { person: "kim" },\n];\n`,
      };
      assert.deepEqual(add(files), {
        ...files,
        "src/grants.ts": `export const temporary = [\n  { person: "kim" },\n  {\n    person: "john",\n    role: "DbRead",\n    approvedBy: ["alex"],\n  },\n];\n`,
      });
    });

    it("whatever its style: its value has the grant behind the others, and no character before goes", () => {
      fc.assert(
        fc.property(lists, ({ text, people }) => {
          const after = add(rosterOnly(text))["src/roster.ts"] ?? "";
          assert.deepEqual(valueOf(after), {
            temporary: [...people.map((person) => ({ person })), GRANT],
          });
          let place = 0;
          for (const character of text) {
            place = after.indexOf(character, place) + 1;
            assert.notEqual(place, 0, `${JSON.stringify(character)} is gone`);
          }
        }),
      );
    });
  });

  describe("loses grants", () => {
    for (const { name, before, after, indices } of REMOVALS) {
      it(name, () => assert.deepEqual(remove(rosterOnly(before), ...indices), rosterOnly(after)));
    }

    it("whatever its style: its value has the others", () => {
      fc.assert(
        fc.property(lists, fc.func(fc.boolean()), ({ text, people }, goes) => {
          const indices = people.flatMap((_, index) => (goes(index) ? [index] : []));
          const after = remove(rosterOnly(text), ...indices)["src/roster.ts"] ?? text;
          assert.deepEqual(valueOf(after), {
            temporary: people.flatMap((person, index) => (indices.includes(index) ? [] : [{ person }])),
          });
        }),
      );
    });

    it("and what was added comes out again without a trace, where the list had others and a comma behind the last", () => {
      for (const { before } of ADDITIONS.filter(({ name }) =>
        /comments above|quotes|Windows|style/.test(name),
      )) {
        const added = add(rosterOnly(before));
        assert.deepEqual(remove(added, 1), rosterOnly(before));
      }
    });
  });

  it("is refused where only running the program tells it", () => {
    const files = rosterOnly(`export const roster = {\n  temporary: grants(),\n};\n`);
    for (const change of [() => add(files), () => remove(files, 0)]) {
      assert.throws(change, (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(
          error.message,
          "src/roster.ts, line 2: `temporary` comes from `grants()`, which only running the program tells. " +
            "Change it there by hand, or write the list as a list.",
        );
        return true;
      });
    }
  });
});
