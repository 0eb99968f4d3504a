import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { readSnapshot, type ExpectedSnapshot } from "../../../src/aws/snapshot/reader";
import { SnapshotWriter } from "../../../src/aws/snapshot/writer";
import type { Instant } from "../../../src/model/dates";
import { UserError } from "../../../src/model/problems";
import { emptySections, snapshotWith, TAKEN_AT, writtenSnapshot } from "../../support/snapshots";

const EARLIER = "2026-11-20T13:00:00Z" as Instant;

describe("readSnapshot", () => {
  let folder: string;
  const written = snapshotWith({
    dev: { secrets: { kind: "notAvailable", at: TAKEN_AT, because: "AWS refused it" } },
  });

  beforeEach(() => {
    folder = writtenSnapshot(written);
  });
  afterEach(() => rmSync(dirname(folder), { recursive: true }));

  it("reads what was written", () => {
    assert.deepEqual({ ...readSnapshot(folder), folder: "snapshot", hash: written.hash }, written);
  });

  it("writes files that only their owner can read", () => {
    assert.equal(statSync(join(folder, "prod", "secrets.json")).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  });

  const change = (file: string, text: (was: string) => string) =>
    writeFileSync(join(folder, file), text(readFileSync(join(folder, file), "utf8")));
  const cases: readonly {
    readonly title: string;
    readonly spoil: () => void;
    readonly expected?: ExpectedSnapshot;
    readonly problem: string;
  }[] = [
    {
      title: "a file that was changed",
      spoil: () => change("prod/secrets.json", (was) => was.replace("14:00", "15:00")),
      problem: "prod/secrets.json: was changed after it was written: its hash is not that of the manifest",
    },
    {
      title: "a file that is gone",
      spoil: () => rmSync(join(folder, "dev/alarms.json")),
      problem: "dev/alarms.json: is missing",
    },
    {
      title: "a file that nobody listed",
      spoil: () => writeFileSync(join(folder, "dev/more.json"), "{}"),
      problem: "dev/more.json: is foreign: the manifest does not list it",
    },
    {
      title: "a section that the manifest leaves out",
      spoil: () => {
        change("manifest.json", (was) => was.replace(/,\s*"secrets": \{[^}]*\}/, ""));
        rmSync(join(folder, "users/secrets.json"));
      },
      problem: "manifest.json: accounts.users has no section secrets",
    },
    {
      title: "a section that this version does not read",
      spoil: () => change("manifest.json", (was) => was.replace('"secrets":', '"passwords":')),
      problem: 'manifest.json: accounts.users.sections: Unrecognized key: "passwords"',
    },
    {
      title: "another format",
      spoil: () => change("manifest.json", (was) => was.replace('"format": 4', '"format": 1')),
      problem: "manifest.json: format: Only format 4 is read: take a new snapshot",
    },
    {
      title: "a snapshot that is too old",
      spoil: () => undefined,
      expected: { notBefore: "2026-11-21T00:00:00Z" as Instant },
      problem:
        "manifest.json: the snapshot is of 2026-11-20T14:00:00Z, which is stale: before 2026-11-21T00:00:00Z",
    },
    {
      title: "an account of somebody else",
      spoil: () => undefined,
      expected: {
        accounts: [
          { key: "users", id: "111111111111" },
          { key: "dev", id: "222222222222" },
          { key: "staging", id: "333333333333" },
          { key: "prod", id: "999999999999" },
        ],
      },
      problem:
        "manifest.json: accounts.prod is 444444444444, which is no account of src/organization.ts by that name",
    },
  ];
  for (const { title, spoil, expected, problem } of cases) {
    it(`refuses ${title}`, () => {
      spoil();
      assert.throws(
        () => readSnapshot(folder, expected),
        new UserError(
          `The snapshot in ${folder} cannot be used:\n  ${join(folder, problem)}\nTo do: take a new one, npm run snapshot.`,
        ),
      );
    });
  }

  it("refuses a section of another snapshot, earlier than this one", () => {
    rmSync(dirname(folder), { recursive: true });
    folder = writtenSnapshot(snapshotWith({ prod: { secrets: { kind: "read", at: EARLIER, data: [] } } }));
    assert.throws(() => readSnapshot(folder), /prod\/secrets\.json: is of 2026-11-20T13:00:00Z, before the/);
  });

  it("tells everything that is wrong at once", () => {
    change("prod/secrets.json", () => "{}");
    rmSync(join(folder, "dev/alarms.json"));
    assert.throws(
      () => readSnapshot(folder),
      /dev\/alarms\.json: is missing\n.*prod\/secrets\.json: was changed/,
    );
  });

  it("refuses a folder without a snapshot, and says how to take one", () => {
    const other = join(folder, "prod");
    assert.throws(() => readSnapshot(other), {
      message:
        `${other} holds no snapshot: there is no ${join(other, "manifest.json")}. Take one: ` +
        '`npm run snapshot -- --live "example-{stack}" --out <folder>`.',
    });
  });
});

describe("SnapshotWriter", () => {
  const purpose = {
    version: "0.1.0",
    region: "eu-west-1",
    startedAt: TAKEN_AT,
    period: { from: EARLIER, until: TAKEN_AT },
  };
  let folder: string;
  beforeEach(() => {
    folder = writtenSnapshot(snapshotWith({}));
  });
  afterEach(() => rmSync(dirname(folder), { recursive: true }));

  it("goes on with what is whole, and reads the rest again", () => {
    const other = join(dirname(folder), "interrupted");
    const first = SnapshotWriter.begin(other, purpose);
    const { alarms, secrets } = emptySections();
    first.account("dev", "222222222222", "arn:aws:iam::222222222222:user/reader");
    first.write("dev", "alarms", alarms);
    first.write("dev", "secrets", secrets);
    first.write("dev", "mfaDevices", { kind: "notAvailable", at: TAKEN_AT, because: "AWS refused it" });
    writeFileSync(join(other, "dev/secrets.json"), "half of i");
    writeFileSync(join(other, "dev/alarms.json.0.draft"), "half of i");
    assert.throws(() => readSnapshot(other), /was interrupted and is not whole/);

    const second = SnapshotWriter.resume(other, { ...purpose, startedAt: "2026-11-20T15:00:00Z" as Instant });
    const kept = (["alarms", "secrets", "mfaDevices", "rootUser"] as const).filter((name) =>
      second.isKept("dev", name),
    );
    assert.deepEqual({ kept, period: second.period }, { kept: ["alarms"], period: purpose.period });
    assert.equal(existsSync(join(other, "dev/alarms.json.0.draft")), false);
  });

  it("writes into no folder that holds something", () => {
    assert.throws(() => SnapshotWriter.begin(folder, purpose), /snapshot is not empty\. Name another folder/);
  });

  it("resumes nothing that is finished", () => {
    assert.throws(() => SnapshotWriter.resume(folder, purpose), /holds a snapshot that is finished/);
  });
});
