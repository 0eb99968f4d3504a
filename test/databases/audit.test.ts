import assert from "node:assert/strict";

import { parseAuditMessage, type AuditLine } from "../../src/databases/audit-lines";
import { auditedGrants, auditRecord } from "../../src/databases/audit-record";
import { userOfSession } from "../../src/databases/session-user";
import { databaseNamed } from "../../src/databases/named-database";
import { toInstant } from "../../src/model/dates";
import { buildModel } from "../../src/model/model";
import { UserError } from "../../src/model/problems";
import { newAddress } from "../support/address";

// As RDS writes them: the examples of its documentation on pgAudit and on the MariaDB audit plugin, with other names.
const READ =
  "2026-11-20 10:03:11 UTC:10.0.1.5(51234):dev_readonly_user@app:[4711]:LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.visits,select * from visits,<not logged>\n";
const QUOTED =
  '2026-11-20 14:20:00 UTC:10.0.1.5(51234):dev_readonly_user@app:[4711]:LOG:  AUDIT: OBJECT,2,1,READ,SELECT,TABLE,public.visits,"select id, ""name""\n  from visits",<none>';
const OTHER = "2026-11-20 10:03:11 UTC:10.0.1.5(51234):app@app:[4711]:LOG:  duration: 3 ms";

/** The one audit line of a message. */
const lineOf = (...message: Parameters<typeof parseAuditMessage>): AuditLine | undefined => {
  const { lines, unread } = parseAuditMessage(...message);
  assert.ok(lines.length <= 1 && unread === 0);
  return lines[0];
};

describe("audit lines", () => {
  it("of pgAudit", () => {
    assert.deepEqual(lineOf("postgres", READ), {
      moment: "2026-11-20T10:03:11Z",
      user: "dev_readonly_user",
      source: "10.0.1.5(51234)",
      connection: "4711",
      kind: "READ",
      statement: "select * from visits",
    });
    assert.equal(lineOf("postgres", QUOTED)?.statement, 'select id, "name"\n  from visits');
    assert.equal(lineOf("postgres", OTHER), undefined);
  });

  for (const source of [
    "[local]",
    "",
    "fd00:ec2::5(51234)",
    "ip-10-0-1-5.eu-west-1.compute.internal(51234)",
  ]) {
    it(`of pgAudit, from ${source === "" ? "nowhere" : source}`, () =>
      assert.equal(lineOf("postgres", READ.replace("10.0.1.5(51234)", source))?.source, source));
  }

  it("of MariaDB's audit plugin", () => {
    const query =
      "20261120 10:03:11,ip-10-0-1-9,dev_readonly_user,10.0.1.5,12,345,QUERY,app,'SELECT \\'a\\', b FROM visits',0";
    assert.deepEqual(lineOf("mysql", query), {
      moment: "2026-11-20T10:03:11Z",
      user: "dev_readonly_user",
      source: "10.0.1.5",
      connection: "12",
      kind: "QUERY",
      statement: "SELECT 'a', b FROM visits",
    });
    for (const type of ["1", "SSL/TLS"])
      assert.deepEqual(lineOf("mysql", `${query},${type}`), lineOf("mysql", query));
    const connect = "20261120 10:03:11,ip-10-0-1-9,dev_readonly_user,10.0.1.5,12,0,CONNECT,app,,0";
    assert.deepEqual(lineOf("mysql", connect)?.kind, "CONNECT");
    const table = "20261120 10:03:11,ip-10-0-1-9,dev_readonly_user,10.0.1.5,12,345,READ,app,visits,";
    assert.deepEqual(lineOf("mysql", table)?.statement, "visits");
  });

  it("of Aurora MySQL, which counts microseconds and may have several in a message", () => {
    const message = [
      "1795169010074458,aurora-mysql-instance-1,dev_readonly_user,10.0.1.5,223153,20070830,QUERY,app,'SELECT * FROM visits WHERE name = \\'a, b\\'',0",
      "1795169010076091,aurora-mysql-instance-1,rdsadmin,localhost,223170,0,CONNECT,,,0",
      "",
    ].join("\n");
    assert.deepEqual(parseAuditMessage("mysql", message), {
      lines: [
        {
          moment: "2026-11-20T10:03:30Z",
          user: "dev_readonly_user",
          source: "10.0.1.5",
          connection: "223153",
          kind: "QUERY",
          statement: "SELECT * FROM visits WHERE name = 'a, b'",
        },
        {
          moment: "2026-11-20T10:03:30Z",
          user: "rdsadmin",
          source: "localhost",
          connection: "223170",
          kind: "CONNECT",
          statement: "",
        },
      ],
      unread: 0,
    });
  });

  for (const [engine, message] of [
    ["postgres", READ.replace("UTC", "CET")],
    ["postgres", READ.replace(":[4711]:", " [4711] ")],
    ["mysql", READ],
    ["mysql", "20261120 10:03:11,ip-10-0-1-9,dev_readonly_user"],
  ] as const) {
    it(`in another form are counted, not passed over: ${engine}, ${message.trim().slice(0, 40)}`, () =>
      assert.deepEqual(parseAuditMessage(engine, message), { lines: [], unread: 1 }));
  }
});

const organization = {
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    dev: {
      id: "222222222222",
      kind: "workload",
      environment: "dev",
      databases: { instances: { lab: { id: "db-LAB", engine: "postgres" } } },
    },
    prod: {
      id: "444444444444",
      kind: "workload",
      environment: "prod",
      databases: {
        instances: {
          clinic: { id: "db-CLINIC", engine: "postgres" },
          billing: { id: "db-BILLING", engine: "mysql" },
        },
      },
    },
  },
};
const person = (category: string, access: object = {}) => ({ email: newAddress(), category, access });
const model = buildModel(
  organization,
  {
    people: {
      "dana.dba": person("dba", { prod: "DbRead" }),
      "dora.dba": person("dba"),
      "paul.dev": person("developer"),
    },
    temporary: [
      {
        person: "paul.dev",
        account: "prod",
        role: "DbRead",
        database: "clinic",
        from: "2026-11-20T10:00:00Z",
        until: "2026-11-20T14:00:00Z",
        reason: "INC-1042",
        approvedBy: ["dora.dba"],
      },
    ],
  },
  new Date("2026-11-23T12:00:00Z"),
);

describe("the record of a grant", () => {
  const [audited] = auditedGrants(model, "INC-1042");
  assert.ok(audited);
  const [placed] = audited.databases;
  assert.ok(placed);
  const logGroup = "/aws/rds/instance/clinic/postgresql";
  const readUntil = toInstant(new Date("2026-11-21T02:00:00Z"));

  it("is of the databases that the grant names", () => {
    assert.deepEqual(
      audited.databases.map(({ database }) => database.name),
      ["clinic"],
    );
  });

  it("says who, why, by whose approval, who else it could be, and what was done, also after the end", () => {
    const lines = [READ, QUOTED].flatMap((message) => parseAuditMessage("postgres", message).lines);
    assert.equal(
      auditRecord(model, audited, [{ placed, logGroup, lines, unread: 0, readUntil }]),
      `## paul.dev: DbRead in prod

- reason: \`INC-1042\`
- approved by: dora.dba
- from 2026-11-20T10:00:00Z until 2026-11-20T14:00:00Z
- the same database user was open to dana.dba in this time: lines below may be theirs

### clinic, as \`dev_readonly_user\`

\`/aws/rds/instance/clinic/postgresql\`, read from 2026-11-20T10:00:00Z until 2026-11-21T02:00:00Z: 2 audit lines, 1 after the grant's end.

| time (UTC) | from | connection | kind | statement |
| --- | --- | --- | --- | --- |
| 2026-11-20T10:03:11Z | \`10.0.1.5(51234)\` | 4711 | \`READ\` | \`select * from visits\` |
| 2026-11-20T14:20:00Z **after the end** | \`10.0.1.5(51234)\` | 4711 | \`READ\` | \`select id, "name"\\n  from visits\` |

- reviewed by, on:
`,
    );
  });

  it("says where there is no log, and where it has no line", () => {
    assert.match(
      auditRecord(model, audited, [{ placed, logGroup, lines: undefined, unread: 0, readUntil }]),
      /There is no log group `\/aws\/rds\/instance\/clinic\/postgresql`: this reads what was done from no other place\./,
    );
    assert.match(
      auditRecord(model, audited, [{ placed, logGroup, lines: [], unread: 0, readUntil }]),
      /: no audit line\./,
    );
    assert.match(
      auditRecord(model, audited, [{ placed, logGroup, lines: [], unread: 2, readUntil }]),
      /\*\*2 lines of audit cannot be read here, whoever wrote them: look at them in the log group\.\*\*/,
    );
  });

  it("is refused of a reason that no grant has", () => {
    assert.throws(
      () => auditedGrants(model, "INC-1"),
      (error) =>
        error instanceof UserError &&
        error.message.startsWith("No temporary grant of DbRead or Dba in src/roster.ts"),
    );
  });
});

describe("a session signs in as", () => {
  const session = (account: string, role: string, name: string): string =>
    `arn:aws:sts::${account}:assumed-role/infra-${role}R-${account === "222222222222" ? "dev" : "prod"}/${name}`;
  const clinic = databaseNamed(model.organization, "clinic", undefined);
  const lab = databaseNamed(model.organization, "lab", undefined);
  const userOf = (caller: string, placedIn = clinic): string =>
    userOfSession(caller, model.organization, placedIn);

  it("the user of its role", () => {
    assert.equal(userOf(session("444444444444", "DbRead", "paul.dev")), "dev_readonly_user");
    assert.equal(userOf(session("444444444444", "Dba", "dora.dba")), "iamdb");
    assert.equal(userOf(session("222222222222", "Developer", "paul.dev"), lab), "paul.dev");
  });

  for (const caller of [
    session("444444444444", "Developer", "paul.dev"),
    session("444444444444", "Ops", "paul.dev"),
    session("222222222222", "DbRead", "paul.dev"),
    "arn:aws:iam::111111111111:user/people/paul.dev",
  ]) {
    it(`nobody, being ${caller}`, () => {
      assert.throws(
        () => userOf(caller),
        (error) => error instanceof UserError && error.message.endsWith("with --profile: DbRead, Dba."),
      );
    });
  }
});
