import assert from "node:assert/strict";
import { join } from "node:path";

import { run } from "../../sandbox/process/run";

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
  for (const [args, expected] of cases) {
    it(`refuses ${args.join(" ")} by what there is`, async () => {
      const { code, stdout, stderr } = await run(
        process.execPath,
        ["start/command.js", "src/cli/access.ts", ...args],
        { cwd: CHECKOUT, timeout: 60_000 },
      );
      assert.deepEqual({ code, stdout, stderr }, { code: 2, stdout: "", stderr: expected });
    });
  }
});
