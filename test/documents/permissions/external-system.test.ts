import assert from "node:assert/strict";

import { externalSystemPermissions } from "../../../src/documents/permissions/external-system";
import { roleArnOf } from "../../../src/model/names";
import { sessionCaller } from "../../support/evaluate";
import { contextIn } from "../fixture";
import { can, cannot, prove } from "./role-proof";

const resources = {
  instances: ["i-0123456789abcdef0"],
  documents: ["AWS-RunPatchBaseline", "acme-setup"],
  parameters: ["/acme/*"],
} as const;

const instance = "arn:aws:ec2:{region}:{account}:instance/i-0123456789abcdef0";
const document = (name: string): string => `arn:aws:ssm:{region}:{account}:document/${name}`;
const parameter = (name: string): string => `arn:aws:ssm:{region}:{account}:parameter/${name}`;

describe("ExternalSystem", () => {
  prove({
    permissionsOf: (context) => externalSystemPermissions(context, resources, "acme"),
    session: ({ account }) => sessionCaller(roleArnOf(account, "infra-ExternalSystemR-prod-acme"), "acme"),
    environments: ["prod"],
    cases: [
      // Healthcare Blocks: external management systems responsible for configuration management.
      can("prod", "run commands on the named machine", "ssm:SendCommand", instance),
      can("prod", "run the named document", "ssm:SendCommand", document("acme-setup")),
      can("prod", "read a command's result", "ssm:GetCommandInvocation"),
      can("prod", "read the document", "ssm:GetDocument", document("acme-setup")),
      can("prod", "read its parameters", "ssm:GetParameter", parameter("acme/endpoint")),
      can("prod", "write its parameters", "ssm:PutParameter", parameter("acme/endpoint")),
      cannot(
        "prod",
        "run commands on other machines",
        "ssm:SendCommand",
        "arn:aws:ec2:{region}:{account}:instance/i-00000000000000000",
      ),
      cannot("prod", "run any shell command", "ssm:SendCommand", document("AWS-RunShellScript")),
      cannot("prod", "change the document", "ssm:UpdateDocument", document("acme-setup")),
      cannot("prod", "sign in to the machine", "ssm:StartSession", instance),
      cannot("prod", "see others' commands", "ssm:ListCommands"),
      cannot("prod", "read others' parameters", "ssm:GetParameter", parameter("menotime/endpoint")),
      cannot("prod", "stop the machine", "ec2:StopInstances", instance),
      cannot("prod", "change permissions", "iam:PutRolePolicy", "arn:aws:iam::{account}:role/any"),
      cannot("prod", "read data", "s3:GetObject", "arn:aws:s3:::example-data/1"),
    ],
  });

  describe("that makes users of its machines", () => {
    const automation = (name: string): string =>
      `arn:aws:ssm:{region}:{account}:automation-definition/${name}:1`;
    const own = "Manage-Linux-User-And-Keys-for-acme";
    const execution = "arn:aws:ssm:{region}:{account}:automation-execution/1";
    const named = { ...resources, documents: ["Manage-Linux-User-And-Keys"] };
    prove({
      permissionsOf: (context) => externalSystemPermissions(context, named, "acme"),
      session: ({ account }) => sessionCaller(roleArnOf(account, "infra-ExternalSystemR-prod-acme"), "acme"),
      environments: ["prod"],
      cases: [
        // Healthcare Blocks: usernames and SSH keys by the document Manage-Linux-User-And-Keys
        can("prod", "execute its automation", "ssm:StartAutomationExecution", automation(own)),
        can("prod", "execute it by its document", "ssm:StartAutomationExecution", document(own)),
        can("prod", "begin an execution", "ssm:StartAutomationExecution", execution),
        can("prod", "read what became of it", "ssm:GetAutomationExecution", execution),
        can("prod", "read its parameters", "ssm:GetParameter", parameter("acme/endpoint")),
        can("prod", "write its parameters", "ssm:PutParameter", parameter("acme/endpoint")),
        cannot(
          "prod",
          "execute that of Ops",
          "ssm:StartAutomationExecution",
          document("Manage-Linux-User-And-Keys"),
        ),
        cannot(
          "prod",
          "execute another partner's",
          "ssm:StartAutomationExecution",
          automation("Manage-Linux-User-And-Keys-for-other"),
        ),
        cannot(
          "prod",
          "send the command itself",
          "ssm:SendCommand",
          document("Manage-Linux-User-And-Keys-Command"),
        ),
        cannot("prod", "send anything", "ssm:SendCommand", instance),
        cannot("prod", "change the document", "ssm:UpdateDocument", document(own)),
        cannot(
          "prod",
          "pass the automation's role",
          "iam:PassRole",
          "arn:aws:iam::{account}:role/infra-LinuxUsersR-prod-acme",
        ),
        cannot("prod", "read others' parameters", "ssm:GetParameter", parameter("menotime/endpoint")),
      ],
    });
  });

  it("may do nothing where nothing is named", () => {
    assert.deepEqual(externalSystemPermissions(contextIn("prod"), {}, "acme"), { policies: [] });
  });

  it("runs nothing where it has machines and no document", () => {
    assert.deepEqual(
      externalSystemPermissions(contextIn("prod"), { instances: ["i-0123456789abcdef0"] }, "acme"),
      {
        policies: [],
      },
    );
  });

  it("takes the documents of AWS from AWS and all others from the account", () => {
    const [policy] = externalSystemPermissions(contextIn("prod"), resources, "acme").policies;
    assert.ok(policy?.kind === "customer");
    const [run] = policy.document.Statement;
    assert.deepEqual(run, {
      Sid: "RunCommands",
      Effect: "Allow",
      Action: "ssm:SendCommand",
      Resource: [
        "arn:aws:ec2:eu-west-1:444444444444:instance/i-0123456789abcdef0",
        "arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaseline",
        "arn:aws:ssm:eu-west-1:444444444444:document/acme-setup",
      ],
    });
  });
});
