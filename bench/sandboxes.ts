import path from "node:path";

import type { SandboxAccount } from "../sandbox/accounts";
import { openSandbox, type Sandbox } from "../sandbox/sandbox";
import { sampleOrganization } from "../test/support/rosters";
import type { MeasuredCommand } from "./meter";

/** The accounts of the sample's organization. */
export const ACCOUNTS: readonly SandboxAccount[] = Object.entries(sampleOrganization().accounts).map(
  ([key, { id, kind }]) => ({ key, id, identity: kind === "identity" }),
);

const USERS = ACCOUNTS.filter(({ identity }) => identity);

/** Does something with a sandbox of each project, and stops them. */
export async function withSandboxes<Name extends string, Answer>(
  folder: string,
  projects: Readonly<
    Record<Name, { readonly project: string; readonly accounts?: readonly SandboxAccount[] }>
  >,
  work: (sandboxOf: (name: Name) => Sandbox) => Promise<Answer>,
): Promise<Answer> {
  const sandboxes = new Map<string, Sandbox>();
  try {
    for (const [name, { project, accounts = USERS }] of Object.entries<{
      readonly project: string;
      readonly accounts?: readonly SandboxAccount[];
    }>(projects)) {
      const directory = path.join(folder, `${name}-sandbox`);
      const { region } = sampleOrganization();
      sandboxes.set(name, await openSandbox({ directory, project, accounts, region }));
    }
    return await work((name) => {
      const sandbox = sandboxes.get(name);
      if (sandbox === undefined) throw new Error(`There is no sandbox ${name}.`);
      return sandbox;
    });
  } finally {
    for (const sandbox of sandboxes.values()) await sandbox.stop();
  }
}

/** `pulumi preview` or `pulumi up` in a sandbox. */
export const pulumiIn = (
  name: string,
  { paths, env }: Sandbox,
  project: string,
  args: readonly string[],
): MeasuredCommand => ({
  name,
  file: path.join(paths.bin, "pulumi"),
  args: [...args, "--non-interactive", "--suppress-outputs", "--suppress-progress"],
  cwd: project,
  env,
});
