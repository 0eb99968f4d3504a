import { Command } from "commander";

import { Evaluator } from "../../access/evaluator";
import { whoCanText } from "../../access/report/who-can-text";
import {
  assertCarried,
  assumptionsAbout,
  readActionRequest,
  formatActionRequest,
} from "../../access/action-request";
import { WhoCanAnswers } from "../../access/who-can";
import { printableJson } from "../../text/printable";
import { readCircumstances, readSubject, withRequestOptions, type RequestOptions } from "./subject";
import { printProse } from "../terminal";

interface Options extends RequestOptions {
  readonly account?: string;
}

async function whoCan(action: string, resource: string | undefined, options: Options): Promise<void> {
  const { model, accounts } = await readSubject(options);
  const only = options.account === undefined ? undefined : accounts.account(options.account);
  const request = await readActionRequest(action, resource);
  await assertCarried(request, Object.keys(options.context ?? {}));
  const ables = await new WhoCanAnswers(accounts, new Evaluator()).answer(
    request,
    readCircumstances(model, options),
    only,
  );
  const asked = `Who can ${formatActionRequest(request)}${only ? ` in ${only.key}` : ""}`;
  const inWords = { asked, assumptions: assumptionsAbout(request, accounts) };
  if (options.json === true) process.stdout.write(`${printableJson({ ...inWords, able: ables })}\n`);
  else printProse(whoCanText(inWords, ables));
}

const HELP = `
Exit status: 0 answered, 2 failure.

Examples:
  npm run access -- who-can s3:GetObject arn:aws:s3:::example-patients/*
  npm run access -- who-can iam:CreateUser --account users
  npm run access -- who-can rds:DeleteDBInstance --account prod --json`;

export const whoCanCommand = (): Command =>
  withRequestOptions(
    new Command("who-can")
      .description(
        "Everybody who can do something: people, services and partners, and under which conditions.",
      )
      .argument("<action>", "s3:GetObject")
      .argument("[resource]", "an ARN; any resource where none is given")
      .option("--account <account>", "only in this account")
      .addHelpText("after", HELP),
  ).action(whoCan);
