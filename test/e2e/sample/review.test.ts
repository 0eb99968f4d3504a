import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { toInstant } from "../../../src/model/dates";
import { periodAt, periodBefore } from "../../../src/review/cadence";
import type { WrittenRoster } from "../../support/rosters";
import { assumeRole } from "../../support/trail-events";
import { assertSucceeded } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const DAY = 86_400_000;
const ACCOUNTS = ["users", "dev", "staging", "prod"] as const;

/** The sample, with managers, and a contractor whose contract is over. */
function roster(): WrittenRoster {
  const { people, ...others } = rosterToday();
  const managers: Readonly<Record<string, string>> = {
    "sarah.devops": "maria.cto",
    "maria.cto": "board@example.com",
    "alex.dba": "sarah.devops",
    "chris.security": "maria.cto",
    "john.developer": "sarah.devops",
  };
  const managed = Object.entries(people).map(([name, person]) => {
    const manager = managers[name];
    return [name, manager === undefined ? person : { ...person, manager }] as const;
  });
  const all = Object.fromEntries(managed);
  return {
    ...others,
    people: {
      ...all,
      "kim.contractor": {
        ...all["kim.contractor"]!,
        until: new Date(Date.now() - DAY).toISOString().slice(0, 10),
      },
    },
  };
}

const statement = (action: string, principal?: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: action,
        Resource: "*",
        ...(principal !== undefined && { Principal: { AWS: principal } }),
      },
    ],
  });

const PEOPLE = [
  "email,status",
  ...["sarah", "maria", "chris", "john"].map((name) => `${name}@example.com,active`),
  "alex@example.com,terminated",
].join("\n");

const RUNBOOK = path.join(__dirname, "..", "..", "..", "docs", "runbooks", "reviews.md");
const EXAMPLE = /(## What it looks like\n[^]*?```text\n)([^]*?)(```\n)/;

/** What the command printed, with the days of another time: those of the runbook. */
const withoutDays = (text: string): string =>
  text.replace(/\d{4}-Q[1-4]/g, "2026-Q4").replace(/\d{4}-\d\d-\d\dT[\d:]{8}Z/g, "2026-11-30T00:00:00Z");

/** What somebody did by hand, and the one finding of each. */
const FOUND = [
  "high break-glass-unrecorded:prod:a-use",
  "high inline-policy:users:user john.developer extra",
  "high left-with-credentials:users:kim.contractor",
  "high mfa-missing:users:maria.cto",
  "high not-employed:users:alex.dba",
  "high secret-opened:prod:by-hand",
  "high shut-out:users:chris.security",
  "high trust-differs:prod:infra-ReadR-prod",
  "high user-outside-roster:users:eve",
  "high wildcard-permission:dev:policy everything",
];

describe("npm run review", function () {
  this.timeout(900_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(ACCOUNTS, roster());
    const [users, dev, prod] = (["users", "dev", "prod"] as const).map((key) => workspace.byHand(key));
    assert.ok(users && dev && prod);
    await users.createUser({ UserName: "eve" });
    await users.putUserPolicy({
      UserName: "john.developer",
      PolicyName: "extra",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
      }),
    });
    await users.createLoginProfile({ UserName: "maria.cto", Password: "correct horse battery staple 1A!" });
    for (let keys = 0; keys < 2; keys++) await users.createAccessKey({ UserName: "kim.contractor" });
    const { Policy: everything } = await dev.createPolicy({
      PolicyName: "everything",
      PolicyDocument: statement("s3:*"),
    });
    await dev.attachRolePolicy({ RoleName: "infra-ReadR-dev", PolicyArn: everything?.Arn ?? "" });
    await prod.updateAssumeRolePolicy({
      RoleName: "infra-ReadR-prod",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { AWS: "arn:aws:iam::999988887777:root" }, Action: "sts:AssumeRole" },
        ],
      }),
    });
    const secrets = workspace.client(SecretsManager, "prod");
    await secrets.createSecret({ Name: "by-hand", SecretString: "nothing" });
    await secrets.putResourcePolicy({
      SecretId: "by-hand",
      ResourcePolicy: statement("secretsmanager:GetSecretValue", "arn:aws:iam::999988887777:root"),
    });
    const now = Date.now();
    const use = {
      ...assumeRole("arn:aws:iam::444444444444:role/infra-BreakGlassR-prod"),
      eventID: "a-use",
      eventTime: `${new Date(now).toISOString().slice(0, 19)}Z`,
    };
    const stream = { logGroupName: "infra-trail", logStreamName: "review" };
    const logs = workspace.client(CloudWatchLogs, "prod");
    await logs.createLogStream(stream);
    await logs.putLogEvents({ ...stream, logEvents: [{ timestamp: now, message: JSON.stringify(use) }] });
    // Denies the user in the identity account, and the sessions in their role of prod.
    await workspace.script("offboard", "chris.security", "--now");
    workspace.writeFile("people.csv", PEOPLE);
    await workspace.script("snapshot", "--live", "{stack}", "--out", "review-before");
  });

  const project = (...parts: readonly string[]): string => path.join(workspace.root, "project", ...parts);
  const reviewName = (): string => readdirSync(project("reviews")).find((name) => name.includes("-Q"))!;
  const review = (...args: readonly string[]) => workspace.script("review", ...args);
  const json = (
    name = reviewName(),
    folder = "reviews",
  ): {
    findings: readonly { severity: string; id: string; rule: string }[];
    checklist: readonly { undecidable: readonly string[] }[];
  } => JSON.parse(readFileSync(project(folder, name, "review.json"), "utf8")) as never;
  const foundIn = (name: string, folder?: string): readonly string[] =>
    json(name, folder).findings.map(({ severity, id }) => `${severity} ${id}`);

  let printed: string;
  const page = (): string =>
    readFileSync(project("reviews", reviewName(), "review.html"), "utf8")
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");

  it("finds each reality that somebody made, once, and nothing else in people and documents", async () => {
    const { code, stdout, stderr, calls } = await review(
      "--cadence",
      "quarterly",
      "--snapshot",
      "review-before",
      "--people",
      "people.csv",
      "--fail-on",
      "high",
    );
    assert.equal(code, 1, stderr);
    assert.deepEqual(calls, []);
    printed = withoutDays(stdout);
    const found = foundIn(reviewName());
    // The emulator's root users have no MFA device, and its accounts no contacts, which is true of them.
    const ofOwners = /^(?:high root-without-mfa|medium security-contact-missing):/;
    assert.deepEqual(
      found.filter((one) => !ofOwners.test(one)),
      FOUND,
      stdout,
    );
    const keys = ["dev", "prod", "staging", "users"];
    assert.deepEqual(
      found.filter((one) => ofOwners.test(one)),
      [
        ...keys.map((key) => `high root-without-mfa:${key}:the root user`),
        ...keys.map((key) => `medium security-contact-missing:${key}:the security contact`),
      ],
    );
  });

  const BY_CADENCE = {
    weekly: ["high break-glass-unrecorded:prod:a-use", "high left-with-credentials:users:kim.contractor"],
    monthly: [
      "high left-with-credentials:users:kim.contractor",
      "high not-employed:users:alex.dba",
      "high secret-opened:prod:by-hand",
      "high shut-out:prod:chris.security",
      "high trust-differs:prod:infra-ReadR-prod",
    ],
  } as const;
  for (const [cadence, expected] of Object.entries(BY_CADENCE)) {
    it(`finds what a ${cadence} review is about, each once, and nothing else`, async () => {
      const asked = ["--cadence", cadence, "--snapshot", "review-before", "--people", "people.csv"];
      const { code, stderr } = await review(...asked, "--reviews", cadence);
      assert.equal(code, 0, stderr);
      const [name = ""] = readdirSync(project(cadence));
      const found = foundIn(name, cadence);
      rmSync(project(cadence), { recursive: true });
      assert.deepEqual(found, expected);
    });
  }

  it("prints what the runbook shows; UPDATE_GOLDEN=1 writes it", () => {
    const written = readFileSync(RUNBOOK, "utf8");
    if (process.env["UPDATE_GOLDEN"] === "1")
      writeFileSync(
        RUNBOOK,
        written.replace(EXAMPLE, (_, before: string, _text, after: string) => before + printed + after),
      );
    assert.equal(EXAMPLE.exec(readFileSync(RUNBOOK, "utf8"))?.[2], printed);
  });

  it("says what the sandbox could not tell", () => {
    const lines = json().checklist.flatMap(({ undecidable }) => undecidable);
    for (const section of ["analyzerFindings", "rootManagement"])
      assert.ok(lines.some((line) => line.startsWith(`prod, ${section}: `)));
  });

  /** Decides in the file: everything is kept with a note, but for one role, by whom the review asks. */
  function decideInFile(): void {
    const file = project("reviews", reviewName(), "decisions.csv");
    const [head = [], ...rows] = parse(readFileSync(file, "utf8"), {
      skip_empty_lines: true,
    }) as readonly (readonly string[])[];
    const place = (column: string): number => head.indexOf(column);
    const decided = rows.map((row) => {
      const isRemoved = row[place("who")] === "alex.dba" && row[place("account")] === "prod";
      const filled = [...row];
      filled[place("decision")] = isRemoved ? "remove" : "keep";
      filled[place("reviewer")] = row[place("asked of")] ?? "";
      filled[place("note")] = isRemoved ? "" : "looked at";
      return filled;
    });
    workspace.writeFile(path.join("reviews", reviewName(), "decisions.csv"), stringify([head, ...decided]));
  }

  it("refuses to be signed while a row is open, is decided by keys, and keeps what was decided before Ctrl-C", async () => {
    const refused = await review("sign", reviewName(), "--as", "security", "--by", "chris.security");
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /alex\.dba, prod\/DbRead: nobody has decided\./);
    const decide = `npm run --silent review -- decide ${reviewName()} --as sarah.devops`;
    const walked = await workspace.inTerminal(200, decide, ["k\r", "looked at\r", "\x03"]);
    const left =
      /\n1 row decided now; (\d+) of yours left, (\d+) rows of the whole review\.\nTo go on: (.*)\n$/;
    const [, yours = "", all = "", command = ""] = left.exec(walked.stdout) ?? [];
    assert.ok(
      command.startsWith(`npm run review -- decide ${reviewName()} --as sarah.devops`),
      walked.stdout,
    );
    const again = await workspace.shell(`${decide} < /dev/null`);
    assert.equal(again.code, 0, again.stderr);
    assert.ok(
      again.stdout.includes(`0 rows decided now; ${yours} of yours left, ${all} rows of the whole review.`),
      again.stdout,
    );
    // Reports change in no branch in which somebody decides: they would not merge.
    assert.match(page(), /\d+ rows to decide/);
    assert.equal((await review("report", reviewName())).code, 0);
    assert.match(page(), /1 of \d+ rows decided/);
    const { stdout } = await review("status");
    assert.match(stdout, new RegExp(`^${reviewName()} waits for .*sarah\\.devops \\(\\d+\\)`, "m"));
    decideInFile();
  });

  it("is late from the day after its last, with those whom it waits for", async () => {
    const present = periodAt("quarterly", toInstant(new Date()));
    const before = periodBefore(present);
    // The same review, as somebody opened it a quarter ago and left it.
    const [opened, late] = [project("reviews", reviewName()), project("late", before.name)];
    cpSync(opened, late, { recursive: true });
    const file = path.join(late, "review.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), period: before }));
    const { code, stdout, stderr } = await review("status", "--reviews", "late");
    const json = await review("status", "--reviews", "late", "--json");
    rmSync(project("late"), { recursive: true });
    assert.equal(code, 1, stderr);
    assert.match(
      stdout,
      new RegExp(
        `quarterly +│ ${before.name} +│ open: (\\d+) of \\1 decided +│ LATE since ${before.until.slice(0, 10)} +│`,
      ),
    );
    assert.match(stdout, new RegExp(`quarterly +│ ${present.name} +│ not opened +│ by `));
    assert.match(stdout, new RegExp(`^${before.name}: every row is decided; npm run review -- sign `, "m"));
    assert.deepEqual(
      (JSON.parse(json.stdout) as readonly { period: { name: string }; isLate: boolean }[])
        .filter(({ isLate }) => isLate)
        .map(({ period }) => period.name),
      [before.name],
    );
  });

  it("is signed, removed, deployed, and closed by a second snapshot alone", async () => {
    const name = reviewName();
    const signed = await review("sign", name, "--as", "security", "--by", "chris.security");
    assert.equal(signed.code, 0, signed.stderr);
    const early = await review("close", name, "--snapshot", "review-before");
    assert.equal(early.code, 2);
    assert.match(early.stderr, /take a new one after the deployment/);
    const applied = await workspace.shell(`git apply --verbose reviews/${name}/removals.diff`);
    assert.equal(applied.code, 0, applied.stderr);
    await workspace.script("snapshot", "--live", "{stack}", "--out", "review-between");
    const between = await review("close", name, "--snapshot", "review-between");
    assert.equal(between.code, 1, between.stderr);
    assert.match(between.stdout, /OPEN +remove alex\.dba, prod\/DbRead: the roster gives it no more; /);
    for (const stack of ["users", "prod"]) assertSucceeded(await workspace.deploy(stack, "--refresh"));
    await workspace.script("snapshot", "--live", "{stack}", "--out", "review-after");
    assert.match(page(), /Not closed 0 of 1 removals and changes have happened/);
    const closed = await review("close", name, "--snapshot", "review-after");
    assert.equal(closed.code, 0, closed.stdout + closed.stderr);
    assert.match(closed.stdout, /done +remove alex\.dba, prod\/DbRead: the roster gives it no more; /);
    assert.match(page(), /Closed 1 of 1 removals and changes have happened/);
    assert.match(page(), /(\d+) of \1 rows decided/);
    const { stdout } = await review("status");
    assert.match(stdout, new RegExp(`quarterly +│ ${name} +│ closed`));
  });

  after(async () => {
    await workspace.script("offboard", "chris.security", "--undo");
    await workspace
      .client(CloudWatchLogs, "prod")
      .deleteLogStream({ logGroupName: "infra-trail", logStreamName: "review" });
    const users = workspace.byHand("users");
    await users.deleteUser({ UserName: "eve" });
    await users.deleteUserPolicy({ UserName: "john.developer", PolicyName: "extra" });
    await users.deleteLoginProfile({ UserName: "maria.cto" });
    const { AccessKeyMetadata: keys = [] } = await users.listAccessKeys({ UserName: "kim.contractor" });
    for (const { AccessKeyId } of keys)
      await users.deleteAccessKey({ UserName: "kim.contractor", AccessKeyId: AccessKeyId ?? "" });
    await workspace
      .client(SecretsManager, "prod")
      .deleteSecret({ SecretId: "by-hand", ForceDeleteWithoutRecovery: true });
    const dev = workspace.byHand("dev");
    const arn = "arn:aws:iam::222222222222:policy/everything";
    await dev.detachRolePolicy({ RoleName: "infra-ReadR-dev", PolicyArn: arn });
    await dev.deletePolicy({ PolicyArn: arn });
    workspace.byHand("prod");
  });
});
