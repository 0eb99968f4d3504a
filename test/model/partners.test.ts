import assert from "node:assert/strict";

import { accepts, modelWith, refuses, inRoster, warningsOf } from "./cases";

const acme = { account: "999988887777", externalId: "acme-data-sharing-7f3a", grants: { prod: "DataShare" } };

describe("partners", () => {
  accepts([
    { rule: "none", changes: [inRoster({}, "partners")] },
    {
      rule: "one with both roles in two accounts",
      changes: [
        inRoster(
          { acme: { ...acme, grants: { prod: ["DataShare", "ExternalSystem"], dev: "DataShare" } } },
          "partners",
        ),
      ],
    },
    {
      rule: "two of one account, told apart by their external ids",
      changes: [inRoster({ acme, beta: { ...acme, externalId: "beta/1" } }, "partners")],
    },
    {
      rule: "external ids that differ in case",
      changes: [inRoster({ acme, beta: { ...acme, externalId: acme.externalId.toUpperCase() } }, "partners")],
    },
  ]);

  describe("have a fixed shape", () => {
    refuses([
      {
        rule: "an object",
        changes: [inRoster([acme], "partners")],
        roster: [
          [
            'partners = [{"account":"999988887777","externalId":"acme-data-sharing-7f3a","grants":{"pro…',
            "`partners` is an object whose keys are names.",
            "Allowed: { … }",
          ],
        ],
      },
      {
        rule: "of objects",
        changes: [inRoster({ acme: "999988887777" }, "partners")],
        roster: [
          [
            'partners.acme = "999988887777"',
            "A partner is an object with keys.",
            'Allowed: keys "account", "externalId", "grants", "resources"',
          ],
        ],
      },
      {
        rule: "not empty ones",
        changes: [inRoster({ acme: {} }, "partners")],
        roster: [
          ["partners.acme.account", "A partner needs `account`."],
          ["partners.acme.externalId", "A partner needs `externalId`."],
          ["partners.acme.grants", "A partner needs `grants`."],
        ],
      },
      {
        rule: "no unknown key",
        changes: [inRoster({ acme: { ...acme, until: "2027-01-01" } }, "partners")],
        roster: [
          [
            'partners.acme.until = "2027-01-01"',
            "Unknown key of a partner.",
            'Allowed: "account", "externalId", "grants", "resources"',
          ],
        ],
      },
      {
        rule: "names of letters, digits and hyphens",
        changes: [inRoster({ "acme inc": acme }, "partners")],
        roster: [
          ['partners["acme inc"] = "acme inc"', "A partner's name is 1 to 32 letters, digits and hyphens."],
        ],
      },
      {
        rule: "names of at most 32 characters",
        changes: [inRoster({ ["a".repeat(33)]: acme }, "partners")],
        roster: [
          [
            'partners.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
            "A partner's name is 1 to 32 letters, digits and hyphens.",
          ],
        ],
      },
      {
        rule: "names once, whatever the case",
        changes: [inRoster({ acme, ACME: { ...acme, externalId: "acme-2" } }, "partners")],
        roster: [
          [
            'partners.ACME = "ACME"',
            "Another partner has this name already; IAM compares names without case.",
            "To do: Choose another name.",
          ],
        ],
      },
    ]);
  });

  describe("are other accounts", () => {
    refuses([
      {
        rule: "12 digits",
        changes: [inRoster({ acme: { ...acme, account: "99998888777" } }, "partners")],
        roster: [
          [
            'partners.acme.account = "99998888777"',
            "An account id is 12 digits, as a text.",
            'Allowed: a text such as "111111111111"',
          ],
        ],
      },
      {
        rule: "not one of the organization",
        changes: [inRoster({ acme: { ...acme, account: "333333333333" } }, "partners")],
        roster: [
          [
            'partners.acme.account = "333333333333"',
            "This account is the organization's own; a partner's is somebody else's.",
            "Allowed: the 12 digits of an account outside the organization",
          ],
        ],
      },
    ]);
  });

  describe("have external ids", () => {
    accepts([
      { rule: "of 2 characters", changes: [inRoster({ acme: { ...acme, externalId: "a1" } }, "partners")] },
      {
        rule: "of 1,224 characters",
        changes: [inRoster({ acme: { ...acme, externalId: "a".repeat(1_224) } }, "partners")],
      },
      {
        rule: "of all their characters",
        changes: [inRoster({ acme: { ...acme, externalId: "aZ09_+=,.@:/-" } }, "partners")],
      },
    ]);
    refuses([
      {
        rule: "not of 1 character",
        changes: [inRoster({ acme: { ...acme, externalId: "a" } }, "partners")],
        roster: [
          [
            'partners.acme.externalId = "a"',
            "An external id is 2 to 1,224 letters, digits or any of _ + = , . @ : / -",
            'Allowed: the id that the partner gave for you, such as "acme-data-sharing-7f3a"',
          ],
        ],
      },
      {
        rule: "not of 1,225 characters",
        changes: [inRoster({ acme: { ...acme, externalId: "a".repeat(1_225) } }, "partners")],
        roster: [
          [
            'partners.acme.externalId = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…',
            "An external id is 2 to 1,224 letters, digits or any of _ + = , . @ : / -",
            'Allowed: the id that the partner gave for you, such as "acme-data-sharing-7f3a"',
          ],
        ],
      },
      {
        rule: "no blank",
        changes: [inRoster({ acme: { ...acme, externalId: "data sharing" } }, "partners")],
        roster: [
          [
            'partners.acme.externalId = "data sharing"',
            "An external id is 2 to 1,224 letters, digits or any of _ + = , . @ : / -",
            'Allowed: the id that the partner gave for you, such as "acme-data-sharing-7f3a"',
          ],
        ],
      },
      {
        rule: "no wildcard",
        changes: [inRoster({ acme: { ...acme, externalId: "acme*" } }, "partners")],
        roster: [
          [
            'partners.acme.externalId = "acme*"',
            "An external id is 2 to 1,224 letters, digits or any of _ + = , . @ : / -",
            'Allowed: the id that the partner gave for you, such as "acme-data-sharing-7f3a"',
          ],
        ],
      },
      {
        rule: "not null",
        changes: [inRoster({ acme: { ...acme, externalId: null } }, "partners")],
        roster: [
          [
            "partners.acme.externalId = null",
            "An external id is 2 to 1,224 letters, digits or any of _ + = , . @ : / -",
            'Allowed: the id that the partner gave for you, such as "acme-data-sharing-7f3a"',
          ],
        ],
      },
      {
        rule: "of their own",
        changes: [inRoster({ acme, beta: acme }, "partners")],
        roster: [
          [
            'partners.beta.externalId = "acme-data-sharing-7f3a"',
            "Another partner has this external id already.",
            "To do: Agree on an external id of its own with one of them.",
          ],
        ],
      },
    ]);
  });

  describe("hold partners' roles in workload accounts", () => {
    const granted = (grants: unknown) => [inRoster({ acme: { ...acme, grants } }, "partners")];
    refuses([
      {
        rule: "an object",
        changes: granted("prod"),
        roster: [
          [
            'partners.acme.grants = "prod"',
            "`grants` is an object whose keys are accounts.",
            "Allowed: { … }",
          ],
        ],
      },
      {
        rule: "not nothing",
        changes: granted({}),
        roster: [
          [
            'partners.acme = {"account":"999988887777","externalId":"acme-data-sharing-7f3a","grants":{}}',
            "This partner is granted nothing.",
            "To do: Grant it a role, or remove it.",
          ],
        ],
      },
      {
        rule: "not an empty list",
        changes: granted({ prod: [] }),
        roster: [
          [
            'partners.acme = {"account":"999988887777","externalId":"acme-data-sharing-7f3a","grants":{"prod…',
            "This partner is granted nothing.",
            "To do: Grant it a role, or remove it.",
          ],
        ],
      },
      {
        rule: "what cannot be read is not nothing",
        changes: granted({ prod: null }),
        roster: [["partners.acme.grants.prod = null", "A role is a text that is not blank."]],
      },
      {
        rule: "not people's roles",
        changes: granted({ prod: "Read" }),
        roster: [
          [
            'partners.acme.grants.prod = "Read"',
            "This is not a partner's role.",
            'Allowed: "DataShare", "ExternalSystem"',
          ],
        ],
      },
      {
        rule: "not BreakGlass",
        changes: granted({ prod: "BreakGlass" }),
        roster: [
          [
            'partners.acme.grants.prod = "BreakGlass"',
            "This is not a partner's role.",
            'Allowed: "DataShare", "ExternalSystem"',
          ],
        ],
      },
      {
        rule: "roles by their exact names",
        changes: granted({ prod: "Datashare" }),
        roster: [
          [
            'partners.acme.grants.prod = "Datashare"',
            "This is not a partner's role.",
            'Allowed: "DataShare", "ExternalSystem". Did you mean "DataShare"?',
          ],
        ],
      },
      {
        rule: "each once",
        changes: granted({ prod: ["DataShare", "DataShare"] }),
        roster: [
          [
            'partners.acme.grants.prod[1] = "DataShare"',
            "This role is listed already.",
            "To do: Remove the repetition.",
          ],
        ],
      },
      {
        rule: "accounts that exist, reported once",
        changes: granted({ prd: ["DataShare", "ExternalSystem"] }),
        roster: [
          [
            'partners.acme.grants.prd = "prd"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "dev", "staging", "prod". Did you mean "prod"?',
          ],
        ],
      },
      {
        rule: "not in the identity account",
        changes: granted({ users: "DataShare" }),
        roster: [
          [
            'partners.acme.grants.users = "users"',
            "The identity account holds people and no workload.",
            'Allowed: "dev", "staging", "prod"',
          ],
        ],
      },
    ]);
  });

  describe("name the resources that their roles are limited to", () => {
    const limited = (resources: unknown, grants: unknown = { prod: ["DataShare", "ExternalSystem"] }) => [
      inRoster({ acme: { ...acme, grants, resources } }, "partners"),
    ];
    accepts([
      { rule: "in no account", changes: limited({}) },
      {
        rule: "of every kind",
        changes: limited({
          prod: {
            databases: ["analytics/shared"],
            objects: ["example-shared/acme/*", "example-shared/readme.txt"],
            instances: ["i-0123456789abcdef0"],
            documents: ["AWS-RunPatchBaseline", "acme_setup"],
            parameters: ["/acme/*", "/shared/endpoint"],
          },
        }),
      },
    ]);
    const place = "partners.acme.resources.prod";
    refuses([
      {
        rule: "an object",
        changes: limited(["analytics/shared"]),
        roster: [
          [
            'partners.acme.resources = ["analytics/shared"]',
            "`resources` is an object whose keys are accounts.",
            "Allowed: { … }",
          ],
        ],
      },
      {
        rule: "no unknown kind",
        changes: limited({ prod: { tables: ["visits"] } }),
        roster: [
          [
            `${place}.tables = ["visits"]`,
            "Unknown key of a partner's resources.",
            'Allowed: "databases", "objects", "instances", "documents", "parameters"',
          ],
        ],
      },
      {
        rule: "no name that stands for everything",
        changes: limited({
          prod: {
            databases: ["*", "analytics/*"],
            objects: ["example-shared/*", "*/acme"],
            instances: ["i-*"],
            documents: ["*"],
            parameters: ["/*", "acme"],
          },
        }),
        roster: [
          [
            `${place}.databases[0] = "*"`,
            "A shared database is a Redshift cluster and a database in it.",
            'Allowed: "<cluster>/<database>", such as "analytics/shared"',
          ],
          [
            `${place}.databases[1] = "analytics/*"`,
            "A shared database is a Redshift cluster and a database in it.",
            'Allowed: "<cluster>/<database>", such as "analytics/shared"',
          ],
          [
            `${place}.documents[0] = "*"`,
            "A document is the name of one in Systems Manager, an own one or one of AWS.",
            'Allowed: a text such as "AWS-RunPatchBaseline"',
          ],
          [
            `${place}.instances[0] = "i-*"`,
            "An instance is the id that EC2 gave it.",
            'Allowed: a text such as "i-0123456789abcdef0"',
          ],
          [
            `${place}.objects[0] = "example-shared/*"`,
            "Shared objects are a bucket and the beginning of a key, or a whole key.",
            'Allowed: "<bucket>/<prefix>*" or "<bucket>/<key>", such as "example-shared/acme/*"',
          ],
          [
            `${place}.objects[1] = "*/acme"`,
            "Shared objects are a bucket and the beginning of a key, or a whole key.",
            'Allowed: "<bucket>/<prefix>*" or "<bucket>/<key>", such as "example-shared/acme/*"',
          ],
          [
            `${place}.parameters[0] = "/*"`,
            "Parameters are the full name of one in Parameter Store, or the beginning of several.",
            'Allowed: "/<name>" or "/<prefix>*", such as "/acme/*"',
          ],
          [
            `${place}.parameters[1] = "acme"`,
            "Parameters are the full name of one in Parameter Store, or the beginning of several.",
            'Allowed: "/<name>" or "/<prefix>*", such as "/acme/*"',
          ],
        ],
      },
      {
        rule: "each once",
        changes: limited({ prod: { databases: ["analytics/shared", "analytics/shared"] } }),
        roster: [
          [
            `${place}.databases[1] = "analytics/shared"`,
            "This resource is listed already.",
            "To do: Remove the repetition.",
          ],
        ],
      },
      {
        rule: "of a kind that a role there reaches",
        changes: limited({ prod: { instances: ["i-0123456789abcdef0"] } }, { prod: "DataShare" }),
        roster: [
          [
            `${place}.instances = ["i-0123456789abcdef0"]`,
            "No role that this partner holds in prod reaches `instances`.",
            "Allowed: `databases` or `objects`",
          ],
        ],
      },
      {
        rule: "where it holds a role",
        changes: limited({ dev: { databases: ["analytics/shared"] } }, { prod: "DataShare" }),
        roster: [
          [
            'partners.acme.resources.dev.databases = ["analytics/shared"]',
            "No role that this partner holds in dev reaches `databases`.",
            "Allowed: none, for it holds no role there",
          ],
        ],
      },
      {
        rule: "in accounts that exist, reported once",
        changes: limited({ prd: { databases: ["analytics/shared"] } }),
        roster: [
          [
            'partners.acme.resources.prd = "prd"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "dev", "staging", "prod". Did you mean "prod"?',
          ],
        ],
      },
    ]);

    const readsDatabases = { prod: { databases: ["analytics/shared"] } };
    refuses([
      {
        rule: "and a role that does not exist is one mistake",
        changes: limited(readsDatabases, { prod: "Datashare" }),
        roster: [
          [
            'partners.acme.grants.prod = "Datashare"',
            "This is not a partner's role.",
            'Allowed: "DataShare", "ExternalSystem". Did you mean "DataShare"?',
          ],
        ],
      },
      {
        rule: "and a role that cannot be read is one mistake",
        changes: limited(readsDatabases, { prod: null }),
        roster: [["partners.acme.grants.prod = null", "A role is a text that is not blank."]],
      },
      {
        rule: "and grants that cannot be read are one mistake",
        changes: limited(readsDatabases, "DataShare"),
        roster: [
          [
            'partners.acme.grants = "DataShare"',
            "`grants` is an object whose keys are accounts.",
            "Allowed: { … }",
          ],
        ],
      },
      {
        rule: "and the identity account is one mistake",
        changes: limited({ users: { databases: ["analytics/shared"] } }, { prod: "DataShare" }),
        roster: [
          [
            'partners.acme.resources.users = "users"',
            "The identity account holds people and no workload.",
            'Allowed: "dev", "staging", "prod"',
          ],
        ],
      },
    ]);

    it("or are warned of", () => {
      const [nothing] = limited({ prod: { databases: ["analytics/shared"], instances: [] } });
      assert.equal(
        warningsOf(modelWith(nothing!)),
        [
          "Worth a look:",
          "",
          "src/roster.ts",
          "  1. partners.acme.resources",
          "     ExternalSystem in prod is limited to no resource: whoever assumes it may do nothing.",
          "     To do: Name `instances`, `documents` or `parameters` under `resources.prod`.",
        ].join("\n"),
      );
    });
  });

  it("become part of the model", () => {
    const model = modelWith(
      inRoster(
        { acme: { ...acme, grants: { prod: ["DataShare", "ExternalSystem"], dev: "DataShare" } } },
        "partners",
      ),
    );
    assert.deepEqual(model.partners, [
      {
        name: "acme",
        account: "999988887777",
        externalId: "acme-data-sharing-7f3a",
        grants: [
          { account: "prod", role: "DataShare", resources: {} },
          { account: "prod", role: "ExternalSystem", resources: {} },
          { account: "dev", role: "DataShare", resources: {} },
        ],
      },
    ]);
  });
});
