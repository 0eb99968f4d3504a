import assert from "node:assert/strict";
import path from "node:path";

import { FRESH_MFA } from "../../src/access/circumstances";
import { Directory } from "../../src/access/directory";
import { Evaluator } from "../../src/access/evaluator";
import { AccessMatrix } from "../../src/access/matrix";
import { POWER_ACTIONS } from "../../src/access/powerful-actions";
import { userRecord } from "../../src/access/report/access-record";
import { matrixTable, personTable, roleTable } from "../../src/access/report/matrix-table";
import type { Model } from "../../src/model/model";
import { toInstant } from "../../src/model/dates";
import { remainingValidities } from "../../src/model/holdings";
import { assertGolden } from "../support/golden";
import { sampleOrganization, sampleRoster, rosterOfSize } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";
import { accountsOf, modelOf, MOMENT, sample } from "./support";

const ALWAYS = { mfa: FRESH_MFA, context: {} };

async function records(model: Model) {
  const directory = new Directory(model);
  const rows = await new AccessMatrix(accountsOf(model), new Evaluator()).rows(ALWAYS);
  return rows.map((row) => userRecord(row, directory));
}

describe("the access matrix", function () {
  this.timeout(120_000);

  it("shows people by accounts", async () => {
    assert.equal(
      matrixTable(await records(sample()), ["users", "dev", "staging", "prod"]),
      `┌──────────────────┬────────────┬────────────────────────────────────┬───────────┬─────────────────────────────────────────────┐
│                  │            │ dev                                │ staging   │ prod                                        │
├──────────────────┼────────────┼────────────────────────────────────┼───────────┼─────────────────────────────────────────────┤
│ alex.dba         │ dba        │                                    │ Dba       │ DbRead                                      │
├──────────────────┼────────────┼────────────────────────────────────┼───────────┼─────────────────────────────────────────────┤
│ chris.security * │ security   │                                    │           │ Security                                    │
├──────────────────┼────────────┼────────────────────────────────────┼───────────┼─────────────────────────────────────────────┤
│ john.developer   │ developer  │ Developer                          │ Developer │ DbRead 2026-11-20 10:00 to 2026-11-20 14:00 │
├──────────────────┼────────────┼────────────────────────────────────┼───────────┼─────────────────────────────────────────────┤
│ kim.contractor   │ contractor │ Developer 2026-11-01 to 2027-01-31 │           │                                             │
├──────────────────┼────────────┼────────────────────────────────────┼───────────┼─────────────────────────────────────────────┤
│ maria.cto        │ executive  │                                    │           │ Dashboard                                   │
│                  │            │                                    │           │ BreakGlass!                                 │
├──────────────────┼────────────┼────────────────────────────────────┼───────────┼─────────────────────────────────────────────┤
│ sarah.devops *   │ devops     │ Admin                              │ Ops       │ Ops                                         │
│                  │            │                                    │           │ Read                                        │
│                  │            │                                    │           │ BreakGlass!                                 │
└──────────────────┴────────────┴────────────────────────────────────┴───────────┴─────────────────────────────────────────────┘
6 users, 14 roles held. Times are UTC.
* may change what others may do (PowerG): root-equivalent.
! break-glass: for emergencies, alarmed.
`,
    );
  });

  for (const width of [80, 100, 140]) {
    it(`fits ${String(width)} columns`, async () => {
      const { people, ...roster } = sampleRoster();
      const { "sarah.devops": sarah } = people;
      assert.ok(sarah);
      const model = modelOf(
        sampleOrganization(),
        {
          ...roster,
          people: {
            ...people,
            "sarah.devops": { ...sarah, access: { dev: "Admin", staging: "Ops", prod: "Read" } },
          },
          onCall: {
            prod: {
              role: "Ops",
              shifts: [
                { person: "sarah.devops", from: "2026-11-19T09:00:00Z", until: "2026-11-26T09:00:00Z" },
              ],
            },
          },
        },
        sampleWorkloads(),
      );
      const text = matrixTable(await records(model), ["users", "dev", "staging", "prod"], width);
      assert.deepEqual(
        text.split("\n").filter((line) => line.length > width),
        [],
      );
      assertGolden(path.join(__dirname, "golden", `matrix-${String(width)}.txt`), text);
    });
  }

  it("shows one person, and why", async () => {
    const john = (await records(sample())).find(({ name }) => name === "john.developer")!;
    assert.match(
      personTable(john),
      /│ prod +│ DbRead +│ 2026-11-20 10:00 to 2026-11-20 14:00 │ temporary, INC-1042, approved by alex\.dba │/,
    );
    const kim = (await records(sample())).find(({ name }) => name === "kim.contractor")!;
    assert.match(
      personTable(kim),
      /^kim\.contractor: contractor, kim@partner\.example, project phoenix, sponsor sarah\.devops\n/,
    );
  });

  it("shows one role", async () => {
    assert.match(
      roleTable("prod/BreakGlass", await records(sample()), []),
      /│ maria\.cto +│ executive │ always │ breakGlass │/,
    );
    assert.equal(roleTable("prod/Admin", await records(sample()), []), "prod/Admin: nobody gets in.\n");
  });

  it("holds what the roster grants and nothing else, for hundreds of people", async () => {
    const model = modelOf(sampleOrganization(), rosterOfSize(300));
    const found = (await records(model)).flatMap(({ name, roles }) =>
      roles.map(({ account, role }) => `${name} ${account}/${role}`),
    );
    const granted = model.holdings.all
      .filter((holding) => remainingValidities(holding, toInstant(MOMENT)).length > 0)
      .map(({ person, account, role }) => `${person} ${account}/${role}`);
    assert.deepEqual(found.sort(), granted.sort());
  });

  it("asks one in a hundred of the questions", async () => {
    const model = modelOf(sampleOrganization(), rosterOfSize(400));
    const accounts = accountsOf(model);
    const evaluator = new Evaluator();
    await new AccessMatrix(accounts, evaluator).rows(ALWAYS);
    const questions = accounts.users.length * (accounts.roles.length + POWER_ACTIONS.length);
    assert.ok(
      evaluator.simulations * 100 <= questions,
      `${String(evaluator.simulations)} for ${String(questions)} questions`,
    );
  });
});
