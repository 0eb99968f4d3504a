import { mapConcurrently } from "../aws/map-concurrently";
import { findMismatches, stacksWithSettings } from "../definitions/settings-files";
import type { Organization } from "../model/account";
import { buildModel } from "../model/model";
import { UserError } from "../model/problems";
import { examineAccount } from "./examine-account";
import { runCommand, type CommandAnswer } from "./run-command";
import { missingOutcome, passedOutcome, unknownOutcome, type DoctorFinding } from "./doctor-finding";
import { branchOutcome, codeOwnersOutcome, environmentOutcome, type AskGitHub } from "./github-settings";
import { examineRootManagement } from "./examine-owner-facts";
import { runCheck } from "./run-check";
import type { ExaminationOptions, RunPulumi } from "./options";
import { examineProgram } from "./program";
import { listedStacks, stackShortName } from "./stack";

/** A pulumi command takes a core for a second. */
const AT_ONCE = 4;

/** The accounts, whatever is wrong with the roster; undefined where they cannot be read themselves. */
function readable({ organization, now }: ExaminationOptions): Organization | undefined {
  try {
    return buildModel(organization, { people: {} }, now).organization;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return undefined;
  }
}

/** Whether accounts, settings and stacks belong together; a line for each that stands alone. */
async function examineCounterparts(
  organization: Organization,
  { directory }: ExaminationOptions,
  listing: Promise<CommandAnswer>,
): Promise<readonly DoctorFinding[]> {
  const stacks = listedStacks(await listing)?.map(stackShortName);
  const settings = stacksWithSettings(directory);
  const alone = findMismatches(organization, settings, stacks).map(({ name, found, fix }) => ({
    name,
    ...missingOutcome(found, fix),
  }));
  if (alone.length > 0) return alone;
  const compared = stacks === undefined ? "the settings" : "the settings and the stacks of this backend";
  return [
    {
      name: "settings and stacks",
      ...passedOutcome(`every account has its file, and ${compared} belong to accounts`),
    },
  ];
}

async function examineAccounts(
  options: ExaminationOptions,
  pulumi: RunPulumi,
): Promise<readonly DoctorFinding[]> {
  const organization = readable(options);
  if (organization === undefined) {
    const why = unknownOutcome(
      "cannot be looked at while src/organization.ts is wrong",
      "Put it right first.",
    );
    return [{ name: "accounts", ...why }];
  }
  const listing = pulumi("stack", "ls", "--json");
  const counterparts = await examineCounterparts(organization, options, listing);
  const findings = await mapConcurrently(organization.accounts, AT_ONCE, (account) =>
    examineAccount(account, organization, options, listing, pulumi),
  );
  return [
    ...counterparts,
    ...findings.flat(),
    ...(options.ownerFacts ? [await examineRootManagement(organization, options)] : []),
  ];
}

/** Looks at what GitHub holds of a pipeline there: environments of accounts, and the branch that is deployed. */
async function examineGitHub(options: ExaminationOptions): Promise<readonly DoctorFinding[]> {
  const { accounts = [], pipeline } = readable(options) ?? {};
  if (pipeline?.kind !== "github") return [];
  const { directory, env, limit } = options;
  const github: AskGitHub = (path) =>
    runCommand("gh", ["api", `repos/${pipeline.repository}/${path}`], { directory, env, limit });
  return Promise.all([
    runCheck(`GitHub branch ${pipeline.branch}`, 2 * limit, () => branchOutcome(pipeline, github)),
    runCheck("GitHub CODEOWNERS", limit, () => codeOwnersOutcome(pipeline, github)),
    ...accounts.map((account) =>
      runCheck(`GitHub environment ${account.key}`, 2 * limit, () =>
        environmentOutcome(account, pipeline, github),
      ),
    ),
  ]);
}

/** Looks at everything that a deployment needs, and changes nothing. Every look ends, whatever the others found. */
export async function examineAll(options: ExaminationOptions): Promise<readonly DoctorFinding[]> {
  const { directory, env, limit } = options;
  const pulumi: RunPulumi = (...args) =>
    runCommand("pulumi", [...args, "--non-interactive"], {
      directory,
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      limit,
    });
  return (
    await Promise.all([
      examineProgram(options, pulumi),
      examineAccounts(options, pulumi),
      examineGitHub(options),
    ])
  ).flat();
}
