import { DATA_ACCESS, SOURCE_CODE_ACCESS } from "../../documents/permissions/data-access";
import { GRANTED_READS } from "../../documents/permissions/reading/granted-reads";
import { WITHHELD_READS } from "../../documents/permissions/reading/withheld-reads";
import { CHANGING_LEVELS } from "./administration-invariants";
import { API_KEYS, CONTENT_READS, CREDENTIAL_READS, SOURCE_CODE } from "./reading-invariants";
import type { RoleInvariant } from "./role-invariant";

const EMERGENCY_OPERATOR = { labels: ["BreakGlass"], isEmergencyOperator: true } as const;
const PROCEDURE = "Break-glass procedure, section 3: a reduced policy; section 4: minimal required actions";

/** The changes that an emergency needs; each goes back to what others deployed, stops something, or rotates a secret. */
const EMERGENCY_CHANGES = [
  "autoscaling:ResumeProcesses",
  "autoscaling:SetDesiredCapacity",
  "autoscaling:StartInstanceRefresh",
  "autoscaling:SuspendProcesses",
  "autoscaling:UpdateAutoScalingGroup",
  "cloudformation:CancelUpdateStack",
  "cloudformation:ContinueUpdateRollback",
  "cloudformation:RollbackStack",
  "codedeploy:StopDeployment",
  "codepipeline:DisableStageTransition",
  "codepipeline:EnableStageTransition",
  "codepipeline:StopPipelineExecution",
  "ec2:RebootInstances",
  "ec2:StartInstances",
  "ec2:StopInstances",
  "ecs:StopTask",
  "ecs:UpdateService",
  "events:DisableRule",
  "events:EnableRule",
  "iam:AttachRolePolicy",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePolicy",
  "lambda:DeleteFunctionConcurrency",
  "lambda:PutFunctionConcurrency",
  "lambda:UpdateAlias",
  "rds:FailoverDBCluster",
  "rds:RebootDBCluster",
  "rds:RebootDBInstance",
  "rds:StartDBCluster",
  "rds:StartDBInstance",
  "secretsmanager:PutSecretValue",
  "secretsmanager:RotateSecret",
  "secretsmanager:UpdateSecretVersionStage",
  "ssm:PutParameter",
  "ssm:StopAutomationExecution",
  "states:StopExecution",
] as const;

const READS = ["List", "Read"] as const;

/** What shows which pipelines an emergency has to stop. */
const READS_OF_PIPELINES = [
  "codepipeline:GetPipelineState",
  "codepipeline:ListPipelineExecutions",
  "codepipeline:ListPipelines",
] as const;

/** What BreakGlass may do where the organization makes it an emergency operator, in every account that has one. */
export const EMERGENCY = [
  {
    id: "an-emergency-operator-changes-what-an-emergency-needs",
    says: "BreakGlass as an emergency operator changes nothing but what the procedure names: it brings no code, sends no requests and no data elsewhere, makes no parameter expire and gives no secret to another function.",
    source: PROCEDURE,
    of: EMERGENCY_OPERATOR,
    never: [
      {
        actions: "*",
        levels: CHANGING_LEVELS,
        // AWS calls the starting of a query and of a report a change.
        except: [...EMERGENCY_CHANGES, "iam:Generate*", "logs:StartQuery"],
      },
      {
        actions: "secretsmanager:RotateSecret",
        when: { Null: { "secretsmanager:RotationLambdaARN": "false" } },
      },
      { actions: "ssm:PutParameter", when: { StringEquals: { "ssm:Policies": "true" } } },
    ],
  },
  {
    id: "an-emergency-operator-works-in-the-region",
    says: "BreakGlass as an emergency operator changes nothing outside the organization's region, IAM aside, which has none.",
    source: PROCEDURE,
    of: EMERGENCY_OPERATOR,
    never: [
      {
        actions: "*",
        levels: CHANGING_LEVELS,
        except: ["iam:*", "logs:StartQuery"],
        when: { StringNotEquals: { "aws:RequestedRegion": "{region}" } },
      },
    ],
    apartFrom: [{ actions: "*", resources: "arn:aws:*:{region}:{account}:*" }],
  },
  {
    id: "an-emergency-operator-reads-what-prods-readers-may",
    says: "BreakGlass as an emergency operator gets no credentials, sees no contents and no source code, and reads nothing but what was granted to prod's readers, and how pipelines of the region stand.",
    source: `${PROCEDURE}; decision 71`,
    of: EMERGENCY_OPERATOR,
    never: [
      { actions: [...CREDENTIAL_READS, ...CONTENT_READS, ...SOURCE_CODE, ...SOURCE_CODE_ACCESS] },
      { actions: "apigateway:GET", resources: API_KEYS },
      {
        actions: [...DATA_ACCESS, ...WITHHELD_READS.flatMap(({ actions }) => actions)],
        levels: READS,
        isKnownOnly: true,
      },
      { actions: "*", levels: READS, except: [...GRANTED_READS, ...READS_OF_PIPELINES] },
      {
        actions: READS_OF_PIPELINES,
        when: { StringNotEquals: { "aws:RequestedRegion": "{region}" } },
      },
    ],
  },
] as const satisfies readonly RoleInvariant[];
