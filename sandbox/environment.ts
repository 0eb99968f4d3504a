import path from "node:path";
import { languageHostVariables } from "./engine/language-host-launcher";
import type { SandboxPaths } from "./paths";
import { passphrase } from "./stack-settings";

/** Settings of real deployments, which must not reach into the sandbox. */
const foreign = /^(AWS|PULUMI|MUSTER_SANDBOX)_/;

export interface EnvironmentOptions {
  readonly paths: SandboxPaths;
  readonly languageHost: string;
  readonly endpoint: string;
  readonly region: string;
}

/**
 * The environment in which `pulumi` and every AWS client reach the sandbox and nothing else.
 * @param base the environment to start from; its AWS and Pulumi settings are left out.
 */
export function sandboxEnvironment(base: NodeJS.ProcessEnv, options: EnvironmentOptions): NodeJS.ProcessEnv {
  const { paths, languageHost, endpoint, region } = options;
  return {
    ...Object.fromEntries(Object.entries(base).filter(([name]) => !foreign.test(name))),
    PATH: [paths.bin, base["PATH"]].filter(Boolean).join(path.delimiter),
    [languageHostVariables.node]: process.execPath,
    [languageHostVariables.program]: languageHost,

    PULUMI_HOME: paths.pulumiHome,
    PULUMI_BACKEND_URL: `file://${paths.state}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // The file backend writes the whole state after every step otherwise, and an update takes quadratic time.
    PULUMI_SKIP_CHECKPOINTS: "true",

    AWS_ENDPOINT_URL: endpoint,
    AWS_CONFIG_FILE: paths.awsConfig,
    AWS_SHARED_CREDENTIALS_FILE: paths.awsCredentials,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
