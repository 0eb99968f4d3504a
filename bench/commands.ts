import { mkdirSync } from "node:fs";
import path from "node:path";

import { rosterOfSize } from "../test/support/rosters";
import { inTurn, ratioOf, type Result } from "./measure";
import type { MeasuredCommand, Meter } from "./meter";
import { musterProject } from "./projects";

const PEOPLE = 50;

interface RosterCommand {
  readonly line: string;
  /** The most that it may take, in starts of Node.js through npm. */
  readonly most: number;
  /** Where there are others than 0. */
  readonly statuses?: readonly number[];
}

const COMMANDS: readonly RosterCommand[] = [
  { line: "aws-config devops.1", most: 2 },
  { line: "console-links devops.1", most: 2 },
  { line: "offboard developer.0", most: 2 },
  // Nothing is deployed, and there are no credentials to look with.
  { line: "doctor", most: 2, statuses: [1, 2] },
  { line: "access", most: 2.5 },
  { line: "access can devops.1 prod rds:DeleteDBInstance", most: 3.5, statuses: [0, 1] },
  { line: "access who-can iam:CreateUser --account users", most: 3.5 },
];

/** Commands that read the roster, against `npm exec` of a program that does nothing. */
export async function commands(meter: Meter): Promise<readonly Result[]> {
  const cwd = musterProject(path.join(meter.folder, "commands"), rosterOfSize(PEOPLE));
  const home = path.join(meter.folder, "home");
  mkdirSync(home);
  // No settings of this machine's, and no `pulumi`, of which `doctor` would ask more.
  const env = {
    HOME: home,
    PATH: [path.dirname(process.execPath), "/usr/bin", "/bin"].join(path.delimiter),
    AWS_EC2_METADATA_DISABLED: "true",
    npm_config_update_notifier: "false",
  };
  const npm = (
    name: string,
    args: readonly string[],
    statuses: readonly number[] = [0],
  ): MeasuredCommand => ({
    name,
    file: "npm",
    args,
    cwd,
    env,
    statuses,
  });
  const nothing = npm("npm exec", ["exec", "-c", "node -e 0"]);
  const all = COMMANDS.map(({ line, statuses }) => {
    const [script = "", ...args] = line.split(" ");
    return npm(line, ["run", "--silent", script, "--", ...args], statuses);
  });
  const effortOf = await inTurn(
    Object.fromEntries([nothing, ...all].map((command) => [command.name, () => meter.effortOf(command)])),
    meter.runs,
  );
  return COMMANDS.map(({ line, most }) =>
    ratioOf(
      `\`npm run ${line}\`, against \`npm exec -c 'node -e 0'\``,
      effortOf(line),
      effortOf("npm exec"),
      most,
    ),
  );
}
