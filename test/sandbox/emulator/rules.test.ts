import assert from "node:assert/strict";
import path from "node:path";
import { emulatorPython } from "../../../sandbox/emulator/python";
import { run } from "../../../sandbox/process/run";
import { unwatched } from "../../../sandbox/work";
import { openEmulatedAccounts, type EmulatedAccounts } from "./emulated-accounts";
import { clientsOf, quotasOfFullAccount, ruleCases, type Clients } from "./rule-cases";

/** A row of the emulator's table of rules. */
interface Row {
  readonly name: string;
  readonly source: string;
  readonly heldBy: "moto" | "sandbox";
}

async function rulesOfEmulator(): Promise<readonly Row[]> {
  const file = path.join(__dirname, "../../../sandbox/emulator/rules.py");
  const { stdout } = await run(await emulatorPython(unwatched), [file]);
  return JSON.parse(stdout) as readonly Row[];
}

describe("the rules that no service model says", function () {
  this.timeout(300_000);
  let accounts: EmulatedAccounts;
  let clients: Clients;
  let rows: readonly Row[];
  before(async () => {
    rows = await rulesOfEmulator();
    accounts = await openEmulatedAccounts(quotasOfFullAccount);
    clients = clientsOf(accounts);
  });
  after(() => accounts.close());

  it("each have a case here, and a source", () => {
    assert.deepEqual(rows.map(({ name }) => name).toSorted(), Object.keys(ruleCases).toSorted());
    for (const { source } of rows) assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
  });

  for (const [name, { prepare, kept, broken, error }] of Object.entries(ruleCases)) {
    it(`${name}: refused`, async () => {
      await prepare?.(clients);
      await kept?.(clients);
      const [errorName, message] = error;
      for (const [what, call] of Object.entries(typeof broken === "function" ? { [name]: broken } : broken)) {
        const refusal = (refused: unknown) => {
          assert.ok(refused instanceof Error);
          assert.equal(refused.name, errorName, `${what}: ${refused.message}`);
          assert.match(refused.message, message, what);
          return true;
        };
        await assert.rejects(call(clients), refusal, `${what} is accepted`);
      }
    });
  }
});
