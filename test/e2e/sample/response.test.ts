import { EventBridge } from "@aws-sdk/client-eventbridge";
import { SNS } from "@aws-sdk/client-sns";
import { SSM } from "@aws-sdk/client-ssm";
import assert from "node:assert/strict";

import { parametersFrom, runAutomation } from "../../support/automation";
import { matchesEventPattern } from "../../support/event-pattern";
import { misusedCredentials } from "../../support/misused-credentials";
import { assertSucceeded } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import { SETTINGS, type Workspace } from "../support/workspace";

const PERSON = "john.developer";
const QUARANTINE = "arn:aws:iam::111111111111:policy/infra-quarantine";
const RULE = "infra-CredentialsMisused";
const DOCUMENT = "infra-Quarantine";
const SUSPECTED = "infra-CredentialsSuspected";
const THREAT = "infra-ThreatFound";
const TOPIC = "arn:aws:sns:eu-west-1:111111111111:infra-alarms";
const NOTHING = ["--refresh", "--expect-no-changes"] as const;
const CHANGES_FOUND = 7;

/** Systems Manager's Automation is not in the emulator: the deployed document's steps are taken here, over the deployed rule's input. */
describe("the response to a finding, as deployed", function () {
  this.timeout(300_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["users"], rosterToday());
    settle("muster:awsConfig: {}", "muster:emergency: { guardDuty: MEDIUM }");
    assertSucceeded(await workspace.deploy("users"));
  });

  /** Writes the stack's settings, with these more. */
  function settle(...more: readonly string[]): void {
    workspace.writeFile(
      "Pulumi.users.yaml",
      [SETTINGS.trimEnd(), ...more.map((line) => `  ${line}`), ""].join("\n"),
    );
  }

  after(async () => {
    const iam = workspace.byHand("users");
    if ((await attached()).includes(QUARANTINE))
      await iam.detachUserPolicy({ UserName: PERSON, PolicyArn: QUARANTINE });
    settle();
    assertSucceeded(await workspace.deploy("users"));
  });

  /** A rule as it is in the account: whether it hears an event, and whom it tells. */
  async function deployedRule(Name: string): Promise<{
    readonly hears: (event: object) => boolean;
    readonly tells: readonly string[];
  }> {
    const events = workspace.client(EventBridge, "users");
    const { EventPattern = "" } = await events.describeRule({ Name });
    const { Targets = [] } = await events.listTargetsByRule({ Rule: Name });
    return {
      hears: (event) => matchesEventPattern(JSON.parse(EventPattern), event),
      tells: Targets.map(({ Arn = "" }) => Arn).sort(),
    };
  }

  async function attached(): Promise<readonly string[]> {
    const { AttachedPolicies = [] } = await workspace
      .iam("users")
      .listAttachedUserPolicies({ UserName: PERSON });
    return AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn);
  }

  it("needs nothing after its deployment, with AWS Config beside it", async () => {
    assertSucceeded(await workspace.preview("users", ...NOTHING));
  });

  it("puts the person of a finding in quarantine", async () => {
    const events = workspace.client(EventBridge, "users");
    const finding = misusedCredentials(PERSON);
    const { EventPattern = "" } = await events.describeRule({ Name: RULE });
    assert.ok(matchesEventPattern(JSON.parse(EventPattern), finding));

    const { Targets = [] } = await events.listTargetsByRule({ Rule: RULE });
    assert.deepEqual(
      Targets.map(({ Arn }) => Arn),
      ["arn:aws:ssm:eu-west-1:111111111111:automation-definition/infra-Quarantine:$DEFAULT"],
    );
    const [target] = Targets;
    const { InputPathsMap: inputPaths, InputTemplate: inputTemplate } = target?.InputTransformer ?? {};
    assert.ok(inputPaths && inputTemplate !== undefined);

    const { Content = "" } = await workspace.client(SSM, "users").getDocument({ Name: DOCUMENT });
    const steps = await runAutomation(
      JSON.parse(Content) as Parameters<typeof runAutomation>[0],
      parametersFrom({ inputPaths, inputTemplate }, finding),
      async (service, api, { UserName = "", PolicyArn = "", ...notice }) => {
        switch (`${service}:${api}`) {
          case "iam:AttachUserPolicy":
            return workspace.byHand("users").attachUserPolicy({ UserName, PolicyArn });
          case "sns:Publish":
            return workspace.client(SNS, "users").publish({
              TopicArn: notice["TopicArn"],
              Subject: notice["Subject"],
              Message: notice["Message"],
            });
          default:
            throw new Error(`${service}:${api} is no step of it.`);
        }
      },
    );
    assert.deepEqual(steps, ["Quarantine", "TellQuarantine"]);
    assert.deepEqual(await attached(), [QUARANTINE]);
  });

  it("survives the next deployments, and npm run drift says why it is there", async () => {
    assertSucceeded(await workspace.deploy("users", "--refresh"));
    assert.deepEqual(await attached(), [QUARANTINE]);
    const { code, stdout } = await workspace.script("drift", "users");
    assert.equal(code, 1, stdout);
    assert.match(stdout, /infra-quarantine/);
    assert.match(stdout, /npm run offboard -- john\.developer --undo/);
  });

  it("is undone by one command, which may run again", async () => {
    const undone = await workspace.script("offboard", PERSON, "--undo");
    assert.equal(undone.code, 0, undone.stderr);
    assert.match(undone.stdout, /The user is out of quarantine/);
    assert.deepEqual(await attached(), []);
    const again = await workspace.script("offboard", PERSON, "--undo");
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /nothing {3}The user is in no quarantine/);
  });

  it("is seen and put right where somebody changes it", async () => {
    await workspace.client(EventBridge, "users").disableRule({ Name: RULE });
    await workspace.client(SSM, "users").deleteDocument({ Name: DOCUMENT });
    await workspace.byHand("users").deleteRolePermissionsBoundary({ RoleName: "infra-ResponderR" });
    const healing = [
      "create ssm.Document infra-Quarantine",
      "update cloudwatch.EventRule infra-CredentialsMisused (state)",
      "update iam.Role infra-ResponderR (permissionsBoundary)",
    ];
    const seen = await workspace.preview("users", ...NOTHING);
    assert.equal(seen.code, CHANGES_FOUND, seen.output);
    assert.deepEqual(seen.changes, healing);
    const healed = await workspace.deploy("users", "--refresh");
    assertSucceeded(healed);
    assert.deepEqual(healed.changes, healing);
  });

  it("tells of each finding by one rule, whether it answers it or not", async () => {
    const heard = async () => {
      const [answers, tells, tellsOfAll] = await Promise.all([RULE, SUSPECTED, THREAT].map(deployedRule));
      assert.ok(answers && tells && tellsOfAll);
      assert.deepEqual([tells.tells, tellsOfAll.tells], [[TOPIC], [TOPIC]]);
      return [3.9, 4, 6.9, 7].map((severity) => {
        const finding = misusedCredentials(PERSON, { severity });
        const told = [tells, tellsOfAll].filter((rule) => rule.hears(finding)).length;
        return { severity, answered: answers.hears(finding), told };
      });
    };
    assert.deepEqual(await heard(), [
      { severity: 3.9, answered: false, told: 0 },
      { severity: 4, answered: true, told: 1 },
      { severity: 6.9, answered: true, told: 1 },
      { severity: 7, answered: true, told: 1 },
    ]);
    settle("muster:awsConfig: {}", "muster:emergency: { guardDuty: HIGH }");
    const { code, changes, output } = await workspace.deploy("users");
    assert.equal(code, 0, output);
    assert.deepEqual(changes, [`update cloudwatch.EventRule ${RULE} (description, eventPattern)`]);
    assert.deepEqual(await heard(), [
      { severity: 3.9, answered: false, told: 0 },
      { severity: 4, answered: false, told: 1 },
      { severity: 6.9, answered: false, told: 1 },
      { severity: 7, answered: true, told: 1 },
    ]);
    assertSucceeded(await workspace.preview("users", ...NOTHING));
  });

  it("goes, and AWS Config stays; then that goes too, each with its own resources alone", async () => {
    settle("muster:awsConfig: {}");
    const without = await workspace.up("users");
    assertSucceeded(without);
    assert.ok(without.changes.length > 0);
    assert.ok(
      without.changes.every((change) =>
        /^delete .*(?:Quarantine|quarantine|Respon|Credentials)/.test(change),
      ),
      without.changes.join("\n"),
    );
    assertSucceeded(await workspace.preview("users", ...NOTHING));
    settle();
    const bare = await workspace.up("users");
    assertSucceeded(bare);
    assert.ok(bare.changes.some((change) => change.startsWith("delete cfg.Recorder ")));
    assert.ok(
      bare.changes.every((change) => /^(?:delete|update s3\.|update kms\.)/.test(change)),
      bare.changes.join("\n"),
    );
    assertSucceeded(await workspace.preview("users", ...NOTHING));
  });
});
