import type { IAM } from "@aws-sdk/client-iam";

import { recordedReason } from "../aws/recorded-reason";
import { renderDocument } from "../documents/policy-document";
import { denyUser } from "../documents/offboarding-denial";
import { changeSince } from "./change-since";
import type { EnforcementStep } from "./enforcement-plan";
import { idWithoutService } from "./status-command";

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
        ServiceSpecificCredentialId: idWithoutService(id),
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
      await iam.putUserPolicy({ UserName, PolicyName, PolicyDocument: renderDocument(denyUser()) });
      return;
  }
}

/** Takes a step where what it is about is still as it was planned; what fails keeps no other step from being taken. */
export async function takeStep(iam: IAM, step: EnforcementStep): Promise<StepOutcome> {
  try {
    const because = await changeSince(iam, step);
    if (because !== undefined) return { outcome: "not taken", step, because };
    await take(iam, step);
    return { outcome: "done", step };
  } catch (error) {
    return { outcome: "failed", step, problem: recordedReason(error) };
  }
}
