import type { Account } from "../model/account";
import type { Model } from "../model/model";
import {
  accountRootArn,
  customerPolicyArn,
  groupPolicyName,
  identityProviderArn,
  pipelineGroupName,
  pipelineRoleName,
  pipelineUserArn,
  pipelineUserName,
  roleArnOf,
  type Arn,
  type UserName,
} from "../model/names";
import {
  GITHUB_ISSUER,
  PIPELINE_ROLE_NAMES,
  PIPELINE_ROLES,
  type Pipeline,
  type PipelineRole,
} from "../model/pipeline";
import type { GroupBlueprint } from "./group-blueprint";
import { customerPolicy } from "./permissions/customer-policy";
import { deployStatements } from "./pipeline/deploy-statements";
import { deployingDetectors, readingDetectors } from "./pipeline/detector-statements";
import { GITHUB_AUDIENCE, githubTrust } from "./pipeline/github-trust";
import { managingIam } from "./pipeline/managing-iam";
import { oidcTrust } from "./pipeline/oidc";
import { refreshStatements, LIST_IAM_STATEMENT } from "./pipeline/refresh-statements";
import { deactivatingCredentials, readingCredentials, reviewStatements } from "./pipeline/review-statements";
import { stateAccess } from "./pipeline/state-access";
import { policyDocument, renderDocument, type PermissionStatement } from "./policy-document";
import { policyBlueprint, type DeployedRole } from "./deployed-role";
import type { CustomerPolicy, RoleContext } from "./role-permissions";
import { assumeRolePolicies } from "./self-service/assume-role";
import type { TrustDocument } from "./role-trust";

/** A role that the pipeline assumes, as deployed. */
export interface PipelineRoleBlueprint extends DeployedRole {
  readonly role: PipelineRole;
}

/** A user that the pipeline works as, in a group of its own: it may assume one role and nothing else. */
export interface PipelineUserBlueprint {
  readonly name: UserName;
  readonly arn: Arn;
  readonly group: GroupBlueprint;
}

/** The issuer whose tokens the roles accept. */
export interface IdentityProviderBlueprint {
  readonly arn: Arn;
  readonly url: string;
  /** The audience that the tokens must have. */
  readonly audiences: readonly string[];
}

/** All that the pipeline needs in an account. */
export interface PipelineBlueprint {
  readonly roles: readonly PipelineRoleBlueprint[];
  /** Only where the pipeline shows tokens. */
  readonly identityProvider?: IdentityProviderBlueprint;
  /** None where the pipeline shows tokens. */
  readonly users: readonly PipelineUserBlueprint[];
}

/** The roles' MaxSessionDuration, AWS's least. */
const SESSION_SECONDS = 3_600;

/** Policies of a role that are more together than one policy holds. */
const permissions = (
  role: PipelineRole,
  ...policies: readonly (readonly PermissionStatement[])[]
): readonly CustomerPolicy[] =>
  policies.map((statements, index) => ({
    ...customerPolicy("permissions", PIPELINE_ROLES[role], ...statements),
    index,
  }));

/** What the pipeline's roles may do. */
export const PIPELINE_PERMISSIONS = {
  Preview: (context) =>
    permissions("Preview", [...refreshStatements(context), LIST_IAM_STATEMENT], readingDetectors(context)),
  Review: (context) =>
    permissions("Review", [...reviewStatements(context), readingCredentials, LIST_IAM_STATEMENT]),
  Deploy: (context) =>
    permissions(
      "Deploy",
      managingIam(context),
      deployStatements(context),
      refreshStatements(context),
      [...deployingDetectors(context), ...readingDetectors(context)],
      [deactivatingCredentials(context), readingCredentials],
    ),
} as const satisfies Record<PipelineRole, (context: RoleContext) => readonly CustomerPolicy[]>;

/** A user has no MFA device to ask for: its keys are all there is. */
function userTrust({ organization, account }: RoleContext, role: PipelineRole): TrustDocument {
  return policyDocument({
    Sid: "PipelineUser",
    Effect: "Allow",
    Principal: { AWS: accountRootArn(account.id) },
    Action: "sts:AssumeRole",
    Condition: { ArnEquals: { "aws:PrincipalArn": pipelineUserArn(organization, role, account) } },
  });
}

function trustOf(context: RoleContext, pipeline: Pipeline, role: PipelineRole): TrustDocument {
  switch (pipeline.kind) {
    case "github":
      return githubTrust(role, pipeline, context);
    case "oidc":
      return oidcTrust(role, pipeline, context);
    case "users":
      return userTrust(context, role);
  }
}

function roleBlueprint(context: RoleContext, pipeline: Pipeline, role: PipelineRole): PipelineRoleBlueprint {
  const { organization, account } = context;
  const name = pipelineRoleName(organization, role, account);
  return {
    role,
    name,
    arn: roleArnOf(account, name),
    description: `The pipeline's role in ${account.key}. ${PIPELINE_ROLES[role]}`,
    trust: { text: renderDocument(trustOf(context, pipeline, role)) },
    sessionSeconds: SESSION_SECONDS,
    policies: [
      ...PIPELINE_PERMISSIONS[role](context),
      ...(pipeline.state && role !== "Review" ? [stateAccess(role, pipeline.state)] : []),
    ].map((policy) => policyBlueprint(account, name, policy)),
  };
}

function userBlueprint(
  { organization, account }: RoleContext,
  { role, arn }: PipelineRoleBlueprint,
): PipelineUserBlueprint {
  const name = pipelineUserName(organization, role, account);
  const group = pipelineGroupName(organization, role, account);
  const policies = assumeRolePolicies([arn]).map((document, index) => {
    const policyName = groupPolicyName(group, index);
    return {
      kind: "customer",
      purpose: "permissions",
      name: policyName,
      arn: customerPolicyArn(account, policyName),
      description: "The pipeline's user assumes its role, and does nothing else.",
      text: renderDocument(document),
    } as const;
  });
  return {
    name,
    arn: pipelineUserArn(organization, role, account),
    group: { name: group, members: [name], policies },
  };
}

const identityProvider = (account: Account, issuer: string, audience: string): IdentityProviderBlueprint => ({
  arn: identityProviderArn(account, issuer),
  url: `https://${issuer}`,
  audiences: [audience],
});

/** What the pipeline needs in the account; undefined where the organization has none. */
export function pipelineBlueprint({ organization }: Model, account: Account): PipelineBlueprint | undefined {
  const { pipeline } = organization;
  if (pipeline === undefined) return undefined;
  const context: RoleContext = { organization, account };
  const roles = PIPELINE_ROLE_NAMES.map((role) => roleBlueprint(context, pipeline, role));
  switch (pipeline.kind) {
    case "users":
      return { roles, users: roles.map((role) => userBlueprint(context, role)) };
    case "github":
      return {
        roles,
        users: [],
        identityProvider: identityProvider(account, GITHUB_ISSUER, GITHUB_AUDIENCE),
      };
    case "oidc":
      return {
        roles,
        users: [],
        identityProvider: identityProvider(account, pipeline.issuer, pipeline.audience),
      };
  }
}
