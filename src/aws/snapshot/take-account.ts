import type { IAM } from "@aws-sdk/client-iam";

import { toInstant, type Instant } from "../../model/dates";
import { countNoun } from "../../model/problems";
import {
  accessAnalyzerClient,
  accountClient,
  cloudWatchClient,
  dynamoDbClient,
  iamClient,
  patientCloudWatchLogsClient,
  secretsManagerClient,
  type ClientSource,
} from "../aws-clients";
import { recordedReason } from "../recorded-reason";
import { awsErrorMessage } from "../unreadable-answer";
import { readAccountFacts, readRootUser } from "../readers/account-facts-reader";
import { readAlarms } from "../readers/alarms-reader";
import { readAnalyzerFindings } from "../readers/analyzer-findings-reader";
import { readAuthorizationDetails } from "../readers/authorization-details-reader";
import { readCredentialReport } from "../readers/credential-report-reader";
import { readLastAccessedServices } from "../readers/last-accessed-services-reader";
import { readMfaDevices } from "../readers/mfa-devices-reader";
import { readAlternateContacts, readRootManagement } from "../readers/owner-facts-reader";
import { readSecrets } from "../readers/secrets-reader";
import { readSignInObjects } from "../readers/sign-in-objects-reader";
import { readTableLevels } from "../readers/table-levels-reader";
import { readTrailEvents } from "../readers/trail-events-reader";
import { readUserCredentials } from "../readers/user-credentials-reader";
import type { AccountQuestion } from "./account-question";
import type { AuthorizationDetails } from "./authorization-details";
import { keptDetails, keptSecrets } from "./kept-tags";
import { SECTION_NAMES, type AccountSections, type SectionName } from "./snapshot-section";
import type { SnapshotWriter } from "./writer";

/** Hears how far it is: `prod`, `secrets`, `read` or `1,000 of 5,000 users`. */
export type SnapshotProgress = (account: string, section: SectionName, state: string) => void;

/** What an account is read with, and into. */
export interface SnapshotContext {
  readonly source: ClientSource;
  readonly writer: SnapshotWriter;
  readonly progress: SnapshotProgress;
  readonly clock: () => Date;
}

type SectionReaders = { readonly [Name in SectionName]: () => Promise<AccountSections[Name]> };

/** Nobody reads a line for each of 5,000 users. */
const EVERY = 500;

/** A value that is made once, when somebody asks for it first. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

/** How each section of an account is read. Clients load with the first section that needs them. */
function readersOf(
  { key, ...question }: AccountQuestion,
  { source, writer, progress, clock }: SnapshotContext,
): SectionReaders {
  const reading =
    <Data>(read: () => Promise<Data>) =>
    async () => {
      const at = toInstant(clock());
      return { kind: "read", at, data: await read() } as const;
    };
  const iam = once(() => iamClient(source));
  const ofIam = <Data>(read: (client: IAM) => Promise<Data>) => reading(async () => read(await iam()));
  let names: readonly string[] | undefined;
  const readDetails = async (client: IAM): Promise<AuthorizationDetails> => {
    const details = await readAuthorizationDetails(client);
    // Names alone are kept: with the documents of thousands it would be too much.
    names = details.users.map(({ name }) => name);
    return keptDetails(details, question.keptTags);
  };
  /** A section that is kept from before an interruption has not been read. */
  const users = async (client: IAM): Promise<readonly string[]> =>
    names ?? (await readDetails(client)).users.map(({ name }) => name);
  const counted = (section: SectionName, all: number) => (done: number) => {
    if (done % EVERY > 0) return;
    progress(key, section, `${done.toLocaleString("en")} of ${countNoun(all, "user")}`);
  };
  const { from, until } = writer.period;
  return {
    accountFacts: ofIam(readAccountFacts),
    rootUser: ofIam(readRootUser),
    alternateContacts: reading(async () => readAlternateContacts(await accountClient(source))),
    rootManagement: ofIam(readRootManagement),
    authorizationDetails: ofIam(readDetails),
    signInObjects: ofIam(readSignInObjects),
    credentialReport: ofIam((client) => readCredentialReport(client)),
    userCredentials: ofIam(async (client) => {
      const all = await users(client);
      return readUserCredentials(client, all, {
        lastUse: true,
        progress: counted("userCredentials", all.length),
      });
    }),
    mfaDevices: ofIam(async (client) => {
      const all = await users(client);
      return readMfaDevices(client, all, counted("mfaDevices", all.length));
    }),
    lastAccessedServices: ofIam((client) => readLastAccessedServices(client, question.heldRoles)),
    analyzerFindings: reading(async () => readAnalyzerFindings(await accessAnalyzerClient(source))),
    trailEvents: reading(async () =>
      readTrailEvents(await patientCloudWatchLogsClient(source), {
        logGroup: question.trailLogGroup,
        from,
        until,
        now: toInstant(clock()),
        listedRoles: question.breakGlassRoles,
        countedNames: question.countedNames,
        progress: (pages) => {
          if (pages % EVERY === 0) progress(key, "trailEvents", countNoun(pages, "page"));
        },
      }),
    ),
    alarms: reading(async () =>
      readAlarms(await cloudWatchClient(source), { from, until, now: toInstant(clock()) }),
    ),
    secrets: reading(async () =>
      keptSecrets(await readSecrets(await secretsManagerClient(source)), question.keptTags),
    ),
    tableLevels: reading(() =>
      readTableLevels((region) => dynamoDbClient({ ...source, region }), question.regions, question.id),
    ),
  };
}

/** Reads one section and writes it; a section that cannot be read is written with the reason. */
async function takeSection<Name extends SectionName>(
  key: string,
  name: Name,
  read: () => Promise<AccountSections[Name]>,
  { writer, progress, clock }: SnapshotContext,
): Promise<void> {
  if (writer.isKept(key, name)) {
    progress(key, name, "kept");
    return;
  }
  try {
    writer.write(key, name, await read());
    progress(key, name, "read");
  } catch (error) {
    writer.write(key, name, notAvailable(toInstant(clock()), recordedReason(error)));
    progress(key, name, `not available: ${awsErrorMessage(error)}`);
  }
}

const notAvailable = (at: Instant, because: string) => ({ kind: "notAvailable", at, because }) as const;

/** Reads every section of an account, one after another, and writes each as soon as it is read. */
export async function takeAccount(question: AccountQuestion, taking: SnapshotContext): Promise<void> {
  const readers = readersOf(question, taking);
  for (const name of SECTION_NAMES) await takeSection(question.key, name, readers[name], taking);
}

/** Writes every section of an account that nobody could read, with the reason. */
export function takeNothing(
  key: string,
  because: string,
  { writer, progress, clock }: Omit<SnapshotContext, "source">,
): void {
  for (const name of SECTION_NAMES) {
    if (writer.isKept(key, name)) continue;
    writer.write(key, name, notAvailable(toInstant(clock()), because));
    progress(key, name, `not available: ${because}`);
  }
}
