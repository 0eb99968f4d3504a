import { blueprintsOf } from "../src/documents/blueprint";
import { checkQuotas } from "../src/documents/quota-check";
import { buildModel } from "../src/model/model";
import { AccountExpectations } from "../policypack/expectations/account-expectations";
import { organizationRoles } from "../policypack/expectations/organization-roles";
import { readSettings } from "../src/resources/account-settings";
import { NOW, rosterOfSize, sampleOrganization } from "../test/support/rosters";

const RUNS = 5;

/** Milliseconds of the processor so far. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Milliseconds of one run of everything that comes before the stacks, and of what the pack expects of them all. */
function run(people: number): number {
  const roster = rosterOfSize(people);
  const before = processorTime();
  const model = buildModel(sampleOrganization(), roster, NOW);
  const blueprints = blueprintsOf(model);
  checkQuotas(blueprints);
  const roles = organizationRoles(model.organization, blueprints);
  const expected = blueprints.map(
    (blueprint) =>
      new AccountExpectations(
        model,
        blueprint,
        () => readSettings(blueprint.account.key, {}, model.now),
        roles,
      ).resources,
  );
  if (expected.flat().length < people) throw new Error("The pack expects fewer resources than people.");
  return processorTime() - before;
}

const people = Number(process.argv[2]);
const times = Array.from({ length: RUNS }, () => run(people)).sort((one, other) => one - other);
const megabytes = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(JSON.stringify({ milliseconds: times[Math.floor(RUNS / 2)], megabytes }));
