import type { RunPluginRequest } from "@pulumi/pulumi/proto/language_pb";
import { nodeArguments, resolveFrom, typescriptEnvironment, type Command } from "./program-command";

/**
 * How the engine's request to run a plugin written in Node.js becomes a process. Policy packs ("analyzer") have a
 * runner of their own in the SDK. The plugin's first line of output is its port.
 */
export function pluginCommand(request: RunPluginRequest): Command {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getProgram();
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const runner = request.getKind() === "analyzer" ? "run-policy-pack" : "run-plugin";
  // The runner of policy packs takes the engine's address first, the one of other plugins takes it last.
  const operands =
    runner === "run-policy-pack"
      ? [...request.getArgsList(), directory]
      : [directory, ...request.getArgsList()];
  return {
    file: process.execPath,
    args: [...nodeArguments(options), resolveFrom(directory, `@pulumi/pulumi/cmd/${runner}`), ...operands],
    cwd: directory,
    env: { ...environment(request.getEnvList()), ...typescriptEnvironment(options) },
  };
}

/** The engine sends `NAME=value` lines, or none when the plugin is to have the host's own environment. */
function environment(lines: readonly string[]): NodeJS.ProcessEnv {
  if (lines.length === 0) return process.env;
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
