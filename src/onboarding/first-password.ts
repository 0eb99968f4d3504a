import type { IAM } from "@aws-sdk/client-iam";
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { isNamed, undefinedIfNoSuchEntity } from "../aws/iam-answers";
import { readUnassignedMfaDevices } from "../aws/readers/mfa-devices-reader";
import { awsErrorMessage } from "../aws/unreadable-answer";
import { guardedPeople } from "../model/guarded";
import type { Model } from "../model/model";
import { caseless, offboardingPolicyName, userArn, type UserName } from "../model/names";
import { hasLeft, type Person } from "../model/person";
import { errorMessage, UserError } from "../model/problems";
import { oneTimePassword } from "./password";
import type { SignInFacts } from "./welcome";

/** Without a policy of its own an account has IAM's, of 8 characters. */
const LENGTH_WITHOUT_POLICY = 8;
/** IAM does not delete a password that it is still creating. */
const ATTEMPTS_TO_TAKE_BACK = 10;
const PAUSE = 1_000;

const isAccessDenied = (error: unknown): boolean =>
  error instanceof Error && error.name.startsWith("AccessDenied");

/** Who may do it instead, because PowerG cannot reach everybody's credentials. */
function whoMay(model: Model, person: UserName): string {
  if (guardedPeople(model).includes(person)) {
    return (
      `${person} holds power or BreakGlass, and PowerG cannot touch the credentials of those who do. ` +
      "Their passwords come from the credentials that deploy the identity account: see docs/runbooks/bootstrap.md."
    );
  }
  return "Somebody in PowerG may, with MFA entered within the hour; so may the credentials that deploy the identity account.";
}

/** What IAM answered as the user can read it. Never the error itself: it may hold the request, and with it the password. */
function refusal(model: Model, person: UserName, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const { key } = model.organization.identity;
  if (isAccessDenied(error)) {
    return new UserError(
      `These credentials of ${key} may not do this for ${person}. ${whoMay(model, person)}\nAWS: ${errorMessage(error)}`,
    );
  }
  return new UserError(`IAM in ${key} could not be asked about ${person}: ${awsErrorMessage(error)}`);
}

function hasPassword({ organization: { identity } }: Model, person: UserName): UserError {
  return new UserError(
    [
      `${person} has a console password already, and nobody can read it. Nothing was changed.`,
      "If they have lost it, make sure that it is they who ask, take the old one away, and run this again:",
      `  aws iam delete-login-profile --user-name ${person}    (with credentials of ${identity.key})`,
      "Their MFA device stays. If it is the device that is lost, see docs/runbooks/recovery.md.",
    ].join("\n"),
  );
}

function refuseLeaver(model: Model, person: Person): void {
  if (!hasLeft(person, model.now)) return;
  throw new UserError(
    `${person.name} left on ${person.terms.until ?? ""}, as src/roster.ts says, and gets no password.`,
  );
}

async function expectUser(iam: IAM, { organization: { identity } }: Model, person: UserName): Promise<void> {
  const answer = await undefinedIfNoSuchEntity(iam.getUser({ UserName: person }));
  const expected = userArn(identity, person);
  const found = answer?.User?.Arn;
  if (found === expected) return;
  throw new UserError(
    found === undefined
      ? `${identity.key} has no user ${person} yet. Deploy it first: pulumi up -s ${identity.key}`
      : `${identity.key} has ${found} where the roster's person would be ${expected}. Deploy with a refresh, which puts the path of a user of the stack back: pulumi up --refresh -s ${identity.key}\n` +
          "Where that says that the user exists already, the stack has none of this name, and docs/runbooks/drift.md says what to do with the other.",
  );
}

/** A password would be of no use to somebody whose access `npm run offboard -- <person> --now` has closed. */
async function expectNotOffboarded(iam: IAM, { organization }: Model, person: UserName): Promise<void> {
  const PolicyName = offboardingPolicyName(organization, person);
  if ((await undefinedIfNoSuchEntity(iam.getUserPolicy({ UserName: person, PolicyName }))) === undefined)
    return;
  throw new UserError(
    [
      `The user ${person} has the policy ${PolicyName}, with which offboarding closes somebody's access at once. If that is over:`,
      `  npm run offboard -- ${person} --undo    (with credentials of ${organization.identity.key})`,
      "The Denies on their roles end sessions that began before; see docs/runbooks/offboarding.md.",
    ].join("\n"),
  );
}

async function expectNoPassword(iam: IAM, model: Model, person: UserName): Promise<void> {
  if ((await undefinedIfNoSuchEntity(iam.getLoginProfile({ UserName: person }))) !== undefined)
    throw hasPassword(model, person);
}

/**
 * A device that nobody has keeps its name, so that the person could not enrol one of that name; to delete it takes MFA, which they
 * have not got yet. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html
 */
async function expectFreeDeviceName(iam: IAM, { organization }: Model, person: UserName): Promise<void> {
  const left = (await readUnassignedMfaDevices(iam)).filter(
    (serial) => caseless(serial.slice(serial.lastIndexOf("/") + 1)) === caseless(person),
  );
  if (left.length === 0) return;
  throw new UserError(
    [
      `An MFA device that nobody has blocks the name under which ${person} will enrol theirs. Nothing was changed.`,
      "It is left from an enrolment that nobody finished, or from a user of that name. Delete it, and run this again:",
      ...left.map(
        (serial) =>
          `  aws iam delete-virtual-mfa-device --serial-number ${serial}    (with credentials of ${organization.identity.key})`,
      ),
    ].join("\n"),
  );
}

async function signInOf(iam: IAM, UserName: UserName): Promise<SignInFacts> {
  const [aliases, policy, devices] = await Promise.all([
    iam.listAccountAliases({}),
    undefinedIfNoSuchEntity(iam.getAccountPasswordPolicy({})),
    // IAM allows a user eight, which one page holds.
    iam.listMFADevices({ UserName }),
  ]);
  const alias = aliases.AccountAliases?.[0];
  const ownDevices = (devices.MFADevices ?? []).flatMap(({ SerialNumber }) => SerialNumber ?? []).sort();
  return {
    ...(alias !== undefined && { alias }),
    ...(ownDevices.length > 0 && { ownDevices }),
    passwordLength: policy?.PasswordPolicy?.MinimumPasswordLength ?? LENGTH_WITHOUT_POLICY,
  };
}

/**
 * Whether a person of the roster can be given their first password, and how they will sign in. Changes nothing.
 * @throws UserError where they have left, where there is no such user, where the user has a password already, or where a device
 * is left that blocks the name of theirs
 */
export async function readyForFirstPassword(iam: IAM, model: Model, person: Person): Promise<SignInFacts> {
  refuseLeaver(model, person);
  try {
    await expectUser(iam, model, person.name);
    await expectNotOffboarded(iam, model, person.name);
    await expectNoPassword(iam, model, person.name);
    await expectFreeDeviceName(iam, model, person.name);
    return await signInOf(iam, person.name);
  } catch (error) {
    throw refusal(model, person.name, error);
  }
}

async function create(iam: IAM, model: Model, UserName: UserName, Password: string): Promise<void> {
  try {
    await iam.createLoginProfile({ UserName, Password, PasswordResetRequired: true });
  } catch (error) {
    throw isNamed(error, "EntityAlreadyExistsException")
      ? hasPassword(model, UserName)
      : refusal(model, UserName, error);
  }
}

async function takeBack(iam: IAM, UserName: UserName): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await iam.deleteLoginProfile({ UserName });
      return;
    } catch (error) {
      const isTooSoon = isNamed(error, "EntityTemporarilyUnmodifiableException");
      if (!isTooSoon || attempt === ATTEMPTS_TO_TAKE_BACK) throw error;
      await sleep(PAUSE);
    }
  }
}

/**
 * Gives a user a password that they must change at the first sign-in, and hands it to `show`, which is the only one to
 * get it. Where `show` fails the password is taken back: nobody knows it, and the next attempt would be refused.
 * @throws UserError where IAM refuses, or where `show` fails
 */
export async function giveFirstPassword(
  iam: IAM,
  model: Model,
  person: UserName,
  { passwordLength }: SignInFacts,
  show: (password: string) => Promise<void>,
): Promise<void> {
  const password = oneTimePassword(passwordLength, (limit) => randomInt(limit));
  await create(iam, model, person, password);
  try {
    await show(password);
  } catch (failure) {
    const reason = `The password of ${person} could not be shown (${errorMessage(failure)})`;
    await takeBack(iam, person).catch((error: unknown) => {
      throw new UserError(
        `${reason}, nor taken back (${awsErrorMessage(error)}). Nobody knows it. Before you run this again:\n` +
          `  aws iam delete-login-profile --user-name ${person}`,
      );
    });
    throw new UserError(`${reason}, and was taken back. Run this again.`);
  }
}
