import type { IAM } from "@aws-sdk/client-iam";

import { sha256Of } from "../snapshot/sha256";
import type {
  IdentityProvider,
  InstanceProfile,
  ServerCertificate,
  SignInObjects,
} from "../snapshot/sign-in-objects";

const byName = <T extends { readonly name: string }>(all: readonly T[]): T[] =>
  [...all].sort((one, other) => (one.name < other.name ? -1 : 1));

async function readIdentityProviders(iam: IAM): Promise<IdentityProvider[]> {
  const [openIdConnect, saml] = await Promise.all([
    iam.listOpenIDConnectProviders({}),
    iam.listSAMLProviders({}),
  ]);
  const providers = await Promise.all([
    ...(openIdConnect.OpenIDConnectProviderList ?? []).map(async ({ Arn: arn = "" }) => {
      const answer = await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn });
      return { arn, content: [...(answer.ClientIDList ?? []), ...(answer.ThumbprintList ?? [])].sort() };
    }),
    ...(saml.SAMLProviderList ?? []).map(async ({ Arn: arn = "" }) => {
      const answer = await iam.getSAMLProvider({ SAMLProviderArn: arn });
      return { arn, content: [sha256Of(answer.SAMLMetadataDocument ?? "")] };
    }),
  ]);
  return providers.sort((one, other) => (one.arn < other.arn ? -1 : 1));
}

async function readInstanceProfiles(iam: IAM): Promise<InstanceProfile[]> {
  const { paginateListInstanceProfiles } = await import("@aws-sdk/client-iam");
  const profiles: InstanceProfile[] = [];
  for await (const page of paginateListInstanceProfiles({ client: iam }, {})) {
    for (const { InstanceProfileName, Path, Roles = [] } of page.InstanceProfiles ?? []) {
      profiles.push({
        name: InstanceProfileName ?? "",
        path: Path ?? "/",
        roles: Roles.map(({ RoleName }) => RoleName ?? "").sort(),
      });
    }
  }
  return byName(profiles);
}

async function readServerCertificates(iam: IAM): Promise<ServerCertificate[]> {
  const { paginateListServerCertificates } = await import("@aws-sdk/client-iam");
  const certificates: ServerCertificate[] = [];
  for await (const page of paginateListServerCertificates({ client: iam }, {})) {
    for (const one of page.ServerCertificateMetadataList ?? []) {
      certificates.push({
        name: one.ServerCertificateName ?? "",
        path: one.Path ?? "/",
        id: one.ServerCertificateId ?? "",
      });
    }
  }
  return byName(certificates);
}

export async function readSignInObjects(iam: IAM): Promise<SignInObjects> {
  return {
    instanceProfiles: await readInstanceProfiles(iam),
    identityProviders: await readIdentityProviders(iam),
    serverCertificates: await readServerCertificates(iam),
  };
}
