import { Command } from "commander";

import { promptIamClient } from "../aws/aws-clients";
import { assertCredentialsForAccount, credentialSource } from "../aws/aws-credentials";
import { readDefinitions } from "../definitions/definitions";
import { buildModel } from "../model/model";
import { UserError } from "../model/problems";
import { giveFirstPassword, readyForFirstPassword } from "../onboarding/first-password";
import { welcomeAsJson, welcomeAsText, buildWelcome } from "../onboarding/welcome";
import { expectPerson } from "../profiles/expect-person";
import { exitOnMisuse, runMain } from "./run-main";
import { wrapText } from "../text/wrap-text";
import { noteProse, terminalWidth } from "./terminal";

interface Options {
  readonly json?: true;
  readonly withPassword?: true;
  readonly profile?: string;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Resolves when the whole text has left this process; rejects where nobody takes it. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once("error", reject);
    process.stdout.write(wrapText(text, terminalWidth()), (error) => (error ? reject(error) : resolve()));
  });
}

/** Lets the work come to its end when somebody interrupts it; the signal tells it that somebody did. */
async function uninterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new Error("interrupted"));
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    await work(interruption.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

async function onboard(name: string, { json, withPassword, profile }: Options): Promise<void> {
  if (json === true && withPassword !== true) {
    throw new UserError(
      "--json puts the password into whatever reads it. Where that is meant, say --with-password too; nothing was changed.",
    );
  }
  const { organization, roster } = readDefinitions();
  const model = buildModel(organization, roster, new Date());
  const person = expectPerson(model, name);
  const { identity, region } = model.organization;
  const source = credentialSource(identity, profile, process.env);
  await assertCredentialsForAccount(identity, source, region);
  const iam = await promptIamClient({ region, ...source });
  const signIn = await readyForFirstPassword(iam, model, person);
  const welcome = buildWelcome(model, person, signIn);
  if (!process.stdout.isTTY) {
    noteProse("Standard output is no terminal: whatever keeps it keeps the password.\n");
  }
  await uninterrupted((signal) =>
    giveFirstPassword(iam, model, person.name, signIn, async (password) => {
      signal.throwIfAborted();
      await print(json === true ? welcomeAsJson(welcome, password) : welcomeAsText(welcome, password));
    }),
  );
}

void runMain(
  new Command("npm run onboard --")
    .description(
      "Gives a person of the roster their first console password, and prints it once with the steps to take; it is written to no " +
        "file and can be read nowhere again. Refuses where the user has a password. Exit status: 0 where one was made, 2 otherwise.",
    )
    .argument("<person>", "a name in src/roster.ts")
    .option("--json", "for programs, such as one that puts it into a password manager; needs --with-password")
    .option("--with-password", "says that the password may be in what --json prints")
    .option(
      "--profile <pattern>",
      'AWS profile of the identity account, such as "example-{stack}"; by default keys in the environment, or the profile named like its stack',
    )
    .addHelpText(
      "after",
      "\nExamples:\n  npm run onboard -- john.developer\n  npm run onboard -- john.developer --profile example-users\n",
    )
    .exitOverride(exitOnMisuse)
    .action(onboard),
);
