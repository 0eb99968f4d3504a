import type { CustomerPolicy, RoleContext, RolePermissions } from "../role-permissions";
import { ADMINISTRATOR_ACCESS } from "./aws-managed";
import { customerPolicy } from "./customer-policy";
import { DATA_ACCESS, SETTINGS_ACCESS } from "./data-access";
import { OPS_PATH, WORKLOADS_PATH } from "./iam-paths";
import { GRANTED_READS } from "./reading/granted-reads";
import { readPolicies } from "./reading/read-policies";
import { inOwnRegion } from "./own-region";

/** Roles that AWS's consoles and tools make for services, deployments and the whole organization, and those of IAM Identity Center. */
const ROLES_OF_AWS = [
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
  "/AWSCloudFormationStackSet*",
  // https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
  "/AWSControlTower*",
  "/aws-controltower-*",
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
  "/aws-reserved/*",
  // https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
  "/cdk-*",
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
  "/service-role/*",
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/CloudFormationStackSetsOrgAdminServiceRolePolicy.html
  "/stacksets-exec-*",
];

/**
 * What the break-glass procedure names: restore, roll back, stop automation, rotate secrets, mend permissions. A rollback goes back to
 * what others deployed; nothing here brings code, or sends requests and data elsewhere.
 */
function emergencyOperator(context: RoleContext): CustomerPolicy {
  const { organization, account } = context;
  const secrets = `arn:aws:secretsmanager:${organization.region}:${account.id}:secret:*`;
  return customerPolicy(
    "emergency",
    "What an emergency needs: restore, roll back, stop automation, rotate secrets, mend permissions.",
    {
      Sid: "RestoreService",
      Effect: "Allow",
      Action: [
        "autoscaling:ResumeProcesses",
        "autoscaling:SetDesiredCapacity",
        "autoscaling:StartInstanceRefresh",
        "autoscaling:SuspendProcesses",
        "autoscaling:UpdateAutoScalingGroup",
        "ec2:RebootInstances",
        "ec2:StartInstances",
        "ec2:StopInstances",
        "ecs:StopTask",
        "ecs:UpdateService",
        "lambda:DeleteFunctionConcurrency",
        "lambda:PutFunctionConcurrency",
        "rds:FailoverDBCluster",
        "rds:RebootDBCluster",
        "rds:RebootDBInstance",
        "rds:StartDBCluster",
        "rds:StartDBInstance",
      ],
      Resource: "*",
      Condition: inOwnRegion(context),
    },
    {
      Sid: "RollBackDeployments",
      Effect: "Allow",
      Action: [
        "cloudformation:CancelUpdateStack",
        "cloudformation:ContinueUpdateRollback",
        "cloudformation:RollbackStack",
        // With an automatic rollback the revision before comes back; a deployment of one's own could bring any.
        "codedeploy:StopDeployment",
        "lambda:UpdateAlias",
      ],
      Resource: "*",
      Condition: inOwnRegion(context),
    },
    {
      Sid: "StopAutomation",
      Effect: "Allow",
      Action: [
        "codepipeline:DisableStageTransition",
        "codepipeline:EnableStageTransition",
        "codepipeline:GetPipelineState",
        "codepipeline:ListPipelineExecutions",
        "codepipeline:ListPipelines",
        "codepipeline:StopPipelineExecution",
        "events:DisableRule",
        "events:EnableRule",
        "ssm:StopAutomationExecution",
        "states:StopExecution",
      ],
      Resource: "*",
      Condition: inOwnRegion(context),
    },
    {
      Sid: "RotateSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
      Resource: secrets,
    },
    {
      // By the function that the secret has: another one would get it.
      Sid: "RotateAsBefore",
      Effect: "Allow",
      Action: "secretsmanager:RotateSecret",
      Resource: secrets,
      Condition: { Null: { "secretsmanager:RotationLambdaARN": "true" } },
    },
    {
      // Parameters are where a service's safe mode is switched on. One with a policy could expire.
      Sid: "SafeMode",
      Effect: "Allow",
      Action: "ssm:PutParameter",
      Resource: `arn:aws:ssm:${organization.region}:${account.id}:parameter/*`,
      Condition: { StringNotEquals: { "ssm:Policies": "true" } },
    },
    {
      // Trusts stay out: who gets in is the roster's to say, in an emergency too.
      Sid: "MendPermissions",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy"],
      Resource: `arn:aws:iam::${account.id}:role/*`,
    },
    {
      // A holder who gives one of these more has more themselves: people's roles, services', those of deployments, and the
      // organization's way in. The roles of applications and of machines are what an emergency mends.
      Sid: "RolesOfOthersStay",
      Effect: "Deny",
      Action: "iam:*RolePolicy",
      Resource: [
        `/${organization.prefix}-*`,
        `${WORKLOADS_PATH}*`,
        `${OPS_PATH}*`,
        "/OrganizationAccountAccessRole",
        ...ROLES_OF_AWS,
      ].map((name) => `arn:aws:iam::${account.id}:role${name}`),
    },
    {
      // What tells of an emergency's own steps goes on.
      Sid: "RulesOfMusterStay",
      Effect: "Deny",
      Action: "events:*",
      Resource: `arn:aws:events:*:${account.id}:rule/${organization.prefix}-*`,
    },
    {
      Sid: "ReadLogs",
      Effect: "Allow",
      Action: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetQueryResults", "logs:StartQuery"],
      Resource: `arn:aws:logs:${organization.region}:${account.id}:log-group:*`,
    },
    // Whatever the policy of a bucket, a queue or a function opens to the account. A function's code comes with its settings.
    {
      Sid: "NoData",
      Effect: "Deny",
      Action: [...DATA_ACCESS, ...SETTINGS_ACCESS, "lambda:GetFunction"],
      Resource: "*",
    },
  );
}

/**
 * As the organization says: everything, or what an emergency needs (seed: break-glass procedure, section 3), which reads what Read
 * reads in prod, action by action.
 */
export function breakGlassPermissions(context: RoleContext): RolePermissions {
  switch (context.organization.breakGlassPermissions) {
    case "administrator":
      return { policies: [ADMINISTRATOR_ACCESS] };
    case "emergency-operator":
      return { policies: [...readPolicies(GRANTED_READS), emergencyOperator(context)] };
  }
}
