import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accountCredentialProvider } from "../../../sandbox/account-credential-provider";
import { awsConfiguration, awsCredentials } from "../../../sandbox/accounts";
import { endpointOf, quotasFile, startEmulator, stopEmulator } from "../../../sandbox/emulator/emulator";
import { emulatorPython } from "../../../sandbox/emulator/python";
import { unwatched } from "../../../sandbox/work";
import { rememberEnvironment } from "../environment";
import type { ClientOptions } from "../../../sandbox/sandbox";

export const accounts = [
  { key: "users", id: "111111111111", identity: true },
  { key: "dev", id: "222222222222", identity: false },
];

/** An emulator of its own for a test file, with an AWS configuration that this process uses while it runs. */
export interface EmulatedAccounts {
  readonly endpoint: string;
  readonly client: <Client>(service: new (options: ClientOptions) => Client, account: string) => Client;
  close(): Promise<void>;
}

/** @param quotas those that AWS has raised, or lowered, by account and IAM's name of them */
export async function openEmulatedAccounts(
  quotas: Readonly<Record<string, Readonly<Record<string, number>>>> = {},
): Promise<EmulatedAccounts> {
  const folder = mkdtempSync(path.join(tmpdir(), "muster-emulator-"));
  const files = { record: path.join(folder, "emulator.json"), log: path.join(folder, "emulator.log") };
  writeFileSync(quotasFile(files), JSON.stringify(quotas));
  const endpoint = endpointOf(await startEmulator(await emulatorPython(unwatched), files));
  const restoreEnvironment = rememberEnvironment();
  const [config, credentials] = [path.join(folder, "config"), path.join(folder, "credentials")];
  writeFileSync(config, awsConfiguration(accounts, "eu-west-1"));
  writeFileSync(credentials, awsCredentials);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_EC2_METADATA_DISABLED: "true",
  });
  return {
    endpoint,
    client: (service, account) => {
      const id = accounts.find(({ key }) => key === account)?.id ?? "";
      const credentials = accountCredentialProvider(endpoint, "eu-west-1", id);
      return new service({ endpoint, region: "eu-west-1", credentials });
    },
    close: async () => {
      restoreEnvironment();
      await stopEmulator(files);
      rmSync(folder, { recursive: true });
    },
  };
}
