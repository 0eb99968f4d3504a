import { admittedPrincipals } from "../../src/access/admitted-principals";
import { ActionCatalogue } from "../../src/access/actions/catalogue";
import { FRESH_MFA } from "../../src/access/circumstances";
import type { Deviations } from "../../src/access/deviations";
import { Directory } from "../../src/access/directory";
import { Evaluator } from "../../src/access/evaluator";
import type { IamAccounts } from "../../src/access/iam/iam-accounts";
import { accountsByRoster } from "../../src/access/load";
import { AccessMatrix } from "../../src/access/matrix";
import type { PageData } from "../../src/access/page/map-data";
import { userRecord } from "../../src/access/report/access-record";
import { pageData } from "../../src/access/report/page-data";
import { RoleChains } from "../../src/access/role-chains";
import { toInstant } from "../../src/model/dates";
import { buildModel } from "../../src/model/model";
import type { WrittenAccount, WrittenOrganization, WrittenPerson, WrittenRoster } from "./rosters";

const DAY = 86_400_000;

/** The data of the page as the command makes it, at a time, of the accounts by the roster or as somebody changed them. */
export async function pageDataOf(
  organization: WrittenOrganization,
  roster: WrittenRoster,
  moment: Date,
  workloads: unknown = {},
  changed: (accounts: IamAccounts) => IamAccounts = (accounts) => accounts,
  differing?: Deviations,
): Promise<PageData> {
  const model = buildModel(organization, roster, moment, workloads);
  const accounts = changed(accountsByRoster(model));
  const directory = new Directory(model);
  const evaluator = new Evaluator();
  const circumstances = { mfa: FRESH_MFA, context: {} };
  const rows = await new AccessMatrix(accounts, evaluator).rows(circumstances);
  return pageData({
    model,
    accounts,
    live: [],
    users: rows.map((row) => userRecord(row, directory)),
    admitted: await admittedPrincipals(accounts, new RoleChains(accounts, evaluator, circumstances)),
    ...(differing && { differing }),
    catalogue: await ActionCatalogue.load(),
    made: toInstant(moment),
  });
}

const WORKLOADS: readonly (readonly [string, "dev" | "staging" | "prod"])[] = [
  ["dev", "dev"],
  ["dev-eu", "dev"],
  ["staging", "staging"],
  ["staging-eu", "staging"],
  ["prod", "prod"],
  ["prod-eu", "prod"],
  ["prod-us", "prod"],
];

/** An identity account and seven others. */
export const largeOrganization = (): WrittenOrganization => ({
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    ...Object.fromEntries(
      WORKLOADS.map(([key, environment], index): [string, WrittenAccount] => [
        key,
        { id: String(index + 2).repeat(12), kind: "workload", environment },
      ]),
    ),
  },
});

const CATEGORIES: readonly Pick<WrittenPerson, "category" | "access">[] = [
  {
    category: "devops",
    access: { dev: "Admin", "dev-eu": "Ops", staging: "Ops", prod: ["Ops", "Read"], "prod-eu": "Ops" },
  },
  { category: "developer", access: { dev: ["Developer", "Read"], staging: "Developer" } },
  { category: "developer", access: { "dev-eu": "Developer", "staging-eu": "Read" } },
  { category: "developer", access: { dev: "Admin", "dev-eu": "Read" } },
  { category: "dba", access: { staging: "Dba", prod: ["Dba", "DbRead"], "prod-us": "DbRead" } },
  { category: "security", access: { users: "Security", prod: "Security", "prod-eu": ["Security", "Read"] } },
  { category: "qa", access: { dev: "Read", staging: "Developer" } },
  { category: "analyst", access: { staging: "Analyst" } },
  { category: "executive", access: { prod: "Dashboard", "prod-eu": "Dashboard" } },
  { category: "contractor", access: { dev: "Developer" } },
];

/** So many people of all categories, each tenth a contractor whose contract ends 1 to 200 days from the moment. */
export function largeRoster(size: number, moment: Date): WrittenRoster {
  const dayFromMoment = (days: number): string =>
    new Date(moment.getTime() + days * DAY).toISOString().slice(0, 10);
  const person = (index: number): [string, WrittenPerson] => {
    const { category, access } = CATEGORIES[index % CATEGORIES.length]!;
    const name = `${category}.${String(index).padStart(4, "0")}`;
    const contract = {
      project: `project-${index % 7}`,
      sponsor: "devops.0000",
      from: dayFromMoment(-30),
      until: dayFromMoment(1 + (index % 200)),
    };
    return [
      name,
      { email: `${name}@example.com`, category, access, ...(category === "contractor" && contract) },
    ];
  };
  return {
    people: Object.fromEntries(Array.from({ length: size }, (_, index) => person(index))),
    power: ["devops.0000", "security.0005"],
    breakGlass: { prod: { primary: "devops.0000", backup: "security.0005" } },
  };
}
