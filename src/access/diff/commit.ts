import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { promisify } from "node:util";

import { z } from "zod";

import { parseAccountId, parseUserName } from "../../model/names";
import { ENVIRONMENTS } from "../../model/organization";
import { UserError } from "../../model/problems";
import { iamAccountOf } from "../iam/from-blueprints";
import type { State } from "./state";

const run = promisify(execFile);

/** What a shell expects of a program that an interrupt ended. */
const INTERRUPTED = 130;

async function git(directory: string, args: readonly string[], env = process.env): Promise<string> {
  const { stdout } = await run("git", args, { cwd: directory, env });
  return stdout.trim();
}

/** @throws UserError where git knows no such commit */
async function commitOf(directory: string, ref: string): Promise<string> {
  try {
    return await git(directory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  } catch {
    throw new UserError(
      `git knows no commit "${ref}" here. A shallow clone may lack it: git fetch --unshallow.`,
    );
  }
}

/** Writes a commit's program into a folder, by an index of its own: the working tree and its index stay as they are. */
async function checkOut(directory: string, commit: string, target: string): Promise<void> {
  const env = { ...process.env, GIT_INDEX_FILE: join(target, "index") };
  await git(directory, ["read-tree", commit], env);
  await git(directory, ["checkout-index", "--all", `--prefix=${target}${sep}`], env);
}

const callable = z.custom<(...args: readonly unknown[]) => unknown>((value) => typeof value === "function");
const MODEL_MODULE = z.looseObject({ buildModel: callable });
const DOCUMENTS_MODULE = z.looseObject({ blueprintsOf: callable });
const ORGANIZATION_MODULE = z.looseObject({ organization: z.unknown() });
const ROSTER_MODULE = z.looseObject({ roster: z.unknown() });
const WORKLOADS_MODULE = z.looseObject({ workloads: z.unknown() });

const accountId = z.string().transform((text, context) => {
  const id = parseAccountId(text);
  if (id === undefined) context.addIssue({ code: "custom", message: "no account id" });
  return id ?? z.NEVER;
});
const userName = z.string().transform((text, context) => {
  const name = parseUserName(text);
  if (name === undefined) context.addIssue({ code: "custom", message: "no user name" });
  return name ?? z.NEVER;
});

const CUSTOMER_POLICY = z.object({ kind: z.literal("customer"), name: z.string(), text: z.string() });
const POLICY = z.discriminatedUnion("kind", [
  CUSTOMER_POLICY,
  z.object({ kind: z.literal("aws-managed"), arn: z.string() }),
]);
const ROLE = {
  name: z.string(),
  arn: z.string(),
  trust: z.object({ text: z.string() }),
  policies: z.array(POLICY),
  boundary: CUSTOMER_POLICY.optional(),
};
const GROUP = z.object({
  name: z.string(),
  members: z.array(userName),
  policies: z.array(CUSTOMER_POLICY),
});
const BLUEPRINT = z.object({
  account: z.object({ key: z.string(), id: accountId, environment: z.enum(ENVIRONMENTS) }),
  roles: z.array(z.object({ ...ROLE, role: z.string() })),
  partnerRoles: z.array(z.object({ ...ROLE, role: z.string(), partner: z.string() })).default([]),
  workloadRoles: z.array(z.object({ ...ROLE, kind: z.string(), service: z.string() })).default([]),
  pipeline: z
    .object({
      roles: z.array(z.object({ ...ROLE, role: z.string() })),
      users: z.array(z.object({ name: userName, arn: z.string(), group: GROUP })),
    })
    .optional(),
  people: z
    .object({
      users: z.array(z.object({ name: userName, tags: z.record(z.string(), z.string()) })),
      groups: z.array(GROUP),
    })
    .optional(),
});
const ORGANIZATION = z.object({ identity: z.object({ key: z.string(), id: accountId }) });
const TERMS = z.object({ from: z.string().optional(), until: z.string().optional() });
const MODEL = z.looseObject({
  organization: ORGANIZATION,
  people: z.array(
    z.object({
      name: z.string(),
      category: z.string(),
      email: z.string(),
      terms: TERMS,
      contract: z.object({ project: z.string(), sponsor: z.string() }).optional(),
    }),
  ),
});

/** Runs a commit's own program up to its documents; they are what that commit deployed. */
function evaluate(folder: string, now: Date): State {
  const load = createRequire(join(folder, "package.json"));
  const { organization } = ORGANIZATION_MODULE.parse(load("./src/organization"));
  const { roster } = ROSTER_MODULE.parse(load("./src/roster"));
  const { workloads } = WORKLOADS_MODULE.parse(load("./src/workloads"));
  const { buildModel } = MODEL_MODULE.parse(load("./src/model/model"));
  const { blueprintsOf } = DOCUMENTS_MODULE.parse(load("./src/documents/blueprint"));
  const built = buildModel(organization, roster, now, workloads);
  const model = MODEL.parse(built);
  const blueprints = z.array(BLUEPRINT).parse(blueprintsOf(built));
  return {
    people: model.people,
    accounts: blueprints.map((blueprint) => iamAccountOf(model.organization, blueprint)),
  };
}

/**
 * What the program of a commit deploys at a moment, by its own code and with the packages that are installed now.
 * @throws UserError where there is no such commit, or its program does not run or answers in a form of another time
 */
export async function stateOfCommit(directory: string, ref: string, now: Date): Promise<State> {
  const commit = await commitOf(directory, ref);
  const top = await git(directory, ["rev-parse", "--show-prefix"]);
  const target = await mkdtemp(join(tmpdir(), "muster-commit-"));
  // An interrupt runs no `finally`.
  const interrupted = (): void => {
    rmSync(target, { recursive: true, force: true });
    process.exit(INTERRUPTED);
  };
  process.once("SIGINT", interrupted);
  try {
    await checkOut(directory, commit, target);
    const folder = join(target, top);
    await symlink(join(directory, "node_modules"), join(folder, "node_modules"), "dir");
    return evaluate(folder, now);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The program of ${ref} (${commit.slice(0, 12)}) cannot be read by this one:\n${reason}`,
    );
  } finally {
    process.off("SIGINT", interrupted);
    rmSync(target, { recursive: true, force: true });
  }
}
