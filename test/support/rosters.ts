import fc from "fast-check";

import type { ExistingTrail } from "../../src/model/existing-trail";
import type { PeopleRole } from "../../src/model/roles";

/** Every role of people, from the most to the least powerful. The compiler asks for a new role here: it needs its cells below. */
const IS_PEOPLES: Readonly<Record<PeopleRole, true>> = {
  Admin: true,
  Ops: true,
  Dba: true,
  DbRead: true,
  Developer: true,
  Read: true,
  Security: true,
  Monitor: true,
  Analyst: true,
  Dashboard: true,
};
const PEOPLES_ROLES: readonly string[] = Object.keys(IS_PEOPLES);

/** What each category may hold where: DESIGN section 2, typed out, so that tests do not ask the code what is right. */
export const CATEGORY_TABLE = {
  developer: {
    dev: ["Developer", "Admin", "Read", "DbRead"],
    staging: ["Developer", "Read", "DbRead"],
    prod: [],
  },
  devops: { dev: PEOPLES_ROLES, staging: PEOPLES_ROLES, prod: ["Ops", "Read", "Monitor"] },
  dba: { dev: [], staging: ["Dba", "DbRead"], prod: ["Dba", "DbRead"] },
  security: {
    dev: ["Security", "Monitor"],
    staging: ["Security", "Monitor"],
    prod: ["Security", "Read", "Monitor"],
  },
  qa: { dev: ["Read"], staging: ["Developer", "Read"], prod: [] },
  analyst: { dev: [], staging: ["Analyst"], prod: [] },
  executive: { dev: [], staging: [], prod: ["Dashboard"] },
  contractor: { dev: ["Developer", "Read"], staging: ["Developer", "Read"], prod: [] },
} as const;

export type WrittenCategory = keyof typeof CATEGORY_TABLE;
export type WrittenEnvironment = "dev" | "staging" | "prod";

interface WrittenTerms {
  hours: number;
  approvers: number;
  /** The category of one approver at least. */
  oneOf?: "dba" | "security";
  categories: readonly WrittenCategory[];
}

const everywhere = (terms: WrittenTerms): Record<WrittenEnvironment, WrittenTerms> => ({
  dev: terms,
  staging: terms,
  prod: terms,
});
const READ: WrittenTerms = { hours: 12, approvers: 1, categories: ["devops", "dba"] };
const ADMIN: WrittenTerms = { hours: 4, approvers: 2, categories: ["devops"] };

/** What `temporary` may grant: the longest time in hours, the approvals, and the categories that may get it. */
export const TEMPORARY_TABLE = {
  DbRead: everywhere({
    hours: 4,
    approvers: 1,
    oneOf: "dba",
    categories: ["developer", "devops", "dba", "qa"],
  }),
  Dba: everywhere({ hours: 4, approvers: 1, oneOf: "dba", categories: ["devops", "dba"] }),
  Read: { dev: READ, staging: READ, prod: { ...READ, categories: ["devops", "dba", "security"] } },
  Ops: everywhere({ hours: 12, approvers: 2, categories: ["devops"] }),
  Admin: { dev: ADMIN, staging: ADMIN, prod: { ...ADMIN, oneOf: "security" } },
} as const satisfies Record<string, Record<WrittenEnvironment, WrittenTerms>>;

export interface WrittenAccount {
  id: string;
  kind: "identity" | "workload";
  environment?: WrittenEnvironment;
  identity?: true;
  trustQuota?: number;
  follows?: "branch" | "tags";
  trail?: ExistingTrail;
}

/** An organization as its file holds it, without the compiler's knowledge of its keys. */
export interface WrittenOrganization {
  prefix: string;
  region: string;
  otherRegions?: readonly string[];
  accounts: Record<string, WrittenAccount>;
  contractors?: { require: ("nda" | "baa" | "approvals")[] };
  breakGlass?: { permissions: "administrator" | "emergency-operator" };
  repository?: string;
}

export interface WrittenPerson {
  email: string;
  category: WrittenCategory;
  access: Record<string, string | string[]>;
  renamedFrom?: string;
  github?: string;
  manager?: string;
  from?: string;
  until?: string;
  project?: string;
  sponsor?: string;
  agreements?: { nda?: string; baa?: string };
  approvedBy?: string[];
}

export interface WrittenTemporary {
  person: string;
  account: string;
  role: string;
  from: string;
  until: string;
  reason: string;
  approvedBy: string[];
}

/** A roster as its file holds it, without the compiler's knowledge of its keys. */
export interface WrittenRoster {
  people: Record<string, WrittenPerson>;
  power?: string[];
  breakGlass?: Record<string, { primary: string; backup?: string }>;
  temporary?: WrittenTemporary[];
  onCall?: Record<string, { role: string; shifts: { person: string; from: string; until: string }[] }>;
  partners?: Record<
    string,
    {
      account: string;
      externalId: string;
      grants: Record<string, string | string[]>;
      resources?: Record<string, Record<string, string[]>>;
    }
  >;
  departed?: string[];
}

export interface RosterChoices {
  organization: WrittenOrganization;
  roster: WrittenRoster;
}

/** The moment for which tests make models. */
export const NOW = new Date("2026-11-20T12:00:00Z");

/** The organization of DESIGN section 2. Tests never read `src/organization.ts`: adopters edit it. */
export const sampleOrganization = (): WrittenOrganization => ({
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    dev: { id: "222222222222", kind: "workload", environment: "dev" },
    staging: { id: "333333333333", kind: "workload", environment: "staging" },
    prod: { id: "444444444444", kind: "workload", environment: "prod" },
  },
});

/** The roster of DESIGN section 2. */
export const sampleRoster = (): WrittenRoster => ({
  people: {
    "sarah.devops": {
      email: "sarah@example.com",
      category: "devops",
      access: { dev: "Admin", staging: "Ops", prod: ["Ops", "Read"] },
    },
    "maria.cto": { email: "maria@example.com", category: "executive", access: { prod: "Dashboard" } },
    "alex.dba": { email: "alex@example.com", category: "dba", access: { staging: "Dba", prod: "DbRead" } },
    "chris.security": { email: "chris@example.com", category: "security", access: { prod: "Security" } },
    "john.developer": {
      email: "john@example.com",
      category: "developer",
      access: { dev: "Developer", staging: "Developer" },
    },
    "kim.contractor": {
      email: "kim@partner.example",
      category: "contractor",
      project: "phoenix",
      sponsor: "sarah.devops",
      from: "2026-11-01",
      until: "2027-01-31",
      agreements: { nda: "2026-10-20", baa: "2026-10-20" },
      approvedBy: ["sarah.devops", "chris.security"],
      access: { dev: "Developer" },
    },
  },
  power: ["sarah.devops", "chris.security"],
  breakGlass: { prod: { primary: "sarah.devops", backup: "maria.cto" } },
  temporary: [
    {
      person: "john.developer",
      account: "prod",
      role: "DbRead",
      from: "2026-11-20T10:00:00Z",
      until: "2026-11-20T14:00:00Z",
      reason: "INC-1042",
      approvedBy: ["alex.dba"],
    },
  ],
  partners: {
    acme: { account: "999988887777", externalId: "acme-data-sharing-7f3a", grants: { prod: "DataShare" } },
  },
  departed: ["old.colleague"],
});

const CATEGORIES: readonly WrittenCategory[] = [
  "developer",
  "devops",
  "dba",
  "security",
  "qa",
  "analyst",
  "executive",
  "contractor",
];

/** A roster of the sample organization with as many people, of all categories, the same on every call. */
export function rosterOfSize(people: number): WrittenRoster {
  const entries = Array.from({ length: people }, (_, index): [string, WrittenPerson] => {
    const category = CATEGORIES[index % CATEGORIES.length] ?? "developer";
    const name = `${category}.${String(index)}`;
    const cells: Readonly<Record<string, readonly string[]>> = CATEGORY_TABLE[category];
    const person: WrittenPerson = {
      email: `${name}@example.com`,
      category,
      access: Object.fromEntries(
        Object.entries(cells).flatMap(([account, roles]) =>
          roles.length === 0 ? [] : [[account, roles.slice(0, 2)]],
        ),
      ),
    };
    if (category !== "contractor") return [name, person];
    const terms = { from: "2026-11-01", until: "2027-01-31", project: "phoenix", sponsor: "devops.1" };
    return [name, { ...person, ...terms }];
  });
  return {
    people: Object.fromEntries(entries),
    power: ["devops.1", "security.3"],
    breakGlass: { prod: { primary: "devops.1", backup: "executive.6" } },
    temporary: entries
      .filter(([, { category }]) => category === "developer")
      .slice(0, Math.ceil(people / 50))
      .map(([person]) => ({
        person,
        account: "prod",
        role: "DbRead",
        from: "2026-11-20T10:00:00Z",
        until: "2026-11-20T14:00:00Z",
        reason: "INC-1042",
        approvedBy: ["dba.2"],
      })),
  };
}

const caseless = (text: string): string => text.toLowerCase();

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
const KEY_CHARACTERS = [...LETTERS, ..."0123456789-".split("")];
const NAME_CHARACTERS = [...KEY_CHARACTERS, ..."_+=,.@".split("")];

const wordOf = (characters: readonly string[], minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });

/** Words that AWS keeps for itself, and hyphens that names of trails do not have. */
const REFUSED_PREFIX = /^aws$|^akia|^(sthree|amzn-s3-demo|sg)(-|$)|--|-$/i;

/** A word that begins with a letter, as prefixes and account keys do. */
const keyOf = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...LETTERS), wordOf(KEY_CHARACTERS, 0, maxLength - 1))
    .map(([first, rest]) => `${first}${rest}`);

/** Words that objects answer to without being asked. */
const INHERITED_WORDS = ["constructor", "toString", "hasOwnProperty", "valueOf"];

/** Names of people, now and then ones that every object has as a property. */
export const userNames = fc.oneof(
  { weight: 8, arbitrary: wordOf(NAME_CHARACTERS, 2, 64) },
  { weight: 1, arbitrary: fc.constantFrom(...INHERITED_WORDS, "__proto__") },
);

const accountIds = fc.nat({ max: 999_999_999_999 }).map((id) => String(id).padStart(12, "0"));

const accountKeys = fc
  .oneof({ weight: 8, arbitrary: keyOf(32) }, { weight: 1, arbitrary: fc.constantFrom(...INHERITED_WORDS) })
  .filter((key) => caseless(key) !== "all");

const regions = fc.constantFrom("eu-west-1", "us-east-2", "ap-southeast-1", "ca-central-1", "me-south-1");

/** An own property even where the key is `__proto__`. */
const objectOf = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries(entries);

/** Objects whose keys are optional: each is there or not. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const existingTrails: fc.Arbitrary<ExistingTrail> = fc.record(
  {
    // No prefix is as long.
    name: fc.stringMatching(/^[a-z]{30,40}$/),
    logGroup: fc.stringMatching(/^[\w./#-]{30,60}$/),
    bucket: fc.stringMatching(/^[a-z0-9]{30,63}$/),
    objectPrefix: fc.stringMatching(/^[\w=-]{1,10}(\/[\w=-]{1,10})?$/),
    key: fc.constant("arn:aws:kms:us-west-2:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
  },
  { requiredKeys: ["name", "logGroup", "bucket"] },
);

/** Every organization that the rules admit, of two to eight accounts. */
export const organizations: fc.Arbitrary<WrittenOrganization> = fc
  .record({
    prefix: keyOf(20).filter((prefix) => !REFUSED_PREFIX.test(prefix)),
    region: regions,
    keys: fc.uniqueArray(accountKeys, { minLength: 2, maxLength: 8, selector: caseless }),
    ids: fc.uniqueArray(accountIds, { minLength: 8, maxLength: 8 }),
    environments: fc.array(fc.constantFrom<WrittenEnvironment>("dev", "staging", "prod"), {
      minLength: 8,
      maxLength: 8,
    }),
    trustQuotas: fc.array(sometimes(fc.integer({ min: 2_048, max: 8_192 })), { minLength: 8, maxLength: 8 }),
    trails: fc.array(sometimes(existingTrails), { minLength: 8, maxLength: 8 }),
    standsIn: fc.boolean(),
    require: sometimes(fc.subarray<"nda" | "baa" | "approvals">(["nda", "baa", "approvals"])),
    permissions: sometimes(
      fc.constantFrom<"administrator" | "emergency-operator">("administrator", "emergency-operator"),
    ),
    repository: fc.constantFrom(undefined, "example/accounts"),
  })
  .map(
    ({
      prefix,
      region,
      keys,
      ids,
      environments,
      trustQuotas,
      trails,
      standsIn,
      require,
      permissions,
      repository,
    }) => ({
      prefix,
      region,
      accounts: objectOf(
        keys.map((key, index): [string, WrittenAccount] => {
          const trustQuota = trustQuotas[index];
          const trail = trails[index];
          const account = {
            id: ids[index] ?? "",
            ...(trail && { trail }),
            ...(trustQuota !== undefined && { trustQuota }),
          };
          if (index === 0 && !standsIn) return [key, { ...account, kind: "identity" }];
          const environment = environments[index] ?? "dev";
          return [
            key,
            { ...account, kind: "workload", environment, ...(index === 0 && { identity: true as const }) },
          ];
        }),
      ),
      ...(require && { contractors: { require } }),
      ...(permissions && { breakGlass: { permissions } }),
      ...(repository !== undefined && { repository }),
    }),
  );

const workloadsOf = ({ accounts }: WrittenOrganization): readonly string[] =>
  Object.keys(accounts).filter((key) => accounts[key]?.kind === "workload");

/** The roles that the table lets a category hold in an account. */
export function rolesOf(category: WrittenCategory, account: WrittenAccount): readonly string[] {
  if (account.environment !== undefined) {
    const roles: readonly string[] = CATEGORY_TABLE[category][account.environment];
    // Where people's users live, who rules there may hold power.
    const isRuler = account.identity !== true || ["devops", "security"].includes(category);
    return isRuler ? roles : roles.filter((role) => !["Admin", "Ops"].includes(role));
  }
  return category === "security" ? ["Security"] : [];
}

/** One role as a word or a list of one, several as a list. */
const oneOrMore = (roles: readonly string[]): fc.Arbitrary<string | string[]> => {
  const [only, ...others] = roles;
  return only !== undefined && others.length === 0
    ? fc.constantFrom<string | string[]>(only, [only])
    : fc.constant([...roles]);
};

const someRoles = (roles: readonly string[], least: number): fc.Arbitrary<string | string[]> =>
  fc.subarray([...roles], { minLength: least }).chain(oneOrMore);

/** An object with some of the keys, in order. */
const someOf = <T>(
  keys: readonly string[],
  least: number,
  arbitraryOf: (key: string) => fc.Arbitrary<T>,
): fc.Arbitrary<Record<string, T>> =>
  fc
    .subarray([...keys], { minLength: least })
    .chain((chosen) => fc.tuple(...chosen.map((key) => fc.tuple(fc.constant(key), arbitraryOf(key)))))
    .map(objectOf);

const accessOf = (organization: WrittenOrganization, category: WrittenCategory) => {
  const open = Object.entries(organization.accounts).filter(
    ([, account]) => rolesOf(category, account).length > 0,
  );
  const accounts = new Map(open);
  return someOf([...accounts.keys()], 0, (key) => {
    const account = accounts.get(key);
    return someRoles(account === undefined ? [] : rolesOf(category, account), 0);
  });
};

const DAY = 86_400_000;
const FIRST_DAY = Date.parse("2025-01-01T00:00:00Z");
const dayText = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
const instantText = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;

/** Two dates at least a day apart, each as a day or as an instant. */
const terms = fc
  .record({
    start: fc.integer({ min: 0, max: 1_000 }),
    days: fc.integer({ min: 1, max: 500 }),
    fromAsDay: fc.boolean(),
    untilAsDay: fc.boolean(),
  })
  .map(({ start, days, fromAsDay, untilAsDay }) => {
    const from = FIRST_DAY + start * DAY;
    const until = from + days * DAY;
    return {
      from: fromAsDay ? dayText(from) : instantText(from),
      until: untilAsDay ? dayText(until) : instantText(until),
    };
  });

const employeeTerms: fc.Arbitrary<{ from?: string; until?: string }> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: terms },
  { weight: 1, arbitrary: terms.map(({ from }) => ({ from })) },
  { weight: 1, arbitrary: terms.map(({ until }) => ({ until })) },
);

/** Two of category devops, security and dba, without dates: they have power, sponsor and approve. */
const STAFF: readonly WrittenCategory[] = ["devops", "devops", "security", "security", "dba", "dba"];

const employee = (organization: WrittenOrganization, category: WrittenCategory) =>
  fc.record({
    email: fc.emailAddress({ size: "small" }).filter((email) => email.length <= 250),
    category: fc.constant(category),
    access: accessOf(organization, category),
  });

const contractor = (organization: WrittenOrganization, staff: readonly string[]) => {
  const required = new Set<string>(organization.contractors?.require);
  const approvers = [staff[0] ?? "", staff[2] ?? ""];
  const day = (from: string): string => dayText(Date.parse(from.slice(0, 10)) - DAY);
  return fc
    .record({
      person: employee(organization, "contractor"),
      terms,
      project: fc.constantFrom("phoenix", "Blue Sky", "É/2026"),
      sponsor: fc.constantFrom(...staff),
      nda: required.has("nda") ? fc.constant(true) : fc.boolean(),
      baa: required.has("baa") ? fc.constant(true) : fc.boolean(),
      approvedBy: required.has("approvals") ? fc.constant(approvers) : sometimes(fc.subarray(approvers)),
    })
    .map(({ person, terms: { from, until }, project, sponsor, nda, baa, approvedBy }) => ({
      ...person,
      project,
      sponsor,
      from,
      until,
      ...((nda || baa) && {
        agreements: { ...(nda && { nda: day(from) }), ...(baa && { baa: day(from) }) },
      }),
      ...(approvedBy && { approvedBy }),
    }));
};

/** Somebody with an e-mail address of their own. */
const personArbitrary = (
  organization: WrittenOrganization,
  staff: readonly string[],
  index: number,
): fc.Arbitrary<WrittenPerson> =>
  anybody(organization, staff, index).map((person) => ({
    ...person,
    email: person.email.replace("@", `@${String(index)}.`),
  }));

function anybody(
  organization: WrittenOrganization,
  staff: readonly string[],
  index: number,
): fc.Arbitrary<WrittenPerson> {
  const category = STAFF[index];
  if (category !== undefined) return employee(organization, category);
  return fc
    .constantFrom(...CATEGORIES)
    .chain((some): fc.Arbitrary<WrittenPerson> =>
      some === "contractor"
        ? contractor(organization, staff)
        : fc
            .tuple(employee(organization, some), employeeTerms)
            .map(([person, dates]) => ({ ...person, ...dates })),
    );
}

const HOUR = 3_600_000;

/** When a temporary grant of so many hours may begin for a person: within the terms. */
function startWithin({ from, until }: WrittenPerson, hours: number): number {
  if (from !== undefined) return Date.parse(from);
  if (until !== undefined) return Date.parse(until) - hours * HOUR;
  return FIRST_DAY;
}

/** As many of the staff as the terms ask for, and of the right category; never the grantee. */
function approversFor(
  staff: readonly string[],
  grantee: string,
  { approvers, oneOf }: WrittenTerms,
): string[] {
  const others = staff
    .map((name, index) => ({ name, category: STAFF[index] }))
    .filter(({ name }) => name !== grantee);
  const first = others.find(({ category }) => oneOf === undefined || category === oneOf);
  return [first, ...others.filter((other) => other !== first)]
    .slice(0, approvers)
    .map((other) => other?.name ?? "");
}

const temporaryGrant = (
  { accounts }: WrittenOrganization,
  people: Record<string, WrittenPerson>,
  staff: readonly string[],
): fc.Arbitrary<WrittenTemporary> | undefined => {
  const candidates = Object.entries(accounts).flatMap(([account, { environment }]) =>
    environment === undefined
      ? []
      : Object.entries(TEMPORARY_TABLE).flatMap(([role, places]) => {
          const terms: WrittenTerms = places[environment];
          return Object.entries(people)
            .filter(([, { category }]) => terms.categories.includes(category))
            .map(([name, person]) => ({ account, role, terms, name, person }));
        }),
  );
  if (candidates.length === 0) return undefined;
  return fc
    .record({ candidate: fc.constantFrom(...candidates), share: fc.integer({ min: 1, max: 4 }) })
    .map(({ candidate: { account, role, terms, name, person }, share }) => {
      const hours = (terms.hours * share) / 4;
      const start = startWithin(person, hours);
      return {
        person: name,
        account,
        role,
        from: instantText(start),
        until: instantText(start + hours * HOUR),
        reason: "INC-1042",
        approvedBy: approversFor(staff, name, terms),
      };
    });
};

/** One grant of each role to each person at most: several in a row have rules of their own. */
const temporaryGrants = (
  organization: WrittenOrganization,
  people: Record<string, WrittenPerson>,
  staff: readonly string[],
): fc.Arbitrary<WrittenTemporary[]> => {
  const grant = temporaryGrant(organization, people, staff);
  if (grant === undefined) return fc.constant([]);
  return fc.uniqueArray(grant, {
    maxLength: 4,
    selector: ({ person, account, role }) => JSON.stringify([person, account, role]),
  });
};

/** Rotas of shifts of some days that follow one another, between people of category devops without dates. */
const onCallOf = (
  organization: WrittenOrganization,
  staff: readonly string[],
): fc.Arbitrary<NonNullable<WrittenRoster["onCall"]>> => {
  const devops = staff.filter((_, index) => STAFF[index] === "devops");
  return someOf(workloadsOf(organization), 0, () =>
    fc
      .record({
        // Clear of temporary grants, which begin on the first day: both count together.
        start: fc.integer({ min: 5, max: 1_000 }),
        lengths: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 6 }),
        gap: fc.constantFrom(0, 0, 0, 1),
      })
      .map(({ start, lengths, gap }) => {
        let from = FIRST_DAY + start * DAY;
        const shifts = lengths.map((days, index) => {
          const until = from + days * DAY;
          const person = devops[index % devops.length] ?? "";
          const shift = { person, from: instantText(from), until: instantText(until) };
          from = until + gap * DAY;
          return shift;
        });
        return { role: "Ops", shifts };
      }),
  );
};

const breakGlassOf = (organization: WrittenOrganization, people: Record<string, WrittenPerson>) => {
  const holders = Object.keys(people).filter((name) =>
    ["devops", "security", "executive"].includes(people[name]?.category ?? ""),
  );
  return someOf(workloadsOf(organization), 0, () =>
    fc
      .shuffledSubarray(holders, { minLength: 1, maxLength: 2 })
      .map(([primary = "", backup]) => ({ primary, ...(backup !== undefined && { backup }) })),
  );
};

/** Some resources that the roles of partners can be limited to. */
const PARTNERS_RESOURCES: Readonly<Record<string, Record<string, string[]>>> = {
  DataShare: { databases: ["analytics/shared"], objects: ["example-shared/acme/*"] },
  ExternalSystem: { instances: ["i-0123456789abcdef0"], parameters: ["/acme/*"] },
};

const resourcesOf = (grants: Record<string, string | string[]>): Record<string, Record<string, string[]>> =>
  objectOf(
    Object.entries(grants).map(([account, roles]) => [
      account,
      Object.fromEntries([roles].flat().flatMap((role) => Object.entries(PARTNERS_RESOURCES[role] ?? {}))),
    ]),
  );

const partnersOf = (organization: WrittenOrganization) => {
  const own = new Set(Object.values(organization.accounts).map(({ id }) => id));
  const partnerNames = wordOf(KEY_CHARACTERS, 1, 32);
  return fc
    .uniqueArray(partnerNames, { maxLength: 3, selector: caseless })
    .chain((names) =>
      fc.tuple(
        ...names.map((name, index) =>
          fc.tuple(
            fc.constant(name),
            fc
              .record({
                account: accountIds.filter((id) => !own.has(id)),
                externalId: fc.constant(`external-id/${String(index)}`),
                grants: someOf(workloadsOf(organization), 1, () =>
                  someRoles(["DataShare", "ExternalSystem"], 1),
                ),
                isLimited: fc.boolean(),
              })
              .map(({ isLimited, ...partner }) => ({
                ...partner,
                ...(isLimited && { resources: resourcesOf(partner.grants) }),
              })),
          ),
        ),
      ),
    )
    .map(objectOf);
};

const peopleOf = (organization: WrittenOrganization, names: readonly string[]) => {
  const staff = names.slice(0, STAFF.length);
  return fc
    .tuple(
      ...names.map((name, index) => fc.tuple(fc.constant(name), personArbitrary(organization, staff, index))),
    )
    .map(objectOf);
};

const withOldNames = (people: Record<string, WrittenPerson>, oldNames: readonly string[]) =>
  objectOf(
    Object.entries(people).map(([name, person], index): [string, WrittenPerson] => {
      const renamedFrom = oldNames[index];
      return [name, renamedFrom === undefined ? person : { ...person, renamedFrom }];
    }),
  );

/** Every roster that the rules admit for the organization, of six people or more. */
export const rostersOf = (organization: WrittenOrganization): fc.Arbitrary<WrittenRoster> =>
  fc
    .record({
      names: fc.uniqueArray(userNames, { minLength: 9, maxLength: 20, selector: caseless }),
      renamed: fc.nat({ max: 2 }),
      departed: fc.nat({ max: 1 }),
    })
    .chain(({ names, renamed, departed }) => {
      const staff = names.slice(0, STAFF.length);
      const current = names.slice(0, names.length - renamed - departed);
      const oldNames = names.slice(current.length, current.length + renamed);
      const gone = names.slice(current.length + renamed);
      return peopleOf(organization, current).chain((people) =>
        fc
          .record({
            power: fc.constantFrom(undefined, staff.slice(0, 1), staff.slice(1, 3), staff.slice(0, 4)),
            breakGlass: sometimes(breakGlassOf(organization, people)),
            temporary: sometimes(temporaryGrants(organization, people, staff)),
            onCall: sometimes(onCallOf(organization, staff)),
            partners: workloadsOf(organization).length === 0 ? fc.constant({}) : partnersOf(organization),
            departed: fc.constantFrom(undefined, gone),
          })
          .map(({ power, breakGlass, temporary, onCall, partners, departed: leavers }) => ({
            people: withOldNames(people, oldNames),
            ...(power && { power }),
            ...(breakGlass && { breakGlass }),
            ...(temporary && { temporary }),
            ...(onCall && { onCall }),
            ...(Object.keys(partners).length > 0 && { partners }),
            ...(leavers && { departed: leavers }),
          })),
      );
    });

/** Every organization and roster that the rules admit. */
export const validPairs: fc.Arbitrary<RosterChoices> = organizations.chain((organization) =>
  rostersOf(organization).map((roster) => ({ organization, roster })),
);
