import { Command, Option } from "commander";

import { promptIamClient } from "../aws/aws-clients";
import { assertCredentialsForAccount, credentialSource } from "../aws/aws-credentials";
import { blueprintsOf, type AccountBlueprint } from "../documents/blueprint";
import { readDefinitions } from "../definitions/definitions";
import { buildModel, type Model } from "../model/model";
import { UserError } from "../model/problems";
import {
  closeAccount,
  closeSessions,
  closeUser,
  type AccountClosure,
  type ClosureStep,
} from "../offboarding/closure";
import { lookAtRoles } from "../offboarding/other-roles";
import { planDeparture, withEveryRole, type Departure } from "../offboarding/departure";
import {
  closuresAsText,
  departureAsText,
  departureExitStatus,
  departureReportJson,
  undoneAsText,
} from "../offboarding/departure-report";
import { sessionsBefore } from "../documents/offboarding-denial";
import { undoDenials } from "../offboarding/undoing";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";
import { printProse } from "./terminal";

interface Options {
  readonly now?: true;
  readonly undo?: true;
  readonly everyRole?: true;
  readonly json?: true;
  readonly profile?: string;
}

/**
 * Closes what the departure leaves open: the user first, because whoever can sign in can open another session. Then it looks at
 * the roles of every account.
 */
async function close(
  model: Model,
  departure: Departure,
  pattern?: string,
): Promise<readonly AccountClosure[]> {
  const { identity, region } = model.organization;
  const blueprints = blueprintsOf(model);
  const closeOne = (blueprint: AccountBlueprint): Promise<AccountClosure> => {
    const { account } = blueprint;
    return closeAccount(account, async () => {
      process.stderr.write(`Closing ${account.key} …\n`);
      const source = credentialSource(account, pattern, process.env);
      await assertCredentialsForAccount(account, source, region);
      const iam = await promptIamClient({ region, ...source });
      const options = {
        organization: model.organization,
        person: departure.person,
        sessionNames: departure.sessionNames,
        sessionsBefore: sessionsBefore(model.now),
        profileFlag: source.profile === undefined ? "" : ` --profile ${source.profile}`,
      };
      const steps: ClosureStep[] = account.isIdentity ? [...(await closeUser(iam, options))] : [];
      for (const { role } of departure.open.filter((place) => place.account.key === account.key)) {
        steps.push(...(await closeSessions(iam, account, role, options)));
      }
      return { steps, roles: await lookAtRoles(iam, blueprint) };
    });
  };
  const isIdentity = ({ account }: AccountBlueprint): boolean => account.key === identity.key;
  const first = await Promise.all(blueprints.filter(isIdentity).map(closeOne));
  const others = await Promise.all(blueprints.filter((one) => !isIdentity(one)).map(closeOne));
  return [...first, ...others];
}

/**
 * Takes the Denies off a person's user.
 * @throws UserError where they have left, or are not in the roster any more: then the Deny keeps a user closed that is to go
 */
async function undo({ organization }: Model, departure: Departure, pattern?: string): Promise<number> {
  const { person, stage } = departure;
  if (stage === "left" || stage === "departed")
    throw new UserError(
      `${person} has left by src/roster.ts: what denies their user everything stays until a deployment deletes it. ` +
        "If they are back, say so in the roster first.",
    );
  const { identity, region } = organization;
  const source = credentialSource(identity, pattern, process.env);
  await assertCredentialsForAccount(identity, source, region);
  const steps = await undoDenials(await promptIamClient({ region, ...source }), { organization, person });
  printProse(undoneAsText(identity.key, identity.id, steps));
  return steps.some(({ outcome }) => outcome === "failed") ? COMMAND_EXIT.failure : COMMAND_EXIT.clean;
}

async function offboard(
  name: string,
  { now, undo: isUndone, everyRole, json, profile }: Options,
): Promise<number> {
  const { organization, roster, workloads } = readDefinitions();
  const model = buildModel(organization, roster, new Date(), workloads);
  const found = planDeparture(model, roster, name);
  if (isUndone === true) return undo(model, found, profile);
  const departure = everyRole === true ? withEveryRole(model, found) : found;
  const closures = now === true ? await close(model, departure, profile) : undefined;
  if (json === true) {
    process.stdout.write(departureReportJson(departure, closures));
  } else {
    if (closures !== undefined) printProse(`${closuresAsText(closures)}\n`);
    printProse(departureAsText(departure, model.organization, closures !== undefined));
  }
  return departureExitStatus(closures ?? []);
}

void runMain(
  new Command("npm run offboard --")
    .description(
      "Says what somebody's removal from the roster takes away, how long their sessions may go on, and how to edit the roster. With " +
        "--now it closes their user and their sessions in the roster's roles at once, and names the roles in every account that may let " +
        "them in beside the roster. --undo opens the user again. Exit status: 0; 1 where there are such roles; 2 where something could not be closed or looked at.",
    )
    .argument("<person>", "a name in src/roster.ts, in `people` or under `departed`")
    .option(
      "--now",
      "in AWS: denies the user everything, deactivates access keys, deletes the password, and denies the sessions that are open",
    )
    .addOption(
      new Option(
        "--undo",
        "in AWS: takes the Deny of --now off the user, and the one of an automated response; keys and password stay as they are",
      ).conflicts(["now", "everyRole", "json"]),
    )
    .option(
      "--every-role",
      "with --now: also in roles that the roster does not grant them, where a grant was removed within the last hours",
    )
    .option("--json", "report for programs, on standard output")
    .option(
      "--profile <pattern>",
      'with --now or --undo: AWS profile of each stack, such as "example-{stack}"; by default keys in the environment, or the profile named like the stack',
    )
    .addHelpText(
      "after",
      '\nExamples:\n  npm run offboard -- john.developer\n  npm run offboard -- john.developer --now --profile "example-{stack}"\n',
    )
    .exitOverride(exitOnMisuse)
    .action(async (person: string, options: Options) => {
      process.exitCode = await offboard(person, options);
    }),
);
