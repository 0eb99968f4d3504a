import { rmSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../src/files/make-folder";
import { replaceFile } from "../src/files/replace-file";
import { awsConfiguration, awsCredentials, raisedQuotas, type SandboxAccount } from "./accounts";
import { accountCredentialProvider, type CredentialProvider } from "./account-credential-provider";
import { compileSandbox } from "./build";
import { emulatorPython } from "./emulator/python";
import {
  endpointOf,
  quotasFile,
  runningEmulator,
  startEmulator,
  stopEmulator,
  type Emulator,
} from "./emulator/emulator";
import { findEngine } from "./engine/engine";
import { sandboxEnvironment } from "./environment";
import { sandboxPaths, type SandboxPaths } from "./paths";
import { SandboxProblem } from "./problem";
import { run, type Finished, type RunOptions } from "./process/run";
import { installProvider } from "./provider/install";
import { installPulumiCommand } from "./pulumi-command/install";
import { writeRecord } from "./record";
import { copyProjectSettings, copyStackSettings } from "./stack-settings";
import { accountsOfOtherStacks, stacksOf } from "./stacks";
import { unwatched, type Work } from "./work";

export interface SandboxOptions {
  /** Where the sandbox lies; `.sandbox` of the checkout, or a temporary folder in tests. */
  readonly directory: string;
  /** The Pulumi project: the folder with Pulumi.yaml, in which `node_modules` can be found. */
  readonly project: string;
  readonly accounts: readonly SandboxAccount[];
  readonly region: string;
}

/** What a client of the AWS SDK is made with to reach one account of a sandbox. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: CredentialProvider;
}

/**
 * Organization accounts on this machine: the real Pulumi engine, its state, and an AWS emulator, all in one folder.
 * Sandboxes share nothing but the caches, so that any number can run at once.
 */
export class Sandbox {
  readonly paths: SandboxPaths;
  /** The environment in which `pulumi` and every AWS client reach this sandbox and nothing else. */
  readonly env: NodeJS.ProcessEnv;

  private constructor(
    private readonly options: SandboxOptions,
    readonly emulator: Emulator,
    compiled: string,
  ) {
    this.paths = sandboxPaths(options.directory);
    this.env = sandboxEnvironment(process.env, {
      paths: this.paths,
      languageHost: path.join(compiled, "language-host", "main.js"),
      endpoint: this.endpoint,
      region: options.region,
    });
  }

  /** Writes everything that a sandbox consists of; keeps its state, if it has one. */
  static set(options: SandboxOptions, engine: string, emulator: Emulator): Sandbox {
    const compiled = compileSandbox();
    const sandbox = new Sandbox(options, emulator, compiled);
    const { paths } = sandbox;
    const { project, region } = options;
    const accounts = [...options.accounts, ...accountsOfOtherStacks(paths, options.accounts)];
    for (const folder of [paths.state, paths.logs, path.dirname(paths.awsConfig)]) makeFolder(folder);
    replaceFile(paths.awsConfig, awsConfiguration(accounts, region));
    replaceFile(paths.awsCredentials, awsCredentials);
    replaceFile(quotasFile(paths.emulator), raisedQuotas(accounts));
    copyProjectSettings(project, paths.settings);
    installPulumiCommand(paths, project, engine, compiled);
    installProvider(paths, project, compiled);
    writeRecord(paths, { project, engine, region, accounts });
    return sandbox;
  }

  /** The accounts, in the order in which they are deployed. */
  get accounts(): readonly SandboxAccount[] {
    return this.options.accounts;
  }

  /** Where the emulator listens, as a URL. */
  get endpoint(): string {
    return endpointOf(this.emulator);
  }

  /** Runs a pulumi command in the project, as somebody in the sandbox's shell would. Never rejects for its exit status. */
  pulumi(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    return run(path.join(this.paths.bin, "pulumi"), args, {
      cwd: this.options.project,
      env: this.env,
      ...options,
    });
  }

  /**
   * Creates a stack if the state does not have it, from the folder of the copied settings: the engine would change the
   * project's files otherwise.
   */
  async createStack(stack: string): Promise<void> {
    if (stacksOf(this.paths).includes(stack)) return;
    copyStackSettings(this.options.project, stack, this.paths.settings);
    const init = ["stack", "init", stack, "--no-select", "-C", this.paths.settings, "--non-interactive"];
    const { code, stdout, stderr } = await this.pulumi(init);
    if (code !== 0) throw new SandboxProblem(`The stack ${stack} could not be created.\n${stdout}${stderr}`);
  }

  /** The outputs of a stack that has been deployed; none where it has not. */
  async outputs(stack: string): Promise<Readonly<Record<string, unknown>>> {
    const { code, stdout } = await this.pulumi([
      "stack",
      "output",
      "--json",
      "--stack",
      stack,
      "--non-interactive",
    ]);
    return code === 0 ? (JSON.parse(stdout) as Record<string, unknown>) : {};
  }

  /** A client of the AWS SDK in an account: `sandbox.client(IAM, "dev")`. */
  client<Client>(
    service: new (options: ClientOptions) => Client,
    account: string,
    region = this.options.region,
  ): Client {
    const { endpoint } = this;
    const id = this.accounts.find(({ key }) => key === account)?.id;
    if (id === undefined) throw new Error(`The sandbox has no account ${account}.`);
    return new service({ endpoint, region, credentials: accountCredentialProvider(endpoint, region, id) });
  }

  /** Stops the emulator, and with it forgets its accounts. */
  async stop(): Promise<void> {
    await stopEmulator(this.paths.emulator);
  }

  /** Stops the emulator and deletes the sandbox. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.paths.root, { recursive: true, force: true });
  }
}

/**
 * Opens a sandbox: gets engine and emulator ready, starts the emulator if it is not running, and creates the stacks
 * that are missing. Nothing is deployed yet.
 */
export async function openSandbox(options: SandboxOptions, work: Work = unwatched): Promise<Sandbox> {
  const [engine, python] = await Promise.all([findEngine(process.env, work), emulatorPython(work)]);
  const { emulator } = await reachEmulator(sandboxPaths(options.directory), python);
  const sandbox = Sandbox.set(options, engine.pulumi, emulator);
  for (const { key } of options.accounts) await sandbox.createStack(key);
  return sandbox;
}

/** The emulator of a sandbox: the one that runs, or a new one. */
export async function reachEmulator(
  { logs, emulator: files }: SandboxPaths,
  python: string,
): Promise<{ emulator: Emulator; started: boolean }> {
  makeFolder(logs);
  const running = await runningEmulator(files);
  if (running !== undefined) return { emulator: running, started: false };
  return { emulator: await startEmulator(python, files), started: true };
}
