import { buildModel, type Model } from "../model/model";
import { UserError } from "../model/problems";
import { examineAccount } from "./account";
import { ask } from "./command";
import { unknown, type Finding } from "./finding";
import type { ExaminationOptions, Pulumi } from "./options";
import { examineProgram } from "./program";

/** A pulumi command takes a core for a second. */
const AT_ONCE = 4;

/** What comes of each item, in order; a few at a time. */
async function each<T, R>(items: readonly T[], look: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await look(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** The model, or that of the accounts alone where the roster cannot be read; undefined where neither can. */
function readable({ organization, roster, workloads, now }: ExaminationOptions): Model | undefined {
  for (const attempt of [
    () => buildModel(organization, roster, now, workloads),
    () => buildModel(organization, { people: {} }, now),
  ]) {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return undefined;
}

async function examineAccounts(options: ExaminationOptions, pulumi: Pulumi): Promise<readonly Finding[]> {
  const model = readable(options);
  if (model === undefined) {
    const why = unknown("cannot be looked at while src/organization.ts is wrong", "Put it right first.");
    return [{ name: "accounts", ...why }];
  }
  const listing = pulumi("stack", "ls", "--json");
  const findings = await each(model.organization.accounts, (account) =>
    examineAccount(account, model, options, listing, pulumi),
  );
  return findings.flat();
}

/** Looks at everything that a deployment needs, and changes nothing. Every look ends, whatever the others found. */
export async function examine(options: ExaminationOptions): Promise<readonly Finding[]> {
  const { directory, env, limit } = options;
  const pulumi: Pulumi = (...args) =>
    ask("pulumi", [...args, "--non-interactive"], {
      directory,
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      limit,
    });
  return (await Promise.all([examineProgram(options, pulumi), examineAccounts(options, pulumi)])).flat();
}
