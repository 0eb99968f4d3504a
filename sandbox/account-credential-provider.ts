import { STS } from "@aws-sdk/client-sts";
import { deployRoleArn, managementKey } from "./accounts";

/** How a client of the AWS SDK gets its credentials. */
export type CredentialProvider = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}>;

/** Credentials of an account of the emulator, without any configuration file: assumed from the management account. */
export function accountCredentialProvider(
  endpoint: string,
  region: string,
  account: string,
): CredentialProvider {
  return async () => {
    const sts = new STS({ endpoint, region, credentials: managementKey });
    const role = { RoleArn: deployRoleArn(account), RoleSessionName: "sandbox" };
    const { Credentials: credentials } = await sts.assumeRole(role);
    return {
      accessKeyId: credentials?.AccessKeyId ?? "",
      secretAccessKey: credentials?.SecretAccessKey ?? "",
      sessionToken: credentials?.SessionToken ?? "",
    };
  };
}
