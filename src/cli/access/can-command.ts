import { Command } from "commander";

import { CanAnswers } from "../../access/can";
import { Evaluator } from "../../access/evaluator";
import { canText } from "../../access/report/can-text";
import {
  assertCarried,
  assumptionsAbout,
  readActionRequest,
  formatActionRequest,
} from "../../access/action-request";
import { printableJson } from "../../text/printable";
import { COMMAND_EXIT } from "../run-main";
import { printProse } from "../terminal";
import { readCircumstances, readSubject, withRequestOptions, type RequestOptions } from "./subject";

async function can(
  person: string,
  place: string,
  action: string,
  resource: string | undefined,
  options: RequestOptions,
): Promise<number> {
  const { model, accounts } = await readSubject(options);
  const { user } = accounts.user(person);
  const { account, role } = place.includes("/")
    ? accounts.role(place)
    : { account: accounts.account(place), role: undefined };
  const request = await readActionRequest(action, resource);
  await assertCarried(request, Object.keys(options.context ?? {}));
  const circumstances = readCircumstances(model, options);
  const answer = await new CanAnswers(accounts, new Evaluator()).answer({
    user,
    account,
    ...(role && { role }),
    request,
    circumstances,
  });
  const asked = `Can ${user.name} ${formatActionRequest(request)} in ${place}`;
  const inWords = { asked, assumptions: assumptionsAbout(request, accounts) };
  if (options.json === true) process.stdout.write(`${printableJson({ ...inWords, ...answer })}\n`);
  else printProse(canText(inWords, answer));
  return answer.verdict.kind === "allowed" || answer.verdict.kind === "allowed if"
    ? COMMAND_EXIT.clean
    : COMMAND_EXIT.findings;
}

const HELP = `
Exit status: 0 allowed, or allowed under conditions that are printed; 1 denied, or not decidable here; 2 failure.

Examples:
  npm run access -- can sarah.devops prod rds:DeleteDBInstance
  npm run access -- can kim.contractor dev/Developer ecs:UpdateService --context aws:ResourceTag/Project=phoenix
  npm run access -- can john.developer prod/DbRead sts:GetCallerIdentity --at 2026-12-24T10:00:00Z
  npm run access -- can maria.cto users iam:ChangePassword --no-mfa`;

export const canCommand = (): Command =>
  withRequestOptions(
    new Command("can")
      .description("Whether a person can do something: through which role, and which statements decide.")
      .argument("<person>", "a name in src/roster.ts, or any user's with --live")
      .argument("<account[/role]>", "an account, or one role in it: prod, prod/Ops")
      .argument("<action>", "s3:GetObject")
      .argument("[resource]", "an ARN; any resource where none is given")
      .addHelpText("after", HELP),
  ).action(
    async (
      person: string,
      place: string,
      action: string,
      resource: string | undefined,
      options: RequestOptions,
    ) => {
      process.exitCode = await can(person, place, action, resource, options);
    },
  );
