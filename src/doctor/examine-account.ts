import { assertCredentialsForAccount, credentialSource, CredentialsProblem } from "../aws/aws-credentials";
import type { Snapshot } from "../aws/snapshot/reader";
import { SECTION_NAMES } from "../aws/snapshot/snapshot-section";
import { Unreachable } from "../aws/unreachable";
import { UnreadableAnswer } from "../aws/unreadable-answer";
import { misplacedSettings, projectName } from "../definitions/settings-files";
import type { Account, Organization } from "../model/account";
import { deployedVersion } from "../releases/deployed-version";
import { GitRepository } from "../releases/repository";
import type { CommandAnswer } from "./run-command";
import {
  missingOutcome,
  passedOutcome,
  joinLines,
  unknownOutcome,
  type DoctorFinding,
  type DoctorOutcome,
} from "./doctor-finding";
import { runCheck } from "./run-check";
import type { ExaminationOptions, RunPulumi } from "./options";
import { examineDetectors } from "./examine-detectors";
import { examineExistingTrail } from "./examine-existing-trail";
import { examineOwnerFacts } from "./examine-owner-facts";
import {
  alarmsOutcome,
  listedStacks,
  stackShortName,
  findStack,
  stackOutcome,
  stackState,
  type KnownStack,
  wantedAddresses,
} from "./stack";
import { detectorsLeftToOrganization, settingsOutcome } from "./settings";
import { versionOutcome } from "./version-outcome";

async function credentialsOutcome(
  account: Account,
  region: string,
  options: ExaminationOptions,
): Promise<DoctorOutcome> {
  if (options.snapshot !== undefined) return snapshotOutcome(account, options.snapshot);
  const source = credentialSource(account, options.profilePattern, options.env);
  try {
    await assertCredentialsForAccount(account, source, region);
    return passedOutcome(
      `${account.id} by ${source.profile === undefined ? "the environment" : `profile ${source.profile}`}`,
    );
  } catch (error) {
    if (error instanceof Unreachable || error instanceof UnreadableAnswer)
      return unknownOutcome(`not known, because ${error.fault.replace(/\.$/, "")}`, error.remedy);
    if (!(error instanceof CredentialsProblem)) throw error;
    return missingOutcome(joinLines(error.fault).replace(/\.$/, ""), error.remedy);
  }
}

/** Says with whose credentials a snapshot of an account was taken, and what they could not read. */
export function snapshotOutcome({ key }: Account, snapshot: Snapshot): DoctorOutcome {
  const again = 'Take a new one: npm run snapshot -- --live "<pattern of profiles>".';
  const read = snapshot.accounts.find((account) => account.key === key);
  if (read === undefined) return missingOutcome(`not in the snapshot of ${snapshot.startedAt}`, again);
  const { id, caller, sections } = read;
  if (caller === undefined)
    return missingOutcome(`nobody had any for the snapshot of ${snapshot.startedAt}`, again);
  const lacking = SECTION_NAMES.filter((name) => sections[name].kind === "notAvailable");
  if (lacking.length > 0)
    return unknownOutcome(`of ${caller} at ${snapshot.startedAt}, without ${lacking.join(", ")}`, again);
  return passedOutcome(`${id} by ${caller} at ${snapshot.startedAt}, not asked now`);
}

/** A stack with what pulumi says of its configuration. */
interface AskedStack {
  readonly stack: KnownStack;
  readonly configuration: CommandAnswer | undefined;
}

/** What the backend knows of an account's stack; undefined where it could not be asked. */
async function askStack(
  key: string,
  keys: readonly string[],
  listing: Promise<CommandAnswer>,
  pulumi: RunPulumi,
): Promise<AskedStack | undefined> {
  const stacks = listedStacks(await listing);
  if (stacks === undefined) return undefined;
  const listed = findStack(stacks, key);
  const state = listed && stackState(await pulumi("stack", "export", "--stack", listed.name));
  const configuration = listed && (await pulumi("config", "--json", "--stack", listed.name));
  const wanted = configuration && wantedAddresses(configuration);
  const unexplained = stacks.map(stackShortName).filter((name) => !keys.includes(name));
  return { stack: { key, listed, state, wanted, unexplained }, configuration };
}

const NO_BACKEND = unknownOutcome("not known without the backend", "Put the backend right first.");

/** Looks at an account: its credentials, its stack, its version, and who hears its alarms. */
export async function examineAccount(
  account: Account,
  organization: Organization,
  options: ExaminationOptions,
  listing: Promise<CommandAnswer>,
  pulumi: RunPulumi,
): Promise<readonly DoctorFinding[]> {
  const { key } = account;
  const { region, accounts } = organization;
  const keys = accounts.map((one) => one.key);
  const { limit } = options;
  const known = askStack(key, keys, listing, pulumi);
  const ofStack = (outcome: (stack: KnownStack) => DoctorOutcome) => async (): Promise<DoctorOutcome> => {
    const asked = await known;
    return asked === undefined ? NO_BACKEND : outcome(asked.stack);
  };
  const place = { key, project: projectName(options.directory), now: options.now };
  const detectors = known.then((asked) =>
    Promise.all(
      examineDetectors(
        detectorsLeftToOrganization(place, asked?.configuration),
        account,
        organization,
        options,
      ),
    ),
  );
  const findings = await Promise.all([
    runCheck(`credentials of ${key}`, limit, () => credentialsOutcome(account, region, options)),
    // Three commands after one another.
    runCheck(`stack ${key}`, 4 * limit, ofStack(stackOutcome)),
    runCheck(`version of ${key}`, 5 * limit, async () => {
      const stack = (await known)?.stack;
      if (stack === undefined) return NO_BACKEND;
      if (stack.listed === undefined) return versionOutcome(account, { kind: "none" });
      const repository = new GitRepository(options.directory);
      return versionOutcome(account, await deployedVersion(stack.listed.name, repository, pulumi));
    }),
    runCheck(`settings of ${key}`, 4 * limit, async () => {
      const misplaced = misplacedSettings(options.directory, key);
      const asked = await known;
      return settingsOutcome(place, misplaced, asked && (asked.configuration ?? "no stack"));
    }),
    runCheck(`alarms of ${key}`, 4 * limit, ofStack(alarmsOutcome)),
    ...examineExistingTrail(account, organization, options),
    ...(options.ownerFacts ? examineOwnerFacts(account, organization, options) : []),
  ]);
  return [...findings, ...(await detectors)];
}
