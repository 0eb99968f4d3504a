import type { IAM } from "@aws-sdk/client-iam";

import { render } from "../documents/policy-document";
import { instantOf, type Instant } from "../model/dates";
import { denyUser } from "../offboarding/revocation";
import { idAlone, type EnforcementStep } from "./plan";

/** What became of a step. */
export type StepOutcome =
  | { readonly outcome: "done"; readonly step: EnforcementStep }
  | { readonly outcome: "not taken"; readonly step: EnforcementStep; readonly because: string }
  | { readonly outcome: "failed"; readonly step: EnforcementStep; readonly problem: string };

async function deactivate(iam: IAM, { user: UserName, kind, id = "" }: EnforcementStep): Promise<void> {
  const Status = "Inactive";
  switch (kind) {
    case "access key":
      await iam.updateAccessKey({ UserName, AccessKeyId: id, Status });
      return;
    case "SSH key":
      await iam.updateSSHPublicKey({ UserName, SSHPublicKeyId: id, Status });
      return;
    case "service credential":
      await iam.updateServiceSpecificCredential({
        UserName,
        ServiceSpecificCredentialId: idAlone(id),
        Status,
      });
      return;
    case "signing certificate":
      await iam.updateSigningCertificate({ UserName, CertificateId: id, Status });
      return;
    case "password":
    case "MFA device":
      throw new Error(`IAM deactivates no ${kind}`);
  }
}

async function take(iam: IAM, step: EnforcementStep): Promise<void> {
  const { user: UserName, id: PolicyName } = step;
  switch (step.action) {
    case "deactivate":
      await deactivate(iam, step);
      return;
    case "expire":
      // Without a password, so that the old one stays until its owner chooses another.
      await iam.updateLoginProfile({ UserName, PasswordResetRequired: true });
      return;
    case "deny everything":
      await iam.putUserPolicy({ UserName, PolicyName, PolicyDocument: render(denyUser()) });
      return;
  }
}

/** When the key of a step was used after the plan was made, as far as IAM says by now; undefined where it was not. */
async function laterUse(
  iam: IAM,
  { kind, id, unlessUsedAfter }: EnforcementStep,
): Promise<Instant | undefined> {
  if (kind !== "access key" || id === undefined || unlessUsedAfter === undefined) return undefined;
  const { AccessKeyLastUsed: use } = await iam.getAccessKeyLastUsed({ AccessKeyId: id });
  const used = use?.LastUsedDate === undefined ? undefined : instantOf(use.LastUsedDate);
  return used !== undefined && used > unlessUsedAfter ? used : undefined;
}

/** Takes a step, unless its reason is gone by now; what fails keeps no other step from being taken. */
export async function takeStep(iam: IAM, step: EnforcementStep): Promise<StepOutcome> {
  try {
    const used = await laterUse(iam, step);
    if (used !== undefined) return { outcome: "not taken", step, because: `it was used at ${used}` };
    await take(iam, step);
    return { outcome: "done", step };
  } catch (error) {
    return { outcome: "failed", step, problem: error instanceof Error ? error.message : String(error) };
  }
}
