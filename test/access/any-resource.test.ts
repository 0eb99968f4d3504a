import assert from "node:assert/strict";

import { decideRequest, type RequestingPrincipal } from "../../src/access/decide-request";
import { userPrincipal, sessionPrincipal } from "../../src/access/can";
import { FRESH_MFA } from "../../src/access/circumstances";
import { Evaluator } from "../../src/access/evaluator";
import { roleTitle } from "../../src/access/iam/iam-account";
import { decideManyResources } from "../../src/access/many-resources";
import { decideByProof } from "../../src/access/decide-by-proof";
import { readActionRequest } from "../../src/access/action-request";
import { unnamedSessionPrincipal } from "../../src/access/role-chains";
import type { AccessDecision, AccessQuestion } from "../../src/access/simulator";
import { theProver } from "../proofs/support";
import { accountsOf, sample } from "./support";

const AT = "2026-11-20T12:00:00Z";
const CIRCUMSTANCES = { at: AT, mfa: FRESH_MFA, context: {} };
/** Each of them takes resources, and a document of the sample says something of it. */
const ACTIONS = [
  "autoscaling:SetInstanceHealth",
  "cloudformation:UpdateStack",
  "dynamodb:GetItem",
  "ecs:UpdateService",
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:CreateUser",
  "iam:PassRole",
  "lambda:InvokeFunction",
  "logs:GetLogEvents",
  "rds-db:connect",
  "rds:ModifyDBInstance",
  "rds:StartDBInstance",
  "s3:GetObject",
  "s3:PutObject",
  "secretsmanager:GetSecretValue",
  "sns:Publish",
  "ssm:StartSession",
  "sts:TagSession",
] as const;

/** Of the actions that take resources, one in so many is asked besides. */
const STEP = 400;

/** What patterns say, how the prover answers, and `extent`: how many requests are allowed. */
const extent = (decision: AccessDecision): string =>
  decision.kind === "allowed" ? (decision.requires === undefined ? "all" : "some") : decision.kind;

/** Keeps what is asked, and answers nothing. */
class Asked extends Evaluator {
  readonly questions: AccessQuestion[] = [];

  override decide(question: AccessQuestion): Promise<AccessDecision> {
    this.questions.push(question);
    return Promise.resolve({ kind: "unknown", reason: "kept" });
  }
}

describe("what patterns say of any resource is what the prover says, of the listed actions and a draw of all", function () {
  this.timeout(300_000);
  const accounts = accountsOf(sample());
  const { user } = accounts.user("sarah.devops");
  let drawn: readonly string[];
  before(async () => {
    const { actions } = (await theProver()).reference;
    const taking = actions.filter(({ resourceTypes }) => resourceTypes.length > 0).map(({ id }) => id);
    drawn = [...ACTIONS, ...taking.filter((_, index) => index % STEP === 0)];
  });

  const assertAlike = async (principal: RequestingPrincipal): Promise<void> => {
    const asked = new Asked();
    for (const id of drawn)
      await decideRequest(asked, accounts, principal, await readActionRequest(id), CIRCUMSTANCES);
    assert.ok(asked.questions.length > 0);
    for (const question of asked.questions) {
      const read = await decideManyResources(question);
      const answer = await decideByProof(question, () => Promise.resolve(read));
      assert.notEqual(answer.kind, "unknown", question.action.id);
      assert.equal(extent(answer), extent(read), question.action.id);
      assert.ok(answer.kind === "unknown" || answer.unproven === undefined, question.action.id);
    }
  };

  for (const { account, role } of accounts.roles) {
    it(`${roleTitle(account, role)}, in a session of the user's name`, () =>
      assertAlike(sessionPrincipal(role, user, CIRCUMSTANCES)));
    it(`${roleTitle(account, role)}, in a session whose name is not known`, () =>
      assertAlike(unnamedSessionPrincipal(role, CIRCUMSTANCES)));
  }
  it("a user", () => assertAlike(userPrincipal(user, CIRCUMSTANCES)));
});
