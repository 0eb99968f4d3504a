import { tableText } from "../src/text/table";
import type { Sandbox } from "./sandbox";

interface RoleOutput {
  readonly holders: readonly string[];
}

/** Names are listed up to here; a company may have thousands. */
const namesShown = 6;

/**
 * What is in the sandbox now, and what to try next: accounts, people, roles with their holders.
 * @param width of the terminal in characters
 */
export async function summary(sandbox: Sandbox, width: number | undefined): Promise<string> {
  const accounts: string[][] = [];
  let people: readonly string[] = [];
  for (const { key, id } of sandbox.accounts) {
    const outputs = await sandbox.outputs(key);
    const lines = roleLines((outputs["roles"] ?? {}) as Readonly<Record<string, RoleOutput>>);
    if (Array.isArray(outputs["people"])) {
      people = outputs["people"] as string[];
      lines.unshift(`${people.length} people: ${listed(people)}`);
    }
    accounts.push([`${key}\n${id}`, lines.join("\n")]);
  }
  return [
    "",
    tableText({ head: ["Account", "Roles and their holders"], rows: accounts }, width),
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

/** Each role with those who hold it; the roles that nobody holds share a line. */
function roleLines(roles: Readonly<Record<string, RoleOutput>>): string[] {
  const entries = Object.entries(roles);
  const held = entries.filter(([, { holders }]) => holders.length > 0);
  const unheld = entries.filter(([, { holders }]) => holders.length === 0).map(([role]) => role);
  const lines = held.map(([role, { holders }]) => `${role}: ${listed(holders)}`);
  return unheld.length === 0 ? lines : [...lines, `held by nobody: ${unheld.join(", ")}`];
}

function listed(names: readonly string[]): string {
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
