import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { z } from "zod";

import { organization } from "../src/organization";
import { accessKeyOf, largeAccounts, type AccountSize } from "./large-accounts";
import { seconds, verdictOf, type Result } from "./measure";

const USERS = 5_000;
const MOST_MEGABYTES = 300;
const PROJECT = path.join(__dirname, "..");

/** Roles, policies and events are everywhere, people in the identity account alone. */
const sizeOf = (isIdentity: boolean): AccountSize => ({
  users: isIdentity ? USERS : 0,
  roles: 500,
  policies: 500,
  eventPages: 150,
});

const PACKAGE = z.object({ scripts: z.object({ snapshot: z.string() }) });

/** Runs in the process that is measured, before the command. */
const NOTE_MEMORY = `import { writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS / 1024)));`;

/** The options with which package.json starts the command. */
function commandLine(): readonly string[] {
  const { scripts } = PACKAGE.parse(JSON.parse(readFileSync(path.join(PROJECT, "package.json"), "utf8")));
  return scripts.snapshot.split(" ").slice(1);
}

/** The most memory that `npm run snapshot` takes where the accounts are large. */
export async function snapshot(): Promise<readonly Result[]> {
  const accounts = Object.entries(organization.accounts);
  const identity = accounts.find(([, { kind }]) => kind === "identity")?.[1].id;
  const server = largeAccounts((id) => sizeOf(id === identity));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const folder = mkdtempSync(path.join(tmpdir(), "muster-bench-"));
  try {
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const profiles = accounts.map(
      ([key, { id }]) =>
        `[profile ${key}]\naws_access_key_id = ${accessKeyOf(id)}\naws_secret_access_key = none\n`,
    );
    writeFileSync(path.join(folder, "config"), profiles.join("\n"));
    const before = performance.now();
    const memory = path.join(folder, "memory");
    const command = spawn(
      "node",
      [
        "--import",
        `data:text/javascript,${encodeURIComponent(NOTE_MEMORY)}`,
        ...commandLine(),
        "--live",
        "{stack}",
        "--out",
        path.join(folder, "snapshot"),
      ],
      {
        cwd: PROJECT,
        stdio: "ignore",
        env: {
          ...process.env,
          AWS_CONFIG_FILE: path.join(folder, "config"),
          AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "none"),
          AWS_ENDPOINT_URL: `http://127.0.0.1:${String(port)}`,
          PEAK_MEMORY_FILE: memory,
        },
      },
    );
    await once(command, "exit");
    const code = command.exitCode;
    // 1: what is not answered here is not available.
    if (code !== 0 && code !== 1) throw new Error(`npm run snapshot ended with ${String(code)}`);
    const megabytes = Number(readFileSync(memory, "utf8"));
    return [
      {
        what: `memory of a snapshot of ${String(USERS)} users, the process whole`,
        measured: `${megabytes.toFixed(0)} MB (${seconds((performance.now() - before) / 1_000)})`,
        goal: `≤ ${String(MOST_MEGABYTES)} MB`,
        verdict: verdictOf(megabytes <= MOST_MEGABYTES),
      },
    ];
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
