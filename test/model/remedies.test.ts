import assert from "node:assert/strict";

import { buildModel } from "../../src/model/model";
import { UserError } from "../../src/model/problems";
import {
  NOW,
  sampleOrganization,
  sampleRoster,
  type WrittenOrganization,
  type WrittenRoster,
} from "../support/rosters";

interface Edited {
  readonly organization: WrittenOrganization;
  readonly roster: WrittenRoster;
}
type Edit = (written: Edited) => void;

interface Case {
  readonly mistake: string;
  readonly make: Edit;
  /** What stands in the message after "To do:" or "Allowed:". */
  readonly remedy: RegExp;
  /** Each way that the remedy names, as edits of the mistake. */
  readonly ways: Readonly<Record<string, Edit>>;
}

/** Changes a name wherever the roster mentions it, but among the departed. */
function rename({ roster }: Edited, from: string, to: string, renamedFrom?: string): void {
  const { departed } = roster;
  const text = JSON.stringify(roster).replaceAll(JSON.stringify(from), JSON.stringify(to));
  Object.assign(roster, JSON.parse(text), { departed });
  if (renamedFrom === undefined) delete roster.people[to]!.renamedFrom;
  else roster.people[to]!.renamedFrom = renamedFrom;
}

const CASES: readonly Case[] = [
  {
    mistake: "a rename by case alone",
    make: (written) => rename(written, "john.developer", "John.Developer", "john.developer"),
    remedy: /Rename in two deployments, to another name first and from that to this one/,
    ways: {
      "the first deployment": (written) =>
        rename(written, "John.Developer", "john.interim", "john.developer"),
      "the second deployment": ({ roster }) => {
        roster.people["John.Developer"] = {
          ...roster.people["John.Developer"]!,
          renamedFrom: "john.interim",
        };
      },
      "the name as it was": (written) => rename(written, "John.Developer", "john.developer"),
    },
  },
  {
    mistake: "a rename from somebody who is there",
    make: ({ roster }) => void (roster.people["alex.dba"]!.renamedFrom = "maria.cto"),
    remedy:
      /Remove `renamedFrom` where nobody was renamed; where the other person is new, give them another name/,
    ways: {
      "no rename": ({ roster }) => delete roster.people["alex.dba"]!.renamedFrom,
    },
  },
  {
    mistake: "a name that departed",
    make: (written) => rename(written, "alex.dba", "old.colleague"),
    remedy: /Choose another name; the old one stays under `departed`/,
    ways: { "another name": (written) => rename(written, "old.colleague", "new.colleague") },
  },
  {
    mistake: "a rename from a name that departed",
    make: ({ roster }) => void (roster.people["alex.dba"]!.renamedFrom = "old.colleague"),
    remedy: /Remove `renamedFrom`, or take the name off `departed`/,
    ways: {
      "no rename": ({ roster }) => delete roster.people["alex.dba"]!.renamedFrom,
      "not departed": ({ roster }) => void (roster.departed = []),
    },
  },
  {
    mistake: "a departed name twice",
    make: ({ roster }) => void (roster.departed = ["old.colleague", "Old.Colleague"]),
    remedy: /Remove the repetition/,
    ways: { once: ({ roster }) => void (roster.departed = ["old.colleague"]) },
  },
  {
    mistake: "nobody with power",
    make: ({ roster }) => void (roster.power = []),
    remedy: /Name two people of category devops or security under `power`/,
    ways: { two: ({ roster }) => void (roster.power = ["sarah.devops", "chris.security"]) },
  },
  {
    mistake: "a name twice in power",
    make: ({ roster }) => void (roster.power = ["sarah.devops", "chris.security", "sarah.devops"]),
    remedy: /Remove the repetition/,
    ways: { once: ({ roster }) => void (roster.power = ["sarah.devops", "chris.security"]) },
  },
  {
    mistake: "a backup who is the primary",
    make: ({ roster }) => void (roster.breakGlass = { prod: { primary: "maria.cto", backup: "maria.cto" } }),
    remedy: /Name somebody else, or remove it/,
    ways: {
      "somebody else": ({ roster }) =>
        void (roster.breakGlass = { prod: { primary: "maria.cto", backup: "sarah.devops" } }),
      none: ({ roster }) => void (roster.breakGlass = { prod: { primary: "maria.cto" } }),
    },
  },
  {
    mistake: "BreakGlass by access",
    make: ({ roster }) => void (roster.people["maria.cto"]!.access = { prod: "BreakGlass" }),
    remedy: /Name somebody of category devops, security or executive under `breakGlass`/,
    ways: {
      "under breakGlass": ({ roster }) => {
        roster.people["maria.cto"]!.access = {};
        roster.breakGlass = { prod: { primary: "maria.cto" } };
      },
    },
  },
  {
    mistake: "two roles in one text",
    make: ({ roster }) => void (roster.people["sarah.devops"]!.access["prod"] = "Read,Ops"),
    remedy: /Allowed: .*"Ops", "Read", "Monitor"/,
    ways: {
      "a list": ({ roster }) => void (roster.people["sarah.devops"]!.access["prod"] = ["Ops", "Read"]),
    },
  },
  {
    mistake: "an end before the beginning",
    make: ({ roster }) => {
      Object.assign(roster.people["maria.cto"]!, { from: "2027-01-31", until: "2026-11-01" });
    },
    remedy: /Allowed: a time after 2027-01-31T00:00:00Z/,
    ways: { later: ({ roster }) => void (roster.people["maria.cto"]!.until = "2027-02-01") },
  },
  {
    mistake: "an account's id twice",
    make: ({ organization }) => void (organization.accounts["dev"]!.id = "444444444444"),
    remedy: /Give each account its own id/,
    ways: { "its own": ({ organization }) => void (organization.accounts["dev"]!.id = "222222222222") },
  },
];

const fresh = (): Edited => ({ organization: sampleOrganization(), roster: sampleRoster() });
const build = ({ organization, roster }: Edited) => buildModel(organization, roster, NOW);

describe("what messages say to do leads out", () => {
  for (const { mistake, make, remedy, ways } of CASES) {
    it(`${mistake}: the message says it`, () => {
      const written = fresh();
      make(written);
      assert.throws(
        () => build(written),
        (error) => error instanceof UserError && remedy.test(error.message),
      );
    });
    for (const [way, edit] of Object.entries(ways)) {
      it(`${mistake}: ${way}`, () => {
        const written = fresh();
        make(written);
        edit(written);
        assert.doesNotThrow(() => build(written));
      });
    }
  }
});
