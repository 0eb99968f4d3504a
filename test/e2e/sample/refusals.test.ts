import assert from "node:assert/strict";

import { rosterOfSize, type WrittenPerson, type WrittenRoster } from "../../support/rosters";
import { changing } from "../support/aws-calls";
import { definition } from "../support/definition";
import { assertRefused, type Outcome } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import { SETTINGS, type Workspace } from "../support/workspace";

/** `pulumi` where there is no such stack. */
const UNKNOWN_STACK = 6;

/** The sample's roster with ten mistakes. */
function tenMistakes(): WrittenRoster {
  const { people, temporary, ...roster } = rosterToday();
  return {
    ...roster,
    people: {
      ...people,
      "john.developer": { ...people["john.developer"]!, access: { dev: "Developer", prod: "Admin" } },
      "maria.cto": { ...people["maria.cto"]!, email: "maria" },
      "alex.dba": { ...people["alex.dba"]!, access: { staging: "Dbaa", qa: "Dba" } },
      "kim.contractor": { ...people["kim.contractor"]!, from: "2026-02-30", sponsor: "nobody" },
      "old.colleague": { email: "old@example.com", category: "developer", access: {} },
    },
    power: ["john.developer", "sarah.devops"],
    breakGlass: { prod: { primary: "john.developer" } },
    temporary: (temporary ?? []).map((grant) => ({ ...grant, approvedBy: ["john.developer"] })),
  };
}

const TEN_PLACES = [
  'breakGlass.prod.primary = "john.developer"',
  'people["alex.dba"].access.qa',
  'people["alex.dba"].access.staging = "Dbaa"',
  'people["john.developer"].access.prod = "Admin"',
  'people["kim.contractor"].from = "2026-02-30"',
  'people["kim.contractor"].sponsor = "nobody"',
  'people["maria.cto"].email = "maria"',
  'people["old.colleague"] = "old.colleague"',
  'power[0] = "john.developer"',
  'temporary[0].approvedBy[0] = "john.developer"',
];

/** Contractors whose contracts all end on different days: each needs a statement of its own in the trust. */
function manyDates(): WrittenRoster {
  const { people, ...roster } = rosterToday();
  const { from = "", ...contractor } = people["kim.contractor"]!;
  const year = Number(from.slice(0, 4)) + 1;
  const others = Array.from({ length: 12 }, (_, month): [string, WrittenPerson] => [
    `contractor.${String(month + 1)}`,
    { ...contractor, from, until: `${String(year)}-${String(month + 1).padStart(2, "0")}-15` },
  ]);
  return { ...roster, people: { ...people, ...Object.fromEntries(others) } };
}

describe("What is refused", function () {
  this.timeout(240_000);
  let workspace: Workspace;
  let state: ReadonlyMap<string, string>;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["dev", "prod"], rosterToday());
    await workspace.createStack("sandpit");
  });

  beforeEach(() => {
    workspace.write(rosterToday());
    state = workspace.state();
  });

  function assertUntouched(outcome: Outcome): void {
    assert.deepEqual(changing(outcome.calls), []);
    assert.deepEqual(workspace.state(), state);
  }

  it("a roster with ten mistakes: all are told at once, before anything is touched", async () => {
    workspace.write(tenMistakes());
    const outcome = await workspace.up("dev");
    assertRefused(outcome, "10 problems to solve first.", ...TEN_PLACES);
    assert.equal(outcome.output.match(/^\s+\d+\. /gm)?.length, TEN_PLACES.length);
    assertUntouched(outcome);
  });

  it("the same without a preview", async () => {
    workspace.write(tenMistakes());
    const outcome = await workspace.deploy("dev");
    assertRefused(outcome, "10 problems to solve first.");
    assert.deepEqual(changing(outcome.calls), []);
  });

  it("a person who is written twice, whose second entry alone would be read", async () => {
    const text = definition("roster", "defineRoster", ["organization", rosterToday()]);
    const first = '"maria.cto": { "email": "maria@example.com", "category": "security", "access": {} },';
    workspace.writeFile("src/roster.ts", text.replace('"people": {', `"people": {\n${first}`));
    const outcome = await workspace.up("dev");
    assertRefused(
      outcome,
      "1 problem to solve first.",
      'people["maria.cto"]',
      "This key is written twice, on lines",
    );
    assertUntouched(outcome);
  });

  it("a trust that cannot hold its dated grants, with the sizes", async () => {
    workspace.write(manyDates());
    const outcome = await workspace.up("dev");
    assertRefused(
      outcome,
      /The trust of infra-DeveloperR-dev \([^)]*13 dated statements\) has \d,\d{3} characters\./,
      "2,048 characters",
    );
    assertUntouched(outcome);
  });

  it("credentials of another account", async () => {
    const outcome = await workspace.pulumi(["up", "--yes", "--stack", "prod"], {
      env: { AWS_PROFILE: "dev" },
    });
    assertRefused(outcome, "222222222222", "AWS_PROFILE=dev", "444444444444");
    assertUntouched(outcome);
  });

  it("a stack that nobody has created", async () => {
    const outcome = await workspace.up("nope");
    assertRefused(outcome, "no stack named 'nope' found");
    assert.equal(outcome.code, UNKNOWN_STACK);
    assertUntouched(outcome);
  });

  it("a stack that is no account", async () => {
    const outcome = await workspace.up("sandpit");
    assertRefused(outcome, '"sandpit"', "src/organization.ts", "users, dev, staging, prod");
    assertUntouched(outcome);
  });

  describe("settings of a stack", () => {
    afterEach(() => {
      workspace.writeFile("Pulumi.dev.yaml", SETTINGS);
    });

    it("that do not exist or do not fit", async () => {
      const settings =
        "config:\n  muster:alarmSubscription: security@example.com\n  muster:accountAlias: Dev_1\n";
      workspace.writeFile("Pulumi.dev.yaml", settings);
      const outcome = await workspace.up("dev");
      assertRefused(
        outcome,
        "2 problems to solve first.",
        "Pulumi.dev.yaml",
        "muster:alarmSubscription ",
        "There is no such setting.",
        'muster:accountAlias = "Dev_1"',
      );
      assertUntouched(outcome);
    });
  });

  it("an account of more people than IAM has users for", async () => {
    workspace.write(rosterOfSize(5_001));
    const outcome = await workspace.up("dev");
    assertRefused(outcome, "5,001 people", "5,000 people");
    assertUntouched(outcome);
  });
});
