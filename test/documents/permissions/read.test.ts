import assert from "node:assert/strict";
import {
  DATA_ACCESS,
  SETTINGS_ACCESS,
  SOURCE_CODE_ACCESS,
} from "../../../src/documents/permissions/data-access";
import { can, cannot, proveRole } from "./role-proof";

const EVERYWHERE = ["dev", "staging", "prod"] as const;
const BEFORE_PROD = ["dev", "staging"] as const;

const object = "arn:aws:s3:::menotime-data/patient";
const table = "arn:aws:dynamodb:{region}:{account}:table/patients";
const parameter = "arn:aws:ssm:{region}:{account}:parameter/menotime/key";
const repository = "arn:aws:codecommit:{region}:{account}:menotime";
const image = "arn:aws:ecr:{region}:{account}:repository/app";
const fn = "arn:aws:lambda:{region}:{account}:function:app";

describe("Read", () => {
  proveRole({
    role: "Read",
    environments: EVERYWHERE,
    cases: [
      can(EVERYWHERE, "see instances", "ec2:DescribeInstances"),
      can(EVERYWHERE, "see roles", "iam:GetRole", "arn:aws:iam::{account}:role/infra-OpsR"),
      can(EVERYWHERE, "see how buckets are set up", "s3:GetBucketPolicy", "arn:aws:s3:::menotime-data"),
      can(EVERYWHERE, "see which objects there are", "s3:ListBucket", "arn:aws:s3:::menotime-data"),
      can(EVERYWHERE, "see tables", "dynamodb:DescribeTable", table),
      can(EVERYWHERE, "see who may invoke functions", "lambda:GetPolicy", fn),
      can(BEFORE_PROD, "see functions and their variables", "lambda:GetFunctionConfiguration", fn),
      can(BEFORE_PROD, "see containers and their variables", "ecs:DescribeTaskDefinition"),
      can(EVERYWHERE, "see which secrets there are", "secretsmanager:ListSecrets"),
      can(
        EVERYWHERE,
        "read logs",
        "logs:FilterLogEvents",
        "arn:aws:logs:{region}:{account}:log-group:/menotime/app",
      ),
      can(EVERYWHERE, "see APIs", "apigateway:GET", "arn:aws:apigateway:{region}::/restapis/a1"),
      can(EVERYWHERE, "see trails", "cloudtrail:DescribeTrails"),

      can(BEFORE_PROD, "read objects", "s3:GetObject", object),
      can(BEFORE_PROD, "read items", "dynamodb:GetItem", table),
      can(BEFORE_PROD, "read parameters", "ssm:GetParameter", parameter),
      can(BEFORE_PROD, "read source code", "codecommit:GitPull", repository),
      can(BEFORE_PROD, "read keys of APIs", "apigateway:GET", "arn:aws:apigateway:{region}::/apikeys/k1"),

      cannot("prod", "read objects", "s3:GetObject", object),
      cannot("prod", "read objects of a bucket that is open", "s3:GetObject", object, { isOpen: true }),
      cannot("prod", "pull images of a registry that is open", "ecr:BatchGetImage", image, { isOpen: true }),
      cannot("prod", "read older objects", "s3:GetObjectVersion", object),
      cannot("prod", "read items", "dynamodb:GetItem", table),
      cannot("prod", "query items", "dynamodb:Query", table),
      cannot("prod", "scan items", "dynamodb:Scan", table),
      cannot("prod", "select items", "dynamodb:PartiQLSelect", table),
      cannot(
        "prod",
        "read what changes in tables",
        "dynamodb:GetRecords",
        `${table}/stream/2026-11-23T00:00:00.000`,
      ),
      cannot("prod", "read parameters", "ssm:GetParameter", parameter),
      cannot("prod", "read all parameters below a path", "ssm:GetParametersByPath", parameter),
      cannot(
        EVERYWHERE,
        "read secrets",
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:{region}:{account}:secret:menotime-AbCdEf",
      ),
      cannot(
        EVERYWHERE,
        "sign in to databases",
        "rds-db:connect",
        "arn:aws:rds-db:{region}:{account}:dbuser:db-1/menotime",
      ),
      cannot(
        "prod",
        "read results of queries",
        "athena:GetQueryResults",
        "arn:aws:athena:{region}:{account}:workgroup/primary",
      ),
      cannot("prod", "read messages", "sqs:ReceiveMessage", "arn:aws:sqs:{region}:{account}:orders"),
      cannot(
        "prod",
        "read streams",
        "kinesis:GetRecords",
        "arn:aws:kinesis:{region}:{account}:stream/orders",
      ),
      cannot(
        "prod",
        "read what went through workflows",
        "states:GetExecutionHistory",
        "arn:aws:states:{region}:{account}:execution:orders:1",
      ),
      cannot("prod", "search OpenSearch", "es:ESHttpGet", "arn:aws:es:{region}:{account}:domain/search"),
      cannot(
        "prod",
        "read patients' records",
        "healthlake:ReadResource",
        "arn:aws:healthlake:{region}:{account}:datastore/fhir/1",
      ),
      cannot(
        "prod",
        "list patients' accounts",
        "cognito-idp:ListUsers",
        "arn:aws:cognito-idp:{region}:{account}:userpool/eu-west-1_1",
      ),
      cannot(
        "prod",
        "read what instances start with",
        "ec2:DescribeInstanceAttribute",
        "arn:aws:ec2:{region}:{account}:instance/i-1",
      ),
      cannot("prod", "read keys of APIs", "apigateway:GET", "arn:aws:apigateway:{region}::/apikeys/k1"),
      cannot(
        "prod",
        "list keys of usage plans",
        "apigateway:GET",
        "arn:aws:apigateway:{region}::/usageplans/p1/keys",
      ),
      cannot("prod", "list keys of APIs", "apigateway:GET", "arn:aws:apigateway:{region}::/apikeys"),
      cannot("prod", "read variables of functions", "lambda:GetFunctionConfiguration", fn),
      cannot("prod", "read variables of a function that is open", "lambda:GetFunctionConfiguration", fn, {
        isOpen: true,
      }),
      cannot("prod", "read variables of functions, of all at once", "lambda:ListFunctions"),
      cannot("prod", "read variables of containers", "ecs:DescribeTaskDefinition"),
      cannot(
        "prod",
        "read variables of running tasks",
        "ecs:DescribeTasks",
        "arn:aws:ecs:{region}:{account}:task/app/1",
      ),
      cannot(
        "prod",
        "read variables of App Runner's services",
        "apprunner:DescribeService",
        "arn:aws:apprunner:{region}:{account}:service/app/1",
      ),
      cannot("prod", "read pre-shared keys of VPNs", "ec2:DescribeVpnConnections"),
      cannot("prod", "read credentials of a pipeline's job", "codepipeline:GetJobDetails"),
      cannot(
        "prod",
        "read session tokens of Systems Manager",
        "ssm:GetAccessToken",
        "arn:aws:ssm:{region}:{account}:opsitem/oi-1",
      ),
      cannot("prod", "read keys of AppSync", "appsync:ListApiKeys"),
      cannot("prod", "read keys of the firewall", "wafv2:ListAPIKeys", "*"),
      cannot(
        "prod",
        "read secrets of user pools",
        "cognito-idp:ListUserPoolClientSecrets",
        "arn:aws:cognito-idp:{region}:{account}:userpool/eu-west-1_1",
      ),
      cannot(
        "prod",
        "read identity providers of user pools",
        "cognito-idp:DescribeIdentityProvider",
        "arn:aws:cognito-idp:{region}:{account}:userpool/eu-west-1_1",
      ),
      cannot(
        "prod",
        "read archived mail",
        "ses:GetArchiveMessageContent",
        "arn:aws:ses:{region}:{account}:mailmanager-archive/a-1",
      ),
      cannot(
        "prod",
        "read chat messages",
        "chime:ListChannelMessages",
        "arn:aws:chime:{region}:{account}:app-instance/a/channel/c",
      ),
      cannot(
        "prod",
        "read log files of databases",
        "rds:DownloadDBLogFilePortion",
        "arn:aws:rds:{region}:{account}:db:menotime",
      ),
      cannot(
        "prod",
        "read templates with code in them",
        "cloudformation:GetTemplate",
        "arn:aws:cloudformation:{region}:{account}:stack/app/1",
      ),
      cannot("prod", "read code of functions", "lambda:GetFunction", fn),
      cannot("prod", "pull source code", "codecommit:GitPull", repository),
      cannot("prod", "read files of repositories", "codecommit:GetFile", repository),
      cannot(
        "prod",
        "read layers of images",
        "ecr:GetDownloadUrlForLayer",
        "arn:aws:ecr:{region}:{account}:repository/app",
      ),
      cannot(
        "prod",
        "fetch packages",
        "codeartifact:ReadFromRepository",
        "arn:aws:codeartifact:{region}:{account}:repository/menotime/npm",
      ),

      cannot(EVERYWHERE, "change anything: objects", "s3:PutObject", object),
      cannot(
        EVERYWHERE,
        "change anything: instances",
        "ec2:StopInstances",
        "arn:aws:ec2:{region}:{account}:instance/i-1",
      ),
      cannot(EVERYWHERE, "change anything: roles", "iam:PutRolePolicy", "arn:aws:iam::{account}:role/app"),
      cannot(EVERYWHERE, "become anybody else", "sts:AssumeRole", "arn:aws:iam::{account}:role/app"),
    ],
  });

  it("lists no way to data or code twice", () => {
    const actions: readonly string[] = [...DATA_ACCESS, ...SETTINGS_ACCESS, ...SOURCE_CODE_ACCESS];
    assert.deepEqual([...new Set(actions)], actions);
  });
});
