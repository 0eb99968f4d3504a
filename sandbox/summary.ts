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
    if (Array.isArray(outputs["people"])) people = outputs["people"] as string[];
    const roles = Object.entries((outputs["roles"] ?? {}) as Record<string, RoleOutput>);
    const lines = roles.map(([role, { holders }]): [string, string] => [role, listed(holders)]);
    if (Array.isArray(outputs["people"])) lines.unshift(["(people)", listed(people)]);
    table.push([
      key,
      id,
      lines.map(([role]) => role).join("\n"),
      lines.map(([, holders]) => holders).join("\n"),
    ]);
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

function listed(names: readonly string[]): string {
  if (names.length === 0) return "nobody";
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
