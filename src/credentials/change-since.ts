import type { IAM } from "@aws-sdk/client-iam";

import { undefinedIfNoSuchEntity } from "../aws/iam-answers";
import { readUserCredentials } from "../aws/readers/user-credentials-reader";
import type { AccessKey, Credential, UserCredentials } from "../aws/snapshot/user-credentials";
import { renderDocument } from "../documents/policy-document";
import { denyUser } from "../documents/offboarding-denial";
import type { EnforcementStep } from "./enforcement-plan";

const GONE = "it is there no more";

function credentialOf(
  { kind, id }: EnforcementStep,
  read: UserCredentials,
): Credential | AccessKey | undefined {
  const { accessKeys, sshKeys, serviceCredentials, signingCertificates } = read;
  const all = [...accessKeys, ...sshKeys, ...serviceCredentials, ...signingCertificates];
  return kind === "password" || kind === "MFA device" ? undefined : all.find((one) => one.id === id);
}

function changeOfKey(step: EnforcementStep, read: UserCredentials): string | undefined {
  const credential = credentialOf(step, read);
  if (credential === undefined) return GONE;
  if (!credential.isActive) return "it is inactive already";
  const used = "lastUsed" in credential ? credential.lastUsed?.at : undefined;
  const { unlessUsedAfter } = step;
  return unlessUsedAfter !== undefined && used !== undefined && used > unlessUsedAfter
    ? `it was used at ${used}`
    : undefined;
}

function changeOfPassword({ password }: UserCredentials): string | undefined {
  if (password === undefined) return GONE;
  return password.mustBeReset ? "its owner has to choose another already" : undefined;
}

/** IAM answers with documents in the encoding of addresses. */
async function changeOfPolicy(
  iam: IAM,
  { user: UserName, id: PolicyName, replaces }: EnforcementStep,
): Promise<string | undefined> {
  const answer = await undefinedIfNoSuchEntity(iam.getUserPolicy({ UserName, PolicyName }));
  const document = answer === undefined ? undefined : decodeURIComponent(answer.PolicyDocument ?? "");
  if (document === replaces) return undefined;
  return document === renderDocument(denyUser())
    ? "they are denied everything already"
    : `somebody changed the policy ${PolicyName ?? ""}, which its undo would put back as it was before`;
}

/**
 * Asks IAM what keeps a step from being taken as it was planned: somebody else, or another run, did it or changed what its undo puts
 * back; the key was used; what it is about is gone. Undefined where nothing does. Somebody may still act between this answer and the step.
 */
export async function changeSince(iam: IAM, step: EnforcementStep): Promise<string | undefined> {
  if (step.action === "deny everything") return changeOfPolicy(iam, step);
  const [read] = await readUserCredentials(iam, [step.user], { lastUse: true });
  if (read === undefined) return "the user is there no more";
  return step.action === "expire" ? changeOfPassword(read) : changeOfKey(step, read);
}
