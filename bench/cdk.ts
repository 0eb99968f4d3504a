import { cpSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import { rosterOfSize } from "../test/support/rosters";
import { inTurn, ratioOf, type Result } from "./measure";
import type { MeasuredCommand, Meter } from "./meter";
import { identityData } from "./plain-program";
import { musterProject, write } from "./projects";
import { employeesOfSize } from "./rosters";
import { pulumiIn, withSandboxes } from "./sandboxes";

const PEOPLE = 50;
const MANY = 1_000;
/** The checks have findings, which end the command with 1. */
const STATUSES = [0, 1];
const TEMPLATE = z.object({ Resources: z.record(z.string(), z.unknown()) });

const synth = (cwd: string, people: number): MeasuredCommand => ({
  name: `cdk synth, ${String(people)} people`,
  file: "npx",
  args: ["cdk", "synth", "--quiet", "--no-notices"],
  cwd,
  env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: "true", CDK_DISABLE_VERSION_CHECK: "1" },
  statuses: STATUSES,
});

function resourcesIn(folder: string): number {
  const template: unknown = JSON.parse(
    readFileSync(path.join(folder, "cdk.out", "users.template.json"), "utf8"),
  );
  return Object.keys(TEMPLATE.parse(template).Resources).length;
}

/**
 * AWS CDK with cdk-nag of the same users, groups and roles. Its packages are none of ours: they are installed for this, in the versions of
 * bench/cdk/package-lock.json.
 */
export async function cdk(meter: Meter): Promise<readonly Result[]> {
  const folder = path.join(meter.folder, "cdk");
  cpSync(path.join(__dirname, "cdk"), folder, { recursive: true });
  await meter.run({ name: "npm ci", file: "npm", args: ["ci", "--no-audit", "--no-fund"], cwd: folder });
  write(folder, { "data.json": identityData(rosterOfSize(PEOPLE)) });
  const project = musterProject(path.join(meter.folder, "beside-cdk"), rosterOfSize(PEOPLE));
  const results = await withSandboxes(
    path.join(meter.folder, "beside-cdk-sandbox"),
    { muster: { project } },
    async (sandboxOf) => {
      const args = ["preview", "--stack", "users", "--policy-pack", "policypack"];
      const preview = pulumiIn("preview beside cdk", sandboxOf("muster"), project, args);
      const effortOf = await inTurn(
        { muster: () => meter.effortOf(preview), cdk: () => meter.effortOf(synth(folder, PEOPLE)) },
        1,
        { warmUp: false },
      );
      return [
        ratioOf(
          `preview of \`users\`, ${String(PEOPLE)} people, with the pack, against CDK's synth with cdk-nag (${String(resourcesIn(folder))} resources)`,
          effortOf("muster"),
          effortOf("cdk"),
          undefined,
        ),
      ];
    },
  );
  write(folder, { "data.json": identityData(employeesOfSize(MANY)) });
  const { stdout, stderr } = await meter.run(synth(folder, MANY));
  const refusal = /Number of resources.*|.*maximum.*resources.*/i.exec(`${stdout}\n${stderr}`)?.[0].trim();
  return [
    ...results,
    {
      what: `CDK's synth of ${String(MANY)} people, as one stack`,
      measured: refusal === undefined ? "refuses nothing" : `refused: ${refusal}`,
      goal: "",
      verdict: "",
    },
  ];
}
