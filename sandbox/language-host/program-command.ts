import type { RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { createRequire } from "node:module";
import path from "node:path";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How the engine's request to run a program becomes a Node.js process: `@pulumi/pulumi/cmd/run` of the project. */
export function programCommand(request: RunRequest, engineAddress: string): Command {
  const info = request.getInfo();
  const programDirectory = info?.getProgramDirectory() ?? request.getPwd();
  const options = info?.getOptions()?.toJavaScript() ?? {};

  const flags: [string, string][] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engineAddress],
    ["project", request.getProject()],
    ["stack", request.getStack()],
    ["organization", request.getOrganization()],
    ["pwd", request.getPwd()],
    ["root-directory", info?.getRootDirectory() ?? ""],
    ["parallel", String(request.getParallel())],
  ];
  return {
    file: process.execPath,
    args: [
      ...nodeArguments(options),
      resolveFrom(programDirectory, "@pulumi/pulumi/cmd/run"),
      ...flags.filter(([, value]) => value !== "").map(([name, value]) => `--${name}=${value}`),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      request.getProgram() || ".",
      ...request.getArgsList(),
    ],
    cwd: request.getPwd(),
    env: {
      ...process.env,
      ...typescriptEnvironment(options),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  };
}

/** The `nodeargs` of `runtime.options` in Pulumi.yaml. */
export function nodeArguments(options: Record<string, unknown>): string[] {
  return typeof options["nodeargs"] === "string" ? options["nodeargs"].split(/\s+/).filter(Boolean) : [];
}

/** The `typescript` and `tsconfig` of `runtime.options` in Pulumi.yaml; TypeScript is on unless it says otherwise. */
export function typescriptEnvironment(options: Record<string, unknown>): NodeJS.ProcessEnv {
  return {
    PULUMI_NODEJS_TYPESCRIPT: options["typescript"] === false ? "false" : "true",
    ...(typeof options["tsconfig"] === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: options["tsconfig"] } : {}),
  };
}

/** The file of a module as code in `directory` would get it. */
export function resolveFrom(directory: string, module: string): string {
  try {
    return createRequire(path.join(directory, "program.js")).resolve(module);
  } catch {
    throw new Error(
      `Pulumi's SDK is not installed for ${directory} (${module} not found). Run \`npm ci\` there.`,
    );
  }
}
