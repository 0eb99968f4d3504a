/**
 * Names that tools give to the buckets from which they deploy, with roles that may do more than somebody who writes there. A
 * bucket that an organization names itself is not among them. An asterisk reaches beyond a slash: what begins with one stands
 * for folders of that name in other buckets too.
 */
export const DEPLOYMENT_BUCKETS = [
  // Amplify: https://github.com/aws-amplify/amplify-cli/issues/1340 and 13007 have the names of its earlier versions
  "*-deployment",
  // Serverless Framework up to version 3, cut as CloudFormation cuts names: https://www.npmjs.com/package/serverless-deployment-bucket
  "*-serverlessdeploymentbuck*",
  // https://docs.aws.amazon.com/glue/latest/ug/edit-jobs-chapter.html
  "aws-glue-assets-*",
  "aws-glue-scripts-*",
  // https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference-sam-deploy.html
  "aws-sam-cli-managed-*",
  // https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html; the second is of its first version
  "cdk-*",
  "cdktoolkit-*",
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stack.html
  "cf-templates-*",
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome-introducing-artifacts.html
  "codepipeline-*",
  // https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.S3.html
  "elasticbeanstalk-*",
  // https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-ex-bucket.html
  "sagemaker-*",
  // Serverless Framework from version 4: https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml
  "serverless-framework-*",
  // SST: https://github.com/sst/sst, `bootstrap` of its provider for AWS
  "sst-asset-*",
  "sst-state-*",
  // Copilot: https://github.com/aws/copilot-cli, the buckets of an application's regions
  "stackset-*-pipelinebuiltartifactbuc-*",
] as const;
