/**
 * Names that tools give to the buckets from which they deploy, with roles that may do more than whoever writes there. A bucket that an
 * organization names itself is not among them.
 */
export const DEPLOYMENT_BUCKETS = [
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
] as const;
