import assert from "node:assert/strict";

import fc from "fast-check";

import { decideRequest } from "../../src/access/decide-request";
import { decideAdmission, findAssumeRole } from "../../src/access/decide-admission";
import { sessionPrincipal } from "../../src/access/can";
import { FRESH_MFA, type Circumstances } from "../../src/access/circumstances";
import { decideQuestion } from "../../src/access/decide";
import { Evaluator } from "../../src/access/evaluator";
import type { IamAccounts } from "../../src/access/iam/iam-accounts";
import { iamPolicy } from "../../src/access/iam/iam-policy";
import { readActionRequest } from "../../src/access/action-request";
import type { AccessQuestion } from "../../src/access/simulator";
import { toInstant } from "../../src/model/dates";
import { Deployed } from "../support/deployed";
import { decideAssumeRole, userCaller } from "../support/evaluate";
import { validPairs } from "../support/rosters";
import { accountsOf, modelOf, MOMENT, sample } from "./support";

/** Answers every question anew. */
class Naive extends Evaluator {
  override decide(question: AccessQuestion) {
    return decideQuestion(question);
  }
}

const AT = toInstant(MOMENT);

const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  at: fc.constantFrom(AT, "2026-11-20T13:59:59Z", "2027-06-01T00:00:00Z"),
  mfa: fc.constantFrom(
    FRESH_MFA,
    { ageSeconds: 7_200 },
    { ageSeconds: 90_000 },
    "console without MFA",
    "access keys",
  ),
  context: fc.constant({}),
});

/** A few of everything: the naive evaluation of all takes a second for each hundred. */
const some = <T>(all: readonly T[], most: number): fc.Arbitrary<readonly T[]> =>
  all.length === 0 ? fc.constant([]) : fc.subarray([...all], { maxLength: Math.min(most, all.length) });

const REQUESTS = [
  ["s3:GetObject", undefined],
  ["s3:GetObject", "arn:aws:s3:::infra-data/object"],
  ["iam:CreateRole", undefined],
  ["iam:PassRole", "arn:aws:iam::222222222222:role/workloads/infra-task-one-dev"],
  ["ecs:UpdateService", undefined],
  ["rds:DeleteDBInstance", undefined],
  ["logs:GetLogEvents", undefined],
  ["ec2:DescribeInstances", undefined],
] as const;

describe("asking once for each shape of a question", function () {
  this.timeout(180_000);

  it("answers who gets in as asking for every cell does", async () => {
    const action = await findAssumeRole();
    await fc.assert(
      fc.asyncProperty(
        validPairs.chain(({ organization, roster }) => {
          const accounts = accountsOf(modelOf(organization, roster));
          return fc.tuple(some(accounts.users, 6), some(accounts.roles, 6), circumstances, fc.boolean());
        }),
        async ([users, roles, { at, ...others }, withoutTime]) => {
          const evaluator = new Evaluator();
          const when: Circumstances = withoutTime || at === undefined ? others : { at, ...others };
          for (const { user } of users) {
            for (const { role } of roles) {
              const question = decideAdmission(user, role, action, when);
              assert.deepEqual(
                await evaluator.decide(question),
                await decideQuestion(question),
                `${user.name} ${role.name}`,
              );
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("answers what they can do there as asking for every session does", async () => {
    await fc.assert(
      fc.asyncProperty(
        validPairs.chain(({ organization, roster }) => {
          const accounts = accountsOf(modelOf(organization, roster));
          return fc.tuple(
            fc.constant(accounts),
            some(accounts.users, 4),
            some(accounts.roles, 3),
            circumstances,
            fc.constantFrom(...REQUESTS),
          );
        }),
        async ([accounts, users, roles, when, [action, resource]]) => {
          const request = await readActionRequest(action, resource);
          const ask = (
            evaluator: Evaluator,
            all: IamAccounts,
            one: (typeof users)[number],
            role: (typeof roles)[number],
          ) => decideRequest(evaluator, all, sessionPrincipal(role.role, one.user, when), request, when);
          const evaluator = new Evaluator();
          for (const user of users) {
            for (const role of roles) {
              assert.deepEqual(
                await ask(evaluator, accounts, user, role),
                await ask(new Naive(), accounts, user, role),
                `${user.user.name} ${role.role.name} ${action}`,
              );
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("says that somebody gets in exactly where the evaluator, told everything, lets them in", async () => {
    const action = await findAssumeRole();
    await fc.assert(
      fc.asyncProperty(
        validPairs.chain(({ organization, roster }) => {
          const model = modelOf(organization, roster);
          return fc.tuple(
            fc.constant(model),
            some(accountsOf(model).users, 4),
            fc.constantFrom(...model.organization.accounts),
            circumstances,
          );
        }),
        async ([model, users, account, when]) => {
          const deployed = new Deployed(model);
          const accounts = accountsOf(model);
          for (const { user } of users) {
            for (const { role, arn, trust } of deployed.account(account.key).roles) {
              const strict = await decideAssumeRole({
                caller: userCaller(user.arn, when.mfa, user.tags),
                policies: deployed.userPolicies(user.name),
                roleArn: arn,
                trust: trust.document,
                sessionName: user.name,
                at: when.at ?? AT,
              });
              const { role: found } = accounts.role(`${account.key}/${role}`);
              const decision = await new Evaluator().decide(
                decideAdmission(user, found, action, { ...when, at: when.at ?? AT }),
              );
              assert.deepEqual(
                {
                  kind: decision.kind,
                  requires: decision.kind === "allowed" ? decision.requires : undefined,
                },
                { kind: strict, requires: undefined },
                `${user.name} ${found.name}`,
              );
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("questions about many resources", () => {
  const accounts = accountsOf(sample());
  const CIRCUMSTANCES: Circumstances = { at: AT, mfa: FRESH_MFA, context: {} };

  it("are asked one by one where statements of one name speak of other resources", async () => {
    const { user } = accounts.user("sarah.devops");
    const { role } = accounts.role("dev/Admin");
    const evaluator = new Evaluator();
    const request = await readActionRequest("s3:GetObject");
    const answerFor = (bucket: string) => {
      const statement = {
        Sid: "Objects",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${bucket}/*`,
      };
      const policy = iamPolicy("objects", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
      return decideRequest(
        evaluator,
        accounts,
        sessionPrincipal({ ...role, policies: [policy] }, user, CIRCUMSTANCES),
        request,
        CIRCUMSTANCES,
      );
    };
    const answers = [await answerFor("one"), await answerFor("other")];
    assert.deepEqual(
      answers.map((answer) => answer.kind === "allowed" && answer.requires),
      ["one", "other"].map((bucket) => ({ kind: "resource", patterns: [`arn:aws:s3:::${bucket}/*`] })),
    );
  });
});
