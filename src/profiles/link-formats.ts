import { keysOf } from "../model/keys-of";
import type { ConsoleLink, ConsoleLinks } from "./console-links";
import { whenHeld } from "./held-roles";

// Names of people have none of Markdown's or HTML's characters but the underscore, so a code span holds them as they are;
// names of accounts and roles are letters, digits and dashes, and of addresses only the ampersand needs care in HTML.

function linksAsMarkdown({ person, signIn, links }: ConsoleLinks): string {
  const row = ({ role, url, account, accountId, validities }: ConsoleLink): string =>
    `| ${account} (${accountId}) | [${role}](${url}) | ${whenHeld(validities, "always")} |`;
  return [
    `# Console links of \`${person}\``,
    "",
    `First [sign in](${signIn}) as \`${person}\`, with MFA. Then a link switches to its role.`,
    "",
    ...(links.length === 0
      ? ["No role by the roster, now or later."]
      : ["| Account | Role | When |", "| --- | --- | --- |", ...links.map(row)]),
    "",
  ].join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text as HTML holds it, between tags and in double quotes. */
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

/**
 * The file that browsers import and export bookmarks as.
 * https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)
 */
function linksAsBookmarks({ person, organization, signIn, links }: ConsoleLinks): string {
  const bookmark = (name: string, url: string): string =>
    `        <DT><A HREF="${escaped(url)}">${escaped(name)}</A>`;
  return [
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
    '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">',
    "<TITLE>Bookmarks</TITLE>",
    "<H1>Bookmarks</H1>",
    "<DL><p>",
    `    <DT><H3>${escaped(`AWS ${organization}, ${person}`)}</H3>`,
    "    <DL><p>",
    bookmark(`Sign in as ${person}`, signIn),
    ...links.map(({ name, url }) => bookmark(name, url)),
    "    </DL><p>",
    "</DL><p>",
    "",
  ].join("\n");
}

const linksAsJson = (links: ConsoleLinks): string => `${JSON.stringify(links, null, 2)}\n`;

/** What a person's links can be written as. */
export const LINK_FORMATS = {
  markdown: linksAsMarkdown,
  bookmarks: linksAsBookmarks,
  json: linksAsJson,
} as const satisfies Record<string, (links: ConsoleLinks) => string>;

export type LinkFormat = keyof typeof LINK_FORMATS;
export const LINK_FORMAT_NAMES = keysOf(LINK_FORMATS);
