import assert from "node:assert/strict";

import {
  contactsOutcome,
  examineOwnerFacts,
  examineRootManagement,
  rootManagementOutcome,
  rootUserOutcome,
  tablesOutcome,
} from "../../src/doctor/examine-owner-facts";
import { ROOT_ACCOUNT } from "../../src/aws/snapshot/mfa-device";
import type { Snapshot } from "../../src/aws/snapshot/reader";
import type { RootUser } from "../../src/aws/snapshot/root-user";
import type { DoctorFinding } from "../../src/doctor/doctor-finding";
import { SAMPLE_MOMENT, sampleModel } from "../support/sample";
import { snapshotWith, TAKEN_AT } from "../support/snapshots";

const UNKNOWN_PASSWORD: RootUser = { hasMfa: true, hasAccessKeys: false, hasSigningCertificates: false };
const SAFE: RootUser = { ...UNKNOWN_PASSWORD, hasPassword: true };
const TIDY =
  "As the root user, under Security credentials: delete keys and certificates, and register a hardware MFA device in place of a virtual one.";
const NO_KEYS = "and neither access keys nor signing certificates";

describe("the root user of an account", () => {
  const ok: readonly (readonly [string, RootUser, string])[] = [
    ["with a device that is not virtual", SAFE, "has MFA, by no virtual device that IAM lists"],
    ["of whose password IAM says nothing", UNKNOWN_PASSWORD, "has MFA, by no virtual device that IAM lists"],
    [
      "without a password, where no device is needed",
      { ...SAFE, hasPassword: false, hasMfa: false },
      "has no password",
    ],
  ];
  for (const [what, root, found] of ok)
    it(`${what}: ok`, () =>
      assert.deepEqual(rootUserOutcome(root, false), {
        status: "ok",
        found: `${found}, ${NO_KEYS}`,
      }));

  const wrong: readonly (readonly [string, Partial<RootUser>, boolean])[] = [
    ["no MFA device (CIS 2.5)", { hasMfa: false }, false],
    ["a virtual MFA device (CIS 2.6)", {}, true],
    ["access keys (CIS 2.4)", { hasAccessKeys: true, hasPassword: false }, false],
    [
      "access keys (CIS 2.4), signing certificates, no MFA device (CIS 2.5)",
      { hasAccessKeys: true, hasSigningCertificates: true, hasMfa: false },
      false,
    ],
  ];
  for (const [what, changed, hasVirtualMfa] of wrong)
    it(`with ${what}: missing`, () =>
      assert.deepEqual(rootUserOutcome({ ...SAFE, ...changed }, hasVirtualMfa), {
        status: "missing",
        found: `has ${what}`,
        fix: TIDY,
      }));
});

describe("the contacts of an account", () => {
  it("are each named, set or not", () =>
    assert.deepEqual(contactsOutcome(["SECURITY", "BILLING"]), {
      status: "ok",
      found: "security set, billing set, operations not set",
    }));

  it("lack something without the one for security", () =>
    assert.deepEqual(contactsOutcome(["OPERATIONS"]), {
      status: "missing",
      found: "security not set, billing not set, operations set",
      fix: "Set muster:securityContact in the account's settings.",
    }));
});

describe("central management of root users", () => {
  it("is on where credentials and sessions are", () =>
    assert.deepEqual(rootManagementOutcome(["RootCredentialsManagement", "RootSessions"]), {
      status: "ok",
      found: "RootCredentialsManagement on, RootSessions on",
    }));

  for (const features of [[], ["RootCredentialsManagement"], ["RootSessions"]] as const)
    it(`is not with ${features.join() || "nothing"}`, () =>
      assert.deepEqual(rootManagementOutcome(features).status, "missing"));
});

describe("the tables of an account", () => {
  const REGIONS = "eu-west-1, eu-central-1";

  it("are none: ok", () =>
    assert.deepEqual(tablesOutcome([], REGIONS), { status: "ok", found: "none in eu-west-1, eu-central-1" }));

  it("are counted by their tag, and what DynamoDB makes of it stays unknown", () =>
    assert.deepEqual(
      tablesOutcome(
        [
          { region: "eu-west-1", table: "visits", level: "Public" },
          { region: "eu-west-1", table: "patients", level: "Sensitive" },
          { region: "eu-west-1", table: "doctors" },
          { region: "eu-central-1", table: "doctors" },
        ],
        REGIONS,
      ),
      {
        status: "unknown",
        found:
          "4 tables in eu-west-1, eu-central-1: 1 tagged AccessLevel=Public, 1 Sensitive, 2 neither; no API tells whether DynamoDB heeds tags",
        fix: "In DynamoDB's console, under Settings, see that attribute-based access control is on; name tables that must stay closed in sensitiveTables of src/workloads.ts.",
      },
    ));
});

describe("what AWS alone knows, as a snapshot has it,", () => {
  const { organization } = sampleModel();
  const NOT_ASKED = { env: {}, limit: 1_000, ownerFacts: true } as const;
  const read = <Data>(data: Data) => ({ kind: "read" as const, at: TAKEN_AT, data });
  const REFUSED = { kind: "notAvailable", at: TAKEN_AT, because: "AccessDenied: it may not." } as const;
  const again = 'Take a new one: npm run snapshot -- --live "<pattern of profiles>".';

  async function findingsOf(key: string, snapshot: Snapshot): Promise<readonly DoctorFinding[]> {
    const account = organization.accounts.find((one) => one.key === key);
    assert.ok(account);
    return Promise.all(examineOwnerFacts(account, organization, { ...options, ...NOT_ASKED, snapshot }));
  }
  const options = {
    directory: "",
    organization: undefined,
    roster: undefined,
    workloads: undefined,
    warnings: [],
    now: SAMPLE_MOMENT,
    nodeVersion: "",
  };

  it("is judged as what AWS is asked for, with its time", async () => {
    const snapshot = snapshotWith({
      prod: {
        rootUser: read(SAFE),
        mfaDevices: read([
          { user: ROOT_ACCOUNT, serial: "arn:aws:iam::444444444444:mfa/root", kind: "virtual" },
        ]),
        alternateContacts: read(["BILLING"]),
        tableLevels: read([{ region: "eu-west-1", table: "visits", level: "Public" }]),
      },
    });
    assert.deepEqual(
      (await findingsOf("prod", snapshot)).map(({ name, status, found }) => `${status} ${name}: ${found}`),
      [
        `missing root user of prod: has a virtual MFA device (CIS 2.6), at ${TAKEN_AT}`,
        `missing contacts of prod: security not set, billing set, operations not set, at ${TAKEN_AT}`,
        `unknown tables of prod: 1 table in the regions of the organization then: 1 tagged AccessLevel=Public, 0 Sensitive, 0 neither; no API tells whether DynamoDB heeds tags, at ${TAKEN_AT}`,
      ],
    );
  });

  it("is not known where the snapshot could not read it", async () => {
    const snapshot = snapshotWith({ prod: { mfaDevices: REFUSED, alternateContacts: REFUSED } });
    const because = "not readable, because AccessDenied: it may not";
    assert.deepEqual(await findingsOf("prod", snapshot), [
      { name: "root user of prod", status: "unknown", found: because, fix: again },
      { name: "contacts of prod", status: "unknown", found: because, fix: again },
      {
        name: "tables of prod",
        status: "ok",
        found: `none in the regions of the organization then, at ${TAKEN_AT}`,
      },
    ]);
  });

  it("is not known of an account that the snapshot is not of", async () => {
    const snapshot = { ...snapshotWith({}), accounts: [] };
    const found = `not readable, because the snapshot of ${TAKEN_AT} is not of this account`;
    assert.deepEqual(
      await findingsOf("dev", snapshot),
      ["root user", "contacts", "tables"].map((what) => ({
        name: `${what} of dev`,
        status: "unknown",
        found,
        fix: again,
      })),
    );
  });

  it("is of the first account that told of central management", async () => {
    const told = read({ kind: "told" as const, features: ["RootSessions" as const] });
    const finding = await examineRootManagement(organization, {
      ...options,
      ...NOT_ASKED,
      snapshot: snapshotWith({ dev: { rootManagement: told } }),
    });
    assert.equal(
      `${finding.status} ${finding.found}`,
      `missing RootCredentialsManagement off, RootSessions on, at ${TAKEN_AT}`,
    );
  });
});
