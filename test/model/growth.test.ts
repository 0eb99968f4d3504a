import assert from "node:assert/strict";

import { buildModel } from "../../src/model/model";
import { NOW, rosterOfSize, sampleOrganization } from "../support/rosters";

/** The least processor time of some runs: unlike a clock's, other work on the machine hardly changes it. */
function effortOf(people: number, runs: number): number {
  const roster = rosterOfSize(people);
  const efforts = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    buildModel(sampleOrganization(), roster, NOW);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...efforts);
}

describe("the model", () => {
  it("of ten times the people takes some ten times the effort, not a hundred times", () => {
    effortOf(500, 10);
    const ratio = effortOf(5_000, 5) / effortOf(500, 20);
    assert.ok(ratio < 40, `5,000 people took ${ratio.toFixed(1)} times the effort of 500`);
  }).timeout(60_000);
});
