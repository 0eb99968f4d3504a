import assert from "node:assert/strict";

import { accepts, modelWith, inOrganization, refuses, inRoster } from "./cases";

const clinic = { id: "db-ABCDEFGH", engine: "postgres" };
const instances = (value: unknown) => inOrganization({ instances: value }, "accounts", "prod", "databases");

const grant = {
  person: "devon",
  account: "prod",
  role: "DbRead",
  database: "clinic",
  from: "2026-11-20T10:00:00Z",
  until: "2026-11-20T14:00:00Z",
  reason: "INC-1042",
  approvedBy: ["dora"],
};
const granted = (...grants: readonly object[]) => inRoster(grants, "temporary");
const named = instances({ clinic, billing: { ...clinic, id: "cluster-XYZ" } });

describe("databases of an account", () => {
  it("have defaults", () => {
    const model = modelWith(
      instances({
        "clinic-prod": clinic,
        billing: {
          id: "cluster-XYZ",
          engine: "mysql",
          identifier: "Billing-1",
          database: "invoices",
          readOnlyUser: "reader",
        },
        lab: { ...clinic, schema: "results", owner: "lab_owner" },
      }),
    );
    assert.deepEqual(model.organization.accounts.find(({ key }) => key === "prod")?.databases, [
      {
        name: "clinic-prod",
        id: "db-ABCDEFGH",
        engine: "postgres",
        identifier: "clinic-prod",
        database: "clinic_prod",
        schema: "public",
        readOnlyUser: "dev_readonly_user",
      },
      {
        name: "billing",
        id: "cluster-XYZ",
        engine: "mysql",
        identifier: "Billing-1",
        database: "invoices",
        schema: "public",
        readOnlyUser: "reader",
      },
      {
        name: "lab",
        id: "db-ABCDEFGH",
        engine: "postgres",
        identifier: "lab",
        database: "lab",
        schema: "results",
        owner: "lab_owner",
        readOnlyUser: "dev_readonly_user",
      },
    ]);
  });

  refuses([
    {
      rule: "need id and engine",
      changes: [instances({ clinic: {} })],
      organization: [
        ["accounts.prod.databases.instances.clinic.engine", "A database needs `engine`."],
        ["accounts.prod.databases.instances.clinic.id", "A database needs `id`."],
      ],
    },
    {
      rule: "are named by their resource id, not by an ARN or a name",
      changes: [instances({ clinic: { ...clinic, id: "clinic" } })],
      organization: [
        [
          'accounts.prod.databases.instances.clinic.id = "clinic"',
          "This is not the resource id of an instance or a cluster.",
          'Allowed: its DbiResourceId or DbClusterResourceId, such as "db-ABCDEFGHIJKL01234"',
        ],
      ],
    },
    {
      rule: "run one of two engines",
      changes: [instances({ clinic: { ...clinic, engine: "oracle" } })],
      organization: [
        [
          'accounts.prod.databases.instances.clinic.engine = "oracle"',
          "There are statements for two engines.",
          'Allowed: "postgres", "mysql"',
        ],
      ],
    },
    {
      rule: "have users without quotes, so that nothing is said in statements that nobody wrote",
      changes: [instances({ clinic: { ...clinic, readOnlyUser: 'x"; DROP ROLE y' } })],
      organization: [
        [
          'accounts.prod.databases.instances.clinic.readOnlyUser = "x\\"; DROP ROLE y"',
          "This is not a plain name of SQL.",
          "Allowed: a lower-case letter or _, then lower-case letters, digits and _, at most 32 in all",
        ],
      ],
    },
    {
      rule: "have no schema in MySQL",
      changes: [instances({ clinic: { ...clinic, engine: "mysql", schema: "public" } })],
      organization: [
        [
          'accounts.prod.databases.instances.clinic.schema = "public"',
          "MySQL has databases, and no schemas in them.",
          "To do: Remove this line.",
        ],
      ],
    },
  ]);
});

describe("temporary grants of one database", () => {
  accepts([
    { rule: "that the account names", changes: [named, granted(grant)] },
    { rule: "of Dba", changes: [named, granted({ ...grant, person: "oscar", role: "Dba" })] },
    {
      rule: "one after another, for different databases",
      changes: [
        named,
        granted(grant, { ...grant, database: "billing", from: grant.until, until: "2026-11-20T18:00:00Z" }),
      ],
    },
  ]);
  refuses([
    {
      rule: "that the account does not name",
      changes: [named, granted({ ...grant, database: "clinc" })],
      roster: [
        [
          'temporary[0].database = "clinc"',
          "prod names no such database in `src/organization.ts`.",
          'Allowed: "clinic", "billing". Did you mean "clinic"?',
        ],
      ],
    },
    {
      rule: "where the account names none",
      changes: [granted(grant)],
      roster: [
        [
          'temporary[0].database = "clinic"',
          "prod names no such database in `src/organization.ts`.",
          "Allowed: none, for there are no databases of prod",
        ],
      ],
    },
    {
      rule: "of a role that is for no database",
      changes: [named, granted({ ...grant, person: "oscar", role: "Read" })],
      roster: [
        [
          'temporary[0].database = "clinic"',
          "Read is not limited to a database.",
          "To do: Remove this line, or grant DbRead or Dba.",
        ],
      ],
    },
    {
      rule: "for longer than the limit, together with one for all databases",
      changes: [
        named,
        granted(
          grant,
          { ...grant, database: "billing" },
          { ...grant, database: undefined, from: grant.until, until: "2026-11-20T18:00:00Z" },
        ),
      ],
      roster: [
        [
          'temporary[2].until = "2026-11-20T18:00:00Z"',
          "DbRead in prod is granted for at most 4 hours in all, until a break of 4 hours: with the entries before it, this one makes 8 hours.",
          "Allowed: less time in all, or a grant that begins at 2026-11-20T18:00:00Z or later",
        ],
      ],
    },
  ]);
});
