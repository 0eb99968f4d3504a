import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { IncidentRecord } from "../../src/incidents/incident-record";
import { RecordFiles } from "../../src/incidents/record-files";
import type { Instant } from "../../src/model/dates";
import { UserError } from "../../src/model/problems";

const EMERGENCY: Omit<IncidentRecord, "name" | "sessions"> = {
  kind: "emergency",
  account: "prod",
  holder: "sarah.devops",
  reason: "INC-1 the database is down",
  opened: "2026-11-23T10:00:00Z" as Instant,
  expectedEnd: "2026-11-23T11:00:00Z" as Instant,
};
const NAME = "2026-11-23-prod-inc-1-the-database-is-down";

describe("the records of emergencies, beside a file that is none", () => {
  let project: string;
  const inFolder = (file: string): string => path.join(project, "docs", "incidents", file);
  const files = (): RecordFiles => new RecordFiles(project);

  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), "muster-records-"));
    mkdirSync(inFolder(""), { recursive: true });
    writeFileSync(inFolder("notes-of-somebody.md"), "# Notes\n");
  });
  afterEach(() => rmSync(project, { recursive: true }));

  it("begin all the same, with a line of the change log for each, and say which file it is", () => {
    assert.equal(files().open(EMERGENCY).name, NAME);
    const log = readFileSync(inFolder("README.md"), "utf8");
    assert.match(
      log,
      new RegExp(`^\\| \\[${NAME}\\]\\(${NAME}\\.md\\) \\| prod \\| sarah\\.devops \\|`, "m"),
    );
    assert.match(log, /^\| \[notes-of-somebody\]\(notes-of-somebody\.md\) \| not readable as a record \|/m);
    assert.deepEqual(
      files()
        .unreadable()
        .map(({ name }) => name),
      ["notes-of-somebody"],
    );
  });

  it("are found by name and closed", () => {
    files().open(EMERGENCY);
    assert.equal(files().named("2026-11-23").name, NAME);
    files().replace(NAME, readFileSync(inFolder(`${NAME}.md`), "utf8"));
  });

  it("are not all there are: whoever needs all of them is told", () => {
    files().open(EMERGENCY);
    const refused = (look: () => unknown) =>
      assert.throws(
        look,
        (error) =>
          error instanceof UserError && error.message.startsWith("docs/incidents/notes-of-somebody.md: "),
      );
    refused(() => files().all());
    refused(() => files().named("notes-of-somebody"));
  });
});
