import { countNoun } from "../../model/problems";
import { printable } from "../../text/printable";
import { ACCESS_LEVELS } from "../actions/aws-action";
import { formatRolePath } from "../report/can-text";
import type { AccessChange, PowerChange, TrustChange } from "./admissions";
import type { ActionsByLevel, AccessDifference, RoleChange } from "./access-difference";
import { formatSessionLength } from "./session-changes";
import type { NewAccess } from "./new-access";
import { holdersSaidOtherwise, type RequestChange, type RequestExample } from "./request-changes";

/** How many actions are named for each level; the rest is counted. */
const MOST_ACTIONS = 40;
/** Characters: a comment on GitHub takes 65,536, and previews stand beside it. */
const LONGEST = 16_000;

/** Text inside a table's cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const code = (text: string): string => `\`${printable(text).replaceAll("`", "'")}\``;

/** Text without anything that Markdown or GitHub renders: mentions, links, emphasis, HTML. */
const PLAIN = /^(?!.*(:\/\/|www\.))[\w .,:;()/—-]*$/;

/** Text that may come from a pull request, which must not speak in this program's voice. */
const quoted = (text: string): string => (PLAIN.test(text) ? text : code(text));

const HTML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const html = (text: string): string =>
  printable(text).replace(/[&<>]/g, (character) => HTML[character] ?? "");

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`### ${title}`, "", ...lines];

const names = (people: readonly { readonly name: string; readonly category: string }[]): readonly string[] =>
  people.map(({ name, category }) => `${code(name)} (${quoted(category)})`);

function peopleLines({ joined, left, people }: AccessDifference): readonly string[] {
  const changes = people.map(({ person, what, before, after }) => [
    code(person),
    what,
    quoted(before),
    quoted(after),
  ]);
  return [
    ...(joined.length > 0 ? [`- joins: ${names(joined).join(", ")}`] : []),
    ...(left.length > 0 ? [`- leaves: ${names(left).join(", ")}`] : []),
    ...(joined.length + left.length > 0 ? [""] : []),
    ...(changes.length > 0 ? table(["person", "what", "before", "after"], changes) : []),
  ];
}

const NAMED_AFTER_KEY =
  "; its roles, and what else is named after its key, are made anew, so that sessions in them end";

const renameLines = ({ renames }: AccessDifference): readonly string[] =>
  renames.length === 0
    ? []
    : [
        ...renames.map(
          ({ kind, before, after }) =>
            `- the ${kind} ${code(before)} is called ${code(after)} now${kind === "account" ? NAMED_AFTER_KEY : ""}`,
        ),
        "",
      ];

/** Lists every changed document, so that a reader can look at it whatever the change means. */
function documentLines({ documents }: AccessDifference): readonly string[] {
  if (documents.length === 0) return [];
  const quantity = documents.flatMap((one) => one.documents).length;
  return [
    `<details><summary>${countNoun(quantity, "document")} of ${countNoun(documents.length, "role, group or user", "roles, groups and users")}</summary>`,
    "",
    ...documents.map(({ holder, documents: names }) => `- ${quoted(holder)}: ${names.map(code).join(", ")}`),
    "",
    "</details>",
    "",
  ];
}

const accessRow = ({ person, account, role, through, before, after }: AccessChange): readonly string[] => [
  code(person),
  quoted(`${account}/${role}${formatRolePath(through)}`),
  quoted(before ?? "—"),
  quoted(after ?? "—"),
];

const accessLines = ({ access }: AccessDifference): readonly string[] =>
  access.length === 0 ? [] : table(["who", "role", "before", "after"], access.map(accessRow));

function powerLines({ power }: AccessDifference): readonly string[] {
  const row = ({ who, kind, before, after }: PowerChange): readonly string[] => [
    code(who),
    kind,
    quoted(before ?? "—"),
    quoted(after ?? "—"),
  ];
  return power.length === 0 ? [] : table(["who", "", "before", "after"], power.map(row));
}

function trustLines({ trust }: AccessDifference): readonly string[] {
  const row = ({ role, kind, admits, admitsNoMore }: TrustChange): readonly (readonly string[])[] => [
    ...admits.map((who) => [quoted(role), kind, "admits", code(who)]),
    ...admitsNoMore.map((who) => [quoted(role), kind, "admits no more", code(who)]),
  ];
  return trust.length === 0 ? [] : table(["role", "kind", "", "who"], trust.flatMap(row));
}

function sessionLines({ sessions }: AccessDifference): readonly string[] {
  const rows = sessions.map(({ role, kind, before, after }) => [
    quoted(role),
    kind,
    formatSessionLength(before),
    formatSessionLength(after),
  ]);
  return rows.length === 0 ? [] : table(["role", "kind", "before", "after"], rows);
}

function levelLines(what: string, actions: ActionsByLevel): readonly string[] {
  return [...ACCESS_LEVELS].reverse().flatMap((level) => {
    const found = actions[level] ?? [];
    if (found.length === 0) return [];
    const shown = found.slice(0, MOST_ACTIONS).map(code).join(", ");
    const rest = found.length > MOST_ACTIONS ? ` and ${countNoun(found.length - MOST_ACTIONS, "other")}` : "";
    return [`- ${what} ${level.toLowerCase()} (${found.length.toLocaleString("en")}): ${shown}${rest}`];
  });
}

const total = (actions: ActionsByLevel): number => Object.values(actions).flat().length;

function roleLines({
  role,
  kind,
  status,
  gains,
  loses,
  elsewhere,
  deniesNoMore = [],
}: RoleChange): readonly string[] {
  const counts = [
    status === "changed" ? undefined : status,
    total(gains) > 0 ? `+${total(gains).toLocaleString("en")}` : undefined,
    total(loses) > 0 ? `−${total(loses).toLocaleString("en")}` : undefined,
    total(elsewhere) > 0
      ? `${total(elsewhere).toLocaleString("en")} on other resources or conditions`
      : undefined,
    deniesNoMore.length > 0 ? "denials of single people" : undefined,
  ].filter((text) => text !== undefined);
  return [
    `<details><summary>${html(role)} (${kind}): ${counts.join(", ")}</summary>`,
    "",
    ...(status === "gone"
      ? [`The ${kind === "group" ? "group" : "role"} goes, and with it everything that it may do.`]
      : [
          ...levelLines("gains", gains),
          ...levelLines("loses", loses),
          ...levelLines("other resources or conditions:", elsewhere),
          ...deniesNoMore.map((holder) => `- denies sessions of ${code(holder)} no more, or in another way`),
        ]),
    "",
    "</details>",
    "",
  ];
}

const MOST_EXAMPLES = 5;

function exampleLines(
  what: "gains" | "loses" | "may",
  examples: readonly RequestExample[],
): readonly string[] {
  const rest = examples.length - MOST_EXAMPLES;
  return [
    ...examples.slice(0, MOST_EXAMPLES).map(({ actions, example, by }) => {
      const others = actions.length > 1 ? `, and ${countNoun(actions.length - 1, "action")} like it` : "";
      const later = actions.length === 0 ? ", if AWS adds it" : "";
      return `  - ${what} ${code(example)}${later}${others}${by.length > 0 ? `, by ${by.map(code).join(" and ")}` : ""}`;
    }),
    ...(rest > 0 ? [`  - ${what} ${countNoun(rest, "more kind")} of request, with other actions`] : []),
  ];
}

/** Shows what is proven for all requests; the lists of actions are not proven. */
function requestLines(changes: readonly RequestChange[]): readonly string[] {
  if (changes.length === 0) return [];
  const same = holdersSaidOtherwise(changes);
  const others = changes.filter(({ role }) => !same.includes(role));
  return [
    "For the holders of roles and groups on both sides whose documents differ:",
    "",
    ...others.flatMap(({ role, gains, loses, unknown }) => [
      `- ${quoted(role)}${unknown === undefined ? "" : `: not known, ${code(unknown)}`}`,
      ...exampleLines("gains", gains),
      ...exampleLines("loses", loses),
    ]),
    ...(same.length > 0
      ? [`- the same for every request, written otherwise: ${same.map(quoted).join(", ")}`]
      : []),
    "",
  ];
}

const listed = (titles: readonly string[]): string => titles.map(quoted).join(", ");

/** Shows what nobody in an account could do before. */
function newAccessLines(found: readonly NewAccess[]): readonly string[] {
  if (found.length === 0) return [];
  return [
    ...found.flatMap(({ role, requests, besides, notAsked, unknown }) => [
      `- ${quoted(role)}${unknown === undefined ? "" : `: not known, ${code(unknown)}`}` +
        (besides.length > 0 ? ` (left aside, as they could do everything: ${listed(besides)})` : "") +
        (notAsked.length > 0 ? ` (not understood, so that they may have had it: ${listed(notAsked)})` : ""),
      ...exampleLines("may", requests),
    ]),
    "",
  ];
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const note = "\n\n… and more: run `npm run access -- diff` in a clone.\n";
  const fitting = text.slice(0, LONGEST - note.length);
  const open = (fitting.match(/<details>/g) ?? []).length - (fitting.match(/<\/details>/g) ?? []).length;
  return `${fitting.slice(0, fitting.lastIndexOf("\n"))}${"\n\n</details>".repeat(Math.max(0, open))}${note}`;
}

/** What a gate found, a line each. */
export interface GateFindings {
  readonly gate: string;
  readonly findings: readonly string[];
}

function gateLines(gates: readonly GateFindings[]): readonly string[] {
  return gates.flatMap(({ gate, findings }) =>
    findings.length === 0 ? [] : [`- ${code(gate)}`, ...findings.map((finding) => `  - ${quoted(finding)}`)],
  );
}

const MOST_FILES = 20;

/** Warns that the answer rests on code that changes with it. */
function codeLines(changed: readonly string[]): readonly string[] {
  if (changed.length === 0) return [];
  const rest = changed.length > MOST_FILES ? ` and ${countNoun(changed.length - MOST_FILES, "other")}` : "";
  return [
    "### Files to read: what they do is not compared",
    "",
    "These files differ as well. Documents are what the program's code makes of them, and this comparison knows the documents alone:",
    `${changed.slice(0, MOST_FILES).map(code).join(", ")}${rest}`,
    "",
  ];
}

/** The difference for a pull request's comment and for terminals: Markdown, at most 16,000 characters. */
export function differenceMarkdown(
  since: string,
  difference: AccessDifference,
  gates: readonly GateFindings[],
  changed: readonly string[] = [],
  requests: readonly RequestChange[] = [],
  unheard: readonly NewAccess[] = [],
): string {
  const stopped = gateLines(gates);
  const sections = [
    ...(stopped.length > 0 ? section("Stopped by the gates", [...stopped, ""]) : []),
    ...section("Renamed", renameLines(difference)),
    ...section("People", peopleLines(difference)),
    ...section("Who gets in", accessLines(difference)),
    ...section("Who may change what others may do (root-equivalent)", powerLines(difference)),
    ...section("Principals that roles of services, pipelines and partners trust", trustLines(difference)),
    ...section("How long sessions may last", sessionLines(difference)),
    ...section("What roles and groups may do", difference.roles.flatMap(roleLines)),
    ...section("Requests that roles and groups gain and lose", requestLines(requests)),
    ...section("What no role or group of the account could do before", newAccessLines(unheard)),
    ...section("Documents that read otherwise", documentLines(difference)),
  ];
  const title = `## Access, against ${quoted(since)}`;
  return cut(
    [
      title,
      "",
      ...(sections.length === 0
        ? [
            "No difference was found: people are as they were, and so are every document of roles, groups and users and how long roles' sessions may last.",
            "",
          ]
        : sections),
      ...codeLines(changed),
    ].join("\n"),
  );
}
