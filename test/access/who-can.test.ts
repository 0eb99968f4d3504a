import assert from "node:assert/strict";

import { FRESH_MFA } from "../../src/access/circumstances";
import { Evaluator } from "../../src/access/evaluator";
import { whoCanText } from "../../src/access/report/who-can-text";
import { assumptionsAbout, readActionRequest } from "../../src/access/action-request";
import { WhoCanAnswers } from "../../src/access/who-can";
import { accountsOf, sample } from "./support";

const accounts = accountsOf(sample());
const BOUNDS = `Service and resource control policies, and the policies of resources and of their keys, may still refuse what is allowed here. A resource's own policy may also let in, within its account, who is denied here. They are outside of this program, but for those of the buckets and topics that Muster makes and, where the trail's bucket is asked about, of its key: they are taken as Muster writes them.
`;

async function whoCan(action: string, resource: string | undefined, account: string): Promise<string> {
  const circumstances = { at: "2026-11-20T12:00:00Z", mfa: FRESH_MFA, context: {} };
  const request = await readActionRequest(action, resource);
  const ables = await new WhoCanAnswers(accounts, new Evaluator()).answer(
    request,
    circumstances,
    accounts.account(account),
  );
  return whoCanText({ asked: "Who can", assumptions: assumptionsAbout(request, accounts) }, ables);
}

describe("who-can", () => {
  it("names services, and people with more power", async () => {
    assert.equal(
      await whoCan("sqs:ReceiveMessage", undefined, "prod"),
      `Who can:

prod/BreakGlass (people): allowed
  maria.cto, sarah.devops
      Allow number 1 of AdministratorAccess

prod/task-mw-worker (service): allowed if:
  - the resource is like arn:aws:sqs:eu-west-1:444444444444:mw-prod-events
  ecs-tasks.amazonaws.com if aws:SourceAccount is 444444444444 and aws:SourceArn is like arn:aws:ecs:eu-west-1:444444444444:*
      Allow ReceiveFromQueues of infra-task-mw-worker-prod-permissions

${BOUNDS}`,
    );
  });

  it("names users who can do it without a role", async () => {
    assert.equal(
      await whoCan("iam:DeleteUser", "arn:aws:iam::111111111111:user/people/john.developer", "users"),
      `Who can:

users (without a role): allowed if:
  - aws:ResourceTag/BreakGlassHolder is not true
  chris.security, sarah.devops
      Allow FullIam of infra-PowerG-permissions

${BOUNDS}`,
    );
  });

  it("names partners with what they have to bring", async () => {
    assert.match(
      await whoCan("sts:GetCallerIdentity", undefined, "prod"),
      /prod\/DataShare-acme \(partner\): allowed\n {2}account 999988887777 if sts:ExternalId is acme-data-sharing-7f3a\n/,
    );
  });

  it("says that nobody can", async () => {
    assert.equal(
      await whoCan("braket:CreateJob", undefined, "users"),
      `Who can: nobody that this program knows.\n\n${BOUNDS}`,
    );
  });

  it("asks the policy of a bucket that Muster makes, and its key's, whose account it knows", async () => {
    assert.equal(
      await whoCan("s3:GetObject", "arn:aws:s3:::infra-trail-333333333333/*", "staging"),
      `Who can:

staging/Ops (people): not decidable here: By the policy of the trail's key, or their own, they may not decrypt what that key encrypts; which objects are older than the key is not known here.
  sarah.devops

${BOUNDS}`,
    );
    assert.equal(
      await whoCan("s3:DeleteObjectVersion", "arn:aws:s3:::infra-trail-333333333333/*", "staging"),
      `Who can: nobody that this program knows.\n\n${BOUNDS}`,
    );
  });

  it("says that a resource whose ARN names no account is taken to be at hand", async () => {
    const answer = await whoCan("s3:DeleteBucket", "arn:aws:s3:::example-patients", "dev");
    assert.match(answer, /^dev\/Admin \(people\): allowed$/m);
    assert.ok(
      answer.endsWith(
        `\narn:aws:s3:::example-patients names no account: it is taken to be in the caller's account.\n${BOUNDS}`,
      ),
      answer,
    );
  });

  it("names who may use a document of AWS's, which is in no account", async () => {
    const document = "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript";
    assert.match(
      await whoCan("ssm:SendCommand", document, "prod"),
      /^prod\/BreakGlass \(people\): allowed$/m,
    );
  });

  it("does not say nobody of a resource whose form AWS's reference does not have", async () => {
    const definition = "arn:aws:ssm:eu-west-1::automation-definition/AWS-RestartEC2Instance:1";
    const answer = await whoCan("ssm:StartAutomationExecution", definition, "prod");
    assert.ok(
      answer.includes(
        `\nprod/BreakGlass (people): not decidable here: AWS's reference has no ${definition} that ssm:StartAutomationExecution takes.\n`,
      ),
      answer,
    );
    assert.doesNotMatch(answer, /nobody that this program knows/);
  });

  it("counts the rest of a crowd", () => {
    const who = Array.from({ length: 23 }, (_, index) => `p${String(index)}`);
    const text = whoCanText({ asked: "Who can", assumptions: [] }, [
      { account: "prod", role: "prod/Read", kind: "people", who, verdict: { kind: "allowed" }, because: [] },
    ]);
    assert.match(text, /p18, p19 and 3 others\n/);
  });
});
