import { STS } from "@aws-sdk/client-sts";
import { describe } from "../describe";
import { Clients } from "./clients";
import type { Configuration } from "./configuration";

/**
 * Signs in, and refuses credentials of another account than the provider is meant for.
 *
 * Credentials that somebody chose, by `profile`, AWS_PROFILE or AWS_ACCESS_KEY_ID, are used as they are. Otherwise
 * the sandbox does what an operator does before a deployment: it takes the profile of the one allowed account, which
 * the sandbox's AWS configuration names by account key and by account id.
 */
export async function signIn(
  configuration: Configuration,
  endpoint: string,
  environment: NodeJS.ProcessEnv,
): Promise<Clients> {
  const chosen = environment["AWS_PROFILE"] ?? environment["AWS_ACCESS_KEY_ID"];
  const allowed = configuration.allowedAccountIds;
  const profile =
    configuration.profile ?? (chosen === undefined && allowed.length === 1 ? allowed[0] : undefined);
  const { region } = configuration;
  const sts = new STS({ region, endpoint, ...(profile === undefined ? {} : { profile }) });

  const account = await accountOf(sts, profile);
  if (allowed.length > 0 && !allowed.includes(account)) {
    throw new Error(
      `AWS account ID not allowed: ${account}. ${whose(environment)} are for that account, and this stack
may only be deployed to ${allowed.join(", ")}. Use credentials of the right account.`.replaceAll("\n", " "),
    );
  }
  if (configuration.forbiddenAccountIds.includes(account)) {
    throw new Error(`AWS account ID forbidden: ${account}. Use credentials of another account.`);
  }
  return new Clients({ region, endpoint, credentials: sts.config.credentials }, account);
}

async function accountOf(sts: STS, profile: string | undefined): Promise<string> {
  try {
    const { Account: account } = await sts.getCallerIdentity({});
    if (account === undefined) throw new Error("sts:GetCallerIdentity names no account");
    return account;
  } catch (error) {
    const which = profile === undefined ? "the credentials" : `the profile ${profile}`;
    throw new Error(
      `Cannot sign in with ${which}: ${describe(error)}. If the account is new, or the emulator is gone, run \`npm run sandbox\`.`,
      { cause: error },
    );
  }
}

function whose(environment: NodeJS.ProcessEnv): string {
  if (environment["AWS_PROFILE"] !== undefined)
    return `The credentials of AWS_PROFILE=${environment["AWS_PROFILE"]}`;
  return environment["AWS_ACCESS_KEY_ID"] === undefined
    ? "The credentials"
    : "The credentials of AWS_ACCESS_KEY_ID";
}
