import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { NEVER_EXEMPT } from "../../policypack/exemption-register";
import { POLICY_PACK_CONFIGURATION, POLICIES, type ExemptiblePolicyName } from "../../policypack/index";
import type { PackPolicy } from "../../policypack/pack-policy";
import { CASES } from "./cases/index";

const FOLDER = path.join(__dirname, "..", "..", "policypack", "policies");
const SENTENCE = /^[A-Z].*\.$/s;
const ALL: readonly PackPolicy[] = POLICIES;

const load = createRequire(__filename);

const exportsOf = (file: string): readonly unknown[] =>
  Object.values(load(path.join(FOLDER, file)) as Record<string, unknown>);

describe("the registry of the pack", () => {
  it("has every policy of the folder, one a file", () => {
    const files = readdirSync(FOLDER);
    const exported = files.flatMap((file) => {
      const constants = exportsOf(file);
      assert.equal(constants.length, 1, `${file} exports one constant.`);
      return constants;
    });
    assert.deepEqual(new Set(exported), new Set<unknown>(POLICIES));
  });

  it("has each name once", () => {
    assert.equal(new Set(POLICIES.map(({ name }) => name)).size, POLICIES.length);
  });

  it("has two policies from which nothing is exempt, which the compiler says as well", () => {
    const exempted = (policy: ExemptiblePolicyName): string => policy;
    // @ts-expect-error The register would exempt itself for ever.
    const itself = exempted("aws-iam-exemption-valid");
    // @ts-expect-error It would be a second register of resources, without the rules of the first.
    const catalogue = exempted("aws-resource-catalogue");
    assert.deepEqual([...NEVER_EXEMPT], [itself, catalogue]);
  });

  it("ends with the policy that asks which exemptions the others needed", () => {
    assert.equal(POLICIES.at(-1)?.name, "aws-iam-exemption-valid");
  });

  it("is the table of policypack/README.md: a row for each policy, with its severity and description", () => {
    const readme = readFileSync(path.join(FOLDER, "..", "README.md"), "utf8");
    const rows = ALL.map(
      ({ name, severity, description }) => `| \`${name}\` | ${severity} | ${description} |`,
    );
    const lines = readme.split("\n").map((line) => line.replace(/ +\|/g, " |"));
    const written = lines.filter((line) => line.startsWith("| `aws-"));
    assert.deepEqual(new Set(written), new Set(rows));
  });

  it("is mandatory as a whole", () => {
    assert.deepEqual(POLICY_PACK_CONFIGURATION, { all: "mandatory" });
  });

  for (const policy of ALL) {
    describe(policy.name, () => {
      const { name, displayName, description, why, remediationSteps, severity, framework, tags, url } =
        policy;

      it("says what it holds, why, and what to do", () => {
        assert.match(name, /^aws-(iam-)?[a-z]+(-[a-z]+)+$/);
        assert.match(displayName, /^[A-Z]/);
        for (const sentence of [description, why, remediationSteps]) assert.match(sentence, SENTENCE);
      });

      it("says how bad it is and where that is written", () => {
        assert.ok(["low", "medium", "high", "critical"].includes(severity));
        for (const text of Object.values(framework)) assert.notEqual(text, "");
        assert.ok(tags.length > 1 && tags[0] === "iam");
        assert.equal(new URL(url).protocol, "https:");
      });

      it("has settings with a default within their bounds", () => {
        for (const setting of Object.values(policy.settings ?? {})) {
          assert.match(setting.description, SENTENCE);
          assert.ok(setting.minimum <= setting.default && setting.default <= setting.maximum);
        }
      });

      it("has a case that it refuses", () => {
        assert.ok(Object.entries(CASES).some(([key, { refuses }]) => key === name && refuses.length > 0));
      });
    });
  }
});
