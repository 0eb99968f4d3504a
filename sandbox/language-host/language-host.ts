import type { ServerWritableStream, UntypedServiceImplementation } from "@grpc/grpc-js";
import type {
  GetProgramDependenciesRequest,
  InstallDependenciesRequest,
  LanguageHandshakeRequest,
  RunPluginRequest,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb";
import {
  AboutResponse,
  GetProgramDependenciesResponse,
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  InstallDependenciesResponse,
  LanguageHandshakeResponse,
  RunPluginResponse,
  RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { spawn, type ChildProcess } from "node:child_process";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { unary } from "../plugin/serve";
import { installedDependencies } from "./dependencies";
import { pluginCommand } from "./plugin-command";
import { programCommand, type Command } from "./program-command";

/** `@pulumi/pulumi/cmd/run` exits with this after it has told the user what went wrong. */
const exitedAfterTellingTheUser = 32;

/**
 * Runs Node.js programs and policy packs for the Pulumi engine, as `pulumi-language-nodejs` of the official
 * installation does. Methods that the sandbox has no use for (code generation, templates) stay unimplemented.
 */
export class LanguageHost {
  private readonly running = new Set<ChildProcess>();

  /** @param engineAddress where the engine listens; programs report their log lines there. */
  constructor(private engineAddress: string) {}

  methods(): UntypedServiceImplementation {
    return {
      handshake: unary((request: LanguageHandshakeRequest) => {
        this.engineAddress = request.getEngineAddress();
        return new LanguageHandshakeResponse();
      }),
      getPluginInfo: unary(() => new PluginInfo()),
      getRequiredPlugins: unary(() => new GetRequiredPluginsResponse()),
      getRequiredPackages: unary(() => new GetRequiredPackagesResponse()),
      getProgramDependencies: unary((request: GetProgramDependenciesRequest) =>
        new GetProgramDependenciesResponse().setDependenciesList(
          installedDependencies(request.getInfo()?.getProgramDirectory() ?? request.getPwd()),
        ),
      ),
      about: unary(() => new AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
      run: unary((request: RunRequest) => this.run(request)),
      runPlugin: (call: ServerWritableStream<RunPluginRequest, RunPluginResponse>) => this.runPlugin(call),
      installDependencies: (
        call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
      ) => this.installDependencies(call),
      cancel: unary(() => {
        this.endPrograms();
        return new Empty();
      }),
    };
  }

  /** Interrupts every program and plugin that this host has started. */
  endPrograms(): void {
    for (const child of this.running) child.kill("SIGTERM");
  }

  private async run(request: RunRequest): Promise<RunResponse> {
    const child = this.start(programCommand(request, this.engineAddress), ["ignore", "inherit", "inherit"]);
    const exitCode = await exitOf(child);
    if (exitCode === 0) return new RunResponse();
    if (exitCode === exitedAfterTellingTheUser) return new RunResponse().setBail(true);
    return new RunResponse().setError(`Program exited with non-zero exit code: ${exitCode}`);
  }

  private runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
    const child = this.start(pluginCommand(call.request), ["ignore", "pipe", "pipe"]);
    child.stdout?.on("data", (data: Buffer) => call.write(new RunPluginResponse().setStdout(data)));
    child.stderr?.on("data", (data: Buffer) => call.write(new RunPluginResponse().setStderr(data)));
    call.on("cancelled", () => child.kill("SIGTERM"));
    exitOf(child).then(
      (exitCode) => {
        call.write(new RunPluginResponse().setExitcode(exitCode));
        call.end();
      },
      (error: unknown) => call.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  private installDependencies(
    call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
  ): void {
    const directory = call.request.getInfo()?.getProgramDirectory() ?? call.request.getDirectory();
    const child = this.start({ file: "npm", args: ["install"], cwd: directory, env: process.env }, [
      "ignore",
      "pipe",
      "pipe",
    ]);
    child.stdout?.on("data", (data: Buffer) => call.write(new InstallDependenciesResponse().setStdout(data)));
    child.stderr?.on("data", (data: Buffer) => call.write(new InstallDependenciesResponse().setStderr(data)));
    exitOf(child).then(
      (exitCode) =>
        exitCode === 0 ? call.end() : call.destroy(new Error(`npm install exited with status ${exitCode}`)),
      (error: unknown) => call.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  private start(command: Command, stdio: ("ignore" | "inherit" | "pipe")[]): ChildProcess {
    const child = spawn(command.file, command.args, { cwd: command.cwd, env: command.env, stdio });
    this.running.add(child);
    child.on("close", () => this.running.delete(child));
    return child;
  }
}

/** The exit status of a child; a signal counts as the shell counts it, 128 and more. */
function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}
