import { join } from "node:path";

import { z } from "zod";

import { runRestricted } from "../../definitions/restricted-process";
import { parseAccountId, parseUserName } from "../../model/names";
import { ENVIRONMENTS } from "../../model/organization";
import { stateFrom, type State } from "./state";

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
      renamedFrom: z.string().optional(),
      terms: TERMS,
      contract: z.object({ project: z.string(), sponsor: z.string() }).optional(),
    }),
  ),
});

const ANSWER = z.union([
  z.object({ failure: z.string() }),
  z.object({ model: MODEL, blueprints: z.array(BLUEPRINT) }),
]);

/** What a program in a folder answers, unread. */
const run = (folder: string, now: Date): Promise<unknown> =>
  runRestricted({
    script: join(__dirname, "run-program.ts"),
    args: [folder, now.toISOString()],
    directory: folder,
    readable: [`${folder}/`],
  });

/**
 * What a program in a folder comes to, read as data.
 * @throws Error where the program fails, or answers in a form of another time
 */
export async function stateOfProgram(folder: string, now: Date): Promise<State> {
  const answer = ANSWER.parse(await run(folder, now));
  if ("failure" in answer) throw new Error(answer.failure);
  const { model, blueprints } = answer;
  return stateFrom(model.organization, model.people, blueprints);
}
