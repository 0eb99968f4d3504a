import Table from "cli-table3";

import { count } from "../../model/problems";
import type { RoleRecord, UserRecord } from "./access-record";

const PLAIN = { head: [], border: [] };

const isBreakGlass = ({ grants }: RoleRecord): boolean =>
  grants.some(({ source }) => source === "breakGlass");

function roleCell(record: RoleRecord): string {
  const mark = isBreakGlass(record) ? "!" : "";
  const open = record.verdict === "not decidable here" ? " ?" : "";
  return [`${record.role}${mark}${open}`, record.conditions].filter((text) => text !== undefined).join(" ");
}

/** People by accounts, for a terminal. Accounts in which nobody has a role are left out. */
export function matrixTable(users: readonly UserRecord[], accounts: readonly string[]): string {
  if (users.length === 0) return "Nobody.\n";
  const used = accounts.filter((key) =>
    users.some(({ roles }) => roles.some(({ account }) => account === key)),
  );
  const table = new Table({ head: ["", "", ...used], style: PLAIN });
  for (const { name, category, power, roles } of users) {
    const cells = used.map((key) =>
      roles
        .filter(({ account }) => account === key)
        .map(roleCell)
        .join("\n"),
    );
    table.push([`${name}${power ? " *" : ""}`, category ?? "not in the roster", ...cells]);
  }
  return `${table.toString()}\n${legend(users)}`;
}

function legend(users: readonly UserRecord[]): string {
  const roles = users.flatMap((user) => user.roles);
  return [
    `${count(users.length, "user")}, ${count(roles.length, "role")} held. Times are UTC.`,
    ...(users.some(({ power }) => power)
      ? ["* may change what others may do (PowerG): root-equivalent."]
      : []),
    ...(roles.some(isBreakGlass) ? ["! break-glass: for emergencies, alarmed."] : []),
    ...(roles.some(({ verdict }) => verdict === "not decidable here") ? ["? cannot be decided here."] : []),
    "",
  ].join("\n");
}

function why({ grants }: RoleRecord): string {
  return grants
    .map(({ source, reason, approvedBy }) =>
      [source, reason, approvedBy && `approved by ${approvedBy.join(", ")}`]
        .filter((text) => text !== undefined)
        .join(", "),
    )
    .join("\n");
}

/** One person, for a terminal. */
export function personTable(user: UserRecord): string {
  const { name, category, email, project, sponsor, power, roles } = user;
  const contract = project === undefined ? [] : [`project ${project}, sponsor ${sponsor ?? ""}`];
  const about = [category ?? "not in the roster", ...(email === undefined ? [] : [email]), ...contract].join(
    ", ",
  );
  const table = new Table({ head: ["account", "role", "when", "why"], style: PLAIN });
  table.push(
    ...roles.map((record) => [record.account, record.role, record.conditions ?? "always", why(record)]),
  );
  return [
    `${name}: ${about}`,
    ...(power ? ["May change what others may do (PowerG): root-equivalent."] : []),
    roles.length === 0 ? "Gets into no role." : table.toString(),
    "",
  ].join("\n");
}

/** Those who get into one role, for a terminal. */
export function roleTable(title: string, users: readonly UserRecord[]): string {
  const [account, ...rest] = title.split("/");
  const label = rest.join("/");
  const table = new Table({ head: ["user", "category", "when", "why"], style: PLAIN });
  for (const { name, category, roles } of users) {
    const held = roles.find((record) => record.account === account && record.role === label);
    if (held) table.push([name, category ?? "not in the roster", held.conditions ?? "always", why(held)]);
  }
  return `${title}: ${table.length === 0 ? "nobody gets in." : `\n${table.toString()}`}\n`;
}
