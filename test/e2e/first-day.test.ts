import { S3 } from "@aws-sdk/client-s3";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { WrittenAccount, WrittenPerson, WrittenRoster } from "../support/rosters";
import { definition } from "./support/definition";
import { admittedBy, groupsOf } from "./support/live";
import { assertRefused, assertSucceeded } from "./support/outcome";
import { SETTINGS, Workspace, type Organization } from "./support/workspace";

const PACK = ["--policy-pack", "policypack"];
const DAY = 86_400_000;
const NOW = Date.now();
const HOUR_AGO = new Date(NOW - DAY / 24).toISOString();
const dayFromNow = (days: number): string => new Date(NOW + days * DAY).toISOString().slice(0, 10);
const person = (
  name: string,
  category: WrittenPerson["category"],
  access: WrittenPerson["access"],
): [string, WrittenPerson] => [name, { email: `${name.split(".")[0]}@example.com`, category, access }];

const ACCOUNTS: Readonly<Record<string, WrittenAccount>> = {
  identity: { id: "101010101010", kind: "identity" },
  dev: { id: "202020202020", kind: "workload", environment: "dev" },
  staging: { id: "303030303030", kind: "workload", environment: "staging" },
  prod: { id: "404040404040", kind: "workload", environment: "prod" },
};
const DATA: WrittenAccount = { id: "505050505050", kind: "workload", environment: "prod" };

const companyOf = (accounts: Readonly<Record<string, WrittenAccount>>): Organization => ({
  prefix: "clinic",
  region: "eu-central-1",
  accounts,
});

/** Fourteen people, as the company has them in the morning. */
const MORNING: WrittenRoster = {
  people: Object.fromEntries([
    person("ada.devops", "devops", { dev: "Admin", staging: "Ops", prod: "Read" }),
    person("ben.devops", "devops", { dev: "Admin", staging: "Ops", prod: "Read" }),
    person("mona.devops", "devops", { dev: "Ops", staging: "Ops" }),
    person("cleo.developer", "developer", { dev: "Developer", staging: "Developer" }),
    person("dan.developer", "developer", { dev: "Developer", staging: "Developer" }),
    person("eve.developer", "developer", { dev: "Developer" }),
    person("finn.developer", "developer", { dev: "Developer" }),
    person("gina.dba", "dba", { staging: "Dba", prod: "DbRead" }),
    person("hugo.security", "security", { identity: "Security", prod: "Security" }),
    person("ida.security", "security", { prod: "Security" }),
    person("ines.qa", "qa", { staging: "Developer" }),
    person("jon.analyst", "analyst", { staging: "Analyst" }),
    person("kai.executive", "executive", { prod: "Dashboard" }),
    [
      "lara.contractor",
      {
        email: "lara@partner.example",
        category: "contractor",
        project: "phoenix",
        sponsor: "ada.devops",
        from: dayFromNow(-30),
        until: dayFromNow(60),
        access: { dev: "Developer" },
      },
    ],
  ]),
  power: ["ada.devops", "ben.devops"],
  breakGlass: { prod: { primary: "ada.devops", backup: "kai.executive" } },
};

/** The roster after the day's changes: somebody joins, one is renamed, one gets prod's database for three hours, one leaves. */
function evening(): WrittenRoster {
  const { "eve.developer": eve, ...people } = MORNING.people;
  delete people["finn.developer"];
  return {
    ...MORNING,
    people: {
      ...people,
      ...Object.fromEntries([person("nils.developer", "developer", { dev: "Developer" })]),
      "eva.developer": { ...eve!, renamedFrom: "eve.developer" },
    },
    temporary: [
      {
        person: "cleo.developer",
        account: "prod",
        role: "DbRead",
        from: HOUR_AGO,
        until: new Date(NOW + DAY / 12).toISOString(),
        reason: "INC-7",
        approvedBy: ["gina.dba"],
      },
    ],
    departed: ["finn.developer"],
  };
}

/** The evening's roster, with what people get in the new account. */
function withData(): WrittenRoster {
  const roster = evening();
  const { "gina.dba": gina, "ada.devops": ada } = roster.people;
  return {
    ...roster,
    people: {
      ...roster.people,
      "gina.dba": { ...gina!, access: { ...gina!.access, data: "Dba" } },
      "ada.devops": { ...ada!, access: { ...ada!.access, data: "Read" } },
    },
  };
}

/** What a command printed, without what differs from day to day and from machine to machine. */
const settled = (text: string): string =>
  text
    .replaceAll(/\d{8}T\d{6}Z/g, "00000000T000000Z")
    .replaceAll(/\d{4}-\d\d-\d\d(?:T[\d:.]+Z| \d\d:\d\d(?::\d\d)?)?/g, (moment) =>
      moment.replaceAll(/\d/g, "0"),
    )
    .trimEnd();

/** Commands that read the roster or the accounts and print for people. */
const COMMANDS: readonly (readonly [name: string, line: string, status: number])[] = [
  ["access", "npm run --silent access", 0],
  ["access-can", "npm run --silent access -- can cleo.developer prod rds-db:connect", 0],
  ["access-who-can", "npm run --silent access -- who-can iam:CreateUser --account prod", 0],
  ["access-live", 'npm run --silent access -- --live "{stack}"', 0],
  ["aws-config", "npm run --silent aws-config -- ada.devops --file config", 0],
  ["offboard", "npm run --silent offboard -- dan.developer", 0],
  ["notices", "npm run --silent notices", 0],
  ["drift", "npm run --silent drift", 0],
  ["bootstrap-files", "npm run --silent bootstrap-files -- --out bootstrap", 0],
  ["ci-account", "npm run --silent ci:account -- dev", 0],
];

/** Commands whose output differs from machine to machine, or from day to day. */
const FITTING_COMMANDS: readonly (readonly [line: string, status: number])[] = [
  ["npm run --silent alarm -- test prod", 0],
  ["npm run --silent break-glass -- list", 0],
  ["npm run --silent database -- check", 2],
];

const EDITED_FILES = ["src/organization.ts", "src/roster.ts", "src/workloads.ts", "policypack/exemptions.ts"];

/** What somebody writes into a file, and what every command and the program say of it. */
const MISTAKES: readonly (readonly [what: string, text: string, message: string])[] = [
  ["a fault of syntax", "export const mistake = [\n  1 2,\n];\n", ":2:5: "],
  [
    "a name that nothing declares",
    "interface Own {\n  name: string;\n}\nexport const mistake: Own = { name: ann };\n",
    ":4:37: ann is not defined",
  ],
];

const GOLDEN = path.join(__dirname, "golden", "first-day");

function assertGolden(name: string, text: string): void {
  const file = path.join(GOLDEN, `${name}.txt`);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, `${text}\n`);
  assert.equal(text, readFileSync(file, "utf8").trimEnd());
}

describe("The first day of a company with fourteen people", function () {
  this.timeout(600_000);
  let workspace: Workspace;

  const write = (accounts: Readonly<Record<string, WrittenAccount>>, roster: WrittenRoster): void => {
    workspace.writeFile(
      "src/organization.ts",
      definition("organization", "defineOrganization", [companyOf(accounts)]),
    );
    workspace.write(roster);
  };

  const deployAll = async (stacks: readonly string[]): Promise<void> => {
    const outcomes = await workspace.inEach(stacks, (stack) => workspace.deploy(stack, ...PACK));
    for (const outcome of outcomes.values()) assertSucceeded(outcome);
  };

  const assertNothingToDo = async (stacks: readonly string[]): Promise<void> => {
    const again = ["--refresh", "--expect-no-changes"];
    const outcomes = await workspace.inEach(stacks, (stack) => workspace.preview(stack, ...again));
    for (const outcome of outcomes.values()) assertSucceeded(outcome);
  };

  before(async () => {
    workspace = await Workspace.open({
      organization: companyOf({ ...ACCOUNTS, data: DATA }),
      roster: MORNING,
    });
    const { code, stderr } = await workspace.shell("pulumi stack rm data --yes");
    assert.equal(code, 0, stderr);
    write(ACCOUNTS, MORNING);
  });

  after(async () => {
    await workspace.remove();
  });

  it("brings up four accounts with the pack, and has nothing to do in a second run", async () => {
    await deployAll(Object.keys(ACCOUNTS));
    await assertNothingToDo(Object.keys(ACCOUNTS));
  });

  it("makes of a day's edits what they say", async () => {
    write(ACCOUNTS, evening());
    await deployAll(Object.keys(ACCOUNTS));
    const iam = workspace.iam("identity");
    const { Users: users = [] } = await iam.listUsers({});
    assert.deepEqual(
      users.map(({ UserName }) => UserName).toSorted(),
      Object.keys(evening().people).toSorted(),
    );
    assert.deepEqual(await admittedBy(workspace.iam("prod"), "clinic-DbReadR-prod"), [
      "cleo.developer",
      "gina.dba",
    ]);
  });

  for (const [name, line, status] of COMMANDS) {
    it(`prints within 80 columns: ${line}`, async () => {
      const { code, stdout } = await workspace.inTerminal(80, line);
      assert.equal(code, status, stdout);
      assert.deepEqual(
        stdout.split("\n").filter((shown) => shown.length > 80),
        [],
      );
      assertGolden(name, settled(stdout));
    });
  }

  for (const [line, status] of FITTING_COMMANDS) {
    it(`fits into 80 columns: ${line}`, async () => {
      const { code, stdout } = await workspace.inTerminal(80, line);
      assert.equal(code, status, stdout);
      assert.deepEqual(
        stdout.split("\n").filter((shown) => shown.length > 80 && shown.includes(" ")),
        [],
      );
    });
  }

  for (const file of EDITED_FILES) {
    for (const [what, text, message] of MISTAKES) {
      it(`names the place of ${what} in ${file}, in a preview with the pack`, async () => {
        const before = workspace.readFile(file);
        workspace.writeFile(file, text);
        const { code, output } = await workspace.preview("dev", ...PACK);
        workspace.writeFile(file, before);
        assert.notEqual(code, 0);
        assert.ok(output.includes(`${file}${message}`), output);
        assert.doesNotMatch(output, /failed to start|unhandled exception|node:internal/);
      });
    }
  }

  describe("with an account more", () => {
    it("names the account that has no stack, and how to make one", async () => {
      write({ ...ACCOUNTS, data: DATA }, withData());
      const { code, stdout } = await workspace.inTerminal(80, "npm run --silent drift -- data");
      assert.equal(code, 2);
      assert.match(
        stdout.replaceAll(/\s+/g, " "),
        /data \(505050505050\): not looked at\. The backend has no stack data: .*`pulumi stack init data`/,
      );
    });

    it("is deployed by the runbook's steps: its group comes with the people's account", async () => {
      const { code, stderr } = await workspace.shell("pulumi stack init data --no-select");
      assert.equal(code, 0, stderr);
      workspace.writeFile("Pulumi.data.yaml", SETTINGS);
      await deployAll(["data"]);
      const groups = () => groupsOf(workspace.iam("identity"), "gina.dba");
      assert.ok(!(await groups()).includes("clinic-AssumeRoleG-data"));
      await deployAll(["identity"]);
      assert.deepEqual(await admittedBy(workspace.iam("data"), "clinic-DbaR-data"), ["gina.dba"]);
      assert.ok((await groups()).includes("clinic-AssumeRoleG-data"));
      await assertNothingToDo(["identity", "dev", "staging", "prod", "data"]);
    });
  });

  describe("with an account less", () => {
    it("refuses every stack where the key went before the stack", async () => {
      write(ACCOUNTS, evening());
      assertRefused(await workspace.preview("dev"), /Pulumi\.data\.yaml/);
    });

    it("leaves no role by the runbook's commands, which need no key, and the trail's bucket", async () => {
      assertSucceeded(await workspace.destroy("data"));
      const { code, stderr } = await workspace.shell("pulumi stack rm data --yes");
      assert.equal(code, 0, stderr);
      await deployAll(["identity"]);
      const { Roles: roles = [] } = await workspace.iam("data").listRoles({});
      const { Buckets: buckets = [] } = await workspace.client(S3, "data").listBuckets({});
      assert.deepEqual([roles, buckets.map(({ Name }) => Name)], [[], ["clinic-trail-505050505050"]]);
      const { code: status, stdout } = await workspace.script("drift");
      assert.equal(status, 0, stdout);
      assert.doesNotMatch(stdout, /data/);
    });
  });
});
