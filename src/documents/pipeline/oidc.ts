import { identityProviderArn } from "../../model/names";
import { STACK_PLACEHOLDER, type Pipeline, type PipelineRole } from "../../model/pipeline";
import { policyDocument } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import type { TrustDocument } from "../role-trust";

type OidcPipeline = Extract<Pipeline, { kind: "oidc" }>;

function subjectsOf(role: PipelineRole, { subjects }: OidcPipeline): readonly string[] {
  switch (role) {
    case "Preview":
      return subjects.preview;
    // Of no request: what it reads is more than settings.
    case "Review":
    case "Deploy":
      return subjects.deploy;
  }
}

/**
 * Admits the bearers of an issuer's tokens whose audience and subject are, as a whole, those of the organization. AWS
 * offers the audience and the subject of every issuer as condition keys, and further claims of few.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function oidcTrust(
  role: PipelineRole,
  pipeline: OidcPipeline,
  { account }: RoleContext,
): TrustDocument {
  const { issuer, audience } = pipeline;
  return policyDocument({
    Sid: "PipelineJobs",
    Effect: "Allow",
    Principal: { Federated: identityProviderArn(account, issuer) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: audience,
        [`${issuer}:sub`]: subjectsOf(role, pipeline).map((subject) =>
          subject.replaceAll(STACK_PLACEHOLDER, account.key),
        ),
      },
    },
  });
}
