import { spawn } from "node:child_process";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { Readable } from "node:stream";

import { z } from "zod";

import { parseAccountId, parseUserName } from "../../model/names";
import { ENVIRONMENTS } from "../../model/organization";
import { iamAccountOf } from "../iam/from-blueprints";
import type { State } from "./state";

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

const ANSWER = z.union([
  z.object({ failure: z.string() }),
  z.object({ model: MODEL, blueprints: z.array(BLUEPRINT) }),
]);

const LONGEST_MS = 300_000;

/** https://nodejs.org/api/permissions.html: no writing, no other processes, no addons, and reading only what is named. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has("--permission")
  ? "--permission"
  : "--experimental-permission";

/**
 * Starts a program's code where it can do little: without the environment, which may hold credentials, and with Node.js's
 * permission model. It may still use the network, as Node.js below 25 does not close that.
 */
async function run(folder: string, project: string, now: Date): Promise<unknown> {
  const packages = await realpath(join(project, "node_modules"));
  const script = join(__dirname, "run-program.ts");
  // With the folders above the script: Node.js looks in each of them for a package.json.
  const own = join(project, "src");
  const settings = join(project, "tsconfig.json");
  const readable = [
    `${folder}/`,
    `${packages}/`,
    `${own}/`,
    settings,
    ...["package.json", "node_modules"].map((name) => join(project, name)),
  ];
  const child = spawn(
    process.execPath,
    [
      "--no-warnings",
      PERMISSION,
      ...readable.map((path) => `--allow-fs-read=${path}`),
      "--require",
      join(packages, "ts-node", "register", "transpile-only.js"),
      script,
      folder,
      now.toISOString(),
    ],
    {
      cwd: folder,
      env: { TS_NODE_PROJECT: settings },
      stdio: ["ignore", "ignore", "pipe", "pipe"],
      timeout: LONGEST_MS,
    },
  );
  const [, , errors, answer] = child.stdio;
  let said = "";
  errors?.on("data", (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(0, 2_000)));
  const ended = new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  if (!(answer instanceof Readable)) throw new Error("The process has no pipe for its answer.");
  const [value] = await Promise.all([json(answer).catch(() => undefined), ended]);
  if (value === undefined) throw new Error(said === "" ? "It ended without an answer." : said);
  return value;
}

/**
 * What a program in a folder comes to, read as data.
 * @param project where this program and its packages are
 * @throws Error where the program fails, or answers in a form of another time
 */
export async function stateOfProgram(folder: string, project: string, now: Date): Promise<State> {
  const answer = ANSWER.parse(await run(folder, project, now));
  if ("failure" in answer) throw new Error(answer.failure);
  const { model, blueprints } = answer;
  return {
    people: model.people,
    accounts: blueprints.map((blueprint) => iamAccountOf(model.organization, blueprint)),
  };
}
