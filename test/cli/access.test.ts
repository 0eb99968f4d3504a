import assert from "node:assert/strict";
import { join } from "node:path";

import type { Finished } from "../../sandbox/process/run";
import { runInTurn } from "../support/commands-in-turn";

const CHECKOUT = join(__dirname, "..", "..");

describe("npm run access", () => {
  const cases = [
    [
      ["who-cn", "iam:CreateUser"],
      'There is no command "who-cn". Commands are: "can", "who-can", "diff", "history". Did you mean "who-can"?\n',
    ],
    [
      ["sarah.devops", "prod/Ops"],
      'There is no command "sarah.devops". Commands are: "can", "who-can", "diff", "history"\n',
    ],
    [
      ["who-can", "ecs:RegisterTaskDefinition", "--context", "ecs:compute-compatibilty=EC2"],
      '--context ecs:compute-compatibilty: ecs:RegisterTaskDefinition has no such condition key. Known: one of the 64 condition keys. Did you mean "ecs:compute-compatibility"?\n',
    ],
  ] as const;
  let answers: readonly Finished[];

  before(async () => {
    const lines = cases.map(([args]) => ["src/cli/access.ts", ...args]);
    answers = await runInTurn(CHECKOUT, lines, process.env);
  });

  for (const [index, [args, expected]] of cases.entries())
    it(`refuses ${args.join(" ")} by what there is`, () => {
      assert.deepEqual(answers[index], { code: 2, stdout: "", stderr: expected });
    });
});
