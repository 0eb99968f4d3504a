import { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";

import { stopEmulator } from "../../../sandbox/emulator/emulator";
import { emulatorPython } from "../../../sandbox/emulator/python";
import { findEngine } from "../../../sandbox/engine/engine";
import { sandboxPaths } from "../../../sandbox/paths";
import { CALLS_FILE_VARIABLE } from "../../../sandbox/provider/call-recorder";
import { run, type Finished } from "../../../sandbox/process/run";
import { openSandbox, type ClientOptions, type Sandbox } from "../../../sandbox/sandbox";
import { unwatched } from "../../../sandbox/work";
import type { PipelineDefinition } from "../../../src/model/pipeline";
import type { WrittenOrganization, WrittenRoster } from "../../support/rosters";
import { recordedRequests, requestsIn, unrecorded, type Requests } from "../../support/recorded-requests";
import { recordAwsCalls, type AwsCall } from "./aws-calls";
import { unlistedCalls } from "./command-calls";
import { definition } from "./definition";
import { assertSucceeded, readEvents, type Outcome } from "./outcome";
import { removeFolder, temporaryFolder } from "./temporary-folder";

const TERMINAL = path.join(__dirname, "terminal.py");
const CHECKOUT = path.join(__dirname, "..", "..", "..");
const PROGRAM = ["start", "src", "policypack", "Pulumi.yaml", "package.json", "tsconfig.json"];
const LONGEST_COMMAND = 300_000;
const RECORD_AGAIN =
  "The pipeline's roles are not proven to be allowed this. Make test/e2e/recorded-calls.test.ts do it, and record again with `npm run record:calls`.";

/** What every account's `Pulumi.<stack>.yaml` says where a test writes nothing else. */
export const SETTINGS = [
  "config:",
  "  muster:alarmSubscriptions:",
  "    - protocol: email",
  "      endpoint: security@example.com",
  "",
].join("\n");

export type Organization = WrittenOrganization & { readonly pipeline?: PipelineDefinition };

/** What the files that people edit say. */
export interface Sources {
  readonly organization: Organization;
  readonly roster: WrittenRoster;
  /** None by default. */
  readonly workloads?: Readonly<Record<string, unknown>>;
}

export interface CommandOptions {
  /** Besides what the sandbox sets, such as AWS_PROFILE. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a command printed, how it ended, and what it asked of AWS. */
export type CommandOutcome = Finished & { readonly calls: readonly AwsCall[] };

before("get the engine and the emulator ready", async function () {
  // A fresh machine builds the engine first, and should say so.
  this.timeout(1_200_000);
  const work = { report: (message: string) => void process.stderr.write(`  ${message}\n`) };
  await Promise.all([findEngine(process.env, work), emulatorPython(work)]);
});

/** A copy of the program in a temporary folder, with an organization and a roster of the test's, and its own sandbox. */
export class Workspace {
  private roster = "";
  /** By stack: the roster of the last deployment, where nobody has touched the account since. */
  private readonly deployed = new Map<string, string>();
  private commands = 0;

  private constructor(
    /** The folder with the project, its sandbox, and everything that they write. */
    readonly root: string,
    private readonly sandbox: Sandbox,
    readonly organization: Organization,
  ) {}

  /** Opens a workspace with stacks for all accounts, or for those named. Nothing is deployed yet. */
  static async open(
    { organization, roster, workloads = {} }: Sources,
    stacks = Object.keys(organization.accounts),
  ): Promise<Workspace> {
    const root = temporaryFolder();
    const project = path.join(root, "project");
    for (const entry of PROGRAM)
      cpSync(path.join(CHECKOUT, entry), path.join(project, entry), { recursive: true });
    symlinkSync(path.join(CHECKOUT, "node_modules"), path.join(project, "node_modules"), "dir");
    for (const stack of stacks) writeFileSync(path.join(project, `Pulumi.${stack}.yaml`), SETTINGS);
    const accounts = Object.entries(organization.accounts)
      .filter(([key]) => stacks.includes(key))
      .map(([key, { id, kind, identity }]) => ({
        key,
        id,
        identity: kind === "identity" || identity === true,
      }));
    const directory = path.join(root, "sandbox");
    const sandbox = await openSandbox({ directory, project, accounts, region: organization.region }).catch(
      async (error: unknown) => {
        await stopEmulator(sandboxPaths(directory).emulator);
        removeFolder(root);
        throw error;
      },
    );
    const workspace = new Workspace(root, sandbox, organization);
    workspace.writeOrganization();
    workspace.writeFile("src/workloads.ts", definition("workloads", "defineWorkloads", [workloads]));
    // Those of the checkout may speak of accounts that the test does not have.
    workspace.writeFile("src/invariants.ts", "export const invariants = [];\n");
    workspace.write(roster);
    return workspace;
  }

  /** Writes `src/roster.ts`. */
  write(roster: WrittenRoster): void {
    this.roster = definition("roster", "defineRoster", ["organization", roster]);
    this.writeFile("src/roster.ts", this.roster);
  }

  /** Writes a file of the project, such as `Pulumi.dev.yaml`. */
  writeFile(name: string, text: string): void {
    writeFileSync(path.join(this.root, "project", name), text);
  }

  readFile(name: string): string {
    return readFileSync(path.join(this.root, "project", name), "utf8");
  }

  preview(stack: string, ...flags: readonly string[]): Promise<Outcome> {
    return this.pulumi(["preview", "--stack", stack, ...flags]);
  }

  /** `pulumi up` with its preview, as the README has it. */
  async up(stack: string, ...flags: readonly string[]): Promise<Outcome> {
    this.deployed.delete(stack);
    const outcome = await this.pulumi(["up", "--yes", "--stack", stack, ...flags]);
    if (outcome.code === 0) this.deployed.set(stack, this.roster);
    return outcome;
  }

  /** `pulumi up` without its preview, which is quicker and does the same. */
  deploy(stack: string, ...flags: readonly string[]): Promise<Outcome> {
    return this.up(stack, "--skip-preview", ...flags);
  }

  destroy(stack: string): Promise<Outcome> {
    this.deployed.delete(stack);
    return this.pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack]);
  }

  /** Makes the accounts what the roster says, whatever the test before has left. */
  async bring(stacks: readonly string[], roster: WrittenRoster): Promise<void> {
    this.write(roster);
    const stale = stacks.filter((stack) => this.deployed.get(stack) !== this.roster);
    for (const outcome of (await this.inEach(stale, (stack) => this.deploy(stack, "--refresh"))).values()) {
      assertSucceeded(outcome);
    }
  }

  /** Does the same in several accounts, two at a time: a pulumi command keeps little more than one core busy. */
  async inEach<Stack extends string>(
    stacks: readonly Stack[],
    command: (stack: Stack) => Promise<Outcome>,
  ): Promise<ReadonlyMap<Stack, Outcome>> {
    const outcomes = new Map<Stack, Outcome>();
    const queue = [...stacks];
    const work = async (): Promise<void> => {
      for (let stack = queue.shift(); stack !== undefined; stack = queue.shift()) {
        outcomes.set(stack, await command(stack));
      }
    };
    for (const worker of await Promise.allSettled([work(), work()])) {
      if (worker.status === "rejected") throw worker.reason;
    }
    return outcomes;
  }

  /** Runs a pulumi command in the project, to its end. */
  async pulumi(args: readonly string[], { env = {} }: CommandOptions = {}): Promise<Outcome> {
    const eventLog = path.join(this.root, `events-${++this.commands}.jsonl`);
    const recorder = await recordAwsCalls(this.sandbox.endpoint);
    try {
      const display = ["--color", "never", "--non-interactive", "--suppress-progress", "--suppress-outputs"];
      const { code, stdout, stderr } = await this.sandbox.pulumi(
        [...args, ...display, "--event-log", eventLog],
        {
          env: {
            ...this.sandbox.env,
            AWS_ENDPOINT_URL: recorder.endpoint,
            [CALLS_FILE_VARIABLE]: this.callsFile,
            // An Output in a string is a bug; this makes it an error instead of a text about it.
            PULUMI_ERROR_OUTPUT_STRING: "true",
            // `--event-log` is one of the flags that are hidden without it.
            PULUMI_DEBUG_COMMANDS: "true",
            ...env,
          },
          timeout: LONGEST_COMMAND,
        },
      );
      const log = existsSync(eventLog) ? readFileSync(eventLog, "utf8") : "";
      return { code, output: stdout + stderr, ...readEvents(log), calls: recorder.calls };
    } finally {
      await recorder.stop();
    }
  }

  /**
   * Runs a script of package.json, as somebody does in `npm run sandbox:shell`.
   * @throws AssertionError where the pipeline runs it too, and it asked IAM what the pipeline's role is not proven to be allowed
   */
  async script(name: string, ...args: readonly string[]): Promise<CommandOutcome> {
    const outcome = await this.command("npm", ["run", "--silent", name, "--", ...args]);
    assert.deepEqual(
      unlistedCalls(name, outcome.calls),
      [],
      "Add it to test/support/command-requests.ts, and to what Preview may do.",
    );
    return outcome;
  }

  /** Runs a line as somebody types it in `npm run sandbox:shell`. */
  shell(line: string): Promise<CommandOutcome> {
    return this.command("sh", ["-c", line]);
  }

  /**
   * Runs a line as somebody types it in a terminal of so many columns; the answer is what they see, without colours.
   * @param typed what they type at each prompt (`> `), Enter (`\r`) and Ctrl-C (`\x03`) included
   */
  async inTerminal(columns: number, line: string, typed: readonly string[] = []): Promise<CommandOutcome> {
    const python = await emulatorPython(unwatched);
    const outcome = await this.command(python, [
      TERMINAL,
      String(columns),
      JSON.stringify(typed),
      "sh",
      "-c",
      line,
    ]);
    return { ...outcome, stdout: stripVTControlCharacters(outcome.stdout).replaceAll("\r\n", "\n") };
  }

  private async command(file: string, args: readonly string[]): Promise<CommandOutcome> {
    const recorder = await recordAwsCalls(this.sandbox.endpoint);
    try {
      const finished = await run(file, args, {
        cwd: path.join(this.root, "project"),
        env: { ...this.sandbox.env, AWS_ENDPOINT_URL: recorder.endpoint },
        timeout: LONGEST_COMMAND,
      });
      return { ...finished, calls: recorder.calls };
    } finally {
      await recorder.stop();
    }
  }

  /** What `pulumi stack output --json` prints. */
  async outputs(stack: string): Promise<unknown> {
    const { code, stdout, stderr } = await this.sandbox.pulumi([
      "stack",
      "output",
      "--json",
      "--stack",
      stack,
    ]);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  }

  /** Creates a stack in the state, whether or not there is an account of its name. */
  async createStack(stack: string): Promise<void> {
    await this.sandbox.createStack(stack);
  }

  /** Every file of Pulumi's state, with a digest of its content. */
  state(): ReadonlyMap<string, string> {
    const folder = this.sandbox.paths.state;
    const digest = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
    return new Map(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [path.relative(folder, file), digest(file)]),
    );
  }

  /** A client of the AWS SDK with full power in an account, in its first region or in another: `workspace.client(S3, "dev")`. */
  client<Client>(service: new (options: ClientOptions) => Client, account: string, region?: string): Client {
    return this.sandbox.client(service, account, region);
  }

  /** Writes `src/organization.ts`, as the workspace was opened with it and with what is said here. */
  writeOrganization(changed: Partial<Organization> = {}): void {
    this.writeFile(
      "src/organization.ts",
      definition("organization", "defineOrganization", [{ ...this.organization, ...changed }]),
    );
  }

  /** What IAM has in an account, to look at. */
  iam(account: string): IAM {
    return this.client(IAM, account);
  }

  /** The same, for changes that Pulumi does not know of. */
  byHand(account: string): IAM {
    this.deployed.delete(account);
    return this.iam(account);
  }

  private get callsFile(): string {
    return path.join(this.root, "calls.jsonl");
  }

  /** What IAM would have been asked for everything that pulumi has done here. */
  requests(): Requests {
    return requestsIn(existsSync(this.callsFile) ? readFileSync(this.callsFile, "utf8") : "");
  }

  /**
   * Does something whose requests are not the program's, as those of a program that somebody has changed: what it reads by an id alone
   * has no tags in the record, since no state knows it.
   */
  async aside<Result>(run: () => Promise<Result>): Promise<Result> {
    const before = existsSync(this.callsFile) ? readFileSync(this.callsFile) : "";
    try {
      return await run();
    } finally {
      writeFileSync(this.callsFile, before);
    }
  }

  /**
   * Stops the emulator and deletes everything.
   * @throws AssertionError where pulumi asked for what the pipeline's roles are not proven against
   */
  async remove(): Promise<void> {
    const requests = this.requests();
    await this.sandbox.remove();
    removeFolder(this.root);
    assert.deepEqual(unrecorded(requests, recordedRequests()), [], RECORD_AGAIN);
  }
}
