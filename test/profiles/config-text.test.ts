import assert from "node:assert/strict";

import fc from "fast-check";

import { UserError } from "../../src/model/problems";
import { withBlock, withoutBlock } from "../../src/profiles/config-text";
import { planConfigChange } from "../../src/profiles/config-plan";
import { blockFor, markersFor } from "./fixture";

const MARKERS = markersFor("sarah.devops");
const { begin: BEGIN, end: END } = MARKERS;
const BLOCK = blockFor("sarah.devops");
const OTHER_BLOCK = blockFor("sarah.devops", { flavour: "aws-vault" });
/** A short block, for texts that are compared as a whole. */
const SHORT = [BEGIN, "[profile prod-ops]", "region = eu-west-1", END];

/** U+FEFF in UTF-8, one character a byte, as files are read. */
const MARK = "\u00ef\u00bb\u00bf";

const UTF_16_MARKS = ["\u00ff\u00fe", "\u00fe\u00ff"];

const merge = (text: string, block: readonly string[] = SHORT): string =>
  withBlock({ name: "config", text }, MARKERS, block);
const remove = (text: string): string => withoutBlock({ name: "config", text }, MARKERS);

function assertRefused(run: () => unknown, ...words: readonly string[]): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof UserError);
    for (const word of words) assert.ok(error.message.includes(word), error.message);
    return true;
  });
}

describe("a block in a config file", () => {
  const places: readonly (readonly [what: string, before: string, after: string])[] = [
    ["an empty file", "", `${SHORT.join("\n")}\n`],
    ["after what is there", "[default]\n", `[default]\n\n${SHORT.join("\n")}\n`],
    ["after a last line without an end", "[default]", `[default]\n${SHORT.join("\n")}\n`],
    [
      "with the file's line ends",
      "[default]\r\nx = 1\r\n",
      `[default]\r\nx = 1\r\n\r\n${SHORT.join("\r\n")}\r\n`,
    ],
    [
      "in the old one's place",
      `a\n${BEGIN}\n[profile old]\n${END}\n[default]`,
      `a\n${SHORT.join("\n")}\n[default]`,
    ],
    ["after a byte order mark", MARK, `${MARK}${SHORT.join("\n")}\n`],
    [
      "in the place of one right after a byte order mark",
      `${MARK}${BEGIN}\n${END}\n`,
      `${MARK}${SHORT.join("\n")}\n`,
    ],
    ["in the place of one at the very end", `a\n${BEGIN}\n${END}`, `a\n${SHORT.join("\n")}`],
    [
      "in the place of one whose markers were indented",
      `a\r\n  ${BEGIN} \r\n\t${END}\r\nb`,
      `a\r\n${SHORT.join("\r\n")}\r\nb`.replace(BEGIN, BEGIN),
    ],
    [
      "beside somebody else's",
      `# BEGIN muster infra 111111111111 x\n[profile theirs]\n# END muster infra 111111111111 x\n`,
      `# BEGIN muster infra 111111111111 x\n[profile theirs]\n# END muster infra 111111111111 x\n\n${SHORT.join("\n")}\n`,
    ],
  ];
  for (const [what, before, after] of places) {
    it(`stands ${what}`, () => assert.equal(merge(before), after));
  }

  const removals: readonly (readonly [what: string, before: string, after: string])[] = [
    ["nothing where there is none", "[default]\n", "[default]\n"],
    ["what stands below it", `a\n${BEGIN}\n${END}\nb\n`, "a\nb\n"],
    ["no line joined to another", `a\n${BEGIN}\n${END}\nb`, "a\nb"],
    ["a byte order mark", `${MARK}${BEGIN}\n${END}\n`, MARK],
    ["an empty line, of two", `a\n\n\n${BEGIN}\n${END}\n`, "a\n\n"],
  ];
  for (const [what, before, after] of removals) {
    it(`taken out, leaves ${what}`, () => assert.equal(remove(before), after));
  }

  const broken: readonly (readonly [what: string, text: string, ...words: string[]])[] = [
    ["BEGIN without END", `a\n${BEGIN}\n[profile prod-ops]\n`, "BEGIN on line 2, END nowhere"],
    ["END without BEGIN", `${END}\n`, "BEGIN nowhere, END on line 1"],
    ["END before BEGIN", `${END}\n${BEGIN}\n`, "BEGIN on line 2, END on line 1"],
    ["two blocks", `${BEGIN}\n${END}\n${BEGIN}\n${END}\n`, "BEGIN on line 1 and 3, END on line 2 and 4"],
    ["two BEGINs", `${BEGIN}\n${BEGIN}\n${END}\n`, "BEGIN on line 1 and 2"],
    [
      "another block inside",
      `${BEGIN}\n# BEGIN muster a 1 b\n${END}\n`,
      "another block between them on line 2",
    ],
  ];
  for (const [what, text, ...words] of broken) {
    it(`is neither written nor taken out with ${what}`, () => {
      assertRefused(() => merge(text), "config is broken", ...words);
      assertRefused(() => remove(text), "config is broken", ...words);
    });
  }

  const taken = [
    "[profile prod-ops]",
    '[profile "prod-ops"]',
    "[ profile\tprod-ops ] # mine",
    "  [profile 'prod-ops']",
    "\r\n[profile prod-ops]\r\n",
    "# BEGIN muster infra 111111111111 x\n[profile prod-ops]\n# END muster infra 111111111111 x",
  ];
  for (const text of taken) {
    it(`does not take a name that is there: ${JSON.stringify(text)}`, () => {
      assertRefused(() => merge(`[default]\n${text}\n`), "prod-ops", "line ", "--profile-prefix", "--remove");
    });
  }

  it("does not take a name that is there, right after a byte order mark", () => {
    assertRefused(() => merge(`${MARK}[profile prod-ops]\n`), "line 1: [profile prod-ops]");
  });

  it("takes a name that only looks like one that is there", () => {
    for (const text of ["# [profile prod-ops]", "[profile prod-ops2]", "[prod-ops]", "[profile PROD-OPS]"]) {
      assert.equal(merge(`${text}\n`), `${text}\n\n${SHORT.join("\n")}\n`);
    }
  });

  it("says which profiles are new, changed and gone", () => {
    const before = [BEGIN, "[profile a]", "x = 1", "", "[profile b]", "x = 1", "", "[profile c]", "", END];
    const after = [BEGIN, "[profile b]", "x = 2", "", "[profile c]", "", "[profile d]", "", END];
    const config = { name: "config", text: `${before.join("\r\n")}\r\n` };
    assert.deepEqual(planConfigChange(config, MARKERS, after).changes, {
      added: ["d"],
      changed: ["b"],
      removed: ["a"],
    });
    assert.deepEqual(planConfigChange(config, MARKERS, before), {
      text: config.text,
      changes: { added: [], changed: [], removed: [] },
      isDone: true,
      hasByteOrderMark: false,
    });
  });

  for (const mark of UTF_16_MARKS) {
    it(`is not written into UTF-16, ${JSON.stringify(mark)}`, () => {
      const planned = () => planConfigChange({ name: "config", text: `${mark}[\0` }, MARKERS, undefined);
      assertRefused(planned, "config is UTF-16", "save it as UTF-8");
    });
  }

  it("says that the file begins with a byte order mark", () => {
    assert.ok(planConfigChange({ name: "config", text: MARK }, MARKERS, BLOCK).hasByteOrderMark);
  });
});

/** What people have in such files, and what nobody has: any bytes, in lines that end in every way. */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)) }),
      fc.constantFrom("\n", "\r\n", "\r", "", " ", "[default]\n", "[profile mine]\r\n", "region = eu-west-1"),
      fc.constantFrom(
        "# BEGIN muster\n",
        `${BEGIN}x\n`,
        `# ${END}\n`,
        "# BEGIN muster infra 111111111111 x\n# END muster infra 111111111111 x\n",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""))
  .chain((text) => fc.constantFrom(text, MARK + text))
  .filter((text) => !UTF_16_MARKS.some((mark) => text.startsWith(mark)))
  .filter(
    (text) =>
      !text
        .replace(MARK, "")
        .split("\n")
        .some((line) => [BEGIN, END].includes(line.trim())),
  );

describe("for every text without a block of the person's", () => {
  it("writing the block keeps it, to the byte", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const merged = merge(text, BLOCK);
        assert.ok(merged.startsWith(text));
        assert.deepEqual(merged.slice(text.length).trim().split(/\r?\n/), BLOCK);
      }),
      { numRuns: 1_000 },
    );
  });

  it("writing it twice is writing it once", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = merge(text, BLOCK);
        assert.equal(merge(once, BLOCK), once);
        assert.equal(merge(merge(text, OTHER_BLOCK), BLOCK), once);
      }),
      { numRuns: 1_000 },
    );
  });

  it("taking it out again leaves the text, to the byte", () => {
    fc.assert(
      fc.property(texts, (text) => assert.equal(remove(merge(text, BLOCK)), text)),
      { numRuns: 1_000 },
    );
  });

  it("replacing it keeps what stands before and after", () => {
    const lineEnds = fc.constantFrom("\n", "\r\n");
    fc.assert(
      fc.property(texts, texts, lineEnds, (above, below, lineEnd) => {
        const before = above === "" || above.endsWith("\n") ? above : `${above}\n`;
        const merged = merge(`${before}${OTHER_BLOCK.join(lineEnd)}${lineEnd}${below}`, BLOCK);
        assert.equal(merged, `${before}${BLOCK.join(lineEnd)}${lineEnd}${below}`);
      }),
      { numRuns: 1_000 },
    );
  });
});
