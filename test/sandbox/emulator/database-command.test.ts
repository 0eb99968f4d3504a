import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { RDS } from "@aws-sdk/client-rds";
import { STS } from "@aws-sdk/client-sts";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { managementKey } from "../../../sandbox/accounts";
import { toInstant } from "../../../src/model/dates";
import { definition } from "../../e2e/support/definition";
import { removeFolder, temporaryFolder } from "../../e2e/support/temporary-folder";
import { GIT_ENVIRONMENT } from "../../support/git-history";
import { openEmulatedAccounts, type EmulatedAccounts } from "./emulated-accounts";

const CHECKOUT = path.join(__dirname, "..", "..", "..");
const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / 1_000) * 1_000;
const [FROM, UNTIL] = [NOW - 3 * HOUR, NOW - HOUR];

/** The four that a company may have, under the names that the organization gives them. */
const DATABASES = {
  clinic: { engine: "postgres", rds: "postgres", isCluster: false, log: "postgresql" },
  billing: { engine: "mysql", rds: "mysql", isCluster: false, log: "audit" },
  visits: { engine: "postgres", rds: "aurora-postgresql", isCluster: true, log: "postgresql" },
  orders: { engine: "mysql", rds: "aurora-mysql", isCluster: true, log: "audit" },
} as const;
type Name = keyof typeof DATABASES;
const NAMES: readonly Name[] = ["clinic", "billing", "visits", "orders"];

const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
const time = (moment: number): string => new Date(moment).toISOString().slice(11, 19);

/** A line of audit as each engine's RDS writes it, cut from published ones. */
const LINES: Readonly<Record<(typeof DATABASES)[Name]["rds"], (moment: number, user: string) => string>> = {
  postgres: (moment, user) =>
    `${day(moment)} ${time(moment)} UTC:10.0.1.5(51234):${user}@app:[4711]:LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.visits,select 1 from visits,<not logged>`,
  "aurora-postgresql": (moment, user) =>
    `${day(moment)} ${time(moment)} UTC:fd00:ec2::5(51234):${user}@app:[4711]:LOG:  AUDIT: OBJECT,1,1,READ,SELECT,TABLE,public.visits,"select id, name from visits",<none>`,
  mysql: (moment, user) =>
    `${day(moment).replaceAll("-", "")} ${time(moment)},ip-10-0-1-9,${user},10.0.1.5,12,345,QUERY,app,'SELECT 1 FROM visits',0`,
  "aurora-mysql": (moment, user) =>
    `${String(moment * 1_000)},aurora-mysql-instance-1,${user},10.0.1.5,223153,20070830,QUERY,app,'SELECT \\'a\\' FROM visits',0`,
};

describe("npm run database, on the emulator", function () {
  this.timeout(240_000);
  const folder = temporaryFolder();
  let emulated: EmulatedAccounts;
  let sessions: Readonly<Record<string, NodeJS.ProcessEnv>> = {};

  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { status, stdout, stderr } = spawnSync(
      "node",
      ["start/command.js", "src/cli/database.ts", ...args],
      {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, ...env },
      },
    );
    return { status, stdout, stderr };
  };

  /** Keys of a session of a role in dev, as an environment has them. */
  async function sessionOf(role: string, session: string): Promise<NodeJS.ProcessEnv> {
    const sts = new STS({ endpoint: emulated.endpoint, region: "eu-west-1", credentials: managementKey });
    const { Credentials: keys } = await sts.assumeRole({
      RoleArn: `arn:aws:iam::222222222222:role/infra-${role}R-dev`,
      RoleSessionName: session,
    });
    return {
      AWS_ACCESS_KEY_ID: keys?.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey,
      AWS_SESSION_TOKEN: keys?.SessionToken,
    };
  }

  /** @returns the group's name */
  async function makeAuditOptions(rds: RDS): Promise<string> {
    await rds.createOptionGroup({
      OptionGroupName: "audited",
      EngineName: "mysql",
      MajorEngineVersion: "5.6",
      OptionGroupDescription: "With the audit plugin.",
    });
    await rds.modifyOptionGroup({
      OptionGroupName: "audited",
      ApplyImmediately: true,
      OptionsToInclude: [
        {
          OptionName: "MARIADB_AUDIT_PLUGIN",
          OptionSettings: [{ Name: "SERVER_AUDIT_EVENTS", Value: "CONNECT,QUERY" }],
        },
      ],
    });
    return "audited";
  }

  /** @returns its resource id */
  async function makeDatabase(rds: RDS, name: Name): Promise<string> {
    const { rds: Engine, isCluster, log } = DATABASES[name];
    const common = {
      Engine,
      MasterUsername: "master",
      MasterUserPassword: "not-a-real-one",
      StorageEncrypted: true,
      EnableIAMDatabaseAuthentication: true,
      EnableCloudwatchLogsExports: [log],
    };
    if (isCluster) {
      // The emulator's own groups of cluster parameters are not there to be read.
      const DBClusterParameterGroupName = `parameters-of-${name}`;
      await rds.createDBClusterParameterGroup({
        DBClusterParameterGroupName,
        DBParameterGroupFamily: `${Engine}8`,
        Description: "Nothing is set.",
      });
      const { DBCluster } = await rds.createDBCluster({
        DBClusterIdentifier: name,
        DBClusterParameterGroupName,
        ...common,
      });
      return DBCluster?.DbClusterResourceId ?? "";
    }
    const { DBInstance } = await rds.createDBInstance({
      DBInstanceIdentifier: name,
      DBInstanceClass: "db.t4g.micro",
      AllocatedStorage: 20,
      // The emulator's own groups of options are not there to be read.
      ...(name === "billing" && { OptionGroupName: await makeAuditOptions(rds) }),
      ...common,
    });
    return DBInstance?.DbiResourceId ?? "";
  }

  before(async () => {
    emulated = await openEmulatedAccounts();
    const rds = emulated.client(RDS, "dev");
    const logs = emulated.client(CloudWatchLogs, "dev");
    const instances: Record<string, object> = {};
    for (const name of NAMES) {
      const { engine, rds: kind, isCluster, log } = DATABASES[name];
      const id = await makeDatabase(rds, name);
      // The emulator writes small letters, where RDS has capitals.
      instances[name] = { id: id.replace(/-.*/, (rest) => rest.toUpperCase()), engine, database: "app" };
      const logGroupName = `/aws/rds/${isCluster ? "cluster" : "instance"}/${name}/${log}`;
      await logs.createLogGroup({ logGroupName });
      await logs.createLogStream({ logGroupName, logStreamName: "1" });
      const event = (moment: number, user: string) => ({
        timestamp: moment,
        message: LINES[kind](moment, user),
      });
      await logs.putLogEvents({
        logGroupName,
        logStreamName: "1",
        logEvents: [
          event(FROM - HOUR / 2, "dev_readonly_user"),
          event(FROM + HOUR / 2, "dev_readonly_user"),
          event(FROM + HOUR / 2 + 1_000, "app"),
          event(UNTIL + HOUR / 2, "dev_readonly_user"),
        ],
      });
    }
    for (const entry of ["src", "start", "package.json", "tsconfig.json"]) {
      cpSync(path.join(CHECKOUT, entry), path.join(folder, entry), { recursive: true });
    }
    symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(folder, "node_modules"), "dir");
    const organization = {
      prefix: "infra",
      region: "eu-west-1",
      accounts: {
        users: { id: "111111111111", kind: "identity" },
        dev: { id: "222222222222", kind: "workload", environment: "dev", databases: { instances } },
      },
    };
    const roster = {
      people: {
        "dana.dba": { email: "dana@example.com", category: "dba", access: {} },
        "mia.dev": { email: "mia@example.com", category: "developer", access: { dev: "Developer" } },
      },
      temporary: [
        {
          person: "mia.dev",
          account: "dev",
          role: "DbRead",
          from: toInstant(new Date(FROM)),
          until: toInstant(new Date(UNTIL)),
          reason: "INC-1042",
          approvedBy: ["dana.dba"],
        },
      ],
    };
    const write = (name: string, text: string): void => writeFileSync(path.join(folder, "src", name), text);
    write("organization.ts", definition("organization", "defineOrganization", [organization]));
    write("roster.ts", definition("roster", "defineRoster", ["organization", roster]));
    write("workloads.ts", definition("workloads", "defineWorkloads", [{}]));
    sessions = {
      DbRead: await sessionOf("DbRead", "mia.dev"),
      Dba: await sessionOf("Dba", "dana.dba"),
      Developer: await sessionOf("Developer", "mia.dev"),
      Read: await sessionOf("Read", "mia.dev"),
    };
  });

  after(async () => {
    removeFolder(folder);
    await emulated.close();
  });

  it("check says of every one what is right, what is not and what to do", () => {
    const { status, stdout, stderr } = run(["check"]);
    assert.equal(status, 1, stderr);
    for (const name of NAMES) assert.ok(stdout.includes(`${name} in dev\n`), stdout);
    assert.equal(stdout.match(/✔ IAM authentication is on/g)?.length, 4, stdout);
    assert.equal(stdout.match(/✔ its log (postgresql|audit) goes to CloudWatch/g)?.length, 4, stdout);
    assert.equal(
      stdout.match(/✔ its engine is (postgres|mysql|aurora-postgresql|aurora-mysql)$/gm)?.length,
      4,
    );
    assert.equal(stdout.match(/✖ pgAudit is not loaded/g)?.length, 2);
    assert.match(stdout, /billing in dev\n[^]*✔ connections and queries are audited[^]*visits in dev\n/);
    assert.match(
      stdout,
      /orders in dev\n[^]*✖ nothing is audited\n {4}To do: In its cluster's parameter group set server_audit_logging = 1/,
    );
    assert.match(stdout, /\n\d+ things to do in 4 databases\.\n$/);
  });

  it("sql prints the engine's statements, with the user of a developer and the end of a grant", () => {
    for (const name of NAMES) {
      const { status, stdout, stderr } = run(["sql", name]);
      assert.equal(status, 0, stderr);
      const isPostgres = DATABASES[name].engine === "postgres";
      assert.match(
        stdout,
        isPostgres
          ? /GRANT rds_iam TO "mia\.dev";/
          : /CREATE USER IF NOT EXISTS 'mia\.dev'@'%' IDENTIFIED WITH AWSAuthenticationPlugin/,
      );
      assert.match(
        stdout,
        isPostgres
          ? /pg_terminate_backend\(pid\).* AND backend_start < /
          : /mysql\.rds_kill.* WHERE user = 'dev_readonly_user';/,
      );
      assert.ok(stdout.includes("-- mia.dev, INC-1042, until "), stdout);
    }
  });

  it("token signs in as the user that the role may be, to each", () => {
    for (const name of NAMES) {
      for (const [role, user] of [
        ["DbRead", "dev_readonly_user"],
        ["Dba", "iamdb"],
        ["Developer", "mia.dev"],
      ] as const) {
        const { status, stdout, stderr } = run(["token", name], sessions[role]);
        assert.equal(status, 0, stderr);
        assert.ok(stdout.includes(`Action=connect&DBUser=${user}&`), stdout);
        assert.ok(stderr.includes(`Signs in to ${name} in dev as ${user}, for 15 minutes.`), stderr);
        assert.match(stderr, DATABASES[name].engine === "postgres" ? /\bpsql / : /\bmysql /);
      }
    }
  });

  it("token refuses a role that signs in nowhere", () => {
    const { status, stdout, stderr } = run(["token", "clinic"], sessions["Read"]);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /signs in to no database of dev\. Name a profile of one of its roles/);
  });

  it("audit writes the record of a grant, by every engine's lines, in its time and of its user", () => {
    const { status, stdout, stderr } = run(["audit", "INC-1042"]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^## mia\.dev: DbRead in dev\n\n- reason: `INC-1042`\n- approved by: dana\.dba\n/);
    assert.equal(stdout.match(/: 2 audit lines, 1 after the grant's end\./g)?.length, 4, stdout);
    for (const [source, kind, statement] of [
      ["10.0.1.5(51234)", "READ", "select 1 from visits"],
      ["fd00:ec2::5(51234)", "READ", "select id, name from visits"],
      ["10.0.1.5", "QUERY", "SELECT 1 FROM visits"],
      ["10.0.1.5", "QUERY", "SELECT 'a' FROM visits"],
    ] as const) {
      const row = new RegExp(
        `^\\| ${toInstant(new Date(FROM + HOUR / 2))} \\| \`${source.replace(/[().]/g, "\\$&")}\` \\| \\d+ \\| \`${kind}\` \\| \`${statement}\` \\|$`,
        "m",
      );
      assert.match(stdout, row);
    }
  });

  it("audit reads of a grant that has left the roster in the commit that has it", () => {
    const roster = path.join(folder, "src", "roster.ts");
    const written = readFileSync(roster, "utf8");
    const git = (...args: readonly string[]) =>
      execFileSync("git", args, { cwd: folder, env: { ...process.env, ...GIT_ENVIRONMENT } });
    git("init", "--quiet");
    writeFileSync(path.join(folder, ".gitignore"), "node_modules\n");
    git("add", "--all");
    git("commit", "--quiet", "--message", "with the grant");
    writeFileSync(roster, written.replaceAll("INC-1042", "INC-1"));
    const { status, stderr } = run(["audit", "INC-1042"]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /name a commit that has it: --ref <commit>\. npm run access -- history tells which\./,
    );
    const then = run(["audit", "INC-1042", "--ref", "HEAD"]);
    assert.equal(then.status, 0, then.stderr);
    assert.match(then.stdout, /^## mia\.dev: DbRead in dev\n\n- reason: `INC-1042`\n/);
    writeFileSync(roster, written);
  });

  it("audit counts lines that it cannot read, and says so by its exit status", async () => {
    await emulated.client(CloudWatchLogs, "dev").putLogEvents({
      logGroupName: "/aws/rds/instance/billing/audit",
      logStreamName: "1",
      logEvents: [{ timestamp: FROM + HOUR, message: "of another version" }],
    });
    const { status, stdout } = run(["audit", "INC-1042"]);
    assert.equal(status, 1);
    assert.match(stdout, /\*\*1 line of audit cannot be read here/);
  });

  for (const [args, message] of [
    [["sql", "clinc"], /names no database "clinc"\. Allowed: .*Did you mean "clinic"\?/],
    [["audit", "INC-1"], /No temporary grant of DbRead or Dba in src\/roster\.ts has the reason "INC-1"\./],
    [["check", "clinic", "--account", "prod"], /There is no account "prod"\. Allowed: /],
    [["check", "clinc", "--account", "dev"], /dev names no database "clinc"/],
    [["token"], /missing required argument 'database'/],
  ] as const) {
    it(`refuses ${args.join(" ")}`, () => {
      const { status, stderr } = run(args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /^\s+at /m);
    });
  }
});
