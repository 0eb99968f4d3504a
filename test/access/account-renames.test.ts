import assert from "node:assert/strict";

import { ActionCatalogue } from "../../src/access/actions/catalogue";
import { compareStates, type AccessDifference } from "../../src/access/diff/access-difference";
import { Evaluator } from "../../src/access/evaluator";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { newAccess } from "../../src/access/diff/new-access";
import { requestChanges } from "../../src/access/diff/request-changes";
import { modelState, type ProgramState } from "../../src/access/diff/state";
import type { PipelineDefinition } from "../../src/model/pipeline";
import { theProver } from "../proofs/support";
import { sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";
import { modelOf } from "./support";

type Keys = Readonly<Record<string, string>>;

const GITHUB: PipelineDefinition = { kind: "github", repository: "example/accounts" };
const USERS: PipelineDefinition = { kind: "users" };

/** What is written, with other keys of accounts wherever they stand. */
const withKeys = <T>(written: T, keys: Keys): T =>
  JSON.parse(JSON.stringify(written), (place: string, value: unknown) => {
    if (place === "account" && typeof value === "string") return keys[value] ?? value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [keys[key] ?? key, inner]));
  }) as T;

function stateOf(
  keys: Keys,
  pipeline: PipelineDefinition | undefined,
  change?: (roster: WrittenRoster) => void,
): ProgramState {
  const roster = withKeys(sampleRoster(), keys);
  change?.(roster);
  const organization = withKeys(sampleOrganization(), keys);
  return modelState(modelOf({ ...organization, ...(pipeline && { pipeline }) }, roster, sampleWorkloads()));
}

describe("accounts that have another key", function () {
  this.timeout(60_000);
  let catalogue: ActionCatalogue;
  const evaluator = new Evaluator();

  before(async () => {
    catalogue = await ActionCatalogue.load();
  });

  /** What is not empty. */
  const between = async (before: ProgramState, after: ProgramState): Promise<Partial<AccessDifference>> =>
    Object.fromEntries(
      Object.entries<readonly unknown[]>({
        ...(await compareStates(before, after, catalogue, evaluator)),
      }).filter(([, found]) => found.length > 0),
    );
  const renamed = (keys: Keys): AccessDifference["renames"] =>
    Object.entries(keys).map(([before, after]) => ({ kind: "account", before, after }));

  const CASES: readonly (readonly [what: string, keys: Keys, pipeline?: PipelineDefinition])[] = [
    ["a workload account", { prod: "books" }],
    ["one with the pipeline's users", { prod: "books" }, USERS],
    ["one that comes elsewhere in the alphabet than before", { dev: "zoo" }],
    ["one whose key is long", { prod: "production-of-all-our-clinics-eu" }],
    ["the identity account", { users: "identity" }, USERS],
    ["two that exchange their keys", { dev: "staging", staging: "dev" }],
  ];
  for (const [what, keys, pipeline] of CASES) {
    it(`are the same accounts, with everything in them: ${what}`, async () => {
      const [before, after] = [stateOf({}, pipeline), stateOf(keys, pipeline)];
      assert.deepEqual(await between(before, after), { renames: renamed(keys) });
      assert.deepEqual(await requestChanges(before, after, theProver), []);
      assert.deepEqual(await newAccess(before, after, theProver), []);
    });
  }

  it("deploy from another environment of GitHub, which is another subject", async () => {
    const subject = (key: string): string =>
      "token.actions.githubusercontent.com if token.actions.githubusercontent.com:aud is sts.amazonaws.com and " +
      `token.actions.githubusercontent.com:sub is repo:example/accounts:environment:${key} and ` +
      "token.actions.githubusercontent.com:ref is refs/heads/main";
    assert.deepEqual(await between(stateOf({}, GITHUB), stateOf({ prod: "books" }, GITHUB)), {
      renames: renamed({ prod: "books" }),
      trust: [
        {
          role: "books/Deploy",
          kind: "pipeline",
          admits: [subject("books")],
          admitsNoMore: [subject("prod")],
        },
      ],
      documents: [{ holder: "books/Deploy", documents: ["trust"] }],
    });
  });

  it("show whatever else changes with the key", async () => {
    const found = await between(
      stateOf({}, undefined),
      stateOf({ prod: "books" }, undefined, ({ people }) => {
        people["chris.security"]!.access["books"] = ["Security", "Read"];
      }),
    );
    assert.deepEqual(
      found.access?.map(({ person, account, role }) => [person, account, role]),
      [["chris.security", "books", "Read"]],
    );
    assert.deepEqual(Object.keys(found), ["renames", "access", "documents"]);
  });

  for (const [where, differs] of [
    ["444444444444", false],
    ["999999999999", true],
  ] as const) {
    it(`${differs ? "say" : "do not say"} that a statement names a role of the account ${where} by its later name`, async () => {
      const withRoleNamed = (state: ProgramState, role: string): ProgramState => ({
        ...state,
        accounts: state.accounts.map((account) => ({
          ...account,
          groups: account.groups.map((group) => ({
            ...group,
            policies: [
              ...group.policies,
              iamPolicy(
                "by-hand",
                JSON.stringify({
                  Version: "2012-10-17",
                  Statement: [
                    {
                      Effect: "Allow",
                      Action: "sts:AssumeRole",
                      Resource: `arn:aws:iam::${where}:role/${role}`,
                    },
                  ],
                }),
              ),
            ],
          })),
        })),
      });
      const { roles = [] } = await between(
        withRoleNamed(stateOf({}, undefined), "infra-OpsR-prod"),
        withRoleNamed(stateOf({ prod: "books" }, undefined), "infra-OpsR-books"),
      );
      assert.equal(roles.length > 0, differs);
    });
  }
});
