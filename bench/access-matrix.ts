import { decideAdmission, findAssumeRole } from "../src/access/decide-admission";
import { FRESH_MFA } from "../src/access/circumstances";
import { decideQuestion } from "../src/access/decide";
import { Evaluator } from "../src/access/evaluator";
import { accountsByRoster } from "../src/access/load";
import { AccessMatrix } from "../src/access/matrix";
import { buildModel } from "../src/model/model";
import { NOW, rosterOfSize, sampleOrganization } from "../test/support/rosters";
import { seconds, timed, verdictOf, type Result } from "./measure";

const PEOPLE = 1_000;
/** Cells that are asked one by one; all of them would take minutes. */
const SAMPLE = 1_500;
const LEAST = 10;
const CIRCUMSTANCES = { mfa: FRESH_MFA, context: {} };

/** The matrix of 1,000 people, against a simulation for each cell. */
export async function accessMatrix(): Promise<readonly Result[]> {
  const accounts = accountsByRoster(buildModel(sampleOrganization(), rosterOfSize(PEOPLE), NOW));
  const action = await findAssumeRole();
  const questions = accounts.users.flatMap(({ user }) =>
    accounts.roles.map(({ role }) => decideAdmission(user, role, action, CIRCUMSTANCES)),
  );
  const every = Math.floor(questions.length / SAMPLE);
  const sample = questions.filter((_, index) => index % every === 0);
  const perCell =
    (await timed(async () => {
      for (const question of sample) await decideQuestion(question);
    })) / sample.length;
  const whole = await timed(() => new AccessMatrix(accounts, new Evaluator()).rows(CIRCUMSTANCES));
  const one = perCell * questions.length;
  return [
    {
      what: `access matrix of ${String(PEOPLE)} people by ${String(accounts.roles.length)} roles, against a simulation a cell`,
      measured: `${(one / whole).toFixed(0)} times as fast (${seconds(whole / 1_000)}, ${seconds(one / 1_000)} by a sample)`,
      goal: `≥ ${String(LEAST)} times`,
      verdict: verdictOf(one / whole >= LEAST),
    },
  ];
}
