import { accountClient, promptDynamoDbOf, promptIamClient, type ClientSource } from "../aws/aws-clients";
import { assertCredentialsForAccount, credentialSource, CredentialsProblem } from "../aws/aws-credentials";
import { readRootUser } from "../aws/readers/account-facts-reader";
import { readRootDevices } from "../aws/readers/mfa-devices-reader";
import { readAlternateContacts, readRootManagement } from "../aws/readers/owner-facts-reader";
import { readTableLevels } from "../aws/readers/table-levels-reader";
import { recordedReason } from "../aws/recorded-reason";
import {
  ALTERNATE_CONTACTS,
  ROOT_FEATURES,
  ROOT_MANAGEMENT_UNTOLD,
  type AlternateContact,
  type RootFeature,
  type TableLevel,
} from "../aws/snapshot/owner-facts";
import { unreachable } from "../aws/unreachable";
import type { RootUser } from "../aws/snapshot/root-user";
import type { Account, Organization } from "../model/account";
import { cisId } from "../model/cis";
import { countNoun } from "../model/problems";
import {
  missingOutcome,
  joinLines,
  passedOutcome,
  unknownOutcome,
  type DoctorFinding,
  type DoctorOutcome,
} from "./doctor-finding";
import type { ExaminationOptions } from "./options";
import { runCheck } from "./run-check";

/** What is wrong with the devices of a root user who can sign in; undefined where nothing is. */
function mfaProblem({ hasMfa, hasPassword }: RootUser, hasVirtualMfa: boolean): string | undefined {
  if (hasPassword === false) return undefined;
  if (!hasMfa) return `no MFA device (CIS ${cisId("rootHasMfa")})`;
  return hasVirtualMfa ? `a virtual MFA device (CIS ${cisId("rootHasHardwareMfa")})` : undefined;
}

/** Whether it takes a password and a device in the hand to work as the root user. */
export function rootUserOutcome(root: RootUser, hasVirtualMfa: boolean): DoctorOutcome {
  const device = mfaProblem(root, hasVirtualMfa);
  const problems = [
    ...(root.hasAccessKeys ? [`access keys (CIS ${cisId("rootHasNoKeys")})`] : []),
    ...(root.hasSigningCertificates ? ["signing certificates"] : []),
    ...(device === undefined ? [] : [device]),
  ];
  if (problems.length > 0)
    return missingOutcome(
      `has ${problems.join(", ")}`,
      "As the root user, under Security credentials: delete keys and certificates, and register a hardware MFA device in place of a virtual one.",
    );
  const signIn =
    root.hasPassword === false ? "has no password" : "has MFA, by no virtual device that IAM lists";
  return passedOutcome(`${signIn}, and neither access keys nor signing certificates`);
}

/** Whether AWS tells somebody of security matters whose business they are. */
export function contactsOutcome(contacts: readonly AlternateContact[]): DoctorOutcome {
  const words = ALTERNATE_CONTACTS.map(
    (contact) => `${contact.toLowerCase()} ${contacts.includes(contact) ? "set" : "not set"}`,
  );
  const found = words.join(", ");
  return contacts.includes("SECURITY")
    ? passedOutcome(found)
    : missingOutcome(found, "Set muster:securityContact in the account's settings.");
}

/** Whether the organization can do without passwords of its members' root users. */
export function rootManagementOutcome(features: readonly RootFeature[]): DoctorOutcome {
  const words = ROOT_FEATURES.map((feature) => `${feature} ${features.includes(feature) ? "on" : "off"}`);
  return ROOT_FEATURES.every((feature) => features.includes(feature))
    ? passedOutcome(words.join(", "))
    : missingOutcome(
        words.join(", "),
        "Switch it on in the management account: IAM, Root access management.",
      );
}

/**
 * How the tables of an account are tagged, by which services may come to them. Whether DynamoDB heeds tags in conditions is a
 * setting of the account that no API tells.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/attribute-based-access-control.html
 */
export function tablesOutcome(tables: readonly TableLevel[], regions: readonly string[]): DoctorOutcome {
  if (tables.length === 0) return passedOutcome(`none in ${regions.join(", ")}`);
  const tagged = (level: string): number => tables.filter((one) => one.level === level).length;
  const open = tagged("Public");
  const closed = tagged("Sensitive");
  return unknownOutcome(
    `${countNoun(tables.length, "table")} in ${regions.join(", ")}: ${String(open)} tagged AccessLevel=Public, ` +
      `${String(closed)} Sensitive, ${String(tables.length - open - closed)} neither; no API tells whether DynamoDB heeds tags`,
    "In DynamoDB's console, under Settings, see that attribute-based access control is on; name tables that must stay closed in sensitiveTables of src/workloads.ts.",
  );
}

/** What was read of an account, or why nobody knows. */
type Look<Facts> =
  | { readonly kind: "read"; readonly facts: Facts }
  | { readonly kind: "not readable"; readonly because: string; readonly remedy: string };

const notReadable = (because: string, remedy: string): DoctorOutcome =>
  unknownOutcome(`not readable, because ${because}`, remedy);

/** Reads something of an account with its own credentials. */
async function lookAt<Facts>(
  account: Account,
  { region }: Organization,
  { profilePattern, env }: ExaminationOptions,
  read: (source: ClientSource) => Promise<Facts>,
): Promise<Look<Facts>> {
  const source = credentialSource(account, profilePattern, env);
  try {
    await assertCredentialsForAccount(account, source, region);
    return { kind: "read", facts: await read({ ...source, region }) };
  } catch (error) {
    const { fault, remedy } = (error instanceof CredentialsProblem ? error : unreachable(error)) ?? {
      fault: recordedReason(error),
      remedy: "Ask with credentials that may read it.",
    };
    return { kind: "not readable", because: joinLines(fault).replace(/\.$/, ""), remedy };
  }
}

/** What AWS alone knows of an account: its root user, the contacts that AWS turns to, and how tables are tagged. */
export function examineOwnerFacts(
  account: Account,
  organization: Organization,
  options: ExaminationOptions,
): readonly Promise<DoctorFinding>[] {
  const look = (
    name: string,
    read: (source: ClientSource) => Promise<DoctorOutcome>,
  ): Promise<DoctorFinding> =>
    runCheck(name, options.limit, async () => {
      const looked = await lookAt(account, organization, options, read);
      return looked.kind === "read" ? looked.facts : notReadable(looked.because, looked.remedy);
    });
  return [
    look(`root user of ${account.key}`, async (source) => {
      const iam = await promptIamClient(source);
      return rootUserOutcome(await readRootUser(iam), (await readRootDevices(iam)).length > 0);
    }),
    look(`contacts of ${account.key}`, async (source) =>
      contactsOutcome(await readAlternateContacts(await accountClient(source))),
    ),
    look(`tables of ${account.key}`, async (source) => {
      const { regions } = organization;
      const clientOf = (region: string) => promptDynamoDbOf({ ...source, region });
      return tablesOutcome(await readTableLevels(clientOf, regions, account.id), regions);
    }),
  ];
}

/** What the organization of AWS may do with root users: by the first account that may say. */
export function examineRootManagement(
  organization: Organization,
  options: ExaminationOptions,
): Promise<DoctorFinding> {
  const { accounts } = organization;
  return runCheck("central root management", accounts.length * options.limit, async () => {
    const reasons = new Set<string>();
    for (const account of accounts) {
      const looked = await lookAt(account, organization, options, async (source) =>
        readRootManagement(await promptIamClient(source)),
      );
      if (looked.kind === "not readable") reasons.add(looked.because);
      else if (looked.facts.kind === "told") return rootManagementOutcome(looked.facts.features);
      else reasons.add(ROOT_MANAGEMENT_UNTOLD[looked.facts.kind]);
    }
    return notReadable(
      [...reasons].join("; "),
      "Ask with credentials of the organization's management account, or look there: IAM, Root access management.",
    );
  });
}
