import assert from "node:assert/strict";

import type { CommandAnswer } from "../../src/doctor/run-command";
import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorOutcome,
} from "../../src/doctor/doctor-finding";
import { nodeOutcome, packagesOutcome, policyPackOutcome, pulumiOutcome } from "../../src/doctor/tools";

const answer = (stdout: string, code = 0, stderr = ""): CommandAnswer => ({
  kind: "ended",
  code,
  stdout,
  stderr,
});
const INSTALL = "https://www.pulumi.com/docs/iac/download-install/";

describe("Node.js", () => {
  const ENGINES = "^20.19.0 || ^22.0.0 || ^24.3.0";
  const INSTALL_NODE = "Install one of Node.js 20, 22, 24: https://nodejs.org";
  const UNTRIED = "Where something fails, install one of Node.js 20, 22, 24.";
  const cases: readonly (readonly [string, DoctorOutcome])[] = [
    ["20.19.0", passedOutcome("20.19.0")],
    ["20.20.2", passedOutcome("20.20.2")],
    ["22.0.0", passedOutcome("22.0.0")],
    ["24.10.1", passedOutcome("24.10.1")],
    ["20.9.0", missingOutcome("20.9.0 is older than 20.19.0", INSTALL_NODE)],
    ["24.2.9", missingOutcome("24.2.9 is older than 24.3.0", INSTALL_NODE)],
    ["18.20.4", missingOutcome("18.20.4 is older than 20.19.0", INSTALL_NODE)],
    ["9.99.99", missingOutcome("9.99.99 is older than 20.19.0", INSTALL_NODE)],
    ["21.7.3", unknownOutcome("21.7.3 was never tried with this program", UNTRIED)],
    ["26.0.0", unknownOutcome("26.0.0 was never tried with this program", UNTRIED)],
    ["100.0.0", unknownOutcome("100.0.0 was never tried with this program", UNTRIED)],
  ];
  for (const [version, expected] of cases) {
    it(`${version} is ${expected.status}`, () => {
      assert.deepEqual(nodeOutcome(version, ENGINES), expected);
    });
  }
});

describe("pulumi", () => {
  const cases: readonly (readonly [string, CommandAnswer, DoctorOutcome])[] = [
    ["new enough", answer("v3.256.0\n"), passedOutcome("3.256.0")],
    ["as old as the SDK", answer("v3.248.0\n"), passedOutcome("3.248.0")],
    [
      "older",
      answer("v3.99.0\n"),
      missingOutcome("3.99.0 is older than the program's SDK, 3.248.0", `Install a newer one: ${INSTALL}`),
    ],
    ["absent", { kind: "not found" }, missingOutcome("is not on the path", `Install it: ${INSTALL}`)],
    ["hanging", { kind: "no answer" }, unknownOutcome("does not answer", "Run `pulumi version` by hand.")],
    [
      "broken",
      answer("", 127, "libc.so:\n  no such file\n"),
      unknownOutcome("does not work: libc.so: no such file", `Install it again: ${INSTALL}`),
    ],
  ];
  for (const [name, given, expected] of cases) {
    it(name, () => assert.deepEqual(pulumiOutcome(given, "3.248.0"), expected));
  }
});

describe("packages", () => {
  const lock = (packages: Readonly<Record<string, object>>): string => JSON.stringify({ packages });
  const LOCK = lock({
    "": { version: "0.1.0" },
    "node_modules/zod": { version: "4.6.7" },
    "node_modules/zod/node_modules/deep": { version: "1.0.0" },
    "node_modules/mocha": { version: "12.0.3", dev: true },
    "node_modules/fsevents": { version: "2.3.3", optional: true },
  });
  const installed = (zod: string, others = {}): string =>
    lock({
      "node_modules/zod": { version: zod },
      "node_modules/zod/node_modules/deep": { version: "1.0.0" },
      ...others,
    });

  it("are those of the lock file; what tests and other machines need may be absent", () =>
    assert.deepEqual(
      packagesOutcome(LOCK, installed("4.6.7")),
      passedOutcome("2 packages as package-lock.json says"),
    ));
  it("are of another version", () =>
    assert.deepEqual(
      packagesOutcome(LOCK, installed("4.0.0")),
      missingOutcome("1 package differs from package-lock.json, such as zod", "Run `npm ci`."),
    ));
  it("are absent", () =>
    assert.deepEqual(
      packagesOutcome(LOCK, lock({ "node_modules/mocha": { version: "12.0.3" } })),
      missingOutcome("2 packages differ from package-lock.json, such as zod", "Run `npm ci`."),
    ));
  it("were never installed", () =>
    assert.deepEqual(
      packagesOutcome(LOCK, undefined),
      missingOutcome("were not installed by npm", "Run `npm ci`."),
    ));
});

describe("the policy pack", () => {
  const fix = "Run `npm run build:policypack`.";
  it("is compiled", () =>
    assert.deepEqual(policyPackOutcome({ compiled: 2, sources: 1 }), passedOutcome("compiled")));
  it("is older than its sources", () =>
    assert.deepEqual(
      policyPackOutcome({ compiled: 1, sources: 2 }),
      missingOutcome("is older than its sources", fix),
    ));
  it("is not compiled", () =>
    assert.deepEqual(
      policyPackOutcome({ compiled: undefined, sources: 2 }),
      missingOutcome("is not compiled, so nothing would be checked with it", fix),
    ));
});
