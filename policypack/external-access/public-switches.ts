/** A setting that admits others than the organization: its keys, and their values that do not. */
interface PublicSwitch {
  /** A part of the names of the types that it is about; absent for every type. */
  readonly types?: RegExp;
  /** The name of the property, as the provider writes it. */
  readonly key: RegExp;
  /** The values that open nothing, as texts in lower case. */
  readonly closed: readonly string[];
  readonly opens: string;
}

/**
 * The switches. Names and values are those of the provider's documentation (website/docs/r in
 * https://github.com/hashicorp/terraform-provider-aws).
 */
const SWITCHES: readonly PublicSwitch[] = [
  // r/lambda_function_url, r/apigatewayv2_route
  {
    key: /^authorizationType$/i,
    closed: ["aws_iam", "jwt", "custom", "cognito_user_pools"],
    opens: "asks no caller who it is",
  },
  // r/api_gateway_method
  {
    types: /^aws:apigateway\/method:/,
    key: /^authorization$/i,
    closed: ["aws_iam", "custom", "cognito_user_pools"],
    opens: "asks no caller who it is",
  },
  // r/s3_bucket_acl, "Canned ACL" in https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
  {
    types: /^aws:s3/,
    key: /^(?:acl|cannedAcl)$/i,
    closed: ["private", "bucket-owner-read", "bucket-owner-full-control", "log-delivery-write"],
    opens: "is an access list for others",
  },
  // r/dms_s3_endpoint
  {
    key: /^cannedAclForObjects$/i,
    closed: ["none", "private", "bucket-owner-read", "bucket-owner-full-control"],
    opens: "is an access list for others",
  },
  // r/s3_bucket_public_access_block, r/s3_account_public_access_block
  {
    key: /^(?:blockPublicAcls|blockPublicPolicy|ignorePublicAcls|restrictPublicBuckets)$/i,
    closed: ["true"],
    opens: "lets a bucket become public",
  },
  // r/ram_resource_share
  { key: /^allowExternalPrincipals$/i, closed: ["false"], opens: "shares outside the organization" },
  // r/ami_launch_permission
  { types: /^aws:ec2\/amiLaunchPermission:/, key: /^group$/i, closed: [], opens: "lets everybody in" },
  {
    key: /^organization(?:alUnit)?Arn$/i,
    closed: [],
    opens: "lets in an organization whose accounts nobody here lists",
  },
  {
    key: /^(?:principalOrgId|organizationId)$/i,
    closed: [],
    opens: "lets in an organization whose accounts nobody here lists",
  },
  // r/db_instance, r/redshift_cluster, r/dms_replication_instance, r/mq_broker
  { key: /^publiclyAccessible$/i, closed: ["false"], opens: "gives it an address that everybody reaches" },
  // r/cognito_identity_pool
  { key: /^allowUnauthenticatedIdentities$/i, closed: ["false"], opens: "lets everybody in" },
  // r/apprunner_service
  { key: /^isPubliclyAccessible$/i, closed: ["false"], opens: "gives it an address that everybody reaches" },
  // r/ec2_image_block_public_access, r/ebs_snapshot_block_public_access
  {
    types: /^aws:(?:ec2\/imageBlockPublicAccess|ebs\/snapshotBlockPublicAccess):/,
    key: /^state$/i,
    closed: ["block-new-sharing", "block-all-sharing"],
    opens: "lets images or snapshots become public",
  },
  // r/codebuild_project
  {
    types: /^aws:codebuild\/project:/,
    key: /^projectVisibility$/i,
    closed: ["private"],
    opens: "shows its builds to everybody",
  },
  // r/vpclattice_service, r/vpclattice_service_network
  { types: /^aws:vpclattice\//, key: /^authType$/i, closed: ["aws_iam"], opens: "asks no caller who it is" },
  // r/bedrockagentcore_gateway
  {
    types: /^aws:bedrock\/agentcoreGateway:/,
    key: /^authorizerType$/i,
    closed: ["aws_iam", "custom_jwt"],
    opens: "does not decide who may call",
  },
  // r/appsync_graphql_api: admits everybody who knows the key
  {
    types: /^aws:appsync\//,
    key: /^authenticationType$/i,
    closed: ["aws_iam", "aws_lambda", "amazon_cognito_user_pools", "openid_connect"],
    opens: "asks no caller who it is",
  },
  // r/msk_cluster
  { types: /^aws:msk\//, key: /^unauthenticated$/i, closed: ["false"], opens: "asks no caller who it is" },
  // r/servicecatalog_product, r/servicecatalog_provisioning_artifact: what is made stands elsewhere
  { key: /^templateUrl$/i, closed: [], opens: "is a template that nobody can look at here" },
];

/** Types whose every resource admits somebody outside the roster. */
const OPEN_TYPES: readonly (readonly [type: RegExp, opens: string])[] = [
  [
    /^aws:iam\/(?:openIdConnectProvider|samlProvider):/,
    "is an identity provider beside Muster's: its owner says who enters",
  ],
  [/^aws:rolesanywhere\/trustAnchor:/, "is an identity provider beside Muster's: its owner says who enters"],
  // IAM Identity Center: who has its permission sets, in any account.
  [/^aws:(?:ssoadmin|identitystore|accountaccess)\//, "gives people access to accounts past the roster"],
  // r/cognito_identity_pool_roles_attachment, r/iot_role_alias, r/rolesanywhere_profile, r/transfer_user, r/transfer_access
  [
    /^aws:(?:cognito\/identityPoolRoleAttachment|iot\/roleAlias|rolesanywhere\/profile|transfer\/(?:user|access)):/,
    "gives a role to people or devices that no roster knows",
  ],
  [/^aws:ecrpublic\//, "is public, as all of its kind"],
];

/** Settings that are open where the program says nothing. */
const HAS_TO_SAY: readonly (readonly [type: RegExp, keys: readonly string[]])[] = [
  [
    /^aws:s3\/(?:bucket|account)PublicAccessBlock:/,
    ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"],
  ],
  // r/apigatewayv2_route: "Defaults to `NONE`."
  [/^aws:apigatewayv2\/route:/, ["authorizationType"]],
  // r/vpclattice_service, r/vpclattice_service_network
  [/^aws:vpclattice\/service(?:Network)?:/, ["authType"]],
];

/** Lists the faults of a type with any settings, and of missing settings that would close it. */
export function* publicTypeFaults(type: string, keys: readonly string[]): Iterable<string> {
  for (const [pattern, opens] of OPEN_TYPES) if (pattern.test(type)) yield opens;
  for (const [pattern, needed] of HAS_TO_SAY) {
    if (!pattern.test(type)) continue;
    for (const key of needed.filter((one) => !keys.includes(one)))
      yield `has to say ${key}, which is open where it is left out`;
  }
}

/** The words for a value that opens something, by the name of its property; undefined where it opens nothing. */
export function openedBy(type: string, key: string, value: string): string | undefined {
  if (value === "") return undefined;
  const found = SWITCHES.find(
    ({ types, key: pattern, closed }) =>
      (types === undefined || types.test(type)) && pattern.test(key) && !closed.includes(value.toLowerCase()),
  );
  return found?.opens;
}
