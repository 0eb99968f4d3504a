import assert from "node:assert/strict";

import { decideRequest } from "../../src/access/decide-request";
import { sessionOf } from "../../src/access/can";
import { FRESH_MFA } from "../../src/access/circumstances";
import { Evaluator } from "../../src/access/evaluator";
import { roleTitle } from "../../src/access/iam/iam-account";
import { requestOf } from "../../src/access/request";
import { deniesOtherSessions } from "../../src/documents/session-holders";
import { accessOf } from "../../src/proofs/allowed-requests";
import { sessionCaller } from "../../src/proofs/caller";
import type { Prover } from "../../src/proofs/prover";
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

/** The answers are made of patterns, so that people can read them; the prover tells whether there is any request at all. */
describe("an answer about any resource, of the listed actions and a draw of all, is 'denied' where the prover finds no request", function () {
  this.timeout(300_000);
  const accounts = accountsOf(sample());
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  for (const { account, role } of accounts.roles) {
    it(roleTitle(account, role), async () => {
      const evaluator = new Evaluator();
      // As its holders have it, whoever they are.
      const held = {
        ...role,
        policies: role.policies.filter(({ statements }) => !statements.some(deniesOtherSessions)),
      };
      const taking = prover.reference.actions.filter(({ resourceTypes }) => resourceTypes.length > 0);
      const drawn = taking.filter((_, index) => index % STEP === 0).map(({ id }) => id);
      for (const id of [...ACTIONS, ...drawn]) {
        const { user } = accounts.user("sarah.devops");
        const request = await requestOf(id);
        const principal = sessionOf(held, user, CIRCUMSTANCES);
        const answer = await decideRequest(evaluator, accounts, principal, request, CIRCUMSTANCES);
        const caller = sessionCaller(role.arn, user.name, roleTitle(account, role));
        const breaches = prover.breaches(accessOf(caller, held), {
          actions: id,
          when: { DateEquals: { "aws:CurrentTime": AT } },
        });
        // What a key's own policy says is not known.
        const expected = breaches.length === 0 ? ["denied"] : ["allowed", "unknown"];
        assert.ok(expected.includes(answer.kind), `${id} is ${answer.kind}, not ${expected.join(" or ")}`);
      }
    });
  }
});
