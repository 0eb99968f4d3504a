import { join } from "node:path";

import { z } from "zod";

import { missingExports } from "../../definitions/missing-exports";
import { runRestricted } from "../../definitions/restricted-process";
import { parseAccountId, parseUserName } from "../../model/names";
import { ENVIRONMENTS } from "../../model/organization";
import { buildModel, type Model } from "../../model/model";
import { throwErrors } from "../../model/problems";
import { IamAccounts } from "../iam/iam-accounts";
import { iamAccountFromBlueprint } from "../iam/from-blueprints";
import { writtenState, type ProgramState } from "./state";

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
  sessionSeconds: z.number().optional(),
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
const MANAGER = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), name: z.string() }),
  z.object({ kind: z.literal("outside"), email: z.string() }),
]);
const CONTRACT = z.object({
  project: z.string(),
  sponsor: z.string(),
  agreements: z.object({ nda: z.string().optional(), baa: z.string().optional() }),
  approvedBy: z.array(z.string()),
});
const MODEL = z.looseObject({
  organization: ORGANIZATION,
  people: z.array(
    z.object({
      name: z.string(),
      category: z.string(),
      email: z.string(),
      renamedFrom: z.string().optional(),
      terms: TERMS,
      github: z.string().optional(),
      manager: MANAGER.optional(),
      contract: CONTRACT.optional(),
    }),
  ),
});

/** The edited files as they are written, for this program to read anew; absent where the program is older. */
const WRITTEN = z.object({ organization: z.unknown(), roster: z.unknown(), workloads: z.unknown() });

const FAILURE = z.object({ failure: z.string() });

/** `src/invariants.ts` as it is written, or why it cannot be loaded; absent where the program is older. */
const INVARIANTS = z.union([FAILURE, z.object({ written: z.unknown() })]).optional();

const ANSWER = z.union([
  FAILURE,
  z.object({
    written: WRITTEN.optional(),
    invariants: INVARIANTS,
    model: MODEL,
    blueprints: z.array(BLUEPRINT),
  }),
]);

/** What a program in a folder answers, unread. */
const run = (folder: string, now: Date): Promise<unknown> =>
  runRestricted({
    script: join(__dirname, "run-program.ts"),
    args: [folder, now.toISOString()],
    directory: folder,
    readable: [`${folder}/`],
  });

type Answer = Exclude<z.infer<typeof ANSWER>, { readonly failure: string }>;

async function answerOf(folder: string, now: Date): Promise<Answer> {
  const answer = ANSWER.parse(await run(folder, now));
  if ("failure" in answer) throw new Error(answer.failure);
  return answer;
}

/**
 * Runs the program in a folder and reads its answer as data.
 * @throws Error where the program fails, or answers in a form of another time
 */
export async function stateOfProgram(folder: string, now: Date): Promise<ProgramState> {
  const { model, blueprints } = await answerOf(folder, now);
  return writtenState(model.organization, model.people, blueprints);
}

/** What the edited files of a program mean to this one, and the accounts that the program makes of them. */
export interface JudgedProgram {
  readonly model: Model;
  readonly accounts: IamAccounts;
  /** Its `src/invariants.ts` as it is written, unread; none where it has no such file. */
  readonly invariants: unknown;
}

/** @throws Error where the file cannot be loaded, or exports no invariants */
function invariantsOf(answered: z.infer<typeof INVARIANTS>): unknown {
  if (answered === undefined) return [];
  if ("failure" in answered) throw new Error(answered.failure);
  throwErrors(missingExports({ invariants: answered.written ?? undefined }));
  return answered.written;
}

const listed = (accounts: readonly { readonly key: string; readonly id: string }[]): string =>
  accounts
    .map(({ key, id }) => `${key} (${id})`)
    .sort()
    .join(", ");

/** Of an account that is left out everything holds. */
function expectEveryAccount({ organization }: Model, blueprints: readonly z.infer<typeof BLUEPRINT>[]): void {
  const [made, known] = [listed(blueprints.map(({ account }) => account)), listed(organization.accounts)];
  if (made === known) return;
  throw new Error(`Its program makes documents of ${made || "no account"}; its organization has ${known}.`);
}

/**
 * A program in a folder, for this one to judge: its documents as its own code makes them, its roster as this code reads it.
 * @throws UserError where this program refuses the roster
 * @throws Error where the program fails, or answers in a form of another time
 */
export async function judgedProgram(folder: string, now: Date): Promise<JudgedProgram> {
  const { written, invariants, blueprints } = await answerOf(folder, now);
  if (written === undefined) throw new Error("Its program is too old to say what is written.");
  const model = buildModel(written.organization, written.roster, now, written.workloads);
  expectEveryAccount(model, blueprints);
  const accounts = blueprints.map((blueprint) => iamAccountFromBlueprint(model.organization, blueprint));
  return { model, accounts: new IamAccounts(accounts), invariants: invariantsOf(invariants) };
}
