import assert from "node:assert/strict";

import type { OwnResource } from "../../policypack/exemption";
import { POLICIES } from "../../policypack/index";
import { adding, managing } from "./support/edits";
import { Pack, type PolicyRefusal } from "./support/pack";
import { stackOf } from "./support/sample-stacks";
import { ROLE } from "./support/types";

const TAGS = { ManagedBy: "muster", Environment: "prod" };
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const REST_POLICY = "aws:apigateway/restApiPolicy:RestApiPolicy";
const PERMISSION = "aws:lambda/permission:Permission";

type Inputs = Readonly<Record<string, unknown>>;

const json = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const allowing = (principal: unknown, more: object = {}): string =>
  json({ Effect: "Allow", Principal: principal, Action: "sqs:SendMessage", Resource: "*", ...more });
const queue = (policy: unknown): Inputs => ({ queueUrl: "events", policy });
const role = (principal: unknown, more: object = {}): Inputs => ({
  name: "extra",
  tags: TAGS,
  assumeRolePolicy: json({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more }),
});
const GITHUB = "token.actions.githubusercontent.com";
const web = (federated: string, condition?: object): Inputs =>
  role(
    { Federated: federated },
    { Action: "sts:AssumeRoleWithWebIdentity", ...(condition && { Condition: condition }) },
  );
const nested = JSON.stringify({
  AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
  },
});

const sourcedFrom = (condition: object): string =>
  allowing({ Service: "sns.amazonaws.com" }, { Condition: condition });
const exactly = (sub: unknown, issuer = GITHUB): Inputs =>
  web(`arn:aws:iam::444444444444:oidc-provider/${GITHUB}`, {
    StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: sub },
  });
const cloudControl = (typeName: string, desiredState: object): Inputs => ({
  typeName,
  desiredState: JSON.stringify(desiredState),
});
const READ_ROLE = "arn:aws:iam::444444444444:role/infra/infra-ReadR-prod";
const KIM = "arn:aws:iam::111111111111:user/people/kim.contractor";
const NOT_JUDGED = "makes resources that no policy here judges";

/** What may stand beside Muster's, although it says a principal. */
const ADMITTED: readonly (readonly [what: string, type: string, inputs: Inputs])[] = [
  ["an account of the organization", QUEUE_POLICY, queue(allowing({ AWS: "222222222222" }))],
  ["a role of the account", QUEUE_POLICY, queue(allowing({ AWS: "arn:aws:iam::444444444444:role/worker" }))],
  ["a partner", QUEUE_POLICY, queue(allowing({ AWS: ["arn:aws:iam::999988887777:root"] }))],
  [
    "a service for a source of the account",
    QUEUE_POLICY,
    queue(
      allowing(
        { Service: "sns.amazonaws.com" },
        { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:444444444444:*" } } },
      ),
    ),
  ],
  [
    "a service for the account",
    QUEUE_POLICY,
    queue(
      allowing(
        { Service: "s3.amazonaws.com" },
        { Condition: { StringEquals: { "aws:SourceAccount": "444444444444" } } },
      ),
    ),
  ],
  [
    "a service for what an exact beginning of an ARN names",
    QUEUE_POLICY,
    queue(sourcedFrom({ StringLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:444444444444:*" } })),
  ],
  [
    "a service for sources of every region, by an operator whose wildcards end at a colon",
    QUEUE_POLICY,
    queue(sourcedFrom({ ArnLike: { "aws:SourceArn": "arn:aws:logs:*:444444444444:*" } })),
  ],
  ["a role of a function", ROLE, role({ Service: "lambda.amazonaws.com" })],
  ["a role of another role of the account", ROLE, role({ AWS: "arn:aws:iam::444444444444:role/worker" })],
  [
    "a role of a partner",
    ROLE,
    role(
      { AWS: "arn:aws:iam::999988887777:root" },
      { Condition: { StringEquals: { "sts:ExternalId": "acme-data-sharing-7f3a" } } },
    ),
  ],
  [
    "a firewall's rule, which is called a statement too",
    "aws:wafv2/ruleGroup:RuleGroup",
    {
      tags: TAGS,
      rulesJson: JSON.stringify([
        {
          Name: "r",
          Statement: { AndStatement: { Statements: [{ GeoMatchStatement: { CountryCodes: ["AQ"] } }] } },
        },
      ]),
    },
  ],
  [
    "a permission of a bucket of the account",
    PERMISSION,
    { principal: "s3.amazonaws.com", sourceAccount: "444444444444" },
  ],
  [
    "a permission of a source that is not known yet",
    PERMISSION,
    { principal: "s3.amazonaws.com", sourceArn: { __pulumiUnknown: true } },
  ],
  [
    "a function that asks who calls",
    "aws:lambda/functionUrl:FunctionUrl",
    { functionName: "f", authorizationType: "AWS_IAM" },
  ],
  ["a text that is no document", "aws:sns/topic:Topic", { tags: TAGS, displayName: "Effect: none" }],
  [
    "a document that only denies",
    QUEUE_POLICY,
    queue(json({ Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*" })),
  ],
];

/** What lets somebody in from outside, each with what the message says of it. */
const REFUSED: readonly (readonly [what: string, type: string, inputs: Inputs, says: string])[] = [
  ["a stranger's account", QUEUE_POLICY, queue(allowing({ AWS: "999999999999" })), "admits 999999999999"],
  [
    "in a list",
    BUCKET_POLICY,
    { bucket: "b", policy: allowing({ AWS: ["999999999999"] }) },
    "admits 999999999999",
  ],
  [
    "as a number",
    "aws:kms/key:Key",
    { tags: TAGS, policy: allowing({ AWS: 999999999999 }) },
    "admits 999999999999",
  ],
  [
    "in another partition",
    BUCKET_POLICY,
    { bucket: "b", policy: allowing({ AWS: "arn:aws-cn:iam::444444444444:root" }) },
    "admits arn:aws-cn",
  ],
  [
    "with an escape in its ARN",
    QUEUE_POLICY,
    queue(allowing({ AWS: "arn:aws:iam::999999999999:root" }).replace("iam::9", "iam::\\u0039")),
    "admits arn:aws:iam::999999999999:root",
  ],
  [
    "by its canonical user",
    BUCKET_POLICY,
    { bucket: "b", policy: allowing({ CanonicalUser: "79a59df900b949e5" }) },
    "as CanonicalUser",
  ],
  [
    "by an id of which no account can be told",
    QUEUE_POLICY,
    queue(allowing({ AWS: "AROAEXAMPLEEXAMPLEXX" })),
    "admits AROAEXAMPLE",
  ],
  [
    "everybody but somebody",
    QUEUE_POLICY,
    queue(json({ Effect: "Allow", NotPrincipal: { AWS: "444444444444" }, Action: "*", Resource: "*" })),
    "lets everybody in",
  ],
  [
    "every role of an account",
    QUEUE_POLICY,
    queue(allowing({ AWS: "arn:aws:iam::444444444444:*" })),
    "lets everybody in",
  ],
  [
    "a service without a source",
    QUEUE_POLICY,
    queue(allowing({ Service: "s3.amazonaws.com" })),
    "for whatever account",
  ],
  [
    "a service for a stranger",
    QUEUE_POLICY,
    queue(
      allowing(
        { Service: "s3.amazonaws.com" },
        { Condition: { StringEquals: { "aws:SourceAccount": "999999999999" } } },
      ),
    ),
    "names the account 999999999999",
  ],
  [
    "a service for any account of an ARN",
    QUEUE_POLICY,
    queue(
      allowing(
        { Service: "s3.amazonaws.com" },
        { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } } },
      ),
    ),
    "for whatever account",
  ],
  ["everybody with an account at Google", ROLE, web("accounts.google.com"), "admits accounts.google.com"],
  ["everybody of Cognito", ROLE, web("cognito-identity.amazonaws.com"), "admits cognito-identity"],
  [
    "every repository of GitHub",
    ROLE,
    web(`arn:aws:iam::444444444444:oidc-provider/${GITHUB}`, { StringLike: { [`${GITHUB}:sub`]: "repo:*" } }),
    "for more than named subjects",
  ],
  [
    "a person, past the roster",
    ROLE,
    role({ AWS: "arn:aws:iam::111111111111:user/people/kim.contractor" }),
    "people past the roster",
  ],
  [
    "all people, past the roster",
    ROLE,
    role({ AWS: "arn:aws:iam::111111111111:root" }),
    "people past the roster",
  ],
  [
    "by a key that stands twice",
    QUEUE_POLICY,
    queue(allowing({ AWS: "444444444444" }).replace('"Principal"', '"Principal":"*","Principal"')),
    'has the key "Principal" twice',
  ],
  [
    "by a list of statements that stands twice",
    REST_POLICY,
    { policy: allowing("*").replace(/}$/, ',"Statement":[]}') },
    'has the key "Statement" twice',
  ],
  [
    "by a document with an element that IAM does not know",
    REST_POLICY,
    { policy: allowing("*", { Foo: 1 }) },
    "looks like a policy document and is none",
  ],
  [
    "by a document in lower case",
    REST_POLICY,
    { policy: '{"version":"2012-10-17","statement":[{"effect":"Allow","principal":"*"}]}' },
    "looks like a policy document and is none",
  ],
  [
    "by a document in YAML",
    REST_POLICY,
    { policy: 'Statement:\n- Effect: Allow\n  Principal: "*"\n' },
    "looks like a document and is no JSON",
  ],
  [
    "by a list of statements",
    REST_POLICY,
    { policy: { statement: [{ effect: "Allow", principals: ["*"] }] } },
    "is a document as an object",
  ],
  [
    "by a resource of Cloud Control",
    "aws:cloudcontrol/resource:Resource",
    { typeName: "AWS::IAM::Role", desiredState: nested },
    "lets everybody in",
  ],
  [
    "by a template",
    "aws:cloudformation/stack:Stack",
    {
      name: "x",
      tags: TAGS,
      templateBody: JSON.stringify({
        Resources: { R: { Type: "AWS::IAM::Role", Properties: JSON.parse(nested) as object } },
      }),
    },
    "lets everybody in",
  ],
  [
    "by a template in YAML",
    "aws:cloudformation/stack:Stack",
    { name: "x", tags: TAGS, templateBody: "Resources: {}" },
    NOT_JUDGED,
  ],
  [
    "by a template from elsewhere",
    "aws:cloudformation/stack:Stack",
    { name: "x", tags: TAGS, templateUrl: "https://s3.amazonaws.com/t" },
    NOT_JUDGED,
  ],
  [
    "a function's caller as a number",
    PERMISSION,
    { principal: 999999999999 },
    "names the account 999999999999",
  ],
  [
    "a function's caller of any organization",
    PERMISSION,
    { principal: "444444444444", principalOrgId: "o-example" },
    "an organization whose accounts",
  ],
  [
    "a function's caller for whatever account",
    PERMISSION,
    { principal: "s3.amazonaws.com" },
    "for whatever account",
  ],
  [
    "a function that asks nobody",
    "aws:lambda/functionUrl:FunctionUrl",
    { functionName: "f", authorizationType: "NONE" },
    "asks no caller who it is",
  ],
  [
    "a bucket's public list",
    "aws:s3/bucketAcl:BucketAcl",
    { bucket: "b", acl: "public-read-write" },
    "an access list for others",
  ],
  [
    "a bucket's grant to everybody",
    "aws:s3/bucketAcl:BucketAcl",
    {
      accessControlPolicy: {
        grants: [{ grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" } }],
      },
    },
    "lets everybody in",
  ],
  [
    "a bucket's grant to a stranger",
    "aws:s3/bucketAcl:BucketAcl",
    { accessControlPolicy: { grants: [{ grantee: { type: "CanonicalUser", id: "79a59df900b949e5" } }] } },
    "admits a canonical user",
  ],
  [
    "a bucket that may become public",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { bucket: "b", blockPublicAcls: true },
    "has to say blockPublicPolicy",
  ],
  [
    "a share to outside",
    "aws:ram/resourceShare:ResourceShare",
    { allowExternalPrincipals: true, tags: TAGS },
    "shares outside",
  ],
  [
    "an image for all",
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    { imageId: "ami", group: "all" },
    "lets everybody in",
  ],
  [
    "a snapshot for all",
    "aws:rds/snapshot:Snapshot",
    { sharedAccounts: ["all"], tags: TAGS },
    "lets everybody in",
  ],
  [
    "a stranger's identity provider",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    { url: "https://example.com", clientIdLists: ["x"], tags: TAGS },
    "is an identity provider",
  ],
  [
    "a stranger's SAML",
    "aws:iam/samlProvider:SamlProvider",
    { name: "x", samlMetadataDocument: "<x/>", tags: TAGS },
    "is an identity provider",
  ],
  [
    "a key's grant to a stranger",
    "aws:kms/grant:Grant",
    { keyId: "k", granteePrincipal: "arn:aws:iam::999999999999:root" },
    "names the account 999999999999",
  ],
  [
    "by Cloud Control: an identity provider",
    "aws:cloudcontrol/resource:Resource",
    cloudControl("AWS::IAM::OIDCProvider", { Url: "https://example.com", ClientIdList: ["x"] }),
    NOT_JUDGED,
  ],
  [
    "by Cloud Control: a public repository",
    "aws:cloudcontrol/resource:Resource",
    cloudControl("AWS::ECR::PublicRepository", { RepositoryName: "x" }),
    NOT_JUDGED,
  ],
  [
    "by Cloud Control: an access key",
    "aws:cloudcontrol/resource:Resource",
    cloudControl("AWS::IAM::AccessKey", { UserName: "x" }),
    NOT_JUDGED,
  ],
  [
    "by Cloud Control: a role with everything",
    "aws:cloudcontrol/resource:Resource",
    cloudControl("AWS::IAM::Role", { ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
    NOT_JUDGED,
  ],
  [
    "by Cloud Control: a template",
    "aws:cloudcontrol/resource:Resource",
    cloudControl("AWS::CloudFormation::Stack", { TemplateURL: "https://s3.amazonaws.com/t" }),
    NOT_JUDGED,
  ],
  [
    "by Cloud Control: an open route",
    "aws:cloudcontrol/resource:Resource",
    cloudControl("AWS::ApiGatewayV2::Route", { ApiId: "a", RouteKey: "$default" }),
    NOT_JUDGED,
  ],
  [
    "by an identity provider in a template",
    "aws:cloudformation/stack:Stack",
    {
      name: "x",
      tags: TAGS,
      templateBody: JSON.stringify({
        Resources: { P: { Type: "AWS::IAM::OIDCProvider", Properties: { Url: "https://example.com" } } },
      }),
    },
    NOT_JUDGED,
  ],
  [
    "by aws:cloudformation/stackSet:StackSet",
    "aws:cloudformation/stackSet:StackSet",
    { name: "x", tags: TAGS },
    NOT_JUDGED,
  ],
  [
    "by aws:cloudformation/cloudFormationType:CloudFormationType",
    "aws:cloudformation/cloudFormationType:CloudFormationType",
    { name: "x", tags: TAGS },
    NOT_JUDGED,
  ],
  [
    "by aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    { name: "x", tags: TAGS },
    NOT_JUDGED,
  ],
  [
    "by aws:servicecatalog/provisionedProduct:ProvisionedProduct",
    "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
    { name: "x", tags: TAGS },
    NOT_JUDGED,
  ],
  [
    "by a product whose template is elsewhere",
    "aws:servicecatalog/product:Product",
    { tags: TAGS, provisioningArtifactParameters: { templateUrl: "https://s3.amazonaws.com/t" } },
    "nobody can look at",
  ],
  ["people in a role of Muster's, into a role", ROLE, role({ AWS: READ_ROLE }), "people past the roster"],
  [
    "people in a role of another account, whatever its case",
    ROLE,
    role({ AWS: "arn:aws:iam::222222222222:role/INFRA-adminR-dev" }),
    "people past the roster",
  ],
  [
    "one session of a role that people hold",
    QUEUE_POLICY,
    queue(allowing({ AWS: "arn:aws:sts::444444444444:assumed-role/infra-ReadR-prod/kim.contractor" })),
    "people past the roster",
  ],
  [
    "all of its own account, people in their roles among them",
    ROLE,
    role({ AWS: "arn:aws:iam::444444444444:root" }),
    "people past the roster",
  ],
  ["all of an account of the organization", ROLE, role({ AWS: "222222222222" }), "people past the roster"],
  [
    "all of its own account, by all actions but some",
    ROLE,
    role({ AWS: "444444444444" }, { Action: undefined, NotAction: "s3:*" }),
    "people past the roster",
  ],
  [
    "a role that people hold, to a queue",
    QUEUE_POLICY,
    queue(allowing({ AWS: READ_ROLE })),
    "people past the roster",
  ],
  [
    "a role that people hold in another account, to a cluster",
    "aws:eks/accessEntry:AccessEntry",
    { clusterName: "c", tags: TAGS, principalArn: "arn:aws:iam::222222222222:role/infra/infra-AdminR-dev" },
    "people past the roster",
  ],
  [
    "a document for Systems Manager that is everybody's",
    "aws:ssm/document:Document",
    { tags: TAGS, permissions: { type: "Share", account_ids: "All" } },
    "permissions.account_ids lets everybody in",
  ],
  [
    "a document for Systems Manager that is a stranger's too",
    "aws:ssm/document:Document",
    { tags: TAGS, permissions: { type: "Share", account_ids: "222222222222,999999999999" } },
    "permissions.account_ids names the account 999999999999",
  ],
  [
    "images that may become public",
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    { state: "unblocked" },
    "state is unblocked, which lets images or snapshots become public",
  ],
  [
    "snapshots that may become public",
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    { state: "unblocked" },
    "state is unblocked, which lets images or snapshots become public",
  ],
  [
    "builds that everybody sees",
    "aws:codebuild/project:Project",
    { tags: TAGS, projectVisibility: "PUBLIC_READ" },
    "projectVisibility is PUBLIC_READ, which shows its builds to everybody",
  ],
  [
    "a service of VPC Lattice that asks nobody",
    "aws:vpclattice/service:Service",
    { tags: TAGS, authType: "NONE" },
    "authType is NONE, which asks no caller who it is",
  ],
  [
    "a network of VPC Lattice that says nothing of who may call",
    "aws:vpclattice/serviceNetwork:ServiceNetwork",
    { tags: TAGS },
    "has to say authType, which is open where it is left out",
  ],
  [
    "a gateway for agents that asks nobody",
    "aws:bedrock/agentcoreGateway:AgentcoreGateway",
    { tags: TAGS, authorizerType: "NONE" },
    "authorizerType is NONE, which does not decide who may call",
  ],
  [
    "an API whose key is all that a caller needs",
    "aws:appsync/graphQLApi:GraphQLApi",
    {
      tags: TAGS,
      authenticationType: "AWS_IAM",
      additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
    },
    "authenticationType is API_KEY, which asks no caller who it is",
  ],
  [
    "a cluster of Kafka that asks nobody",
    "aws:msk/cluster:Cluster",
    { tags: TAGS, clientAuthentication: { unauthenticated: true } },
    "clientAuthentication.unauthenticated is true, which asks no caller who it is",
  ],
  [
    "a service of App Runner that everybody reaches",
    "aws:apprunner/service:Service",
    { tags: TAGS, networkConfiguration: { ingressConfiguration: { isPubliclyAccessible: true } } },
    "isPubliclyAccessible is true, which gives it an address that everybody reaches",
  ],
  ...(
    [
      ["aws:identitystore/groupMembership:GroupMembership", { groupId: "g", memberId: "m" }],
      ["aws:ssoadmin/permissionSet:PermissionSet", { tags: TAGS, name: "x" }],
      ["aws:accountaccess/entitlement:Entitlement", { applicationArn: "a" }],
    ] as const
  ).map(
    ([type, inputs]) =>
      [
        `people by Identity Center: ${type}`,
        type,
        inputs,
        "gives people access to accounts past the roster",
      ] as const,
  ),
  ...[
    "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
    "aws:iot/roleAlias:RoleAlias",
    "aws:rolesanywhere/profile:Profile",
    "aws:transfer/access:Access",
    "aws:transfer/user:User",
  ].map(
    (type) =>
      [
        `a role for whoever signs in elsewhere: ${type}`,
        type,
        { tags: TAGS, role: "arn:aws:iam::444444444444:role/worker" },
        "gives a role to people or devices that no roster knows",
      ] as const,
  ),
  [
    "an assignment of Identity Center's",
    "aws:ssoadmin/accountAssignment:AccountAssignment",
    {
      principalId: "9067642ac7-25d2d3c1",
      principalType: "USER",
      targetId: "444444444444",
      targetType: "AWS_ACCOUNT",
    },
    "admits 9067642ac7-25d2d3c1",
  ],
  ["a person, to a queue", QUEUE_POLICY, queue(allowing({ AWS: KIM })), "people past the roster"],
  [
    "a person, to a key",
    "aws:kms/grant:Grant",
    { keyId: "k", granteePrincipal: KIM },
    "people past the roster",
  ],
  [
    "a person, by a property that says nothing of principals",
    "aws:quicksight/user:User",
    { iamArn: KIM },
    "people past the roster",
  ],
  [
    "a subject that is whatever it is",
    ROLE,
    exactly("${token.actions.githubusercontent.com:sub}"),
    "for more than named subjects",
  ],
  ["a subject with a wildcard", ROLE, exactly("repo:example/*"), "for more than named subjects"],
  [
    "one subject of two with a wildcard",
    ROLE,
    exactly(["repo:example/web:ref:refs/heads/main", "repo:example/we?"]),
    "for more than named subjects",
  ],
  [
    "a subject of another issuer",
    ROLE,
    exactly("repo:example/web:ref:refs/heads/main", "gitlab.com"),
    "for more than named subjects",
  ],
  [
    "a service for a source whose wildcard spans accounts",
    QUEUE_POLICY,
    queue(sourcedFrom({ StringLike: { "aws:SourceArn": "arn:aws:logs:*:444444444444:*" } })),
    "for whatever account",
  ],
  [
    "a service for a source that has the account in its name",
    QUEUE_POLICY,
    queue(
      sourcedFrom({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::b/arn:aws:sns:eu-west-1:444444444444:*" } }),
    ),
    "for whatever account",
  ],
  [
    "a bucket's grant to a canonical user, as the provider has it",
    "aws:s3/bucket:Bucket",
    {
      bucket: "b",
      tags: TAGS,
      grants: [{ id: "79a59df900b949e5", type: "CanonicalUser", permissions: ["READ"] }],
    },
    "admits a canonical user",
  ],
  [
    "a bucket's grant to an address",
    "aws:s3/bucketAcl:BucketAcl",
    {
      accessControlPolicy: {
        grants: [{ grantee: { type: "AmazonCustomerByEmail", emailAddress: "kim@example.com" } }],
      },
    },
    "admits an account by its e-mail address",
  ],
  [
    "an object's grant",
    "aws:s3/objectCopy:ObjectCopy",
    {
      bucket: "b",
      tags: TAGS,
      grants: [{ email: "kim@example.com", type: "AmazonCustomerByEmail", permissions: ["READ"] }],
    },
    "admits an account by its e-mail address",
  ],
  [
    "objects of a migration",
    "aws:dms/s3Endpoint:S3Endpoint",
    { bucketName: "b", tags: TAGS, cannedAclForObjects: "public-read" },
    "an access list for others",
  ],
  [
    "strangers in one text",
    "aws:ssm/document:Document",
    { tags: TAGS, permissions: { type: "Share", accountIds: "999999999999,888888888888" } },
    "names the account 888888888888",
  ],
  [
    "everybody in a text of accounts",
    "aws:ssm/document:Document",
    { tags: TAGS, permissions: { type: "Share", accountIds: "444444444444,all" } },
    "lets everybody in",
  ],
  [
    "by an effect in small letters",
    QUEUE_POLICY,
    queue(json({ Effect: "allow", Principal: "*", Action: "sqs:*", Resource: "*" })),
    "neither Allow nor Deny",
  ],
  [
    "by a document that is no JSON, in letters written as escapes",
    "aws:ssm/document:Document",
    {
      tags: TAGS,
      content: String.raw`{"Statement":[{"\u0045ffect":"Allow","Pri\x6ecipal":"*","\u0041ction":"*",},]}`,
    },
    "looks like a document and is no JSON",
  ],
  [
    "an endpoint for everybody",
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
    { principalArn: "*" },
    "lets everybody in",
  ],
];

/** Packages of which nobody here knows what their resources make. */
const UNJUDGED: readonly string[] = [
  "aws-native:iam:Role",
  "aws-native:index:ExtensionResource",
  "command:local:Command",
  "kubernetes:core/v1:Pod",
  "pulumi-nodejs:dynamic:Resource",
  "pulumi-python:dynamic:Resource",
  "terraform-module:index:Module",
];

describe("a resource of an adopter's own", function () {
  this.timeout(120_000);

  const ownOf = (type: string, name: string): OwnResource => ({
    stack: "prod",
    type,
    name,
    owner: "chris.security",
    reason: "Sent events.",
    expires: "2026-12-15",
  });

  const refusals = async (type: string, inputs: Inputs, provider?: string) => {
    const added = adding(type, "extra", inputs)(await stackOf("prod"));
    const sent = provider === undefined ? added : managing(type, "extra", { provider })(added);
    return new Pack({ ownResources: [ownOf(type, "extra")] }).refusals("prod", sent);
  };

  /** What the policy on documents says of a resource alone. */
  const wrongDocuments = (type: string, inputs: Inputs, provider?: string): readonly string[] =>
    new Pack(
      { ownResources: [ownOf(type, "extra")] },
      POLICIES.filter(({ name }) => name === "aws-resource-own-documents"),
    )
      .refusals("prod", [
        { type, name: "extra", inputs, ...(provider !== undefined && { options: { provider } }) },
      ])
      .map(({ wrong }) => wrong);

  for (const type of UNJUDGED) {
    it(`is refused for its package: ${type}`, () => {
      const [name] = type.split(":");
      assert.deepEqual(wrongDocuments(type, {}, "default"), [
        `extra: is of the package ${name ?? ""}: what it makes, no policy here judges.`,
      ]);
    });
  }

  it("may be of a package that makes nothing in AWS, or a component, of which each resource is judged", async () => {
    assert.deepEqual(await refusals("pagerduty:index/service:Service", { name: "x" }, "default"), []);
    assert.deepEqual(await refusals("acme:index:Network", {}), []);
  });

  describe("beside others in one stack, of which the whole pack refuses nothing,", () => {
    const named = ADMITTED.map(([what, type, inputs], index) => ({
      what,
      type,
      inputs,
      name: `extra-${String(index)}`,
    }));
    let found: readonly PolicyRefusal[];
    before(async () => {
      const sent = named.reduce(
        (sofar, { type, name, inputs }) => adding(type, name, inputs)(sofar),
        await stackOf("prod"),
      );
      found = new Pack({ ownResources: named.map(({ type, name }) => ownOf(type, name)) }).refusals(
        "prod",
        sent,
      );
    });

    for (const { what, name } of named) {
      it(`may let in ${what}`, () => {
        assert.deepEqual(
          found.filter(({ resource }) => resource === name),
          [],
        );
      });
    }

    it("nor anything of the stack itself", () => {
      assert.deepEqual(found, []);
    });
  });

  for (const [what, type, inputs, says] of REFUSED) {
    it(`is refused for ${what}`, () => {
      const wrong = wrongDocuments(type, inputs);
      assert.ok(
        wrong.some((one) => one.includes(says)),
        JSON.stringify(wrong),
      );
    });
  }
});
