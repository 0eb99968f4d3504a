import { ROOT_ACCOUNT } from "../../aws/snapshot/mfa-device";
import {
  ALTERNATE_CONTACTS,
  ROOT_FEATURES,
  ROOT_MANAGEMENT_UNTOLD,
  type RootManagement,
  type TableLevel,
} from "../../aws/snapshot/owner-facts";
import type { RootUser } from "../../aws/snapshot/root-user";
import type { Account } from "../../model/account";
import type { Model } from "../../model/model";
import { TABLE_LEVEL_TAG } from "../../model/names";
import { countNoun } from "../../model/problems";
import { shellWord } from "../../text/shell-word";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy } from "../review-finding";

/** Serial numbers of the root user's virtual devices; IAM lists no other devices of the root user. */
const virtualDevices = ({ evidence }: ReviewContext, key: string): readonly string[] =>
  (evidence.section(key, "mfaDevices") ?? [])
    .filter(({ user }) => user === ROOT_ACCOUNT)
    .map(({ serial }) => serial);

function rootDeviceFindings(context: ReviewContext, account: string): readonly FoundBy[] {
  const root = context.evidence.section(account, "rootUser");
  const devices = virtualDevices(context, account);
  if (devices.length === 0 || root?.hasPassword === false) return [];
  return [
    {
      rule: "root-virtual-mfa",
      account,
      subject: "the root user",
      message: `The root user of ${account} has a virtual MFA device.`,
      evidence: devices,
      fix: {
        kind: "step",
        words: "As the root user, enrol hardware devices and then remove the virtual one.",
      },
    },
  ];
}

function contactFindings({ evidence }: ReviewContext, account: string): readonly FoundBy[] {
  const contacts = evidence.section(account, "alternateContacts");
  if (contacts === undefined || contacts.includes("SECURITY")) return [];
  return [
    {
      rule: "security-contact-missing",
      account,
      subject: "the security contact",
      message: `AWS has no security contact of ${account}: of security matters it tells the root user's address alone.`,
      evidence: [`alternate contacts: ${contacts.join(", ") || "none"}`],
      fix: {
        kind: "command",
        words: `Write muster:securityContact into Pulumi.${account}.yaml, as docs/settings.md has it, and deploy.`,
        commands: [`pulumi up -s ${account}`],
      },
    },
  ];
}

/** Reports settings of the organization once: all accounts tell of the same one. */
function rootManagementFindings({ evidence, accounts }: ReviewContext): readonly FoundBy[] {
  for (const { key } of accounts) {
    const told = evidence.section(key, "rootManagement");
    if (told?.kind !== "told") continue;
    const off = ROOT_FEATURES.filter((feature) => !told.features.includes(feature));
    if (off.length === 0) return [];
    return [
      {
        rule: "root-management-off",
        account: key,
        subject: "central root management",
        message: "The organization does not manage its members' root users centrally, or not in full.",
        evidence: [`off, as ${key} told: ${off.join(", ")}`],
        fix: {
          kind: "step",
          words: "In the management account, switch it on: IAM, Root access management.",
        },
      },
    ];
  }
  return [];
}

/** Tables that a service of the environment must not read, by their names. */
const sensitiveTables = ({ workloads }: Model, { environment }: Account): ReadonlySet<string> =>
  new Set(
    workloads
      .filter((workload) => workload.environment === environment)
      .flatMap(({ access }) => access.sensitiveTables ?? []),
  );

function tableFindings({ evidence, model }: ReviewContext, account: Account): readonly FoundBy[] {
  const sensitive = sensitiveTables(model, account);
  return (evidence.section(account.key, "tableLevels") ?? [])
    .filter(({ table, level }) => level === "Public" && sensitive.has(table))
    .map(({ region, table }) => ({
      rule: "sensitive-table-public",
      account: account.key,
      subject: `${region} ${table}`,
      message: `The table ${table} in ${region} is tagged ${TABLE_LEVEL_TAG}=Public, and named among sensitiveTables.`,
      evidence: [`${TABLE_LEVEL_TAG}=Public`, `sensitiveTables of src/workloads.ts name ${table}`],
      fix: {
        kind: "command",
        words: "Services with publicTables that do not name it may read it: tag it as what it is.",
        commands: [
          `aws dynamodb tag-resource --region ${region} --resource-arn ${shellWord(`arn:aws:dynamodb:${region}:${account.id}:table/${table}`)} --tags Key=${TABLE_LEVEL_TAG},Value=Sensitive`,
        ],
      },
    }));
}

function rootWords({ hasMfa, hasPassword }: RootUser, devices: readonly string[] | undefined): string {
  if (hasPassword === false) return "no password";
  if (!hasMfa) return "no MFA device";
  if (devices === undefined) return "MFA; of what kind is not known";
  return devices.length > 0 ? "a virtual device" : "no virtual device that IAM lists";
}

function tableWords(tables: readonly TableLevel[]): string {
  const open = tables.filter(({ level }) => level === "Public").length;
  const closed = tables.filter(({ level }) => level === "Sensitive").length;
  return `${String(open)} Public, ${String(closed)} Sensitive, ${String(tables.length - open - closed)} neither`;
}

const managementWords = (told: RootManagement): string =>
  told.kind === "told"
    ? ROOT_FEATURES.map((feature) => `${feature} ${told.features.includes(feature) ? "on" : "off"}`).join(
        ", ",
      )
    : ROOT_MANAGEMENT_UNTOLD[told.kind];

const NOT_AVAILABLE = "not available";

function rowOf(context: ReviewContext, key: string): readonly string[] {
  const { evidence } = context;
  const root = evidence.section(key, "rootUser");
  const devices = evidence.section(key, "mfaDevices") && virtualDevices(context, key);
  const contacts = evidence.section(key, "alternateContacts");
  const tables = evidence.section(key, "tableLevels");
  const management = evidence.section(key, "rootManagement");
  return [
    key,
    root === undefined ? NOT_AVAILABLE : rootWords(root, devices),
    contacts === undefined
      ? NOT_AVAILABLE
      : ALTERNATE_CONTACTS.filter((contact) => contacts.includes(contact)).join(", ") || "none",
    tables === undefined ? NOT_AVAILABLE : tableWords(tables),
    management === undefined ? NOT_AVAILABLE : managementWords(management),
  ];
}

/** What no API tells, or not to these accounts. */
function untoldLines({ evidence, accounts, model }: ReviewContext): readonly string[] {
  const { regions } = model.organization;
  const tagged = accounts.flatMap(({ key }) => {
    const tables = evidence.section(key, "tableLevels") ?? [];
    return tables.length === 0
      ? []
      : [
          `${key}, tableLevels: whether DynamoDB heeds tags in conditions, of ${countNoun(tables.length, "table")} in ${regions.join(", ")}: no API tells; DynamoDB's console does, under Settings`,
        ];
  });
  const answers = accounts.flatMap(({ key }) => evidence.section(key, "rootManagement") ?? []);
  const untold = answers.flatMap((answer) =>
    answer.kind === "told" ? [] : [ROOT_MANAGEMENT_UNTOLD[answer.kind]],
  );
  if (untold.length < answers.length) return tagged;
  return [
    ...tagged,
    ...[...new Set(untold)].map((because) => `rootManagement: whether it is on is not known: ${because}`),
  ];
}

/** Checks facts about accounts and their owners that a deployment of Muster alone does not bring about. */
export function ownerFactsCheck(context: ReviewContext): CheckResult {
  const { accounts } = context;
  return checkResult({
    findings: [
      ...accounts.flatMap((account) => [
        ...rootDeviceFindings(context, account.key),
        ...contactFindings(context, account.key),
        ...tableFindings(context, account),
      ]),
      ...rootManagementFindings(context),
    ],
    undecidable: [
      ...missingLines(
        context,
        accounts,
        "rootUser",
        "mfaDevices",
        "alternateContacts",
        "tableLevels",
        "rootManagement",
      ),
      ...untoldLines(context),
    ],
    tables: [
      {
        title: "What AWS alone knows of accounts",
        head: ["account", "root user's sign-in", "contacts set", "tables by tag", "central root management"],
        rows: accounts.map(({ key }) => rowOf(context, key)),
      },
    ],
  });
}
