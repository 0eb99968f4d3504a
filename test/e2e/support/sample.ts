import { sampleOrganization, sampleRoster, type WrittenRoster } from "../../support/rosters";
import { sampleWorkloads } from "../../support/workloads";
import { Workspace } from "./workspace";

const DAY = 86_400_000;
const NOW = Date.now();
const dayFromNow = (days: number): string => new Date(NOW + days * DAY).toISOString().slice(0, 10);

/**
 * The roster of DESIGN section 2, moved to today, for deployments read the real clock: the contractor is at work and
 * the temporary grant was over long ago. The partner has something to share, so that one thing deserves a warning: Ops in
 * prod for good.
 */
export function rosterToday(): WrittenRoster {
  const { people, temporary = [], partners = {}, ...roster } = sampleRoster();
  const yesterday = dayFromNow(-1);
  return {
    ...roster,
    people: Object.fromEntries(
      Object.entries(people).map(([name, person]) => [
        name,
        person.category === "contractor"
          ? { ...person, from: dayFromNow(-30), until: dayFromNow(60) }
          : person,
      ]),
    ),
    temporary: temporary.map((grant) => ({
      ...grant,
      from: `${yesterday}T00:00:00Z`,
      until: `${yesterday}T04:00:00Z`,
    })),
    partners: Object.fromEntries(
      Object.entries(partners).map(([name, partner]) => [
        name,
        { ...partner, resources: { prod: { databases: ["analytics/shared"] } } },
      ]),
    ),
  };
}

/** What every stack of the sample warns of. */
export const SAMPLE_WARNING = [
  "1 thing to look at.",
  "",
  "src/roster.ts",
  '  1. people["sarah.devops"].access.prod[0] = "Ops"',
  "     Ops in prod for good lets one person change it at any time.",
  "     To do: Give them shifts under `onCall.prod`, or the role for at most 12 hours under `temporary`; leave it where that is too few people.",
  "",
].join("\n");

let opened: Promise<Workspace> | undefined;

/**
 * The workspace of the sample organization: one for the whole run, because it takes half a minute to bring up its
 * accounts. A suite says with {@link Workspace.bring} what it wants to find there. Those that use it are in
 * `test/e2e/sample`, which runs in one process, beside everything else in another.
 */
export function sampleWorkspace(): Promise<Workspace> {
  opened ??= Workspace.open({
    organization: sampleOrganization(),
    roster: rosterToday(),
    workloads: sampleWorkloads(),
  });
  return opened;
}

after("close the sample's workspace", async function () {
  this.timeout(30_000);
  await (await opened)?.remove();
});
