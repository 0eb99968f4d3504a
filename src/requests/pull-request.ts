import { ActionCatalogue } from "../access/actions/catalogue";
import { accountsByRoster } from "../access/load";
import { formatPeriod } from "../access/iso-period";
import type { HeldPeriod } from "../history/timeline";
import { managerWords, type Person } from "../model/person";
import { countNoun } from "../model/problems";
import { codeSpan } from "../text/markdown-code";
import { printable } from "../text/printable";
import { formatDuration } from "./duration";
import { describePermissions } from "./describe-permissions";
import type { CheckedRequest } from "./access-request";

/** What a pull request says. */
export interface PullRequestText {
  readonly title: string;
  readonly body: string;
}

/** Days of history that a request shows. */
export const HISTORY_DAYS = 90;

const list = (items: readonly string[], none: string): readonly string[] =>
  items.length === 0 ? [`- ${none}`] : items.map((item) => `- ${item}`);

function personWords({ name, category, email, contract, manager, terms }: Person): string {
  const until = terms.until === undefined ? "" : `, until ${terms.until}`;
  const about =
    contract === undefined
      ? ""
      : `, project ${codeSpan(contract.project)}, sponsor ${codeSpan(contract.sponsor)}`;
  return `${codeSpan(name)} (${category}, ${codeSpan(email)}${about}${manager === undefined ? "" : `, manager ${codeSpan(managerWords(manager))}`}${until})`;
}

/** What the person has by the roster before this request. */
function grantsBefore({ before, person }: CheckedRequest): readonly string[] {
  return before.grants
    .filter((grant) => grant.person === person && (grant.validity.until ?? before.now) >= before.now)
    .map(({ account, role, source, validity, reason }) => {
      const { from, until } = validity;
      const when =
        from === undefined && until === undefined
          ? "without dates"
          : formatPeriod({ ...(from !== undefined && { from }), ...(until !== undefined && { until }) });
      return `${account}/${role}, ${when} (${source}${reason === undefined ? "" : `: ${codeSpan(reason)}`})`;
    });
}

const pastWords = ({ source, from, until, reason, approvedBy = [] }: HeldPeriod): string =>
  [
    `${from} to ${until ?? "now"} (${source})`,
    ...(reason === undefined ? [] : [codeSpan(reason)]),
    ...(approvedBy.length === 0 ? [] : [`approved by ${approvedBy.map(codeSpan).join(", ")}`]),
  ].join(", ");

/** The same role, as the roster's history has it; undefined where that cannot be read. */
function pastLines(past: readonly HeldPeriod[] | undefined, title: string): readonly string[] {
  if (past === undefined) return ["- Whether they had it before, the history of this clone does not tell."];
  return list(
    past.map(pastWords),
    `${title} not once in the last ${countNoun(HISTORY_DAYS, "day")}, by the roster's history.`,
  );
}

/** The questions that an approver has, with their answers from the documents. */
export async function describePullRequest(
  request: CheckedRequest,
  past: readonly HeldPeriod[] | undefined,
): Promise<PullRequestText> {
  const { person, account, role, from, until, seconds, reason, approvers, after } = request;
  const title = `${account}/${role}`;
  const who = after.people.find(({ name }) => name === person);
  if (who === undefined) throw new Error(`${person} is not in the model.`);
  const { role: placed } = accountsByRoster(after).role(title);
  const words = describePermissions(placed, await ActionCatalogue.load());
  const handles = approvers.map((name) => {
    const handle = after.people.find((one) => one.name === name)?.github;
    return handle === undefined
      ? `${codeSpan(name)}, who has no \`github\` in the roster`
      : `${codeSpan(name)} (@${handle})`;
  });
  const body = [
    "### Who asks for what",
    "",
    `${personWords(who)} asks for **${title}**${request.database === undefined ? "" : `, the database ${codeSpan(request.database)} alone`}, because of ${codeSpan(reason)}.`,
    "",
    "### Until when",
    "",
    `From ${from} until ${until} (${formatDuration(seconds)}), UTC. Sessions that are open then are denied everything from that moment on.`,
    "",
    "### What it lets them do",
    "",
    "By the documents that would be deployed, boundary included. A project that a contractor is kept to, and the policies of keys and",
    "organizations, may take some of it away.",
    "",
    ...list(words.map(codeSpan), "Nothing."),
    "",
    "### What they have now",
    "",
    ...list(grantsBefore(request), "Nothing."),
    "",
    `### ${title} in the last ${countNoun(HISTORY_DAYS, "day")}`,
    "",
    ...pastLines(past, title),
    "",
    "### Who approves",
    "",
    `${handles.join(" and ")}. Their approving review of this pull request, at its last commit, is the approval; the check \`approvals\``,
    "compares it with `approvedBy`.",
    "",
  ].join("\n");
  return { title: printable(`${title} for ${person}, ${formatDuration(seconds)}: ${reason}`), body };
}
