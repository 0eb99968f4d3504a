import { can, cannot, proveRole } from "./role-proof";
import { contextIn } from "../fixture";

const role = (name: string): string => `arn:aws:iam::{account}:role/${name}`;
const instance = "arn:aws:ec2:{region}:{account}:instance/i-1";

describe("BreakGlass as administrator", () => {
  proveRole({
    role: "BreakGlass",
    environments: ["prod"],
    cases: [
      can(
        "prod",
        "restore service, whatever it takes",
        "ec2:RunInstances",
        "arn:aws:ec2:{region}:{account}:instance/*",
      ),
      can("prod", "fix IAM permissions", "iam:UpdateAssumeRolePolicy", role("infra-OpsR-prod")),
    ],
  });
});

describe("BreakGlass as emergency operator", () => {
  proveRole({
    role: "BreakGlass",
    environments: ["prod"],
    contextOf: (environment) => contextIn(environment, "emergency-operator"),
    cases: [
      can("prod", "restore service: restart machines", "ec2:RebootInstances", instance),
      can(
        "prod",
        "restore service: redeploy",
        "ecs:UpdateService",
        "arn:aws:ecs:{region}:{account}:service/app/api",
      ),
      can(
        "prod",
        "restore service: fail a database over",
        "rds:FailoverDBCluster",
        "arn:aws:rds:{region}:{account}:cluster:menotime",
      ),
      can(
        "prod",
        "roll back a deployment",
        "cloudformation:RollbackStack",
        "arn:aws:cloudformation:{region}:{account}:stack/app/1",
      ),
      can(
        "prod",
        "roll back a function",
        "lambda:UpdateAlias",
        "arn:aws:lambda:{region}:{account}:function:app",
      ),
      can(
        "prod",
        "disable automation",
        "events:DisableRule",
        "arn:aws:events:{region}:{account}:rule/nightly",
      ),
      can(
        "prod",
        "disable a worker",
        "lambda:PutFunctionConcurrency",
        "arn:aws:lambda:{region}:{account}:function:worker",
      ),
      can(
        "prod",
        "see where a pipeline stands",
        "codepipeline:GetPipelineState",
        "arn:aws:codepipeline:{region}:{account}:app",
      ),
      can("prod", "stop a deployment, which brings the revision before back", "codedeploy:StopDeployment"),
      can("prod", "see metrics", "cloudwatch:GetMetricData"),
      can(
        "prod",
        "rotate a webhook's token",
        "secretsmanager:PutSecretValue",
        "arn:aws:secretsmanager:{region}:{account}:secret:webhook-AbCdEf",
      ),
      can(
        "prod",
        "rotate secrets",
        "secretsmanager:RotateSecret",
        "arn:aws:secretsmanager:{region}:{account}:secret:menotime-AbCdEf",
      ),
      can(
        "prod",
        "enable safe mode",
        "ssm:PutParameter",
        "arn:aws:ssm:{region}:{account}:parameter/app/safe-mode",
      ),
      can("prod", "fix permissions that prevent operations", "iam:PutRolePolicy", role("menotime-app")),
      can("prod", "see what runs", "ec2:DescribeInstances"),
      can(
        "prod",
        "read logs",
        "logs:FilterLogEvents",
        "arn:aws:logs:{region}:{account}:log-group:/menotime/app",
      ),

      cannot(
        "prod",
        "send a queue's messages to another function, or filter them away",
        "lambda:UpdateEventSourceMapping",
        "arn:aws:lambda:{region}:{account}:event-source-mapping:1",
      ),
      cannot(
        "prod",
        "send requests to another target",
        "elasticloadbalancing:RegisterTargets",
        "arn:aws:elasticloadbalancing:{region}:{account}:targetgroup/app/0123456789abcdef",
      ),
      cannot(
        "prod",
        "deploy a revision of their own to machines",
        "codedeploy:CreateDeployment",
        "arn:aws:codedeploy:{region}:{account}:deploymentgroup:app/api",
      ),
      cannot(
        "prod",
        "give a secret to another function",
        "secretsmanager:RotateSecret",
        "arn:aws:secretsmanager:{region}:{account}:secret:menotime-AbCdEf",
        {
          context: {
            "secretsmanager:RotationLambdaARN": "arn:aws:lambda:eu-west-1:444444444444:function:other",
          },
        },
      ),
      cannot(
        "prod",
        "make a parameter expire",
        "ssm:PutParameter",
        "arn:aws:ssm:{region}:{account}:parameter/app/safe-mode",
        { context: { "ssm:Policies": "true" } },
      ),
      cannot("prod", "see what functions start with", "lambda:ListFunctions"),
      cannot("prod", "see what containers start with", "ecs:DescribeTaskDefinition"),
      cannot(
        "prod",
        "fix what Muster made, in their own favour",
        "iam:AttachRolePolicy",
        role("infra-OpsR-prod"),
      ),
      cannot(
        "prod",
        "give more to the organization's own role",
        "iam:AttachRolePolicy",
        role("OrganizationAccountAccessRole"),
      ),
      cannot(
        "prod",
        "give more to roles of services",
        "iam:PutRolePolicy",
        role("workloads/menotime-ecs-task-role"),
      ),
      cannot("prod", "give more to CDK's roles", "iam:AttachRolePolicy", role("cdk-hnb659fds-cfn-exec-role")),
      cannot(
        "prod",
        "give more to roles that consoles make for services",
        "iam:PutRolePolicy",
        role("service-role/AWSCodePipelineServiceRole-eu-west-1-app"),
      ),
      ...[
        "AWSControlTowerExecution",
        "aws-controltower-AdministratorExecutionRole",
        "AWSCloudFormationStackSetExecutionRole",
        "AWSCloudFormationStackSetAdministrationRole",
        "stacksets-exec-0123456789abcdef0123456789abcdef",
      ].flatMap((name) =>
        ["iam:AttachRolePolicy", "iam:PutRolePolicy"].map((action) =>
          cannot(
            "prod",
            `give more to a role that administers the account for others: ${name}`,
            action,
            role(name),
          ),
        ),
      ),
      cannot("prod", "give more to roles of Ops' making", "iam:PutRolePolicy", role("ops/app")),
      cannot("prod", "let anybody in", "iam:UpdateAssumeRolePolicy", role("menotime-app")),
      cannot("prod", "make roles", "iam:CreateRole", role("menotime-app")),
      cannot("prod", "pass roles", "iam:PassRole", role("menotime-app")),
      cannot("prod", "make users", "iam:CreateUser", "arn:aws:iam::{account}:user/mallory"),
      cannot("prod", "delete data", "rds:DeleteDBInstance", "arn:aws:rds:{region}:{account}:db:menotime"),
      cannot(
        "prod",
        "read secrets",
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:{region}:{account}:secret:menotime-AbCdEf",
      ),
      cannot("prod", "read objects", "s3:GetObject", "arn:aws:s3:::menotime-data/patient"),
      cannot(
        "prod",
        "read objects of a bucket that is open",
        "s3:GetObject",
        "arn:aws:s3:::menotime-data/patient",
        { isOpen: true },
      ),
      cannot(
        "prod",
        "read variables of a function that is open",
        "lambda:GetFunctionConfiguration",
        "arn:aws:lambda:{region}:{account}:function:app",
        { isOpen: true },
      ),
      cannot(
        "prod",
        "work in a wrong region: machines",
        "ec2:RebootInstances",
        "arn:aws:ec2:us-east-2:{account}:instance/i-1",
      ),
      cannot(
        "prod",
        "work in a wrong region: deployments",
        "lambda:UpdateAlias",
        "arn:aws:lambda:us-east-2:{account}:function:app",
      ),
      cannot(
        "prod",
        "work in a wrong region: automation",
        "events:DisableRule",
        "arn:aws:events:us-east-2:{account}:rule/nightly",
      ),
      cannot(
        "prod",
        "stop what tells of their own steps",
        "events:DisableRule",
        "arn:aws:events:{region}:{account}:rule/infra-changes",
      ),
      cannot(
        "prod",
        "stop the trail",
        "cloudtrail:StopLogging",
        "arn:aws:cloudtrail:{region}:{account}:trail/infra-trail",
      ),
    ],
  });
});
