import path from "node:path";

/** Where everything of one sandbox lies. Deleting the folder leaves nothing behind but the caches. */
export interface SandboxPaths {
  readonly root: string;
  /** What the sandbox is: see {@link ./record}. Its presence says that the folder is a sandbox. */
  readonly record: string;
  readonly lock: string;
  readonly bin: string;
  readonly pulumiHome: string;
  readonly state: string;
  /** Copies of Pulumi.yaml and of each stack's settings, with the sandbox's secrets provider. */
  readonly settings: string;
  readonly awsConfig: string;
  readonly awsCredentials: string;
  readonly emulator: { readonly record: string; readonly log: string };
  readonly logs: string;
}

export function sandboxPaths(directory: string): SandboxPaths {
  const root = path.resolve(directory);
  const logs = path.join(root, "logs");
  return {
    root,
    record: path.join(root, "sandbox.json"),
    lock: path.join(root, "lock"),
    bin: path.join(root, "bin"),
    pulumiHome: path.join(root, "pulumi-home"),
    state: path.join(root, "state"),
    settings: path.join(root, "settings"),
    awsConfig: path.join(root, "aws", "config"),
    awsCredentials: path.join(root, "aws", "credentials"),
    emulator: { record: path.join(root, "emulator.json"), log: path.join(logs, "emulator.log") },
    logs,
  };
}
