import assert from "node:assert/strict";

import { KeyPlaces } from "../../src/definitions/key-places";
import { PreviewComparison } from "../../src/drift/comparison";
import type { AccountReport } from "../../src/drift/drift-report";
import { driftFindings } from "../../src/sarif/drift-findings";
import { sarifLog, type AccountFindings } from "../../src/sarif/sarif-log";
import { policyFindings } from "../../src/sarif/policy-findings";
import { schemaFaults } from "./sarif-schema";

const FILES: Readonly<Record<string, string>> = {
  "src/organization.ts": [
    "export const organization = defineOrganization({",
    "  accounts: {",
    '    users: { id: "111111111111" },',
    '    prod: { id: "444444444444" },',
    "  },",
    "});",
  ].join("\n"),
  "src/roster.ts": [
    "export const roster = defineRoster(organization, {",
    "  people: {",
    '    "sarah.devops": {',
    "      access: {",
    '        prod: "Ops",',
    "      },",
    "    },",
    '    "john.developer": { access: {} },',
    "  },",
    "  partners: {",
    "    acme: {},",
    "  },",
    "});",
  ].join("\n"),
  "src/workloads.ts": ["export const workloads = {", "  api: {},", "};"].join("\n"),
};
const PLACES = new KeyPlaces((file) => FILES[file]);

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly partialFingerprints: { readonly primaryLocationLineHash: string };
}
interface Log {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
    };
    readonly automationDetails: { readonly id: string };
    readonly results: readonly Result[];
  }[];
}

function logOf(accounts: readonly AccountFindings[], prefix?: string): Log {
  const log = JSON.parse(sarifLog(accounts, PLACES, prefix)) as Log;
  assert.deepEqual(schemaFaults(log), []);
  return log;
}
const resultsOf = (account: AccountFindings): readonly Result[] => logOf([account]).runs[0]?.results ?? [];
const ofAccounts = (...accounts: readonly AccountReport[]): readonly AccountFindings[] =>
  driftFindings({ accounts, mismatches: [] });
const resultsOfDrift = (report: AccountReport): readonly Result[] =>
  logOf(ofAccounts(report)).runs[0]?.results ?? [];
const placeOf = ({ locations: [location] }: Result): string =>
  `${location?.physicalLocation.artifactLocation.uri ?? ""}:${String(location?.physicalLocation.region.startLine)}`;

const PROGRAM = { follows: "branch", program: { version: { kind: "none" }, words: "this program" } } as const;
const REPORT: AccountReport = {
  stack: "prod",
  account: "444444444444",
  ...PROGRAM,
  byHand: [],
  notDeployed: [],
  unmanaged: [],
  passedOver: [],
};
const trustOf = (...people: readonly string[]): string =>
  JSON.stringify({
    Statement: [{ Principal: people.map((name) => `arn:aws:iam::111111111111:user/people/${name}`) }],
  });
const trustChange = (before: readonly string[], after: readonly string[]) => ({
  operation: "update",
  type: "aws:iam/role:Role",
  name: "infra-OpsR-prod",
  properties: [{ property: "assumeRolePolicy", deployed: trustOf(...before), found: trustOf(...after) }],
});

describe("the schema of SARIF", () => {
  it("refuses what is none", () => {
    assert.notDeepEqual(schemaFaults({ version: "2.1.0", runs: [{ results: [] }] }), []);
    assert.notDeepEqual(schemaFaults({}), []);
  });
});

describe("findings of drift as SARIF", () => {
  it("are one run an account, with every rule, whether or not anything was found", () => {
    const log = logOf(ofAccounts(REPORT, { ...REPORT, stack: "users" }));
    assert.deepEqual(
      log.runs.map(({ tool, automationDetails, results }) => [
        tool.driver.name,
        automationDetails.id,
        results,
      ]),
      [
        ["Muster drift", "drift/prod/", []],
        ["Muster drift", "drift/users/", []],
      ],
    );
    assert.deepEqual(
      log.runs[0]?.tool.driver.rules.map(({ id }) => id),
      ["changed-by-hand", "not-deployed", "in-no-stack", "without-counterpart", "not-looked-at"],
    );
  });

  const NOTE = "\nIt is shown at the account because no other line is known to say it.";
  for (const [what, report, place, text] of [
    [
      "somebody whom a trust lets in",
      { ...REPORT, notDeployed: [trustChange(["john.developer"], ["john.developer", "sarah.devops"])] },
      "src/roster.ts:5",
      "prod: iam.Role infra-OpsR-prod is not deployed yet (update: assumeRolePolicy).",
    ],
    [
      "somebody whom a trust lets in no more, without a grant",
      { ...REPORT, byHand: [trustChange(["john.developer"], [])] },
      "src/roster.ts:8",
      "prod: iam.Role infra-OpsR-prod was changed by hand (update: assumeRolePolicy).",
    ],
    [
      "two people at once",
      { ...REPORT, notDeployed: [trustChange([], ["john.developer", "sarah.devops"])] },
      "src/organization.ts:4",
      `prod: iam.Role infra-OpsR-prod is not deployed yet (update: assumeRolePolicy).${NOTE}`,
    ],
    [
      "somebody whom the roster does not know",
      { ...REPORT, byHand: [trustChange([], ["mallory"])] },
      "src/organization.ts:4",
      `prod: iam.Role infra-OpsR-prod was changed by hand (update: assumeRolePolicy).${NOTE}`,
    ],
    [
      "a user",
      {
        ...REPORT,
        stack: "users",
        byHand: [{ operation: "create", type: "aws:iam/user:User", name: "john.developer", properties: [] }],
      },
      "src/roster.ts:8",
      "users: iam.User john.developer was changed by hand (create).",
    ],
    [
      "a key of somebody",
      {
        ...REPORT,
        unmanaged: [{ kind: "access key", name: "AKIA", of: "user sarah.devops", details: ["inactive"] }],
      },
      "src/roster.ts:5",
      "prod: access key AKIA of user sarah.devops is in no stack.\n- inactive",
    ],
    [
      "a name that begins like somebody's",
      { ...REPORT, unmanaged: [{ kind: "user", name: "sarah.devops2" }] },
      "src/organization.ts:4",
      `prod: user sarah.devops2 is in no stack.${NOTE}`,
    ],
    [
      "a partner's role",
      {
        ...REPORT,
        byHand: [
          {
            operation: "create",
            type: "aws:iam/role:Role",
            name: "infra-DataShare-acme-prod",
            properties: [],
          },
        ],
      },
      "src/roster.ts:11",
      "prod: iam.Role infra-DataShare-acme-prod was changed by hand (create).",
    ],
    [
      "a service's role",
      {
        ...REPORT,
        byHand: [{ operation: "create", type: "aws:iam/role:Role", name: "infra-api-prod", properties: [] }],
      },
      "src/workloads.ts:2",
      "prod: iam.Role infra-api-prod was changed by hand (create).",
    ],
    [
      "an account that nobody could look at",
      { stack: "prod", account: "444444444444", problem: "No credentials.\u001b[2J" },
      "src/organization.ts:4",
      `prod: The account could not be looked at. No credentials.\\u{1b}[2J${NOTE}`,
    ],
    [
      "an account that is nowhere in the text",
      { stack: "elsewhere", account: "444444444444", problem: "No." },
      "src/organization.ts:1",
      "elsewhere: The account could not be looked at. No.\nIt is shown here because no line of the edited files is known to name elsewhere.",
    ],
  ] as const satisfies readonly (readonly [string, AccountReport, string, string])[]) {
    it(`${what}: ${place}`, () => {
      const [result, ...others] = resultsOfDrift(report);
      assert.ok(result);
      assert.deepEqual(others, []);
      assert.equal(placeOf(result), place);
      assert.equal(result.message.text, text);
    });
  }

  it("have a run of their own where they are about no account alone", () => {
    const mismatches = [{ name: "Pulumi.old.yaml", found: "no account has this key", fix: "Delete it." }];
    const [run, ...others] = logOf(
      driftFindings({ accounts: [], mismatches, stacksUnknown: "no login" }),
    ).runs;
    assert.ok(run);
    assert.deepEqual(others, []);
    assert.equal(run.automationDetails.id, "drift/all accounts/");
    assert.deepEqual(
      run.results.map((result) => [result.ruleId, placeOf(result), result.message.text.split("\n")[0]]),
      [
        [
          "without-counterpart",
          "src/organization.ts:1",
          "all accounts: Pulumi.old.yaml: no account has this key. Delete it.",
        ],
        [
          "not-looked-at",
          "src/organization.ts:1",
          "all accounts: Which other stacks there are is not known. no login",
        ],
      ],
    );
  });

  it("know each other again, and differ from others", () => {
    const identities = (report: AccountReport): readonly string[] =>
      resultsOfDrift(report).map(({ partialFingerprints: { primaryLocationLineHash: hash } }) => hash);
    const report = {
      ...REPORT,
      byHand: [trustChange([], ["mallory"])],
      notDeployed: [trustChange([], ["mallory"])],
      unmanaged: [
        { kind: "role", name: "a" },
        { kind: "role", name: "b" },
        { kind: "user", name: "a" },
      ],
    } as const satisfies AccountReport;
    assert.equal(new Set(identities(report)).size, 5);
    assert.deepEqual(
      identities({ ...report, byHand: [trustChange([], ["sarah.devops"])] }),
      identities(report),
    );
  });

  it("have paths from the root of the repository", () => {
    const [run] = logOf(
      ofAccounts({ ...REPORT, unmanaged: [{ kind: "user", name: "x" }] }),
      "our accounts/",
    ).runs;
    assert.equal(placeOf(run!.results[0]!), "our%20accounts/src/organization.ts:4");
  });
});

describe("what the policy pack refuses as SARIF", () => {
  const urnOf = (type: string, name: string): string =>
    `urn:pulumi:prod::muster::muster:stacks:Role$${type}::${name}`;
  const preview = (code: number, ...events: readonly object[]) => {
    const comparison = new PreviewComparison();
    for (const policyEvent of events) comparison.add({ policyEvent });
    return policyFindings("prod", { code, output: "the end", comparison });
  };
  const TRUST = {
    resourceUrn: urnOf("aws:iam/role:Role", "infra-OpsR-prod"),
    message:
      "<{%reset%}>Trusts are the roster's.\nThe trust of infra-OpsR-prod names sarah.devops.\nWhy it matters: john.developer waits.\nWhat to do: see the roster.\n<{%reset%}>",
    color: "raw",
    policyName: "aws-iam-role-trust-roster",
    policyPackName: "muster",
    policyPackVersion: "0.1.0",
    policyPackVersionTag: "0.1.0",
    enforcementLevel: "mandatory",
  };

  it("is there once where a preview with a refresh asked the policies twice", () => {
    const other = { ...TRUST, policyName: "aws-iam-role-trust-mfa" };
    const { findings } = preview(255, TRUST, other, TRUST, other);
    assert.deepEqual(
      findings.map(({ rule }) => rule.id),
      ["aws-iam-role-trust-roster", "aws-iam-role-trust-mfa"],
    );
  });

  it("stands at the line of the person whom the message names, before it says why", () => {
    const [result] = resultsOf(preview(1, TRUST));
    assert.ok(result);
    assert.deepEqual(
      [result.ruleId, result.level, placeOf(result)],
      ["aws-iam-role-trust-roster", "error", "src/roster.ts:5"],
    );
    assert.equal(
      result.message.text,
      "prod: iam.Role infra-OpsR-prod: Trusts are the roster's.\nThe trust of infra-OpsR-prod names sarah.devops.\nWhy it matters: john.developer waits.\nWhat to do: see the roster.",
    );
  });

  it("is a warning where the policy only advises, and may be about the whole stack", () => {
    const [result] = resultsOf(
      preview(0, {
        ...TRUST,
        resourceUrn: urnOf("pulumi:pulumi:Stack", "muster-prod"),
        message: "Something is missing.",
        enforcementLevel: "advisory",
      }),
    );
    assert.ok(result);
    assert.deepEqual([result.level, placeOf(result)], ["warning", "src/organization.ts:4"]);
    assert.match(result.message.text, /^prod: the stack: Something is missing\.\nIt is shown at the account/);
  });

  it("is nothing where the preview succeeded and nothing was refused", () =>
    assert.deepEqual(resultsOf(preview(0)), []));

  it("is a failure where the preview failed otherwise: nobody has shown that nothing is wrong", () => {
    const [result] = resultsOf(preview(255, { ...TRUST, enforcementLevel: "advisory" })).slice(1);
    assert.equal(result?.ruleId, "preview-failed");
    assert.match(result.message.text, /^prod: The preview failed \(exit status 255\)\. It ends so:\nthe end/);
  });

  it("keeps a message to what a page can show", () => {
    const [result] = resultsOf(preview(1, { ...TRUST, message: "a".repeat(10_000) }));
    assert.ok((result?.message.text.length ?? 0) < 4_200);
  });
});
