import assert from "node:assert/strict";

import { toInstant } from "../../src/model/dates";
import { UserError } from "../../src/model/problems";
import { readSettings } from "../../src/resources/account-settings";
import { DATABASE_ACCESS, rotationIn } from "../support/database-access";

const NOW = toInstant(new Date("2026-11-23T12:00:00Z"));

const DEFAULTS = {
  alarmSubscriptions: [],
  alarmThresholds: {},
  guardDuty: {
    managedBy: "muster",
    findingFrequency: "FIFTEEN_MINUTES",
    protectionPlans: [],
    tellsFrom: "HIGH",
  },
  securityHub: { managedBy: "muster", cisVersion: "5.0.0", tellsFrom: "NEVER" },
  accessAnalyzer: { managedBy: "muster" },
  publicBuckets: "blocked",
};

describe("stack settings", () => {
  it("has defaults for everything, and ignores other tools' keys", () => {
    assert.deepEqual(readSettings("dev", { "aws:region": "eu-west-1" }, NOW), DEFAULTS);
  });

  it("reads what Pulumi keeps as text or JSON", () => {
    assert.deepEqual(
      readSettings(
        "dev",
        {
          "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
          "muster:accountAlias": "example-dev",
        },
        NOW,
      ),
      {
        ...DEFAULTS,
        alarmSubscriptions: [{ protocol: "email", endpoint: "security@example.com", hears: "all" }],
        accountAlias: "example-dev",
      },
    );
  });

  it("reads what AWS Config is asked for, with defaults", () => {
    assert.deepEqual(readSettings("prod", { "muster:awsConfig": "{}" }, NOW).awsConfig, {
      serviceLinkedRole: "made",
      alsoRecords: [],
    });
  });

  it("refuses what AWS Config cannot be asked for", () => {
    assert.throws(
      () =>
        readSettings(
          "prod",
          {
            "muster:awsConfig":
              '{"serviceLinkedRole":"mine","alsoRecords":["AWS::S3::*"],"keptBucket":"theirs"}',
          },
          NOW,
        ),
      new UserError(
        "3 problems to solve first.\n\n" +
          "Pulumi.prod.yaml\n" +
          '  1. muster:awsConfig.alsoRecords[0] = "AWS::S3::*"\n' +
          "     A type of resource is named like AWS::DynamoDB::Table.\n" +
          '  2. muster:awsConfig.keptBucket = "theirs"\n' +
          "     This is true or absent.\n" +
          '  3. muster:awsConfig.serviceLinkedRole = "mine"\n' +
          "     The role of Config is one of made, existing.",
      ),
    );
  });

  it("reads what stands before databases, with defaults", () => {
    const written = { vpcId: "vpc-0123456789abcdef0", applicationSecurityGroup: "sg-0123456789abcdef0" };
    assert.deepEqual(
      readSettings("prod", { "muster:databaseAccess": JSON.stringify(written) }, NOW).databaseAccess,
      {
        ...written,
        port: 5432,
        secretNames: [],
      },
    );
  });

  describe("of machines", () => {
    const read = (machines: unknown) =>
      readSettings("prod", { "muster:machines": JSON.stringify(machines) }, NOW).machines;

    it("have defaults", () => assert.deepEqual(read({}), { idleMinutes: 20, longestMinutes: 60 }));

    it("are read as they are written", () => {
      const written = { idleMinutes: 60, longestMinutes: 1440, runAs: "operator", keptBucket: true };
      assert.deepEqual(read(written), written);
    });

    const REFUSED: readonly (readonly [machines: unknown, says: string])[] = [
      [{ idleMinutes: 0 }, "The time without a key pressed is a minute at least."],
      [{ idleMinutes: 61 }, "The time without a key pressed is 60 minutes at most."],
      [{ idleMinutes: "20" }, "The time without a key pressed is a number of minutes."],
      [{ longestMinutes: 1441 }, "The longest session is 1440 minutes at most."],
      [{ longestMinutes: 1.5 }, "The longest session is whole minutes."],
      [{ runAs: "root" }, "Sessions do not run as root."],
      [
        { runAs: "a b" },
        "A user of Linux is a letter or underscore, then letters, digits, - and _, 32 at most.",
      ],
      [{ keptBucket: "x" }, "This is true or absent."],
      [{ kms: "x" }, "There is no such setting."],
      [true, "Machines are an object."],
    ];
    for (const [machines, says] of REFUSED)
      it(`refuse ${JSON.stringify(machines)}`, () =>
        assert.throws(
          () => read(machines),
          (error) => {
            assert.ok(error instanceof UserError);
            assert.ok(error.message.includes(`     ${says}`), error.message);
            return true;
          },
        ));
  });

  describe("let the bastion in", () => {
    const written = { vpcId: "vpc-0123456789abcdef0", applicationSecurityGroup: "sg-0123456789abcdef0" };
    const read = (until: string) =>
      readSettings(
        "prod",
        {
          "muster:databaseAccess": JSON.stringify({
            ...written,
            bastion: { securityGroup: "sg-0fedcba9876543210", until },
          }),
        },
        NOW,
      ).databaseAccess?.bastion;

    it("until an instant", () =>
      assert.deepEqual(read("2026-11-23T16:00:00Z"), {
        securityGroup: "sg-0fedcba9876543210",
        until: "2026-11-23T16:00:00Z",
      }));
    it("until an instant as Pulumi hands it on", () => {
      assert.equal(read("2026-11-23 16:00:00 +0000 UTC")?.until, "2026-11-23T16:00:00Z");
      assert.equal(read("2026-11-23 16:00:00.88 +0000 UTC")?.until, read("2026-11-23T16:00:00.88Z")?.until);
      assert.equal(read("2026-11-23 18:00:00 +0200 +0200")?.until, "2026-11-23T16:00:00Z");
    });
    it("until the end of a day", () => assert.equal(read("2026-11-23")?.until, "2026-11-24T00:00:00Z"));
    it("no longer than that", () => assert.equal(read("2026-11-23T12:00:00Z"), undefined));
    it("for two weeks, and no more", () => {
      assert.ok(read("2026-12-07T12:00:00Z"));
      assert.throws(() => read("2026-12-08"), {
        name: "UserError",
        message: [
          "1 problem to solve first.",
          "",
          "Pulumi.prod.yaml",
          '  1. muster:databaseAccess.bastion.until = "2026-12-09T00:00:00Z"',
          "     The bastion is let in for at most 14 days, and then for another time where it still has to be.",
          "     Allowed: a time up to 2026-12-07T12:00:00Z",
        ].join("\n"),
      });
    });
  });

  it("refuses subnets that make no group, and a rotation of nothing", () => {
    const written = {
      vpcId: "vpc-0123456789abcdef0",
      applicationSecurityGroup: "sg-0123456789abcdef0",
      secretNames: ["app/rds/main"],
      privateSubnets: ["subnet-0123456789abcdef0"],
      rotation: {
        function: "arn:aws:lambda:eu-west-1:444444444444:function:rotate",
        role: "rotation",
        days: 0,
        secrets: ["app/rds/main", "app/rds/other"],
      },
    };
    assert.throws(() => readSettings("prod", { "muster:databaseAccess": JSON.stringify(written) }, NOW), {
      name: "UserError",
      message: [
        "5 problems to solve first.",
        "",
        "Pulumi.prod.yaml",
        '  1. muster:databaseAccess.privateSubnets = ["subnet-0123456789abcdef0"]',
        "     A subnet group takes two subnets or more, in different zones.",
        "  2. muster:databaseAccess.rotation.days = 0",
        "     Secrets rotate at most daily.",
        '  3. muster:databaseAccess.rotation.function = "arn:aws:lambda:eu-west-1:444444444444:function:rotate"',
        "     This is the ARN of a Lambda function whose name begins with SecretsManager.",
        '  4. muster:databaseAccess.rotation.role = "rotation"',
        "     This is the ARN of the function's role.",
        '  5. muster:databaseAccess.rotation.secrets[1] = "app/rds/other"',
        "     Secrets that rotate stand in secretNames too.",
      ].join("\n"),
    });
  });

  it("refuses a rotation of secrets that are not made", () => {
    const written = { ...DATABASE_ACCESS, rotation: { ...rotationIn("444444444444"), secrets: ["other"] } };
    assert.throws(() => readSettings("prod", { "muster:databaseAccess": JSON.stringify(written) }, NOW), {
      name: "UserError",
      message: [
        "1 problem to solve first.",
        "",
        "Pulumi.prod.yaml",
        '  1. muster:databaseAccess.rotation.secrets[0] = "other"',
        "     Secrets that rotate stand in secretNames too.",
      ].join("\n"),
    });
  });

  it("refuses what stands before no database", () => {
    const written = {
      vpcId: "default",
      bastion: { securityGroup: "vpc-0123456789abcdef0", until: "2026-02-30" },
      port: 22,
      secretNames: ["menotime/prod/rds/app", "menotime/prod/rds/app"],
    };
    assert.throws(() => readSettings("prod", { "muster:databaseAccess": JSON.stringify(written) }, NOW), {
      name: "UserError",
      message: [
        "6 problems to solve first.",
        "",
        "Pulumi.prod.yaml",
        "  1. muster:databaseAccess.applicationSecurityGroup",
        "     The application's security group is needed.",
        '  2. muster:databaseAccess.bastion.securityGroup = "vpc-0123456789abcdef0"',
        "     The bastion's security group is an id such as sg-0123456789abcdef0.",
        '  3. muster:databaseAccess.bastion.until = "2026-02-30"',
        "     This is no date or instant: YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z.",
        "  4. muster:databaseAccess.port = 22",
        "     A database listens on 5432 (PostgreSQL) or 3306 (MySQL).",
        '  5. muster:databaseAccess.secretNames = ["menotime/prod/rds/app","menotime/prod/rds/app"]',
        "     A secret is listed twice.",
        '  6. muster:databaseAccess.vpcId = "default"',
        "     The network of the databases is an id such as vpc-0123456789abcdef0.",
      ].join("\n"),
    });
  });

  it("refuses every unknown key and unfit value at once", () => {
    const config = {
      "muster:accountAlias": "111111111111",
      "muster:alarmSubscriptions": '[{"protocol":"pigeon","endpoint":"","colour":"grey"}]',
      "muster:trailkey": "organization-trail",
    };
    assert.throws(
      () => readSettings("dev", config, NOW),
      (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.equal(
          error.message,
          [
            "5 problems to solve first.",
            "",
            "Pulumi.dev.yaml",
            '  1. muster:accountAlias = "111111111111"',
            "     An alias is 3 to 63 lower-case letters, digits and single hyphens, and no account id.",
            '  2. muster:alarmSubscriptions[0].colour = "grey"',
            "     There is no such setting.",
            "     Allowed: protocol, endpoint, hears",
            '  3. muster:alarmSubscriptions[0].endpoint = ""',
            "     An endpoint is not blank.",
            '  4. muster:alarmSubscriptions[0].protocol = "pigeon"',
            "     A notice travels by one of email, email-json, https, sms, sqs, lambda.",
            '  5. muster:trailkey = "organization-trail"',
            "     There is no such setting.",
            "     Allowed: alarmSubscriptions, alarmThresholds, keptTrailBucket, trailKey, accountAlias, guardDuty, securityHub, accessAnalyzer, awsConfig, emergency, securityContact, publicBuckets, databaseAccess, machines",
            "     To do: Did you mean muster:trailKey?",
          ].join("\n"),
        );
        return true;
      },
    );
  });

  it("reads what detectors are told, with defaults for the rest", () => {
    const { guardDuty, securityHub, accessAnalyzer, securityContact, publicBuckets } = readSettings(
      "prod",
      {
        "muster:guardDuty": '{"findingFrequency":"ONE_HOUR","protectionPlans":["S3_DATA_EVENTS"]}',
        "muster:securityHub": '{"cisVersion":"3.0.0"}',
        "muster:accessAnalyzer": '{"unusedAccessDays":90}',
        "muster:securityContact":
          '{"name":"Security","title":"On call","email":"security@example.com","phone":"+49 30 1234567"}',
        "muster:publicBuckets": "allowed",
      },
      NOW,
    );
    assert.deepEqual(
      { guardDuty, securityHub, accessAnalyzer, securityContact, publicBuckets },
      {
        guardDuty: {
          managedBy: "muster",
          findingFrequency: "ONE_HOUR",
          protectionPlans: ["S3_DATA_EVENTS"],
          tellsFrom: "HIGH",
        },
        securityHub: { managedBy: "muster", cisVersion: "3.0.0", tellsFrom: "NEVER" },
        accessAnalyzer: { managedBy: "muster", unusedAccessDays: 90 },
        securityContact: {
          name: "Security",
          title: "On call",
          email: "security@example.com",
          phone: "+49 30 1234567",
        },
        publicBuckets: "allowed",
      },
    );
  });

  it("reads from which severity findings are told, whoever manages the detectors", () => {
    const { guardDuty, securityHub } = readSettings(
      "prod",
      {
        "muster:guardDuty": '{"managedBy":"organization","tellsFrom":"MEDIUM"}',
        "muster:securityHub": '{"managedBy":"organization","tellsFrom":"CRITICAL"}',
      },
      NOW,
    );
    assert.deepEqual([guardDuty.tellsFrom, securityHub.tellsFrom], ["MEDIUM", "CRITICAL"]);
    assert.throws(() => readSettings("prod", { "muster:securityHub": '{"tellsFrom":"high"}' }, NOW), {
      name: "UserError",
      message: [
        "1 problem to solve first.",
        "",
        "Pulumi.prod.yaml",
        '  1. muster:securityHub.tellsFrom = "high"',
        "     Findings are told from a severity of CRITICAL, HIGH, MEDIUM, LOW, or NEVER.",
      ].join("\n"),
    });
  });

  it("refuses a key of the trail by its alias", () => {
    const alias = "arn:aws:kms:eu-west-1:444444444444:alias/trail";
    assert.throws(() => readSettings("prod", { "muster:trailKey": alias }, NOW), /This is the ARN of a key/);
  });

  it("refuses to answer findings about credentials from CRITICAL, which none of them is", () => {
    assert.throws(() => readSettings("users", { "muster:emergency": '{"guardDuty":"CRITICAL"}' }, NOW), {
      name: "UserError",
      message: [
        "1 problem to solve first.",
        "",
        "Pulumi.users.yaml",
        '  1. muster:emergency.guardDuty = "CRITICAL"',
        "     Findings about credentials are answered from a severity of HIGH, MEDIUM, LOW.",
      ].join("\n"),
    });
  });

  it("refuses what detectors do not know, each with its place and value", () => {
    const config = {
      "muster:guardDuty": '{"managedBy":"somebody","protectionPlans":["S3_DATA_EVENTS","S3_DATA_EVENTS"]}',
      "muster:securityHub": '{"cisVersion":"7.0.0","standard":"pci"}',
      "muster:accessAnalyzer": '{"unusedAccessDays":0}',
      "muster:securityContact": '{"name":" ","title":"On call","email":"security","phone":"ext. 12"}',
      "muster:publicBuckets": "some",
    };
    assert.throws(() => readSettings("prod", config, NOW), {
      name: "UserError",
      message: [
        "9 problems to solve first.",
        "",
        "Pulumi.prod.yaml",
        "  1. muster:accessAnalyzer.unusedAccessDays = 0",
        "     Access is unused after 1 day at least.",
        '  2. muster:guardDuty.managedBy = "somebody"',
        "     It is managed by one of muster, organization.",
        '  3. muster:guardDuty.protectionPlans = ["S3_DATA_EVENTS","S3_DATA_EVENTS"]',
        "     A protection plan is listed twice.",
        '  4. muster:publicBuckets = "some"',
        "     Public buckets are one of blocked, allowed.",
        '  5. muster:securityContact.email = "security"',
        "     The contact's e-mail address has an @ between two parts.",
        '  6. muster:securityContact.name = " "',
        "     The contact's name is not blank.",
        '  7. muster:securityContact.phone = "ext. 12"',
        "     The contact's telephone number is digits, spaces and any of ( ) + -.",
        '  8. muster:securityHub.cisVersion = "7.0.0"',
        "     The version of the CIS standard is one of 3.0.0, 5.0.0.",
        '  9. muster:securityHub.standard = "pci"',
        "     There is no such setting.",
        "     Allowed: managedBy, cisVersion, tellsFrom",
      ].join("\n"),
    });
  });

  it("refuses what would change nothing where somebody else manages a detector", () => {
    const config = {
      "muster:guardDuty":
        '{"managedBy":"organization","findingFrequency":"SIX_HOURS","protectionPlans":["S3_DATA_EVENTS"]}',
      "muster:securityHub": '{"managedBy":"organization","cisVersion":"3.0.0"}',
      "muster:accessAnalyzer": '{"managedBy":"organization","unusedAccessDays":90}',
    };
    const rule = "     With managedBy: organization this changes nothing.";
    assert.throws(() => readSettings("prod", config, NOW), {
      name: "UserError",
      message: [
        "4 problems to solve first.",
        "",
        "Pulumi.prod.yaml",
        "  1. muster:accessAnalyzer.unusedAccessDays = 90",
        rule,
        '  2. muster:guardDuty.findingFrequency = "SIX_HOURS"',
        rule,
        '  3. muster:guardDuty.protectionPlans = ["S3_DATA_EVENTS"]',
        rule,
        '  4. muster:securityHub.cisVersion = "3.0.0"',
        rule,
      ].join("\n"),
    });
  });

  const endpoints = [
    ["email", "security", "an e-mail address"],
    ["https", "http://example.com/alarms", "a URL that begins with https://"],
    ["sms", "extension 12", "a telephone number such as +4912345678"],
    ["sqs", "alarms", "the ARN of a queue"],
    ["lambda", "arn:aws:sqs:eu-west-1:222222222222:alarms", "the ARN of a function"],
  ] as const;
  for (const [protocol, endpoint, is] of endpoints) {
    it(`refuses an endpoint that SNS does not take for ${protocol}`, () => {
      const config = { "muster:alarmSubscriptions": JSON.stringify([{ protocol, endpoint }]) };
      assert.throws(
        () => readSettings("dev", config, NOW),
        (error: unknown) =>
          error instanceof UserError &&
          error.message.includes(`muster:alarmSubscriptions[0].endpoint = "${endpoint}"`) &&
          error.message.includes(`The endpoint of ${protocol} is ${is}.`),
      );
    });
  }

  describe("that nobody would read", () => {
    const ALL =
      "alarmSubscriptions, alarmThresholds, keptTrailBucket, trailKey, accountAlias, guardDuty, securityHub, " +
      "accessAnalyzer, awsConfig, emergency, securityContact, publicBuckets, databaseAccess, machines";
    const NO_SUCH = "There is no such setting.";
    const nobodyReads = (namespace: string): string =>
      `Nothing reads settings of the namespace "${namespace}".`;
    const REFUSED: readonly (readonly [
      key: string,
      text: string,
      place: string,
      ...says: readonly string[],
    ])[] = [
      ["mustr:trailKey", "x", "mustr:trailKey", nobodyReads("mustr"), "To do: Did you mean muster:trailKey?"],
      [
        "Muster:traliKey",
        "x",
        "Muster:traliKey",
        nobodyReads("Muster"),
        "To do: Did you mean muster:trailKey?",
      ],
      ["msuter:trail", "x", "msuter:trail", nobodyReads("msuter"), "To do: Did you mean muster:trail?"],
      [
        "guardDuty:managedBy",
        "x",
        "guardDuty:managedBy",
        nobodyReads("guardDuty"),
        "To do: Write managedBy within muster:guardDuty, as docs/settings.md has it.",
      ],
      [
        "clinic:trailKey",
        "x",
        "clinic:trailKey",
        "Muster's settings have the namespace muster, whatever the project is called.",
        "To do: Did you mean muster:trailKey?",
      ],
      ["muster:trial", "x", 'muster:trial = "x"', NO_SUCH, `Allowed: ${ALL}`],
      [
        "muster:trailkey",
        "x",
        'muster:trailkey = "x"',
        NO_SUCH,
        `Allowed: ${ALL}`,
        "To do: Did you mean muster:trailKey?",
      ],
      [
        "muster:guardDuty.managedBy",
        "muster",
        'muster:["guardDuty.managedBy"] = "muster"',
        NO_SUCH,
        `Allowed: ${ALL}`,
        "To do: Write managedBy within muster:guardDuty.",
      ],
      [
        "muster:guardDuty",
        '{"mangedBy":"muster"}',
        'muster:guardDuty.mangedBy = "muster"',
        NO_SUCH,
        "Allowed: managedBy, findingFrequency, protectionPlans, tellsFrom",
        "To do: Did you mean muster:guardDuty.managedBy?",
      ],
      [
        "muster:alarmSubscriptions",
        '[{"protocol":"email","endpoint":"a@example.com","heard":"all"}]',
        'muster:alarmSubscriptions[0].heard = "all"',
        NO_SUCH,
        "Allowed: protocol, endpoint, hears",
        "To do: Did you mean muster:alarmSubscriptions[0].hears?",
      ],
    ];
    for (const [key, text, place, ...says] of REFUSED) {
      it(`are refused: ${key}`, () =>
        assert.throws(
          () => readSettings("prod", { [key]: text }, NOW, "clinic"),
          new UserError(
            [
              "1 problem to solve first.",
              "",
              "Pulumi.prod.yaml",
              `  1. ${place}`,
              ...says.map((line) => `     ${line}`),
            ].join("\n"),
          ),
        ));
    }

    for (const key of [
      "aws:region",
      "aws:defaultTags",
      "aws-native:region",
      "pulumi:tags",
      "pulumi:disable-default-providers",
      "clinic:owner",
      "cluster:size",
      "machines:size",
      "other:trailKey",
    ])
      it(`are somebody else's: ${key}`, () =>
        assert.deepEqual(readSettings("prod", { [key]: "x" }, NOW, "clinic"), DEFAULTS));
  });
});
