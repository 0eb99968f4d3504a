import { blueprintsOf } from "../src/documents/blueprint";
import { checkQuotas } from "../src/documents/quota-check";
import { buildModel } from "../src/model/model";
import { NOW, rosterOfSize, sampleOrganization } from "../test/support/rosters";

const RUNS = 5;

/** Milliseconds of one run of everything that comes before the stacks. */
function run(people: number): number {
  const roster = rosterOfSize(people);
  const before = performance.now();
  checkQuotas(blueprintsOf(buildModel(sampleOrganization(), roster, NOW)));
  return performance.now() - before;
}

const people = Number(process.argv[2]);
const times = Array.from({ length: RUNS }, () => run(people)).sort((one, other) => one - other);
const megabytes = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(JSON.stringify({ milliseconds: times[Math.floor(RUNS / 2)], megabytes }));
