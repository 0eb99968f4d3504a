import assert from "node:assert/strict";
import { join } from "node:path";

import { bootstrapFiles } from "../../src/profiles/bootstrap-files";
import { assertGolden } from "../support/golden";
import { model } from "./fixture";

const FILES = bootstrapFiles(model().organization);

describe("the files of aws-iam-bootstrap", () => {
  for (const { name, text } of FILES) {
    it(`${name} is this`, () => assertGolden(join(__dirname, "golden", name), text));
  }

  it("define every variable that the templates use, but the person's own", () => {
    const [constants = "", ...templates] = FILES.map(({ text }) => text);
    const defined = new Set([...constants.matchAll(/^(\w+)=/gm)].map(([, name]) => name));
    const used = new Set(
      templates.flatMap((text) => [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)),
    );
    assert.deepEqual([...used].filter((name) => !defined.has(name)).sort(), [
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_USER_NAME",
    ]);
  });

  it("have the variables that the notes name", () => {
    for (const line of [
      "GLOBAL_AWS_REGION=eu-west-1",
      "DEV_AWS_ACCOUNT_ID=222222222222",
      "DEV_AWS_ACCOUNT_NAME=dev",
      "DEV_IAM_READ_ROLE=infra-ReadR-dev",
    ]) {
      assert.ok(FILES[0]?.text.includes(`\n${line}\n`), line);
    }
  });
});
