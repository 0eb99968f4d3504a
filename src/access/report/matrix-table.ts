import { countNoun } from "../../model/problems";
import { tableText } from "../../text/text-table";
import type { RoleKind } from "../iam/iam-account";
import type { PrincipalRecord, RoleRecord, UserRecord } from "./access-record";
import { formatTrustPrincipal } from "../trust-principals";
import { CHAINED_SESSIONS, formatRolePath } from "./can-text";

const isBreakGlass = ({ grants }: RoleRecord): boolean =>
  grants.some(({ source }) => source === "breakGlass");

function roleCell(record: RoleRecord): string {
  const mark = isBreakGlass(record) ? "!" : "";
  const open = record.verdict === "not decidable here" ? " ?" : "";
  const name = `${record.role}${mark}${open}${formatRolePath(record.through)}`;
  return [name, record.conditions].filter((text) => text !== undefined).join(" ");
}

/**
 * People by accounts, for a terminal. Accounts in which nobody has a role are left out.
 * @param width of the terminal in characters
 */
export function matrixTable(
  users: readonly UserRecord[],
  accounts: readonly string[],
  width?: number,
): string {
  if (users.length === 0) return "Nobody.\n";
  const used = accounts.filter((key) =>
    users.some(({ roles }) => roles.some(({ account }) => account === key)),
  );
  const rows = users.map(({ name, category, power, roles }) => {
    const cells = used.map((key) =>
      roles
        .filter(({ account }) => account === key)
        .map(roleCell)
        .join("\n"),
    );
    return [`${name}${power ? " *" : ""}`, category ?? "not in the roster", ...cells];
  });
  return `${tableText({ head: ["", "", ...used], rows }, width)}\n${legend(users)}`;
}

function legend(users: readonly UserRecord[]): string {
  const roles = users.flatMap((user) => user.roles);
  return [
    `${countNoun(users.length, "user")}, ${countNoun(roles.length, "role")} held. Times are UTC.`,
    ...(users.some(({ power }) => power)
      ? ["* may change what others may do (PowerG): root-equivalent."]
      : []),
    ...(roles.some(isBreakGlass) ? ["! break-glass: for emergencies, alarmed."] : []),
    ...(roles.some(({ verdict }) => verdict === "not decidable here") ? ["? cannot be decided here."] : []),
    ...(roles.some(({ through }) => through !== undefined) ? [CHAINED_SESSIONS] : []),
    "",
  ].join("\n");
}

function why({ grants }: RoleRecord): string {
  const reasons = grants.map(({ source, reason, approvedBy }) =>
    [source, reason, approvedBy && `approved by ${approvedBy.join(", ")}`]
      .filter((text) => text !== undefined)
      .join(", "),
  );
  // Consecutive shifts have the same text.
  return [...new Set(reasons)].join("\n");
}

/**
 * One person, for a terminal.
 * @param width of the terminal in characters
 */
export function personTable(user: UserRecord, width?: number): string {
  const { name, category, email, project, sponsor, manager, power, roles } = user;
  const contract = project === undefined ? [] : [`project ${project}, sponsor ${sponsor ?? ""}`];
  const about = [
    category ?? "not in the roster",
    ...(email === undefined ? [] : [email]),
    ...contract,
    ...(manager === undefined ? [] : [`manager ${manager}`]),
  ].join(", ");
  const rows = roles.map((record) => [
    record.account,
    `${record.role}${formatRolePath(record.through)}`,
    record.conditions ?? "always",
    why(record),
  ]);
  const table = tableText({ head: ["account", "role", "when", "why"], rows }, width);
  return [
    `${name}: ${about}`,
    ...(power ? ["May change what others may do (PowerG): root-equivalent."] : []),
    roles.length === 0 ? "Gets into no role." : table,
    "",
  ].join("\n");
}

/**
 * Those who get into one role, for a terminal.
 * @param width of the terminal in characters
 */
export function roleTable(
  title: string,
  users: readonly UserRecord[],
  principals: readonly PrincipalRecord[],
  width?: number,
): string {
  const isAsked = (record: Pick<RoleRecord, "account" | "role">): boolean =>
    `${record.account}/${record.role}` === title;
  const rows: string[][] = [];
  for (const { name, category, roles } of users) {
    for (const held of roles.filter(isAsked)) {
      const who = `${name}${formatRolePath(held.through)}`;
      rows.push([who, category ?? "not in the roster", held.conditions ?? "always", why(held)]);
    }
  }
  for (const { who, through, kind, conditions } of principals.filter(isAsked)) {
    rows.push([`${who}${formatRolePath(through)}`, PRINCIPAL_OF[kind], conditions ?? "always", "trust"]);
  }
  const table = tableText({ head: ["who", "category", "when", "why"], rows }, width);
  return `${title}: ${rows.length === 0 ? "nobody gets in." : `\n${table}`}\n`;
}

/** Names the kind of principal that a role's trust admits, from the purpose of the role. */
const PRINCIPAL_OF = {
  people: "not in the roster",
  partner: "partner",
  service: "service",
  pipeline: "pipeline",
  other: "not in the roster",
} as const satisfies Record<RoleKind, string>;

/** Everybody besides users whom roles admit, for a terminal, a line each; empty where there is nobody. */
export function principalsList(principals: readonly PrincipalRecord[]): string {
  if (principals.length === 0) return "";
  const lines = principals.map(({ who, kind, account, role, through, conditions }) => {
    const place = `${account}/${role}${formatRolePath(through)}`;
    return `  ${place} (${PRINCIPAL_OF[kind]}): ${formatTrustPrincipal({ who, ...(conditions !== undefined && { conditions }) })}`;
  });
  return ["Besides users, roles admit:", ...lines, ""].join("\n");
}
