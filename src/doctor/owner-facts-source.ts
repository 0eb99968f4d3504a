import { accountClient, promptDynamoDbOf, promptIamClient, type ClientSource } from "../aws/aws-clients";
import { readRootUser } from "../aws/readers/account-facts-reader";
import { readRootDevices } from "../aws/readers/mfa-devices-reader";
import { readAlternateContacts, readRootManagement } from "../aws/readers/owner-facts-reader";
import { readTableLevels } from "../aws/readers/table-levels-reader";
import { ROOT_ACCOUNT } from "../aws/snapshot/mfa-device";
import type { AlternateContact, RootManagement, TableLevel } from "../aws/snapshot/owner-facts";
import type { Snapshot } from "../aws/snapshot/reader";
import type { RootUser } from "../aws/snapshot/root-user";
import type { SectionData, SectionName } from "../aws/snapshot/snapshot-section";
import type { Account, Organization } from "../model/account";
import { joinLines } from "./doctor-finding";
import { lookAtAccount, type Look } from "./look-at-account";
import type { ExaminationOptions } from "./options";

/** What AWS alone knows of an account, each looked at when it is asked for. */
export interface OwnerFacts {
  readonly rootUser: () => Promise<Look<{ readonly root: RootUser; readonly hasVirtualMfa: boolean }>>;
  readonly alternateContacts: () => Promise<Look<readonly AlternateContact[]>>;
  /** Tables of DynamoDB, and in which regions. */
  readonly tables: () => Promise<Look<{ readonly tables: readonly TableLevel[]; readonly where: string }>>;
  readonly rootManagement: () => Promise<Look<RootManagement>>;
}

function askedFacts(account: Account, organization: Organization, options: ExaminationOptions): OwnerFacts {
  const look = <Facts>(read: (source: ClientSource) => Promise<Facts>): Promise<Look<Facts>> =>
    lookAtAccount(account, organization, options, read);
  return {
    rootUser: () =>
      look(async (source) => {
        const iam = await promptIamClient(source);
        return { root: await readRootUser(iam), hasVirtualMfa: (await readRootDevices(iam)).length > 0 };
      }),
    alternateContacts: () => look(async (source) => readAlternateContacts(await accountClient(source))),
    tables: () =>
      look(async (source) => {
        const { regions } = organization;
        const clientOf = (region: string) => promptDynamoDbOf({ ...source, region });
        return { tables: await readTableLevels(clientOf, regions, account.id), where: regions.join(", ") };
      }),
    rootManagement: () => look(async (source) => readRootManagement(await promptIamClient(source))),
  };
}

const ANOTHER_SNAPSHOT = 'Take a new one: npm run snapshot -- --live "<pattern of profiles>".';

/** Which regions the organization named when a snapshot was taken, it does not say. */
const REGIONS_THEN = "the regions of the organization then";

function snapshotFacts({ key }: Account, { startedAt, accounts }: Snapshot): OwnerFacts {
  const sections = accounts.find((account) => account.key === key)?.sections;
  const section = <Name extends SectionName>(name: Name): Look<SectionData<Name>> => {
    const found = sections?.[name];
    if (found?.kind === "read") return { kind: "read", facts: found.data, at: found.at };
    const because = found?.because ?? `the snapshot of ${startedAt} is not of this account`;
    return { kind: "not readable", because: joinLines(because).replace(/\.$/, ""), remedy: ANOTHER_SNAPSHOT };
  };
  return {
    rootUser: () => {
      const root = section("rootUser");
      const devices = section("mfaDevices");
      if (root.kind === "not readable") return Promise.resolve(root);
      if (devices.kind === "not readable") return Promise.resolve(devices);
      const hasVirtualMfa = devices.facts.some(({ user }) => user === ROOT_ACCOUNT);
      return Promise.resolve({ ...root, facts: { root: root.facts, hasVirtualMfa } });
    },
    alternateContacts: () => Promise.resolve(section("alternateContacts")),
    tables: () => {
      const tables = section("tableLevels");
      if (tables.kind === "not readable") return Promise.resolve(tables);
      return Promise.resolve({ ...tables, facts: { tables: tables.facts, where: REGIONS_THEN } });
    },
    rootManagement: () => Promise.resolve(section("rootManagement")),
  };
}

/** Where to look for what AWS alone knows of an account: in the snapshot that the options have, else at AWS. */
export const ownerFactsOf = (
  account: Account,
  organization: Organization,
  options: ExaminationOptions,
): OwnerFacts =>
  options.snapshot === undefined
    ? askedFacts(account, organization, options)
    : snapshotFacts(account, options.snapshot);
