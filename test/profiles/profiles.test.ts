import assert from "node:assert/strict";
import { join } from "node:path";

import fc from "fast-check";

import { buildModel } from "../../src/model/model";
import { UserError } from "../../src/model/problems";
import { ROLES } from "../../src/model/roles";
import { profileBlock, blockMarkers } from "../../src/profiles/profile-block";
import { FLAVOUR_NAMES } from "../../src/profiles/flavours";
import { expectPerson } from "../../src/profiles/expect-person";
import { planConfigChange } from "../../src/profiles/config-plan";
import { buildProfiles } from "../../src/profiles/profile";
import { profileReportJson, profileReportText } from "../../src/profiles/profile-report";
import { assertGolden } from "../support/golden";
import { NOW, sampleOrganization, sampleRoster, validPairs } from "../support/rosters";
import { blockFor, markersFor, model, profilesIn, user } from "./fixture";

const golden = (name: string): string => join(__dirname, "golden", name);

function reportFor(name: string, flavour: (typeof FLAVOUR_NAMES)[number]) {
  const profiles = profilesIn(name, { flavour });
  const markers = markersFor(name);
  const block = profileBlock(profiles, markers);
  const plan = planConfigChange({ name: "~/.aws/config", text: "" }, markers, block);
  return { file: "~/.aws/config", isDryRun: false, plan, profiles, block };
}

describe("a person's profiles", () => {
  for (const flavour of FLAVOUR_NAMES) {
    it(`are this file, as ${flavour}`, () => {
      const { plan } = reportFor("sarah.devops", flavour);
      assertGolden(golden(`sarah.devops.${flavour}.config`), plan.text);
    });

    it(`are told like this, as ${flavour}`, () => {
      assertGolden(
        golden(`sarah.devops.${flavour}.txt`),
        profileReportText(reportFor("sarah.devops", flavour)),
      );
    });
  }

  it("say from when and until when", () => {
    assertGolden(golden("john.developer.plain.config"), reportFor("john.developer", "plain").plan.text);
    assertGolden(golden("kim.contractor.plain.config"), reportFor("kim.contractor", "plain").plan.text);
  });

  it("are told to programs", () => {
    assertGolden(golden("john.developer.json"), profileReportJson(reportFor("john.developer", "plain")));
  });

  const at = (moment: string, name: string) => {
    const then = buildModel(sampleOrganization(), sampleRoster(), new Date(moment));
    return buildProfiles(then, user(name), { flavour: "plain" }).profiles;
  };

  it("are there for what is to come, and not for what is over", () => {
    const names = (moment: string) => at(moment, "john.developer").map(({ name, isOpen }) => [name, isOpen]);
    const always = [
      ["dev-developer", true],
      ["staging-developer", true],
    ];
    assert.deepEqual(names("2026-11-20T09:59:59Z"), [...always, ["prod-dbread", false]]);
    assert.deepEqual(names("2026-11-20T10:00:00Z"), [...always, ["prod-dbread", true]]);
    assert.deepEqual(names("2026-11-20T14:00:00Z"), always);
    assert.deepEqual(at("2027-02-01T00:00:00Z", "kim.contractor"), []);
  });

  it("hold BreakGlass for its holders, in the catalogue's order", () => {
    assert.deepEqual(
      profilesIn("maria.cto").profiles.map(({ name }) => name),
      ["prod-breakglass", "prod-dashboard"],
    );
  });

  it("are of no holding but the person's, for every roster", () => {
    fc.assert(
      fc.property(validPairs, fc.constantFrom(...FLAVOUR_NAMES), ({ organization, roster }, flavour) => {
        const some = buildModel(organization, roster, NOW);
        for (const { name } of some.people) {
          const { profiles, sourceProfile } = buildProfiles(some, name, { flavour, sourceProfile: "own" });
          assert.equal(sourceProfile, "own");
          assert.equal(new Set(profiles.map((profile) => profile.name)).size, profiles.length);
          for (const { account, role, durationSeconds } of profiles) {
            assert.ok(some.holdings.of(account, role).some(({ person }) => person === name));
            assert.ok(durationSeconds <= ROLES[role].sessionSeconds);
            assert.ok(durationSeconds <= 3_600 || flavour === "plain");
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("have no colon or equals sign before the first section, which `aws configure set` would take for settings", () => {
    fc.assert(
      fc.property(validPairs, ({ organization, roster }) => {
        const some = buildModel(organization, roster, NOW);
        for (const { name } of some.people) {
          const profiles = buildProfiles(some, name, { flavour: "plain", sourceProfile: "own" });
          const block = profileBlock(profiles, blockMarkers(some.organization, name)) ?? [];
          const first = block.findIndex((line) => line.startsWith("["));
          assert.ok(!/[:=]/.test(block.slice(0, Math.max(first, 0)).join("\n")));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("have their own names where the person says so", () => {
    const choices = { flavour: "plain", profilePrefix: "acme", sourceProfile: "acme" } as const;
    const text = blockFor("alex.dba", choices).join("\n");
    assert.deepEqual(text.match(/\[.*\]|source_profile.*/g), [
      "[profile acme-staging-dba]",
      "source_profile = acme",
      "[profile acme-prod-dbread]",
      "source_profile = acme",
    ]);
  });

  it("name the device that the person has", () => {
    const { mfaSerial } = profilesIn("alex.dba", { flavour: "plain", mfaDevice: "alex.old-name" });
    assert.equal(mfaSerial, "arn:aws:iam::111111111111:mfa/alex.old-name");
  });

  it("name a hardware token by its serial number, or any device by its ARN", () => {
    for (const mfaSerial of ["GAHT12345678", "arn:aws:iam::111111111111:mfa/alex.phone"]) {
      const choices = { flavour: "plain", mfaSerial } as const;
      assert.equal(profilesIn("alex.dba", choices).mfaSerial, mfaSerial);
      assert.ok(blockFor("alex.dba", choices).includes(`mfa_serial = ${mfaSerial}`));
    }
  });

  it("ask for a code with access keys alone", () => {
    for (const flavour of FLAVOUR_NAMES) {
      const serials = blockFor("sarah.devops", { flavour }).filter((line) => line.startsWith("mfa_serial"));
      assert.equal(serials.length > 0, flavour !== "login", flavour);
    }
  });

  const refusals = [
    [{ sourceProfile: "prod-ops" }, /cannot be prod-ops: a role's profile has that name/],
    [{ sourceProfile: "a b" }, /--source-profile "a b" is no name for a profile/],
    [{ profilePrefix: "a]" }, /--profile-prefix "a\]" is no name for a profile/],
    [{ profilePrefix: "" }, /--profile-prefix "" is no name/],
    [{ mfaDevice: "mfa/sarah" }, /--mfa-device "mfa\/sarah" is no name of a device/],
    [{ mfaDevice: "sarah", mfaSerial: "GAHT12345678" }, /name the same thing/],
    [{ mfaSerial: "GAHT 1234567" }, /is no MFA device that users \(111111111111\) could have/],
    [{ mfaSerial: "GAHT1" }, /Allowed: a hardware token's serial number, such as GAHT12345678/],
    [
      { mfaSerial: "arn:aws:iam::222222222222:mfa/sarah.devops" },
      /is no MFA device that users \(111111111111\)/,
    ],
    [
      { mfaSerial: "arn:aws:iam::111111111111:u2f/user/sarah/key-EXAMPLE" },
      /is a passkey or security key.*\nTo do: use `--flavour login`/,
    ],
    [{ flavour: "login", mfaDevice: "sarah" }, /--flavour login takes no MFA device/],
    [{ flavour: "login", mfaSerial: "GAHT12345678" }, /--flavour login takes no MFA device/],
  ] as const;
  for (const [choices, message] of refusals) {
    it(`are not made with ${JSON.stringify(choices)}`, () => {
      assert.throws(
        () => profilesIn("sarah.devops", { flavour: "plain", ...choices }),
        (error) => error instanceof UserError && message.test(error.message),
      );
    });
  }

  it("are not made for nobody", () => {
    assert.throws(
      () => expectPerson(model(), "sara.devop"),
      (error) => error instanceof UserError && error.message.endsWith('Did you mean "sarah.devops"?'),
    );
  });

  it("ask somebody else for a device that nobody may enrol by themselves", () => {
    const stepFor = (mfaDevice: string): string | undefined => {
      const profiles = profilesIn("alex.dba", { flavour: "plain", mfaDevice });
      const markers = markersFor("alex.dba");
      const block = profileBlock(profiles, markers);
      const plan = planConfigChange({ name: "config", text: "" }, markers, block);
      const text = profileReportText({ file: "config", isDryRun: false, profiles, block, plan });
      return /^ {2}1\. .*$/m.exec(text)?.[0];
    };
    assert.match(stepFor("alex.dba-2") ?? "", /^ {2}1\. Enrol an MFA device of the name alex\.dba-2,/);
    assert.equal(
      stepFor("omar.devops"),
      "  1. Have the device arn:aws:iam::111111111111:mfa/omar.devops assigned to your user: by yourself you may enrol alex.dba and alex.dba-2 to alex.dba-8 alone.",
    );
  });

  it("are none where somebody holds nothing, and it is said", () => {
    const roster = sampleRoster();
    roster.people["chris.security"]!.access = {};
    const some = buildModel(sampleOrganization(), roster, NOW);
    const profiles = buildProfiles(some, user("chris.security"), { flavour: "plain" });
    const markers = markersFor("chris.security");
    const block = profileBlock(profiles, markers);
    const plan = planConfigChange({ name: "config", text: "" }, markers, block);
    assert.equal(
      profileReportText({ file: "config", isDryRun: false, profiles, block, plan }),
      [
        "chris.security holds no role by src/roster.ts, now or later: there is no profile to write.",
        "config has no block of chris.security's; nothing was written.",
        "",
        "Power is the user's own and needs no profile, only MFA: see docs/profiles.md.",
        "",
      ].join("\n"),
    );
  });
});
