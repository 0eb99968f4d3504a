import { countNoun } from "../src/model/problems";
import { tableText } from "../src/text/text-table";
import type { Holders, Project } from "./project";

/** Names are listed up to here; a company may have thousands. */
const namesShown = 6;

/**
 * Lists accounts, people and roles with their holders, as the roster has them, and what to try next.
 * @param endpoint where the emulator listens
 * @param width of the terminal in characters
 */
export function summary(
  { accounts, people, holders }: Project,
  endpoint: string,
  width: number | undefined,
): string {
  const rows = accounts.map(({ key, id, identity }) => {
    const users = identity ? [`${counted(people)}: ${listed(people)}`] : [];
    return [`${key}\n${id}`, [...users, ...roleLines(holders.get(key) ?? {})].join("\n")];
  });
  const stack = (accounts.find(({ identity }) => !identity) ?? accounts[0])?.key ?? "<account>";
  return [
    "",
    tableText({ head: ["Account", "Roles and their holders"], rows }, width),
    "",
    `${countNoun(accounts.length, "account")}, ${counted(people)}. The emulator listens on ${endpoint}.`,
    "",
    "What to try next:",
    `  npm run sandbox:shell -- pulumi preview -s ${stack}`,
    "                         shows what an edit of src/roster.ts would change",
    "  npm run sandbox        deploys it everywhere",
    "  npm run sandbox:shell  opens a shell where pulumi and aws are in the sandbox",
    "  npm run sandbox:down   removes it",
    "",
  ].join("\n");
}

const counted = (people: readonly string[]): string => countNoun(people.length, "person", "people");

/** Each role with those who hold it; the roles that nobody holds share a line. */
function roleLines(roles: Holders): readonly string[] {
  const entries = Object.entries(roles);
  const held = entries.filter(([, holders]) => holders.length > 0);
  const unheld = entries.filter(([, holders]) => holders.length === 0).map(([role]) => role);
  const lines = held.map(([role, holders]) => `${role}: ${listed(holders)}`);
  return unheld.length === 0 ? lines : [...lines, `held by nobody: ${unheld.join(", ")}`];
}

function listed(names: readonly string[]): string {
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
