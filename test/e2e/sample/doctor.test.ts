import { Account } from "@aws-sdk/client-account";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import path from "node:path";

import { changing } from "../support/aws-calls";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const LOCK = path.join(__dirname, "..", "..", "..", "package-lock.json");
const COMPILED = "policypack/dist/policypack/main.js";

interface Report {
  readonly exitStatus: number;
  readonly findings: readonly { readonly name: string; readonly status: string; readonly found: string }[];
}

describe("npm run doctor", function () {
  this.timeout(300_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["users", "dev", "staging", "prod"], rosterToday());
    // The workspace has copies of everything, made in no particular order.
    workspace.writeFile("package-lock.json", readFileSync(LOCK, "utf8"));
    await workspace.shell(`touch ${COMPILED}`);
  });

  const doctor = async (line = "", ...args: readonly string[]) => {
    const { code, stdout, stderr, calls } = await workspace.shell(
      `${line} npm run --silent doctor -- --json ${args.join(" ")}`,
    );
    assert.notEqual(stdout, "", stderr);
    const { exitStatus, findings } = JSON.parse(stdout) as Report;
    assert.equal(code, exitStatus);
    const of = (status: string) => findings.filter((finding) => finding.status === status);
    return { code, findings, of, calls };
  };

  it("finds nothing missing where everything is deployed, and changes nothing", async () => {
    const { code, stdout, stderr, calls } = await workspace.script("doctor");
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual(
      stdout.split("\n").map((line) => line.replace(/: .*/, "")),
      [
        "ok      Node.js",
        "ok      packages",
        "ok      pulumi",
        "ok      policy pack",
        "ok      roster",
        'warning src/roster.ts, people["sarah.devops"].access.prod[0]',
        "ok      backend",
        "ok      settings and stacks",
        "ok      credentials of users",
        "ok      stack users",
        "ok      version of users",
        "ok      settings of users",
        "ok      alarms of users",
        "ok      credentials of dev",
        "ok      stack dev",
        "ok      version of dev",
        "ok      settings of dev",
        "ok      alarms of dev",
        "ok      credentials of staging",
        "ok      stack staging",
        "ok      version of staging",
        "ok      settings of staging",
        "ok      alarms of staging",
        "ok      credentials of prod",
        "ok      stack prod",
        "ok      version of prod",
        "ok      settings of prod",
        "ok      alarms of prod",
        "",
        "Nothing is missing of what these lines name. 1 warning to look at.",
        "Not looked at",
        "",
      ],
    );
    assert.match(stdout, /^ok {6}credentials of dev: 222222222222 by profile dev\.$/m);
    assert.deepEqual(changing(calls), []);
  });

  it("names settings and stacks that no account explains, and accounts without settings, as drift does", async () => {
    await workspace.createStack("old");
    workspace.writeFile("Pulumi.gone.yaml", "config: {}\n");
    await workspace.shell("mv Pulumi.staging.yaml staging.yaml");
    const { code, of } = await doctor();
    const drift = await workspace.script("drift", "--json");
    await workspace.shell(
      "mv staging.yaml Pulumi.staging.yaml; rm Pulumi.gone.yaml; pulumi stack rm old --yes",
    );
    const alone = [
      "Pulumi.gone.yaml: no account in src/organization.ts has this key, and this backend has no such stack",
      "stack old: no account in src/organization.ts has this key, and the stack may still hold an account that nothing else here looks at",
      "Pulumi.staging.yaml: there is no such file, so nobody hears the alarms of staging",
    ];
    const words = ({ name, found }: { readonly name: string; readonly found: string }) => `${name}: ${found}`;
    assert.equal(code, 1);
    assert.deepEqual(
      of("missing")
        .map(words)
        .filter((line) => !line.startsWith("alarms of")),
      alone,
    );
    const { mismatches } = JSON.parse(drift.stdout) as {
      readonly mismatches: readonly { name: string; found: string }[];
    };
    assert.deepEqual(mismatches.map(words), alone);
  });

  it("names a setting that is misspelt, and one that stands outside of its section", async () => {
    const before = workspace.readFile("Pulumi.dev.yaml");
    workspace.writeFile("Pulumi.dev.yaml", `${before}  mustr:trailKey: x\n`);
    workspace.writeFile("Pulumi.prod.yaml", `${before}muster:trailKey: x\n`);
    const { of } = await doctor();
    workspace.writeFile("Pulumi.dev.yaml", before);
    workspace.writeFile("Pulumi.prod.yaml", before);
    assert.deepEqual(
      of("missing").map(({ name, found }) => `${name}: ${found}`),
      [
        'settings of dev: mustr:trailKey: Nothing reads settings of the namespace "mustr"',
        "settings of prod: muster:trailKey: Pulumi reads settings within `config:` alone, and passes over this one",
      ],
    );
  });

  it("says of owners what IAM and AWS's accounts tell, and what they do not", async () => {
    await workspace.client(Account, "dev").putAlternateContact({
      AlternateContactType: "SECURITY",
      Name: "Security",
      Title: "On call",
      EmailAddress: "security@example.com",
      PhoneNumber: "+49 30 1234567",
    });
    const tables = workspace.client(DynamoDB, "prod");
    for (const [TableName, Value] of [
      ["visits", "Public"],
      ["patients", "Sensitive"],
      ["sessions", "none"],
    ])
      await tables.createTable({
        TableName,
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
        Tags: [{ Key: "AccessLevel", Value }],
      });
    const { code, findings, calls } = await doctor("", "--owners");
    for (const TableName of ["visits", "patients", "sessions"]) await tables.deleteTable({ TableName });
    await workspace.client(Account, "dev").deleteAlternateContact({ AlternateContactType: "SECURITY" });
    assert.equal(code, 2);
    const facts = findings.filter(({ name }) => /^(?:root user|contacts|tables|central)/.test(name));
    assert.deepEqual(
      facts.map(({ name, status, found }) => `${status} ${name}: ${found}`),
      [
        "missing root user of users: has no MFA device (CIS 2.5)",
        "missing contacts of users: security not set, billing not set, operations not set",
        "ok tables of users: none in eu-west-1",
        "missing root user of dev: has no MFA device (CIS 2.5)",
        "ok contacts of dev: security set, billing not set, operations not set",
        "ok tables of dev: none in eu-west-1",
        "missing root user of staging: has no MFA device (CIS 2.5)",
        "missing contacts of staging: security not set, billing not set, operations not set",
        "ok tables of staging: none in eu-west-1",
        "missing root user of prod: has no MFA device (CIS 2.5)",
        "missing contacts of prod: security not set, billing not set, operations not set",
        "unknown tables of prod: 3 tables in eu-west-1: 1 tagged AccessLevel=Public, 1 Sensitive, 1 neither; no API tells whether DynamoDB heeds tags",
        "unknown central root management: not readable, because The sandbox does not have iam:ListOrganizationsFeatures, or not in this form; AWS has",
      ],
    );
    assert.deepEqual(changing(calls), []);
  });

  it("names the accounts that the credentials do not belong to", async () => {
    const { code, of } = await doctor("", "--profile", "dev");
    assert.equal(code, 1);
    assert.deepEqual(
      of("missing").map(({ name, found }) => `${name}: ${found.split(". ")[0] ?? ""}`),
      [
        "credentials of users: The credentials for users are those of account 222222222222, not 111111111111",
        "credentials of staging: The credentials for staging are those of account 222222222222, not 333333333333",
        "credentials of prod: The credentials for prod are those of account 222222222222, not 444444444444",
      ],
    );
  });

  it("looks at everything else where there is no pulumi", async () => {
    const node = path.dirname(process.execPath);
    const { code, of } = await doctor(`PATH=${node}:/usr/bin:/bin`);
    assert.equal(code, 2);
    assert.deepEqual(
      of("missing").map(({ name }) => name),
      ["pulumi"],
    );
    assert.deepEqual(
      of("unknown").map(({ name }) => name),
      [
        "backend",
        ...["users", "dev", "staging", "prod"].flatMap((key) => [
          `stack ${key}`,
          `version of ${key}`,
          `settings of ${key}`,
          `alarms of ${key}`,
        ]),
      ],
    );
  });

  it("looks at everything else without a login", async () => {
    const { code, of } = await doctor("env -u PULUMI_BACKEND_URL PULUMI_HOME=$PULUMI_HOME/none");
    assert.equal(code, 2);
    assert.equal(of("missing")[0]?.name, "backend");
    assert.match(of("missing")[0]?.found ?? "", /^no login: /);
  });

  it("says what a new deployment still needs", async () => {
    const state = path.join(workspace.root, "new-state");
    const { code, of } = await doctor(`mkdir -p ${state} && PULUMI_BACKEND_URL=file://${state}`);
    assert.equal(code, 1);
    assert.deepEqual(
      of("missing").map(({ name, found }) => `${name}: ${found}`),
      [
        "stack users: does not exist",
        "version of users: no version: nothing is deployed",
        "settings of users: read by nobody before there is a stack",
        "alarms of users: nobody can hear them before a deployment",
        "stack dev: does not exist",
        "version of dev: no version: nothing is deployed",
        "settings of dev: read by nobody before there is a stack",
        "alarms of dev: nobody can hear them before a deployment",
        "stack staging: does not exist",
        "version of staging: no version: nothing is deployed",
        "settings of staging: read by nobody before there is a stack",
        "alarms of staging: nobody can hear them before a deployment",
        "stack prod: does not exist",
        "version of prod: no version: nothing is deployed",
        "settings of prod: read by nobody before there is a stack",
        "alarms of prod: nobody can hear them before a deployment",
      ],
    );
  });

  it("counts what is wrong in the roster, and looks at the accounts all the same", async () => {
    const { people, ...roster } = rosterToday();
    const { "john.developer": john } = people;
    assert.ok(john);
    workspace.write({
      ...roster,
      people: { ...people, "john.developer": { ...john, access: { prod: "Admin" } } },
    });
    const { code, of } = await doctor();
    workspace.write(rosterToday());
    assert.equal(code, 1);
    assert.deepEqual(
      of("missing").map(({ name, found }) => `${name}: ${found}`),
      ["roster: 1 problem to solve first"],
    );
    assert.equal(of("ok").length, 26);
  });

  it("looks at the tools where the organization is wrong, and says that it knows nothing of the accounts", async () => {
    const file = path.join(workspace.root, "project", "src", "organization.ts");
    const before = readFileSync(file, "utf8");
    workspace.writeFile("src/organization.ts", before.replace("222222222222", "2"));
    const { code, of } = await doctor();
    workspace.writeFile("src/organization.ts", before);
    assert.equal(code, 2);
    assert.deepEqual(
      [of("ok"), of("missing"), of("unknown")].map((findings) => findings.map(({ name }) => name)),
      [["Node.js", "packages", "pulumi", "policy pack", "backend"], ["roster"], ["accounts"]],
    );
  });

  it("does not wait for what does not answer", async () => {
    const silent: Server = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const begun = Date.now();
    const { code, of } = await doctor(
      `mkdir -p slow && printf '#!/bin/sh\\nsleep 60\\n' > slow/pulumi && chmod +x slow/pulumi && AWS_ENDPOINT_URL=http://127.0.0.1:${port} PATH=$PWD/slow:$PATH`,
      "--limit",
      "2",
    );
    silent.close();
    assert.equal(code, 2);
    assert.ok(Date.now() - begun < 45_000);
    assert.deepEqual(
      of("unknown").map(({ name }) => name),
      [
        "pulumi",
        "backend",
        ...["users", "dev", "staging", "prod"].flatMap((key) =>
          ["credentials", "stack", "version", "settings", "alarms"].map((what) =>
            what === "stack" ? `stack ${key}` : `${what} of ${key}`,
          ),
        ),
      ],
    );
  });
});
