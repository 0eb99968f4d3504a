import {
  ALTERNATE_CONTACTS,
  ROOT_FEATURES,
  ROOT_MANAGEMENT_UNTOLD,
  type AlternateContact,
  type RootFeature,
  type TableLevel,
} from "../aws/snapshot/owner-facts";
import type { RootUser } from "../aws/snapshot/root-user";
import type { Account, Organization } from "../model/account";
import { cisId } from "../model/cis";
import { countNoun } from "../model/problems";
import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorFinding,
  type DoctorOutcome,
} from "./doctor-finding";
import type { ExaminationOptions } from "./options";
import { notReadableOutcome, type Look } from "./look-at-account";
import { ownerFactsOf } from "./owner-facts-source";
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
 * @param where the regions that were looked at
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/attribute-based-access-control.html
 */
export function tablesOutcome(tables: readonly TableLevel[], where: string): DoctorOutcome {
  if (tables.length === 0) return passedOutcome(`none in ${where}`);
  const tagged = (level: string): number => tables.filter((one) => one.level === level).length;
  const open = tagged("Public");
  const closed = tagged("Sensitive");
  return unknownOutcome(
    `${countNoun(tables.length, "table")} in ${where}: ${String(open)} tagged AccessLevel=Public, ` +
      `${String(closed)} Sensitive, ${String(tables.length - open - closed)} neither; no API tells whether DynamoDB heeds tags`,
    "In DynamoDB's console, under Settings, see that attribute-based access control is on; name tables that must stay closed in sensitiveTables of src/workloads.ts.",
  );
}

/** An outcome of what a snapshot has, with its time. */
const asOf = (outcome: DoctorOutcome, at: string | undefined): DoctorOutcome =>
  at === undefined ? outcome : { ...outcome, found: `${outcome.found}, at ${at}` };

function lookOutcome<Facts>(look: Look<Facts>, judge: (facts: Facts) => DoctorOutcome): DoctorOutcome {
  if (look.kind === "not readable") return notReadableOutcome(look.because, look.remedy);
  return asOf(judge(look.facts), look.at);
}

/** What AWS alone knows of an account: its root user, the contacts that AWS turns to, and how tables are tagged. */
export function examineOwnerFacts(
  account: Account,
  organization: Organization,
  options: ExaminationOptions,
): readonly Promise<DoctorFinding>[] {
  const { limit } = options;
  const facts = ownerFactsOf(account, organization, options);
  return [
    runCheck(`root user of ${account.key}`, limit, async () =>
      lookOutcome(await facts.rootUser(), ({ root, hasVirtualMfa }) => rootUserOutcome(root, hasVirtualMfa)),
    ),
    runCheck(`contacts of ${account.key}`, limit, async () =>
      lookOutcome(await facts.alternateContacts(), contactsOutcome),
    ),
    runCheck(`tables of ${account.key}`, limit, async () =>
      lookOutcome(await facts.tables(), ({ tables, where }) => tablesOutcome(tables, where)),
    ),
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
      const look = await ownerFactsOf(account, organization, options).rootManagement();
      if (look.kind === "not readable") reasons.add(look.because);
      else if (look.facts.kind === "told") return asOf(rootManagementOutcome(look.facts.features), look.at);
      else reasons.add(ROOT_MANAGEMENT_UNTOLD[look.facts.kind]);
    }
    return notReadableOutcome(
      [...reasons].join("; "),
      "Ask with credentials of the organization's management account, or look there: IAM, Root access management.",
    );
  });
}
