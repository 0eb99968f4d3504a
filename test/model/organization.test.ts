import { accepts, inOrganization, organizationWithout, refuses, refusesValues, inRoster } from "./cases";

const workload = (id: string) => ({ id, kind: "workload", environment: "dev" });
const another = workload("555555555555");

const NOT_AN_OBJECT = [
  "The organization is an object with keys.",
  'Allowed: keys "prefix", "region", "accounts", "otherRegions", "management", "contractors", "breakGlass", "databases", "repository", "pipeline"',
];

describe("src/organization.ts", () => {
  describe("is an object of a fixed shape", () => {
    refuses([
      {
        rule: "not absent",
        changes: [inOrganization(undefined)],
        organization: [["the exported value = (undefined)", ...NOT_AN_OBJECT]],
      },
      {
        rule: "not null",
        changes: [inOrganization(null)],
        organization: [["the exported value = null", ...NOT_AN_OBJECT]],
      },
      {
        rule: "not a text",
        changes: [inOrganization("infra")],
        organization: [['the exported value = "infra"', ...NOT_AN_OBJECT]],
      },
      {
        rule: "not a list",
        changes: [inOrganization([])],
        organization: [["the exported value = []", ...NOT_AN_OBJECT]],
      },
      {
        rule: "not an instance of a class, whose entries are no keys",
        changes: [inOrganization(new Map([["prefix", "infra"]]))],
        organization: [
          [
            "the exported value = {}",
            "The organization is an object with keys.",
            'Allowed: keys "prefix", "region", "accounts", "otherRegions", "management", "contractors", "breakGlass", "databases", "repository", "pipeline"',
            "To do: Write a plain object, in which no key is `__proto__`.",
          ],
        ],
      },
      {
        rule: "not empty",
        changes: [inOrganization({})],
        organization: [
          ["accounts", "The organization needs `accounts`."],
          ["prefix", "The organization needs `prefix`."],
          ["region", "The organization needs `region`."],
        ],
      },
      {
        rule: "needs a prefix",
        changes: [organizationWithout("prefix")],
        organization: [["prefix", "The organization needs `prefix`."]],
      },
      {
        rule: "needs a region",
        changes: [organizationWithout("region")],
        organization: [["region", "The organization needs `region`."]],
      },
      {
        rule: "needs accounts; without them, references to accounts are no further mistakes",
        changes: [organizationWithout("accounts")],
        organization: [["accounts", "The organization needs `accounts`."]],
      },
      {
        rule: "takes no unknown key",
        changes: [inOrganization("eu-west-1", "regions")],
        organization: [
          [
            'regions = "eu-west-1"',
            "Unknown key of the organization.",
            'Allowed: "prefix", "region", "accounts", "otherRegions", "management", "contractors", "breakGlass", "databases", "repository", "pipeline". Did you mean "region"?',
          ],
        ],
      },
      {
        rule: "takes no key that objects inherit",
        changes: [inOrganization({}, "toString")],
        organization: [
          [
            "toString = {}",
            "Unknown key of the organization.",
            'Allowed: "prefix", "region", "accounts", "otherRegions", "management", "contractors", "breakGlass", "databases", "repository", "pipeline"',
          ],
        ],
      },
    ]);
  });

  describe("prefix", () => {
    accepts([
      { rule: "one letter", changes: [inOrganization("x", "prefix")] },
      { rule: "20 characters", changes: [inOrganization("a234567890-234567890", "prefix")] },
      { rule: "beginning with aws", changes: [inOrganization("aws-infra", "prefix")] },
    ]);
    refusesValues(
      inOrganization,
      ["prefix"],
      [
        'A prefix is a letter, then letters, digits and single hyphens between them, at most 20 in all, neither "aws", which AWS keeps for itself, nor "akia…", as access keys begin.',
        'Allowed: a word such as "infra"',
      ],
      {
        "not a number": 7,
        "not null": null,
        "not empty": "",
        "not 21 characters": "a23456789012345678901",
        "not beginning with a digit": "1infra",
        "no underscore": "in_fra",
        "no line break": "infra\n",
        "no hyphen at the end, as CloudTrail takes no trail `infra--trail`": "infra-",
        "no two hyphens together, for the same reason": "in--fra",
        "not the beginning of an encoded domain name, which S3 takes for no bucket": "xn--infra",
        "not aws, which begins AWS's own tags": "AWS",
        "not what access keys begin with, whose descriptions nobody compares": "Akia-1",
      },
    );
    refusesValues(
      inOrganization,
      ["prefix"],
      [
        'AWS takes no bucket whose name begins with "sthree-" or "amzn-s3-demo-", and no security group whose name begins with "sg-".',
        'Allowed: a word such as "infra"',
        "To do: Choose another first word.",
      ],
      {
        "not what S3 keeps for itself": "sthree",
        "not what S3 keeps for itself, with more words": "SThree-infra",
        "not what S3's examples are called": "amzn-s3-demo",
        "not what ids of security groups begin with": "sg",
        "not what ids of security groups begin with, with more words": "sg-infra",
      },
    );
    accepts([
      {
        rule: "a longer word that begins with a reserved one",
        changes: [inOrganization("sgx-sthrees", "prefix")],
      },
    ]);
  });

  describe("management", () => {
    accepts([
      { rule: "another account's id", changes: [inOrganization("999999999999", "management")] },
      { rule: "the id of one of the accounts", changes: [inOrganization("111111111111", "management")] },
    ]);
    refusesValues(
      inOrganization,
      ["management"],
      ["An account id is 12 digits, as a text.", 'Allowed: a text such as "111111111111"'],
      { "not a number": 999999999999, "not a key of an account": "users", "not 11 digits": "99999999999" },
    );
  });

  describe("otherRegions", () => {
    accepts([
      { rule: "none", changes: [inOrganization([], "otherRegions")] },
      {
        rule: "regions beside the first",
        changes: [inOrganization(["eu-central-1", "us-east-1"], "otherRegions")],
      },
    ]);
    refuses([
      {
        rule: "names of regions",
        changes: [inOrganization(["Ireland", 1], "otherRegions")],
        organization: ['otherRegions[0] = "Ireland"', "otherRegions[1] = 1"].map((place) => [
          place,
          "This is not the name of an AWS region.",
          'Allowed: a region such as "eu-west-1"',
        ]),
      },
      {
        rule: "of the partition aws",
        changes: [inOrganization(["cn-north-1"], "otherRegions")],
        organization: [
          [
            'otherRegions[0] = "cn-north-1"',
            'Only the partition "aws" is supported; nobody has tested the others.',
            'Allowed: a commercial region such as "eu-west-1"',
          ],
        ],
      },
      {
        rule: "each once, and not the region that the accounts work in",
        changes: [inOrganization(["eu-west-1", "us-east-1", "us-east-1"], "otherRegions")],
        organization: ['otherRegions[0] = "eu-west-1"', 'otherRegions[2] = "us-east-1"'].map((place) => [
          place,
          "The organization has this region already.",
          "To do: Name each region once, the one that the accounts work in as `region`.",
        ]),
      },
    ]);
  });

  describe("region", () => {
    accepts([{ rule: "of the partition aws", changes: [inOrganization("ap-southeast-2", "region")] }]);
    refusesValues(
      inOrganization,
      ["region"],
      ["This is not the name of an AWS region.", 'Allowed: a region such as "eu-west-1"'],
      { "not a city": "Ireland", "not a list": ["eu-west-1"], "not an availability zone": "eu-west-1a" },
    );
    refusesValues(
      inOrganization,
      ["region"],
      [
        'Only the partition "aws" is supported; nobody has tested the others.',
        'Allowed: a commercial region such as "eu-west-1"',
      ],
      {
        "not of the partition aws-cn": "cn-north-1",
        "not of the partition aws-us-gov": "us-gov-west-1",
        "not of the partition aws-iso": "us-iso-east-1",
        "not of the partition aws-iso-b": "us-isob-east-1",
        "not of the partition aws-iso-e": "eu-isoe-west-1",
        "not of the partition aws-iso-f": "us-isof-south-1",
        "not of the partition aws-eusc": "eusc-de-east-1",
      },
    );
  });

  describe("accounts", () => {
    accepts([
      {
        rule: "a workload account stands in for the identity account",
        changes: [
          organizationWithout("accounts", "users"),
          inOrganization(true, "accounts", "dev", "identity"),
        ],
      },
      { rule: "several of one environment", changes: [inOrganization(another, "accounts", "dev-2")] },
      { rule: "a key that objects inherit", changes: [inOrganization(another, "accounts", "constructor")] },
      {
        rule: "a key of 32 characters",
        changes: [inOrganization(another, "accounts", "a2345678901234567890123456789012")],
      },
    ]);
    refuses([
      {
        rule: "not a list",
        changes: [inOrganization([another], "accounts")],
        organization: [
          [
            'accounts = [{"id":"555555555555","kind":"workload","environment":"dev"}]',
            "`accounts` is an object whose keys are names.",
            "Allowed: { … }",
          ],
        ],
      },
      {
        rule: "not null",
        changes: [inOrganization(null, "accounts")],
        organization: [
          ["accounts = null", "`accounts` is an object whose keys are names.", "Allowed: { … }"],
        ],
      },
      {
        rule: "not empty: somebody holds the people",
        changes: [inOrganization({}, "accounts")],
        organization: [
          [
            "accounts",
            "No account holds the people.",
            'To do: Give exactly one account `kind: "identity"`, or one workload account `identity: true`.',
          ],
        ],
      },
      {
        rule: "a literal __proto__ sets the prototype and is not lost in silence",
        changes: [
          inOrganization({ __proto__: { users: { id: "111111111111", kind: "identity" } } }, "accounts"),
        ],
        organization: [
          [
            "accounts = {}",
            "`accounts` is an object whose keys are names.",
            "Allowed: { … }",
            "To do: Write a plain object, in which no key is `__proto__`.",
          ],
        ],
      },
      {
        rule: "each is an object",
        changes: [inOrganization("222222222222", "accounts", "dev")],
        organization: [
          [
            'accounts.dev = "222222222222"',
            "An account is an object with keys.",
            'Allowed: keys "id", "kind", "environment", "identity", "trustQuota", "databases", "follows", "trail"',
          ],
        ],
      },
      {
        rule: "none is null",
        changes: [inOrganization(null, "accounts", "users")],
        organization: [
          [
            "accounts.users = null",
            "An account is an object with keys.",
            'Allowed: keys "id", "kind", "environment", "identity", "trustQuota", "databases", "follows", "trail"',
          ],
        ],
      },
      {
        rule: "none is empty",
        changes: [inOrganization({}, "accounts", "users")],
        organization: [
          ["accounts.users.id", "An account needs `id`."],
          ["accounts.users.kind", "An account needs `kind`."],
        ],
      },
      {
        rule: "no unknown key",
        changes: [inOrganization("eu-west-1", "accounts", "dev", "region")],
        organization: [
          [
            'accounts.dev.region = "eu-west-1"',
            "Unknown key of an account.",
            'Allowed: "id", "kind", "environment", "identity", "trustQuota", "databases", "follows", "trail"',
          ],
        ],
      },
      {
        rule: "a known kind",
        changes: [inOrganization("people", "accounts", "users", "kind")],
        organization: [
          [
            'accounts.users.kind = "people"',
            "An account holds the people or a workload.",
            'Allowed: "identity", "workload"',
          ],
        ],
      },
      {
        rule: "a workload account has an environment",
        changes: [organizationWithout("accounts", "dev", "environment")],
        organization: [
          [
            "accounts.dev.environment",
            "A workload account needs an `environment`.",
            'Allowed: "dev", "staging", "prod"',
          ],
        ],
      },
      {
        rule: "the identity account has no environment",
        changes: [inOrganization("dev", "accounts", "users", "environment")],
        organization: [
          [
            'accounts.users.environment = "dev"',
            "The identity account has no environment.",
            "To do: Remove this line.",
          ],
        ],
      },
    ]);
    refusesValues(
      inOrganization,
      ["accounts", "dev", "environment"],
      ["A workload account has one of three environments.", 'Allowed: "dev", "staging", "prod"'],
      { "no other environment": "test", "not the identity account's": "identity" },
    );
    refuses([
      {
        rule: "not in capitals",
        changes: [inOrganization("Dev", "accounts", "dev", "environment")],
        organization: [
          [
            'accounts.dev.environment = "Dev"',
            "A workload account has one of three environments.",
            'Allowed: "dev", "staging", "prod". Did you mean "dev"?',
          ],
        ],
      },
    ]);
  });

  describe("account ids are 12 digits, each once", () => {
    refusesValues(
      inOrganization,
      ["accounts", "dev", "id"],
      ["An account id is 12 digits, as a text.", 'Allowed: a text such as "111111111111"'],
      {
        "not 11": "22222222222",
        "not 13": "2222222222222",
        "not a number, which would lose leading zeros": 222222222222,
        "no hyphens": "2222-2222-2222",
        "no letters": "22222222222x",
        "no digits of other scripts": "２２２２２２２２２２２２",
        "no line break at the end": "222222222222\n",
        "not null": null,
      },
    );
    refuses([
      {
        rule: "not twice",
        changes: [inOrganization("333333333333", "accounts", "dev", "id")],
        organization: [
          [
            'accounts.staging.id = "333333333333"',
            "Another account has this id already.",
            "To do: Give each account its own id.",
          ],
        ],
      },
    ]);
  });

  describe("account keys are names of stacks and parts of IAM's names", () => {
    const rule = "An account's key is a letter, then letters, digits and hyphens, at most 32 in all.";
    refuses([
      {
        rule: "begin with a letter",
        changes: [inOrganization(another, "accounts", "2nd")],
        organization: [['accounts["2nd"] = "2nd"', rule]],
      },
      {
        rule: "no underscore",
        changes: [inOrganization(another, "accounts", "dev_2")],
        organization: [['accounts.dev_2 = "dev_2"', rule]],
      },
      {
        rule: "no dot",
        changes: [inOrganization(another, "accounts", "dev.2")],
        organization: [['accounts["dev.2"] = "dev.2"', rule]],
      },
      {
        rule: "not empty",
        changes: [inOrganization(another, "accounts", "")],
        organization: [['accounts[""] = ""', rule]],
      },
      {
        rule: "not 33 characters",
        changes: [inOrganization(another, "accounts", "a23456789012345678901234567890123")],
        organization: [
          ['accounts.a23456789012345678901234567890123 = "a23456789012345678901234567890123"', rule],
        ],
      },
      {
        rule: "not __proto__",
        changes: [inOrganization(another, "accounts", "__proto__")],
        organization: [['accounts.__proto__ = "__proto__"', rule]],
      },
      {
        rule: "not all",
        changes: [inOrganization(another, "accounts", "all")],
        organization: [
          ['accounts.all = "all"', '"all" is taken: it stands for every account in the names of groups.'],
        ],
      },
      {
        rule: "not ALL",
        changes: [inOrganization(another, "accounts", "ALL")],
        organization: [
          ['accounts.ALL = "ALL"', '"all" is taken: it stands for every account in the names of groups.'],
        ],
      },
      {
        rule: "not twice, whatever the case",
        changes: [inOrganization(another, "accounts", "Dev")],
        organization: [
          [
            'accounts.Dev = "Dev"',
            "Another account has this key already; IAM's names are compared without case.",
            "To do: Choose another key.",
          ],
        ],
      },
    ]);
  });

  describe("where people live in a workload account, who rules there may hold power", () => {
    const shared = [
      organizationWithout("accounts", "users"),
      inOrganization(true, "accounts", "dev", "identity"),
    ];
    accepts([
      {
        rule: "devops engineers",
        changes: [...shared, inRoster("Admin", "people", "olga", "access", "dev")],
      },
      {
        rule: "roles that reach no users",
        changes: [...shared, inRoster("Read", "people", "devon", "access", "dev")],
      },
    ]);
    refuses([
      {
        rule: "no developers",
        changes: [...shared, inRoster("Admin", "people", "devon", "access", "dev")],
        roster: [
          [
            'people.devon.access.dev = "Admin"',
            "People's users live in dev, so that Admin there controls every role of every account; a developer may hold no such power.",
            "Allowed: Admin in dev for category devops or security",
            'To do: Give the people an account of their own, `kind: "identity"`; or grant another role.',
          ],
        ],
      },
    ]);
  });

  describe("exactly one account is the identity account", () => {
    const identity = (id: string) => ({ id, kind: "identity" });
    refuses([
      {
        rule: "not none",
        changes: [organizationWithout("accounts", "users")],
        organization: [
          [
            "accounts",
            "No account holds the people.",
            'To do: Give exactly one account `kind: "identity"`, or one workload account `identity: true`.',
          ],
        ],
      },
      {
        rule: "not two",
        changes: [inOrganization(identity("555555555555"), "accounts", "people")],
        organization: [
          [
            'accounts.people.kind = "identity"',
            "Exactly one account holds the people, and users does already.",
            'To do: Keep `kind: "identity"` or `identity: true` on one account.',
          ],
        ],
      },
      {
        rule: "not three",
        changes: [
          inOrganization(identity("555555555555"), "accounts", "people"),
          inOrganization(identity("666666666666"), "accounts", "staff"),
        ],
        organization: [
          [
            'accounts.people.kind = "identity"',
            "Exactly one account holds the people, and users does already.",
            'To do: Keep `kind: "identity"` or `identity: true` on one account.',
          ],
          [
            'accounts.staff.kind = "identity"',
            "Exactly one account holds the people, and users does already.",
            'To do: Keep `kind: "identity"` or `identity: true` on one account.',
          ],
        ],
      },
      {
        rule: "not one and a stand-in",
        changes: [inOrganization(true, "accounts", "dev", "identity")],
        organization: [
          [
            "accounts.dev.identity = true",
            "Exactly one account holds the people, and users does already.",
            'To do: Keep `kind: "identity"` or `identity: true` on one account.',
          ],
        ],
      },
      {
        rule: "not one that stands in for itself",
        changes: [inOrganization(true, "accounts", "users", "identity")],
        organization: [
          [
            "accounts.users.identity = true",
            "Only a workload account stands in for the identity account.",
            "To do: Remove this line.",
          ],
        ],
      },
      {
        rule: "`identity` is true or absent",
        changes: [inOrganization(false, "accounts", "dev", "identity")],
        organization: [["accounts.dev.identity = false", "`identity` is true or absent.", "Allowed: true"]],
      },
      {
        rule: "a stand-in that cannot be read is one mistake",
        changes: [
          organizationWithout("accounts", "users"),
          inOrganization("yes", "accounts", "dev", "identity"),
        ],
        organization: [['accounts.dev.identity = "yes"', "`identity` is true or absent.", "Allowed: true"]],
      },
    ]);
  });

  describe("trustQuota is what AWS raised the quota to", () => {
    accepts([
      { rule: "2,048", changes: [inOrganization(2_048, "accounts", "dev", "trustQuota")] },
      { rule: "8,192", changes: [inOrganization(8_192, "accounts", "dev", "trustQuota")] },
      {
        rule: "in the identity account too",
        changes: [inOrganization(4_096, "accounts", "users", "trustQuota")],
      },
    ]);
    refusesValues(
      inOrganization,
      ["accounts", "dev", "trustQuota"],
      [
        'A trust quota is what AWS has raised "Role trust policy length" to in this account.',
        "Allowed: a whole number from 2,048 to 8,192",
      ],
      {
        "not 2,047": 2_047,
        "not 8,193": 8_193,
        "not a fraction": 3_000.5,
        "not a text": "4096",
        "not null": null,
      },
    );
  });

  describe("follows is what is deployed to an account", () => {
    accepts([
      { rule: "the branch", changes: [inOrganization("branch", "accounts", "dev", "follows")] },
      { rule: "tags", changes: [inOrganization("tags", "accounts", "prod", "follows")] },
      {
        rule: "in the identity account too",
        changes: [inOrganization("tags", "accounts", "users", "follows")],
      },
    ]);
    refusesValues(
      inOrganization,
      ["accounts", "dev", "follows"],
      ["An account follows the branch, or the tags that are promoted to it.", 'Allowed: "branch", "tags"'],
      { "not another word": "main", "not a list": ["tags"], "not true": true, "not null": null },
    );
  });

  describe("contractors", () => {
    accepts([{ rule: "require nothing", changes: [inOrganization({ require: [] }, "contractors")] }]);
    refuses([
      {
        rule: "an object",
        changes: [inOrganization(["nda"], "contractors")],
        organization: [
          ['contractors = ["nda"]', "`contractors` is an object with keys.", 'Allowed: keys "require"'],
        ],
      },
      {
        rule: "with a list",
        changes: [inOrganization({ require: "nda" }, "contractors")],
        organization: [['contractors.require = "nda"', "`require` is a list.", "Allowed: [ … ]"]],
      },
      {
        rule: "not without it",
        changes: [inOrganization({}, "contractors")],
        organization: [["contractors.require", "`contractors` needs `require`."]],
      },
      {
        rule: "of known words",
        changes: [inOrganization({ require: ["NDA"] }, "contractors")],
        organization: [
          [
            'contractors.require[0] = "NDA"',
            "This cannot be required of contractors.",
            'Allowed: "nda", "baa", "approvals". Did you mean "nda"?',
          ],
        ],
      },
      {
        rule: "no unknown key",
        changes: [inOrganization({ require: [], demand: [] }, "contractors")],
        organization: [["contractors.demand = []", "Unknown key of `contractors`.", 'Allowed: "require"']],
      },
    ]);
  });

  describe("repository is the value of a tag", () => {
    refusesValues(
      inOrganization,
      ["repository"],
      [
        'A repository is letters, digits and any of + - = . _ : / @, at most 256 in all, and does not begin with "aws:": it becomes a tag.',
        'Allowed: a text such as "example/accounts"',
      ],
      {
        "not empty": "",
        "not what AWS keeps for itself": "aws:accounts",
        "in any case": "AWS:accounts",
        "without spaces": "my accounts",
        "not a number": 7,
      },
    );
    accepts([
      { rule: "a path", changes: [inOrganization("example/accounts", "repository")] },
      { rule: "aws: later on", changes: [inOrganization("git:aws:accounts", "repository")] },
      { rule: "an address", changes: [inOrganization("https://git.example.com/accounts", "repository")] },
    ]);
  });

  describe("databases", () => {
    accepts([
      { rule: "no address", changes: [inOrganization({ sourceAddresses: [] }, "databases")] },
      {
        rule: "blocks of both kinds",
        changes: [inOrganization({ sourceAddresses: ["203.0.113.0/24", "2001:db8::/32"] }, "databases")],
      },
    ]);
    refuses([
      {
        rule: "of a fixed shape",
        changes: [inOrganization({ addresses: [] }, "databases")],
        organization: [
          ["databases.addresses = []", "Unknown key of `databases`.", 'Allowed: "sourceAddresses"'],
          ["databases.sourceAddresses", "`databases` needs `sourceAddresses`."],
        ],
      },
      {
        rule: "blocks of addresses, and not of all",
        changes: [
          inOrganization(
            { sourceAddresses: ["203.0.113.7", "203.0.113.0/33", "0.0.0.0/0", "::/0", "office"] },
            "databases",
          ),
        ],
        organization: ["203.0.113.7", "203.0.113.0/33", "0.0.0.0/0", "::/0", "office"].map((text, index) => [
          `databases.sourceAddresses[${String(index)}] = ${JSON.stringify(text)}`,
          "This is not a block of addresses, or it is all there are.",
          'Allowed: a CIDR block such as "203.0.113.0/24" or "2001:db8::/32"',
        ]),
      },
    ]);
  });

  describe("breakGlass", () => {
    accepts([
      { rule: "administrator", changes: [inOrganization({ permissions: "administrator" }, "breakGlass")] },
      {
        rule: "emergency-operator",
        changes: [inOrganization({ permissions: "emergency-operator" }, "breakGlass")],
      },
    ]);
    refuses([
      {
        rule: "an object",
        changes: [inOrganization("administrator", "breakGlass")],
        organization: [
          [
            'breakGlass = "administrator"',
            "`breakGlass` is an object with keys.",
            'Allowed: keys "permissions"',
          ],
        ],
      },
      {
        rule: "not empty",
        changes: [inOrganization({}, "breakGlass")],
        organization: [["breakGlass.permissions", "`breakGlass` needs `permissions`."]],
      },
      {
        rule: "of known permissions",
        changes: [inOrganization({ permissions: "root" }, "breakGlass")],
        organization: [
          [
            'breakGlass.permissions = "root"',
            "BreakGlass has one of two sets of permissions.",
            'Allowed: "administrator", "emergency-operator"',
          ],
        ],
      },
    ]);
  });
});
