import assert from "node:assert/strict";

import { automationTrust } from "../../../src/documents/automation-trust";
import {
  linuxUsersAutomation,
  linuxUsersCommand,
  linuxUsersPermissions,
} from "../../../src/documents/machines/linux-users";
import { linuxUsersRoleArn } from "../../../src/model/names";
import { customerPolicy } from "../../../src/documents/permissions/customer-policy";
import { decideAssumeRole, sessionCaller, userCaller, type Caller } from "../../support/evaluate";
import { contextIn } from "../fixture";
import { can, cannot, prove } from "../permissions/role-proof";

const context = contextIn("prod");
const ACCOUNT = "444444444444";
const machine = (id: string): string => `arn:aws:ec2:{region}:{account}:instance/${id}`;
const document = (name: string): string => `arn:aws:ssm:{region}:{account}:document/${name}`;
const NAMED = "i-0123456789abcdef0";
const TAGGED = { context: { "aws:ResourceTag/OpsAccess": "true" } };

const COMMON = [
  can("prod", "send the one command", "ssm:SendCommand", document("Manage-Linux-User-And-Keys-Command")),
  can("prod", "see which machines there are", "ssm:DescribeInstanceInformation"),
  can("prod", "see the command", "ssm:ListCommands"),
  can("prod", "see what became of it", "ssm:ListCommandInvocations"),
  cannot("prod", "send any shell command", "ssm:SendCommand", document("AWS-RunShellScript")),
  cannot("prod", "change its command", "ssm:UpdateDocument", document("Manage-Linux-User-And-Keys-Command")),
  cannot("prod", "start another automation", "ssm:StartAutomationExecution", document("AWS-StopEC2Instance")),
  cannot("prod", "hold a session", "ssm:StartSession", machine(NAMED), TAGGED),
  cannot("prod", "read parameters", "ssm:GetParameter", "arn:aws:ssm:{region}:{account}:parameter/db"),
];

describe("the role of the automation that manages users of machines", () => {
  describe("of Ops", () => {
    prove({
      permissionsOf: (one) => ({
        policies: [customerPolicy("permissions", "", ...linuxUsersPermissions(one, "tagged").Statement)],
      }),
      session: ({ organization, account }) =>
        sessionCaller(linuxUsersRoleArn(organization, account), "automation"),
      environments: ["prod"],
      cases: [
        ...COMMON,
        can("prod", "send it to a machine that is meant for it", "ssm:SendCommand", machine(NAMED), TAGGED),
        cannot("prod", "send it to another", "ssm:SendCommand", machine(NAMED)),
      ],
    });
  });

  describe("of a partner", () => {
    prove({
      permissionsOf: (one) => ({
        policies: [
          customerPolicy("permissions", "", ...linuxUsersPermissions(one, { ids: [NAMED] }).Statement),
        ],
      }),
      session: ({ organization, account }) =>
        sessionCaller(linuxUsersRoleArn(organization, account, "acme"), "automation"),
      environments: ["prod"],
      cases: [
        ...COMMON,
        can("prod", "send it to its machine", "ssm:SendCommand", machine(NAMED)),
        cannot(
          "prod",
          "send it to one that is meant for Ops",
          "ssm:SendCommand",
          machine("i-00000000"),
          TAGGED,
        ),
      ],
    });
  });

  const caller = (source: string, account = ACCOUNT): Caller => ({
    arn: "ssm.amazonaws.com",
    accountId: ACCOUNT,
    context: { "aws:SourceAccount": account, "aws:SourceArn": source },
  });
  const execution = `arn:aws:ssm:eu-west-1:${ACCOUNT}:automation-execution/1`;
  const CALLERS: readonly (readonly [string, Caller, "allowed" | "denied"])[] = [
    ["an execution of this account", caller(execution), "allowed"],
    ["one of another account", caller(execution.replace(ACCOUNT, "999988887777"), "999988887777"), "denied"],
    ["a maintenance window", caller(`arn:aws:ssm:eu-west-1:${ACCOUNT}:maintenancewindow/mw-1`), "denied"],
    ["EC2", { ...caller(execution), arn: "ec2.amazonaws.com" }, "denied"],
    [
      "a person",
      userCaller("arn:aws:iam::111111111111:user/people/sarah.devops", { ageSeconds: 60 }),
      "denied",
    ],
  ];
  for (const [who, one, expected] of CALLERS)
    it(`admits ${who}: ${expected}`, async () => {
      const decision = await decideAssumeRole({
        caller: one,
        policies: [],
        roleArn: linuxUsersRoleArn(context.organization, context.account),
        trust: automationTrust(context),
        sessionName: "automation",
      });
      assert.equal(decision, expected);
    });
});

describe("the documents that manage users of machines", () => {
  it("are the automation with its role in it, which nobody chooses", () => {
    const own = linuxUsersAutomation(context, { partner: "acme" });
    assert.equal(own.assumeRole, "arn:aws:iam::444444444444:role/infra-LinuxUsersR-prod-acme");
    assert.deepEqual(Object.keys(own.parameters), ["InstanceIds", "Action", "UserName", "PublicKey"]);
  });

  it("check every parameter twice: where it is executed, and on the machine", () => {
    const automation = linuxUsersAutomation(context, {}).parameters;
    for (const parameters of [automation, linuxUsersCommand().parameters])
      for (const [name, rules] of Object.entries(parameters))
        assert.ok("allowedPattern" in rules || "allowedValues" in rules, name);
    assert.deepEqual({ ...linuxUsersCommand().parameters, InstanceIds: automation.InstanceIds }, automation);
  });
});
