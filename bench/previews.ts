import path from "node:path";

import { rosterOfSize } from "../test/support/rosters";
import { inTurn, ratioOf, type Effort, type Result } from "./measure";
import type { Meter } from "./meter";
import { EMPTY_PROGRAM, musterProject, typescriptProject } from "./projects";
import { ACCOUNTS, pulumiIn, withSandboxes } from "./sandboxes";

const PEOPLE = 50;
const MOST = 1.2;
const MOST_WITH_PACK = 1.3;
const MOST_UNCHECKED = 2.2;
const PACK = ["--policy-pack", "policypack"];

/** Previews of each account with 50 people, against those of a program that has nothing. */
export async function previews(meter: Meter): Promise<readonly Result[]> {
  const projects = {
    muster: {
      project: musterProject(path.join(meter.folder, "muster"), rosterOfSize(PEOPLE)),
      accounts: ACCOUNTS,
    },
    empty: { project: typescriptProject(path.join(meter.folder, "empty"), EMPTY_PROGRAM) },
    unchecked: {
      project: typescriptProject(path.join(meter.folder, "unchecked"), EMPTY_PROGRAM, { checksTypes: false }),
    },
  };
  return withSandboxes(meter.folder, projects, async (sandboxOf) => {
    const preview = (of: keyof typeof projects, stack: string, flags: readonly string[]) => {
      const name = ["preview of", of, stack, ...flags].join(" ");
      const args = ["preview", "--stack", stack, ...flags];
      return (): Promise<Effort> => meter.effortOf(pulumiIn(name, sandboxOf(of), projects[of].project, args));
    };
    const cases = Object.fromEntries(
      [
        { suffix: "", flags: [] },
        { suffix: " pack", flags: PACK },
      ].flatMap(({ suffix, flags }) => [
        [`empty${suffix}`, preview("empty", "users", flags)],
        [`unchecked${suffix}`, preview("unchecked", "users", flags)],
        ...ACCOUNTS.map(({ key }) => [`${key}${suffix}`, preview("muster", key, flags)] as const),
      ]),
    );
    const effortOf = await inTurn(cases, meter.runs);
    const rows = (what: string, suffix: string, reference: string, most: number): readonly Result[] =>
      ACCOUNTS.map(({ key }) =>
        ratioOf(
          `preview of \`${key}\`, ${String(PEOPLE)} people${suffix && ", with the pack"}, against ${what}`,
          effortOf(`${key}${suffix}`),
          effortOf(reference),
          most,
        ),
      );
    return [
      ...rows("an empty program", "", "empty", MOST),
      ...rows("an empty program and an empty pack", " pack", "empty pack", MOST_WITH_PACK),
      ...rows("an empty program whose types nobody checks", "", "unchecked", MOST_UNCHECKED),
      ...rows("the same and an empty pack", " pack", "unchecked pack", MOST_UNCHECKED),
    ];
  });
}
