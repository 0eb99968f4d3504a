/**
 * What compiles, and what does not. The type check of the whole project holds that the line after each expected error
 * is one; `compile-time.test.ts` holds that the compiler says there what the comment quotes.
 */
import { defineOrganization } from "../../src/model/organization";
import { defineRoster } from "../../src/model/roster";

const organization = defineOrganization({
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    dev: { id: "222222222222", kind: "workload", environment: "dev" },
    staging: { id: "333333333333", kind: "workload", environment: "staging" },
    prod: { id: "444444444444", kind: "workload", environment: "prod" },
  },
});

const email = "name@example.com";

// What compiles.

defineRoster(organization, { people: {} });

defineRoster(
  defineOrganization({
    prefix: "infra",
    region: "eu-west-1",
    accounts: {
      dev: { id: "222222222222", kind: "workload", environment: "dev", identity: true, trustQuota: 4_096 },
      qa: { id: "333333333333", kind: "workload", environment: "staging" },
    },
    contractors: { require: ["nda", "approvals"] },
    breakGlass: { permissions: "emergency-operator" },
  }),
  {
    people: {
      kim: {
        email,
        category: "contractor",
        access: { dev: ["Developer", "Read"], qa: "Read" },
        project: "phoenix",
        sponsor: "olga",
        from: "2026-11-01",
        until: "2027-01-31",
        agreements: { nda: "2026-10-20" },
        approvedBy: ["olga", "sven"],
      },
      olga: { email, category: "devops", access: { dev: ["Admin"], qa: [] }, renamedFrom: "olga.old" },
      sven: { email, category: "security", access: {}, from: "2026-11-01" },
    },
    power: ["olga"],
    breakGlass: { dev: { primary: "olga", backup: "sven" } },
    temporary: [],
    partners: { acme: { account: "999988887777", externalId: "acme", grants: { qa: ["DataShare"] } } },
    departed: ["somebody.else"],
  },
);

// A category and the cells of its row.

defineRoster(organization, {
  people: {
    // @ts-expect-error category: Type '"boss"' is not assignable to type '"developer" | "devops" | "dba" | "security" | "qa" | "analyst" | "executive" | "contractor"'.
    devon: { email, category: "boss", access: {} },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error prod: Type '"Admin"' is not assignable to type '"a developer may hold no role in prod"'.
    devon: { email, category: "developer", access: { prod: "Admin" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error prod: Type 'string[]' is not assignable to type '"a developer may hold no role in prod"'.
    devon: { email, category: "developer", access: { prod: ["Read"] } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error users: Type '"Read"' is not assignable to type '"a developer may hold no role in the identity account"'.
    devon: { email, category: "developer", access: { users: "Read" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error staging: Type '"Admin"' is not assignable to type 'OneOrMore<"DbRead" | "Developer" | "Read">'.
    devon: { email, category: "developer", access: { staging: "Admin" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error prod: Type '"Admin"' is not assignable to type 'OneOrMore<"Ops" | "Read" | "Monitor">'.
    olga: { email, category: "devops", access: { prod: "Admin" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error users: Type '"Admin"' is not assignable to type '"a devops engineer may hold no role in the identity account"'.
    olga: { email, category: "devops", access: { users: "Admin" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error dev: Type '"Dba"' is not assignable to type '"a DBA may hold no role in dev"'.
    dora: { email, category: "dba", access: { dev: "Dba" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error "Ops": Type '"Ops"' is not assignable to type '"Read" | "Security" | "Monitor"'.
    sven: { email, category: "security", access: { prod: ["Security", "Ops"] } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error prod: Type '"Read"' is not assignable to type '"a QA engineer may hold no role in prod"'.
    quinn: { email, category: "qa", access: { prod: "Read" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error dev: Type '"Analyst"' is not assignable to type '"an analyst may hold no role in dev"'.
    anna: { email, category: "analyst", access: { dev: "Analyst" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error prod: Type '"Analyst"' is not assignable to type '"an analyst may hold no role in prod"'.
    anna: { email, category: "analyst", access: { prod: "Analyst" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error staging: Type '"Dashboard"' is not assignable to type '"an executive may hold no role in staging"'.
    erik: { email, category: "executive", access: { staging: "Dashboard" } },
  },
});

// Accounts and roles that do not exist, or that people do not hold by `access`.

defineRoster(organization, {
  people: {
    // @ts-expect-error production: Object literal may only specify known properties, and 'production' does not exist
    devon: { email, category: "developer", access: { production: "Read" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error dev: Type '"Admn"' is not assignable to type 'OneOrMore<"Admin" | "DbRead" | "Developer" | "Read">'. Did you mean '"Admin"'?
    devon: { email, category: "developer", access: { dev: "Admn" } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error "BreakGlass": Type '"BreakGlass"' is not assignable to type 'PeopleRole'.
    olga: { email, category: "devops", access: { dev: ["Ops", "BreakGlass"] } },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error dev: Type '"DataShare"' is not assignable to type 'OneOrMore<PeopleRole>'.
    olga: { email, category: "devops", access: { dev: "DataShare" } },
  },
});

// What a person is.

defineRoster(organization, {
  people: {
    // @ts-expect-error devon: Property 'email' is missing
    devon: { category: "developer", access: {} },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error devon: Property 'access' is missing
    devon: { email, category: "developer" },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error phone: Object literal may only specify known properties, and 'phone' does not exist
    devon: { email, category: "developer", access: {}, phone: "+1" },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error project: Object literal may only specify known properties, and 'project' does not exist
    devon: { email, category: "developer", access: {}, project: "phoenix" },
  },
});

// Managers and shifts.

defineRoster(organization, {
  people: {
    olga: { email, category: "devops", access: {}, manager: "ceo@example.com" },
    oscar: { email, category: "devops", access: {}, manager: "olga" },
  },
  onCall: { prod: { role: "Ops", shifts: [{ person: "olga", from: "2026-11-16", until: "2026-11-22" }] } },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error manager: Type '"olg"' is not assignable to type '
    oscar: { email, category: "devops", access: {}, manager: "olg" },
  },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error role: Type '"Admin"' is not assignable to type '"Ops"'.
  onCall: { prod: { role: "Admin", shifts: [] } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error person: Type '"oscar"' is not assignable to type '"olga"'.
  onCall: { prod: { role: "Ops", shifts: [{ person: "oscar", from: "2026-11-16", until: "2026-11-22" }] } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error users: Object literal may only specify known properties, and 'users' does not exist
  onCall: { users: { role: "Ops", shifts: [] } },
});

// Contractors.

defineRoster(organization, {
  people: {
    olga: { email, category: "devops", access: {} },
    // @ts-expect-error kim: Property 'project' is missing
    kim: {
      email,
      category: "contractor",
      access: {},
      sponsor: "olga",
      from: "2026-11-01",
      until: "2027-01-31",
    },
  },
});

defineRoster(organization, {
  people: {
    // @ts-expect-error kim: Property 'sponsor' is missing
    kim: {
      email,
      category: "contractor",
      access: {},
      project: "phoenix",
      from: "2026-11-01",
      until: "2027-01-31",
    },
  },
});

defineRoster(organization, {
  people: {
    olga: { email, category: "devops", access: {} },
    // @ts-expect-error kim: Property 'from' is missing
    kim: {
      email,
      category: "contractor",
      access: {},
      project: "phoenix",
      sponsor: "olga",
      until: "2027-01-31",
    },
  },
});

defineRoster(organization, {
  people: {
    olga: { email, category: "devops", access: {} },
    // @ts-expect-error kim: Property 'until' is missing
    kim: {
      email,
      category: "contractor",
      access: {},
      project: "phoenix",
      sponsor: "olga",
      from: "2026-11-01",
    },
  },
});

defineRoster(organization, {
  people: {
    kim: {
      email,
      category: "contractor",
      access: {},
      project: "phoenix",
      // @ts-expect-error sponsor: Type '"kin"' is not assignable to type '"kim"'.
      sponsor: "kin",
      from: "2026-11-01",
      until: "2027-01-31",
    },
  },
});

defineRoster(organization, {
  people: {
    olga: { email, category: "devops", access: {} },
    kim: {
      email,
      category: "contractor",
      access: {},
      project: "phoenix",
      sponsor: "olga",
      from: "2026-11-01",
      until: "2027-01-31",
      // @ts-expect-error "sven": Type '"sven"' is not assignable to type '"kim" | "olga"'.
      approvedBy: ["olga", "sven"],
    },
  },
});

defineRoster(organization, {
  people: {
    olga: { email, category: "devops", access: {} },
    kim: {
      email,
      category: "contractor",
      // @ts-expect-error prod: Type '"Read"' is not assignable to type '"a contractor may hold no role in prod"'.
      access: { prod: "Read" },
      project: "phoenix",
      sponsor: "olga",
      from: "2026-11-01",
      until: "2027-01-31",
    },
  },
});

defineRoster(organization, {
  people: {
    olga: { email, category: "devops", access: {} },
    kim: {
      email,
      category: "contractor",
      access: {},
      project: "phoenix",
      sponsor: "olga",
      from: "2026-11-01",
      until: "2027-01-31",
      // @ts-expect-error dpa: Object literal may only specify known properties, and 'dpa' does not exist
      agreements: { dpa: "2026-10-20" },
    },
  },
});

// The other parts of the roster.

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error leavers: Object literal may only specify known properties, and 'leavers' does not exist
  leavers: [],
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error "sven": Type '"sven"' is not assignable to type '"olga"'.
  power: ["olga", "sven"],
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error primary: Type '"sven"' is not assignable to type '"olga"'.
  breakGlass: { prod: { primary: "sven" } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error backup: Type '"sven"' is not assignable to type '"olga"'.
  breakGlass: { prod: { primary: "olga", backup: "sven" } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error third: Object literal may only specify known properties, and 'third' does not exist
  breakGlass: { prod: { primary: "olga", third: "olga" } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error prod: Property 'primary' is missing
  breakGlass: { prod: { backup: "olga" } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error production: Object literal may only specify known properties, and 'production' does not exist
  breakGlass: { production: { primary: "olga" } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error users: Object literal may only specify known properties, and 'users' does not exist
  breakGlass: { users: { primary: "olga" } },
});

const temporary = { from: "2026-11-20T10:00:00Z", until: "2026-11-20T14:00:00Z", reason: "INC-1042" };

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error person: Type '"sven"' is not assignable to type '"olga"'.
  temporary: [{ ...temporary, person: "sven", account: "prod", role: "Admin", approvedBy: ["olga"] }],
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error account: Type '"users"' is not assignable to type '"dev" | "staging" | "prod"'.
  temporary: [{ ...temporary, person: "olga", account: "users", role: "Admin", approvedBy: ["olga"] }],
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error role: Type '"Monitor"' is not assignable to type '"Admin" | "Ops" | "Dba" | "DbRead" | "Read"'.
  temporary: [{ ...temporary, person: "olga", account: "prod", role: "Monitor", approvedBy: ["olga"] }],
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error "sven": Type '"sven"' is not assignable to type '"olga"'.
  temporary: [{ ...temporary, person: "olga", account: "prod", role: "Admin", approvedBy: ["sven"] }],
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error {: Property 'approvedBy' is missing
  temporary: [{ ...temporary, person: "olga", account: "prod", role: "Admin" }],
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error prod: Type '"Read"' is not assignable to type 'OneOrMore<PartnerRole>'.
  partners: { acme: { account: "999988887777", externalId: "acme", grants: { prod: "Read" } } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error users: Object literal may only specify known properties, and 'users' does not exist
  partners: { acme: { account: "999988887777", externalId: "acme", grants: { users: "DataShare" } } },
});

defineRoster(organization, {
  people: { olga: { email, category: "devops", access: {} } },
  // @ts-expect-error acme: Property 'externalId' is missing
  partners: { acme: { account: "999988887777", grants: { prod: "DataShare" } } },
});

// The organization.

const names = { prefix: "infra", region: "eu-west-1" };

defineOrganization({
  ...names,
  // @ts-expect-error environment: Type '"test"' is not assignable to type '"the identity account has no environment" | WorkloadEnvironment'.
  accounts: { dev: { id: "222222222222", kind: "workload", environment: "test" } },
});

defineOrganization({
  ...names,
  // @ts-expect-error dev: Property 'environment' is missing
  accounts: { dev: { id: "222222222222", kind: "workload" } },
});

defineOrganization({
  ...names,
  // @ts-expect-error users: Type '"dev"' is not assignable to type '"the identity account has no environment"'.
  accounts: { users: { id: "111111111111", kind: "identity", environment: "dev" } },
});

defineOrganization({
  ...names,
  // @ts-expect-error identity: Type 'false' is not assignable to type 'true'.
  accounts: { dev: { id: "222222222222", kind: "workload", environment: "dev", identity: false } },
});

defineOrganization({
  ...names,
  // @ts-expect-error id: Type 'number' is not assignable to type 'string'.
  accounts: { dev: { id: 222222222222, kind: "workload", environment: "dev" } },
});

defineOrganization({
  ...names,
  // @ts-expect-error kind: Type '"people"' is not assignable to type '"identity" | "workload"'.
  accounts: { users: { id: "111111111111", kind: "people" } },
});

defineOrganization({
  ...names,
  accounts: {},
  // @ts-expect-error "dpa": Type '"dpa"' is not assignable to type '"nda" | "baa" | "approvals"'.
  contractors: { require: ["nda", "dpa"] },
});

defineOrganization({
  ...names,
  accounts: {},
  // @ts-expect-error permissions: Type '"root"' is not assignable to type '"administrator" | "emergency-operator"'.
  breakGlass: { permissions: "root" },
});

defineOrganization({
  ...names,
  accounts: {},
  // @ts-expect-error regions: Object literal may only specify known properties, but 'regions' does not exist in type 'OrganizationDefinition<{}>'. Did you mean to write 'region'?
  regions: ["eu-west-1"],
});
