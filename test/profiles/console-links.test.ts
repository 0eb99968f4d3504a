import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import fc from "fast-check";

import { buildModel } from "../../src/model/model";
import { buildConsoleLinks } from "../../src/profiles/console-links";
import { LINK_FORMATS } from "../../src/profiles/link-formats";
import { assertGolden } from "../support/golden";
import { NOW, validPairs } from "../support/rosters";
import { model, profilesIn, user } from "./fixture";

const golden = (name: string): string => join(__dirname, "golden", name);
const linksOf = (name: string) => buildConsoleLinks(model(), user(name));

/** Reads bookmarks as a browser does: folders and links, with their entities decoded. */
const READER = `
import json, sys
from html.parser import HTMLParser

class Bookmarks(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.open = [], None
    def handle_starttag(self, tag, attributes):
        if tag in ("a", "h3"):
            self.open = {"kind": tag, "text": "", **dict(attributes)}
    def handle_endtag(self, tag):
        if self.open is not None and tag == self.open["kind"]:
            self.found.append(self.open)
            self.open = None
    def handle_data(self, data):
        if self.open is not None:
            self.open["text"] += data

files = json.load(sys.stdin)
def read(text):
    parser = Bookmarks()
    parser.feed(text)
    parser.close()
    return parser.found
json.dump([read(text) for text in files], sys.stdout)
`;

interface Bookmark {
  readonly kind: "a" | "h3";
  readonly text: string;
  readonly href?: string;
}

function readBack(files: readonly string[]): readonly (readonly Bookmark[])[] {
  const options = {
    input: JSON.stringify(files),
    encoding: "utf8",
    timeout: 30_000,
    maxBuffer: 1e8,
  } as const;
  const { status, stdout, stderr } = spawnSync("python3", ["-c", READER], options);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Bookmark[][];
}

const bookmarksOf = ({
  person,
  organization,
  signIn,
  links,
}: ReturnType<typeof linksOf>): readonly Bookmark[] => [
  { kind: "h3", text: `AWS ${organization}, ${person}` },
  { kind: "a", text: `Sign in as ${person}`, href: signIn },
  ...links.map(({ name, url }): Bookmark => ({ kind: "a", text: name, href: url })),
];

describe("a person's console links", () => {
  it("are this Markdown", () => {
    assertGolden(golden("sarah.devops.links.md"), LINK_FORMATS.markdown(linksOf("sarah.devops")));
    assertGolden(golden("john.developer.links.md"), LINK_FORMATS.markdown(linksOf("john.developer")));
  });

  it("are these bookmarks", () => {
    assertGolden(golden("sarah.devops.links.html"), LINK_FORMATS.bookmarks(linksOf("sarah.devops")));
  });

  it("are told to programs", () => {
    const links = linksOf("maria.cto");
    assert.deepEqual(JSON.parse(LINK_FORMATS.json(links)), links);
  });

  it("lead to the roles of the profiles", () => {
    const targets = linksOf("sarah.devops").links.map(({ url }) => {
      const { origin, pathname, searchParams } = new URL(url);
      assert.equal(`${origin}${pathname}`, "https://signin.aws.amazon.com/switchrole");
      return `arn:aws:iam::${searchParams.get("account") ?? ""}:role/${searchParams.get("roleName") ?? ""}`;
    });
    assert.deepEqual(
      targets,
      profilesIn("sarah.devops").profiles.map(({ roleArn }) => roleArn),
    );
  });

  it("come back from the bookmarks as they are, for every roster", function () {
    if (spawnSync("python3", ["--version"]).error !== undefined) {
      process.stdout.write(
        "\n  !!! SKIPPED: no Python, so no parser of HTML read the bookmarks back. !!!\n\n",
      );
      return this.skip();
    }
    const all = fc.sample(validPairs, { numRuns: 50 }).flatMap(({ organization, roster }) => {
      const some = buildModel(organization, roster, NOW);
      return some.people.map(({ name }) => buildConsoleLinks(some, name));
    });
    assert.deepEqual(readBack(all.map(LINK_FORMATS.bookmarks)), all.map(bookmarksOf));
  });
});
