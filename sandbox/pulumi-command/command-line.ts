/** The commands that take a stack's settings from a file which may be named (`--config-file`). */
const readsSettings = new Set([
  "destroy",
  "dn",
  "down",
  "import",
  "logs",
  "pre",
  "preview",
  "refresh",
  "up",
  "update",
  "watch",
]);

const flagsWithValue = new Set([
  "-C",
  "--cwd",
  "--color",
  "-v",
  "--verbose",
  "--tracing",
  "--profiling",
  "-s",
  "--stack",
]);

/** The parts of a pulumi command line that concern a stack's settings. */
export interface CommandLine {
  readonly readsSettings: boolean;
  /** The stack that `--stack` names, without organization and project. */
  readonly stack: string | undefined;
  /** The folder that `--cwd` names. */
  readonly directory: string | undefined;
}

/** Reads the arguments of a `pulumi` command line. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  const command = own.find((arg, place) => !arg.startsWith("-") && !flagsWithValue.has(own[place - 1] ?? ""));
  return {
    readsSettings: command !== undefined && readsSettings.has(command),
    stack: valueOf(own, "-s", "--stack")?.split("/").at(-1),
    directory: valueOf(own, "-C", "--cwd"),
  };
}

function valueOf(args: readonly string[], short: string, long: string): string | undefined {
  for (const [place, arg] of args.entries()) {
    if (arg === short || arg === long) return args[place + 1];
    if (arg.startsWith(`${long}=`)) return arg.slice(long.length + 1);
    if (arg.startsWith(short) && !arg.startsWith("--")) return arg.slice(short.length).replace(/^=/, "");
  }
  return undefined;
}
