/**
 * Known ways from some permissions to more: ids of the catalogue of pathfinding.cloud with the actions that each combines.
 * Ids and actions alone are taken over, as facts; the catalogue (DataDog/pathfinding.cloud) is Apache-2.0.
 *
 * All but three were compared in November 2026 with `permissions.required` of their YAML files, in a stored copy of the
 * repository that names commits and no dates, and holds each file at commits of its own:
 *
 * - 86 entries: `data/paths/aws`, every file listed there, at a89d537a, ecc3d092, bbf30a06 and f61d744e.
 * - glue-002, sagemaker-003 and ec2instanceconnect-003 (06bb61d8), scheduler-001 (e25711c4), stepfunctions-001 and -002
 *   (43324313): `data/paths/<service>`, the older layout. The copy lists a file that was moved unchanged under its old path
 *   alone, so it cannot be said whether these six are still in the catalogue.
 * - amplify-001 (ee899657), mwaa-001 and -002 (02169d7f): no file of their own is in the copy. Their actions are those in
 *   the names of their labs (`docs/labs/data`); what else the labs need for their set-up is left out.
 *
 * Entries later than these commits are not here. In the source, ec2-004 and ec2-005 combine the same actions; the labs give
 * the numbers ec2-003 to -005 otherwise, and the files are followed. Where the source demands an action that only prepares
 * the way (`ec2:DescribeInstances`, `s3:GetObject`), so does the entry here, and a policy without that action passes it.
 * A test holds that every entry here is covered or named in `NOT_APPLICABLE`.
 */
export const ESCALATION_PATHS = {
  "amplify-001": ["iam:PassRole", "amplify:CreateApp", "amplify:CreateBranch", "amplify:StartJob"],
  "apprunner-001": ["iam:PassRole", "apprunner:CreateService"],
  "apprunner-002": ["apprunner:UpdateService"],
  "batch-001": ["iam:PassRole", "batch:RegisterJobDefinition", "batch:SubmitJob"],
  "batch-002": ["batch:SubmitJob"],
  "batch-003": [
    "iam:PassRole",
    "batch:CreateComputeEnvironment",
    "batch:CreateJobQueue",
    "batch:RegisterJobDefinition",
    "batch:SubmitJob",
  ],
  "bedrock-001": [
    "iam:PassRole",
    "bedrock-agentcore:CreateCodeInterpreter",
    "bedrock-agentcore:StartCodeInterpreterSession",
    "bedrock-agentcore:InvokeCodeInterpreter",
  ],
  "bedrock-002": ["bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"],
  "bedrock-003": [
    "iam:PassRole",
    "bedrock-agentcore:CreateAgentRuntime",
    "bedrock-agentcore:CreateAgentRuntimeEndpoint",
    "bedrock-agentcore:CreateWorkloadIdentity",
    "bedrock-agentcore:InvokeAgentRuntimeCommand",
  ],
  "bedrock-004": ["bedrock-agentcore:InvokeAgentRuntimeCommand"],
  "bedrock-005": [
    "iam:PassRole",
    "bedrock-agentcore:CreateHarness",
    "bedrock-agentcore:CreateAgentRuntime",
    "bedrock-agentcore:CreateAgentRuntimeEndpoint",
    "bedrock-agentcore:CreateWorkloadIdentity",
    "bedrock-agentcore:GetAgentRuntime",
    "bedrock-agentcore:GetHarness",
    "bedrock-agentcore:InvokeAgentRuntimeCommand",
  ],
  "bedrock-006": [
    "iam:PassRole",
    "bedrock-agentcore:CreateBrowser",
    "bedrock-agentcore:StartBrowserSession",
    "bedrock-agentcore:ConnectBrowserAutomationStream",
  ],
  "bedrock-007": [
    "bedrock-agentcore:StartBrowserSession",
    "bedrock-agentcore:ConnectBrowserAutomationStream",
  ],
  "braket-001": ["iam:PassRole", "braket:CreateJob"],
  "cloudformation-001": ["iam:PassRole", "cloudformation:CreateStack"],
  "cloudformation-002": ["cloudformation:UpdateStack"],
  "cloudformation-003": [
    "iam:PassRole",
    "cloudformation:CreateStackSet",
    "cloudformation:CreateStackInstances",
  ],
  "cloudformation-004": ["iam:PassRole", "cloudformation:UpdateStackSet"],
  "cloudformation-005": ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
  "codebuild-001": ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
  "codebuild-002": ["codebuild:StartBuild"],
  "codebuild-003": ["codebuild:StartBuildBatch"],
  "codebuild-004": ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuildBatch"],
  "codedeploy-001": [
    "codedeploy:CreateDeployment",
    "codedeploy:RegisterApplicationRevision",
    "codedeploy:GetDeploymentConfig",
  ],
  "cognitoidentity-001": ["iam:PassRole", "cognito-identity:SetIdentityPoolRoles"],
  "datapipeline-001": [
    "iam:PassRole",
    "datapipeline:CreatePipeline",
    "datapipeline:PutPipelineDefinition",
    "datapipeline:ActivatePipeline",
  ],
  "ec2-001": ["iam:PassRole", "ec2:RunInstances"],
  "ec2-002": ["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"],
  "ec2-003": ["iam:PassRole", "ec2:RequestSpotInstances"],
  "ec2-004": ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
  "ec2-005": ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
  "ec2instanceconnect-003": ["ec2-instance-connect:SendSSHPublicKey", "ec2:DescribeInstances"],
  "ecs-001": ["iam:PassRole", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
  "ecs-002": ["iam:PassRole", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  "ecs-003": ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
  "ecs-004": ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  "ecs-005": ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:StartTask"],
  "ecs-006": ["ecs:ExecuteCommand", "ecs:DescribeTasks"],
  "ecs-007": ["iam:PassRole", "ecs:StartTask", "ecs:RegisterContainerInstance"],
  "ecs-008": ["iam:PassRole", "ecs:RunTask"],
  "ecs-009": ["iam:PassRole", "ecs:StartTask"],
  "emr-001": ["iam:PassRole", "elasticmapreduce:RunJobFlow"],
  "emrserverless-001": ["iam:PassRole", "emr-serverless:CreateApplication", "emr-serverless:StartJobRun"],
  "gamelift-001": [
    "iam:PassRole",
    "gamelift:CreateBuild",
    "gamelift:RequestUploadCredentials",
    "gamelift:CreateFleet",
  ],
  "glue-001": ["iam:PassRole", "glue:CreateDevEndpoint"],
  "glue-002": ["glue:UpdateDevEndpoint"],
  "glue-003": ["iam:PassRole", "glue:CreateJob", "glue:StartJobRun"],
  "glue-004": ["iam:PassRole", "glue:CreateJob", "glue:CreateTrigger"],
  "glue-005": ["iam:PassRole", "glue:UpdateJob", "glue:StartJobRun"],
  "glue-006": ["iam:PassRole", "glue:UpdateJob", "glue:CreateTrigger"],
  "glue-007": ["iam:PassRole", "glue:CreateSession", "glue:RunStatement"],
  "iam-001": ["iam:CreatePolicyVersion"],
  "iam-002": ["iam:CreateAccessKey"],
  "iam-003": ["iam:DeleteAccessKey", "iam:CreateAccessKey"],
  "iam-004": ["iam:CreateLoginProfile"],
  "iam-005": ["iam:PutRolePolicy"],
  "iam-006": ["iam:UpdateLoginProfile"],
  "iam-007": ["iam:PutUserPolicy"],
  "iam-008": ["iam:AttachUserPolicy"],
  "iam-009": ["iam:AttachRolePolicy"],
  "iam-010": ["iam:AttachGroupPolicy"],
  "iam-011": ["iam:PutGroupPolicy"],
  "iam-012": ["iam:UpdateAssumeRolePolicy"],
  "iam-013": ["iam:AddUserToGroup"],
  "iam-014": ["iam:AttachRolePolicy", "sts:AssumeRole"],
  "iam-015": ["iam:AttachUserPolicy", "iam:CreateAccessKey"],
  "iam-016": ["iam:CreatePolicyVersion", "sts:AssumeRole"],
  "iam-017": ["iam:PutRolePolicy", "sts:AssumeRole"],
  "iam-018": ["iam:PutUserPolicy", "iam:CreateAccessKey"],
  "iam-019": ["iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"],
  "iam-020": ["iam:CreatePolicyVersion", "iam:UpdateAssumeRolePolicy"],
  "iam-021": ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
  "imagebuilder-001": [
    "iam:PassRole",
    "imagebuilder:CreateComponent",
    "imagebuilder:CreateImageRecipe",
    "imagebuilder:CreateInfrastructureConfiguration",
    "imagebuilder:CreateImage",
  ],
  "kinesisanalytics-001": [
    "iam:PassRole",
    "kinesisanalytics:CreateApplication",
    "kinesisanalytics:StartApplication",
  ],
  "lambda-001": ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
  "lambda-002": ["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  "lambda-003": ["lambda:UpdateFunctionCode"],
  "lambda-004": ["lambda:UpdateFunctionCode", "lambda:InvokeFunction"],
  "lambda-005": ["lambda:UpdateFunctionCode", "lambda:AddPermission"],
  "lambda-006": ["iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"],
  "mwaa-001": ["iam:PassRole", "airflow:CreateEnvironment"],
  "mwaa-002": ["airflow:UpdateEnvironment", "airflow:CreateCliToken"],
  "omics-001": ["iam:PassRole", "omics:CreateWorkflow", "omics:StartRun", "s3:GetObject"],
  "sagemaker-001": ["iam:PassRole", "sagemaker:CreateNotebookInstance"],
  "sagemaker-002": ["iam:PassRole", "sagemaker:CreateTrainingJob"],
  "sagemaker-003": ["iam:PassRole", "sagemaker:CreateProcessingJob"],
  "sagemaker-004": ["sagemaker:CreatePresignedNotebookInstanceUrl"],
  "sagemaker-005": [
    "sagemaker:CreateNotebookInstanceLifecycleConfig",
    "sagemaker:StopNotebookInstance",
    "sagemaker:UpdateNotebookInstance",
    "sagemaker:StartNotebookInstance",
  ],
  "scheduler-001": ["iam:PassRole", "scheduler:CreateSchedule"],
  "ssm-001": ["ssm:StartSession"],
  "ssm-002": ["ssm:SendCommand"],
  "ssm-003": ["iam:PassRole", "ssm:CreateDocument", "ssm:StartAutomationExecution"],
  "stepfunctions-001": ["iam:PassRole", "states:CreateStateMachine", "states:StartExecution"],
  "stepfunctions-002": ["states:UpdateStateMachine", "states:StartExecution"],
  "sts-001": ["sts:AssumeRole"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type EscalationPath = keyof typeof ESCALATION_PATHS;

/** Entries that say nothing about a policy of ours, with the reason. */
export const NOT_APPLICABLE: Partial<Readonly<Record<EscalationPath, string>>> = {
  "sts-001":
    "Assuming roles is what people are here for. Who gets into which is for the trusts to say, and those are compared " +
    "with the roster one by one (aws-iam-role-trust-roster, aws-iam-role-trust-holders).",
};
