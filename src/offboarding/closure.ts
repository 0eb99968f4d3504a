import type { AccessKeyMetadata, IAM } from "@aws-sdk/client-iam";

import { isNoSuchEntity } from "../aws/iam-answers";
import { awsErrorMessage } from "../aws/unreadable-answer";
import { renderDocument } from "../documents/policy-document";
import type { Account, Organization } from "../model/account";
import type { Instant } from "../model/dates";
import { offboardingPolicyName, roleName, type UserName } from "../model/names";
import { UserError } from "../model/problems";
import type { HeldRole } from "../model/roles";
import type { RolesLook } from "./other-roles";
import { denySessions, denyUser } from "../documents/offboarding-denial";

/** One thing that was done, or could not be. */
export type ClosureStep =
  | { readonly outcome: "done"; readonly what: string; /** A command. */ readonly undo: string }
  | { readonly outcome: "nothing to do"; readonly what: string }
  | { readonly outcome: "failed"; readonly what: string; readonly problem: string };

/** What was done in an account, and what else there may admit the person. */
export interface ClosedAccount {
  readonly steps: readonly ClosureStep[];
  readonly roles: RolesLook;
}

/** What became of one account. */
export type AccountClosure = { readonly stack: string; /** 12 digits. */ readonly account: string } & (
  | ClosedAccount
  /** Nothing was done here, nor looked at. */
  | { readonly problem: string }
);

/** The person whose access to close, and how. */
export interface ClosureOptions {
  readonly organization: Organization;
  readonly person: UserName;
  /** Every name that their sessions may carry. */
  readonly sessionNames: readonly UserName[];
  /** Sessions that began before are ended. */
  readonly sessionsBefore: Instant;
  /** What to add to commands of the AWS command line for the account: ` --profile dev`, or nothing. */
  readonly profileFlag: string;
}

/** Takes a step; a failure does not stop the other steps. */
export async function attemptStep(
  what: string,
  take: () => Promise<ClosureStep | readonly ClosureStep[]>,
): Promise<readonly ClosureStep[]> {
  try {
    return [await take()].flat();
  } catch (error) {
    return [{ outcome: "failed", what, problem: awsErrorMessage(error) }];
  }
}

/** Takes the step; says that there is nothing to do where IAM does not have the thing. */
export async function stepUnlessMissing(
  absent: string,
  take: () => Promise<ClosureStep>,
): Promise<ClosureStep> {
  try {
    return await take();
  } catch (error) {
    if (isNoSuchEntity(error)) return { outcome: "nothing to do", what: absent };
    throw error;
  }
}

function denyEverything(
  iam: IAM,
  { organization, person, profileFlag }: ClosureOptions,
): Promise<ClosureStep> {
  const PolicyName = offboardingPolicyName(organization, person);
  return stepUnlessMissing(`There is no user ${person}.`, async () => {
    await iam.putUserPolicy({ UserName: person, PolicyName, PolicyDocument: renderDocument(denyUser()) });
    return {
      outcome: "done",
      what: `The user ${person} is denied everything, whatever they sign in with.`,
      undo: `aws iam delete-user-policy --user-name ${person} --policy-name ${PolicyName}${profileFlag}`,
    };
  });
}

function deactivate(
  iam: IAM,
  { person, profileFlag }: ClosureOptions,
  { AccessKeyId, Status }: AccessKeyMetadata,
): Promise<readonly ClosureStep[]> {
  const key = `access key ${AccessKeyId ?? ""}`;
  return attemptStep(`Deactivate the ${key}.`, async () => {
    if (Status === "Inactive") return { outcome: "nothing to do", what: `The ${key} was inactive already.` };
    await iam.updateAccessKey({ UserName: person, AccessKeyId, Status: "Inactive" });
    return {
      outcome: "done",
      what: `The ${key} is inactive.`,
      undo: `aws iam update-access-key --user-name ${person} --access-key-id ${AccessKeyId ?? ""} --status Active${profileFlag}`,
    };
  });
}

async function deactivateKeys(iam: IAM, options: ClosureOptions): Promise<readonly ClosureStep[]> {
  // IAM allows a user two keys, which one page holds.
  const { AccessKeyMetadata: keys = [] } = await iam.listAccessKeys({ UserName: options.person });
  if (keys.length === 0) return [{ outcome: "nothing to do", what: "There are no access keys." }];
  return (await Promise.all(keys.map((key) => deactivate(iam, options, key)))).flat();
}

function deletePassword(iam: IAM, { person }: ClosureOptions): Promise<ClosureStep> {
  return stepUnlessMissing("There is no console password.", async () => {
    await iam.deleteLoginProfile({ UserName: person });
    return {
      outcome: "done",
      what: "The console password is deleted.",
      undo: `npm run onboard -- ${person}`,
    };
  });
}

/**
 * Closes a person's user in the identity account. First adds a Deny, which holds for keys, passwords and sessions alike
 * and stays until the user is deleted. MFA devices stay: alone they open nothing.
 */
export async function closeUser(iam: IAM, options: ClosureOptions): Promise<readonly ClosureStep[]> {
  const denied = await attemptStep("Deny the user everything.", () => denyEverything(iam, options));
  if (denied.some(({ outcome }) => outcome === "nothing to do")) return denied;
  return [
    ...denied,
    ...(await attemptStep("Deactivate the access keys.", () => deactivateKeys(iam, options))),
    ...(await attemptStep("Delete the console password.", () => deletePassword(iam, options))),
  ];
}

/** Ends a person's sessions in a role. */
export async function closeSessions(
  iam: IAM,
  account: Account,
  role: HeldRole,
  { organization, person, sessionNames, sessionsBefore, profileFlag }: ClosureOptions,
): Promise<readonly ClosureStep[]> {
  const RoleName = roleName(organization, role, account);
  const PolicyName = offboardingPolicyName(organization, person);
  return attemptStep(`End the sessions in ${RoleName}.`, () =>
    stepUnlessMissing(`There is no role ${RoleName}.`, async () => {
      const document = denySessions(sessionNames, sessionsBefore);
      await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: renderDocument(document) });
      return {
        outcome: "done",
        what: `The person's sessions in ${RoleName} that began before ${sessionsBefore} are denied everything.`,
        undo: `aws iam delete-role-policy --role-name ${RoleName} --policy-name ${PolicyName}${profileFlag}`,
      };
    }),
  );
}

/** Runs what closes an account; an account that cannot be reached is reported like one that could not be closed. */
export async function closeAccount(
  { key, id }: Account,
  close: () => Promise<ClosedAccount>,
): Promise<AccountClosure> {
  try {
    return { stack: key, account: id, ...(await close()) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { stack: key, account: id, problem: error.message };
  }
}
