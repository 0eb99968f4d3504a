import assert from "node:assert/strict";

import { isPermanent, remainingValidities } from "../../src/model/holdings";
import { employee, modelWith, inRoster } from "./cases";

const grant = (from: string, until: string) => ({
  person: "dora",
  account: "prod",
  role: "Read",
  from: `2026-11-20T${from}:00Z`,
  until: `2026-11-20T${until}:00Z`,
  reason: "INC-1042",
  approvedBy: ["olga"],
});

describe("holdings", () => {
  const model = modelWith(
    inRoster({ ...employee("dba"), access: { prod: "DbRead" } }, "people", "dora"),
    inRoster(employee("dba", "dina"), "people", "dina"),
    inRoster(
      [
        grant("15:00", "16:00"),
        grant("08:00", "09:00"),
        grant("10:00", "12:00"),
        grant("11:00", "13:00"),
        { ...grant("10:00", "12:00"), role: "DbRead", approvedBy: ["dina"] },
      ],
      "temporary",
    ),
  );
  const at = (hour: string): string => `2026-11-20T${hour}:00:00Z`;

  it("of overlapping grants are their union, in order of time", () => {
    const validities = [
      { from: at("08"), until: at("09") },
      { from: at("10"), until: at("13") },
      { from: at("15"), until: at("16") },
    ];
    assert.deepEqual(model.holdings.of("prod", "Read"), [
      { person: "dora", account: "prod", role: "Read", validities, deployed: validities },
    ]);
  });

  it("of a grant for good and one for a time are for good", () => {
    assert.deepEqual(
      model.holdings.of("prod", "DbRead").map((holding) => [holding.validities, isPermanent(holding)]),
      [[[{}], true]],
    );
  });

  it("that remain are those that have not passed", () => {
    const [holding] = model.holdings.of("prod", "Read");
    assert.ok(holding);
    assert.equal(isPermanent(holding), false);
    assert.equal(model.now, at("12"));
    assert.deepEqual(remainingValidities(holding, model.now), [
      { from: at("10"), until: at("13") },
      { from: at("15"), until: at("16") },
    ]);
  });

  it("of a role that nobody holds are none", () => {
    assert.deepEqual([model.holdings.of("prod", "Admin"), model.holdings.of("nowhere", "Read")], [[], []]);
  });

  it("are by person's name", () => {
    const { holdings } = modelWith(
      ...["sven", "olga", "oscar"].map((name) => inRoster({ prod: "Read" }, "people", name, "access")),
    );
    assert.deepEqual(
      holdings.of("prod", "Read").map(({ person }) => person),
      ["olga", "oscar", "sven"],
    );
  });
});
