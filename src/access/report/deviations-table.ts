import { hasDeviations, type Deviations } from "../deviations";
import { passedOverLine } from "../../aws/passed-over";
import { tableText } from "../../text/text-table";
import { wrapText } from "../../text/wrap-text";
import { formatRolePath } from "./can-text";

/** The accounts that were compared with the roster, and those that were taken from it. */
export interface ComparedAccounts {
  readonly live: readonly string[];
  readonly byRoster: readonly string[];
}

/** What was looked at, and what was not. */
function scope({ live, byRoster }: ComparedAccounts, { passedOver }: Deviations): string {
  const unread =
    byRoster.length === 0 ? "" : `\nNot read, and taken to be as the roster says: ${byRoster.join(", ")}.`;
  const passed =
    passedOver.length === 0
      ? ""
      : `Not in the roster, and passed over by what they are:\n${passedOver.map(passedOverLine).join("\n")}\n`;
  return (
    `${passed}Compared with the roster in ${live.join(", ")}: whom the roles' trusts admit, directly and through other roles, and ` +
    "what they ask of users; and which users and roles may change what others may do, by IAM's own actions.\n" +
    "Not looked at: how long sessions may last, policies of resources, service and resource control policies, session policies, roles of accounts that are " +
    `not in src/organization.ts, the root users, and what else roles may do (npm run drift).${unread}\n`
  );
}

/**
 * Shows in a terminal where accounts differ from the roster, and what was compared.
 * @param width of the terminal in characters
 */
export function deviationsTable(deviations: Deviations, compared: ComparedAccounts, width?: number): string {
  if (!hasDeviations(deviations))
    return `Nothing differs in what was compared.\n${wrapText(scope(compared, deviations), width)}`;
  const { access, trust, power } = deviations;
  const short = (how: string | undefined): string => (how === undefined ? "no" : "yes");
  const rows = [
    ...access.map(({ person, account, role, through, before, after }) => [
      person,
      `${account}/${role}${formatRolePath(through)}`,
      before ?? "no",
      after ?? "no",
    ]),
    ...trust.flatMap(({ role, admits, admitsNoMore }) => [
      ...admits.map((who) => [who, role, "no", "yes"]),
      ...admitsNoMore.map((who) => [who, role, "yes", "no"]),
    ]),
    ...power.map(({ who, before, after }) => [
      who,
      "may change what others may do",
      short(before),
      before !== undefined && after !== undefined ? "by other actions or conditions" : short(after),
    ]),
  ];
  const table = tableText({ head: ["who", "what", "by the roster", "as it is"], rows }, width);
  return `Not what the roster says:\n${table}\n${wrapText(scope(compared, deviations), width)}What else differs, and what to do: npm run drift.\n`;
}
