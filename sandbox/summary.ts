import Table from "cli-table3";
import type { Sandbox } from "./sandbox";

interface RoleOutput {
  readonly holders: readonly string[];
}

/** Names are listed up to here; a company may have thousands. */
const namesShown = 6;

/** What is in the sandbox now, and what to try next: accounts, people, roles with their holders. */
export async function summary(sandbox: Sandbox): Promise<string> {
  const table = new Table({ head: ["Account", "Id", "Role", "Holders"], style: { head: [], border: [] } });
  let people: readonly string[] = [];
  for (const { key, id } of sandbox.accounts) {
    const outputs = await sandbox.outputs(key);
    const rows = roleRows((outputs["roles"] ?? {}) as Readonly<Record<string, RoleOutput>>);
    if (Array.isArray(outputs["people"])) {
      people = outputs["people"] as string[];
      rows.unshift([`${people.length} people`, listed(people)]);
    }
    table.push([key, id, rows.map(([role]) => role).join("\n"), rows.map(([, names]) => names).join("\n")]);
  }
  return [
    "",
    table.toString(),
    "",
    `${sandbox.accounts.length} accounts, ${people.length} people. The emulator listens on ${sandbox.endpoint}.`,
    "",
    "What to try next:",
    "  edit src/roster.ts, then   npm run sandbox:shell -- pulumi preview -s dev   shows what would change",
    "                             npm run sandbox                                  deploys it everywhere",
    "                             npm run sandbox:shell                            a shell where pulumi and aws are in the sandbox",
    "                             npm run sandbox:down                             removes it",
    "",
  ].join("\n");
}

/** Each role with those who hold it; the roles that nobody holds share a row. */
function roleRows(roles: Readonly<Record<string, RoleOutput>>): [role: string, holders: string][] {
  const entries = Object.entries(roles);
  const held = entries.filter(([, { holders }]) => holders.length > 0);
  const unheld = entries.filter(([, { holders }]) => holders.length === 0).map(([role]) => role);
  const rows = held.map(([role, { holders }]): [string, string] => [role, listed(holders)]);
  return unheld.length === 0 ? rows : [...rows, ["held by nobody", unheld.join(", ")]];
}

function listed(names: readonly string[]): string {
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
