import type { IAM } from "@aws-sdk/client-iam";

import { offboardingPolicyName, quarantinePolicyArn } from "../model/names";
import { attemptStep, stepUnlessMissing, type ClosureOptions, type ClosureStep } from "./closure";

type Undone = Pick<ClosureOptions, "organization" | "person">;

const again = (person: string): string => `npm run offboard -- ${person} --now`;

const deleteDenial = (iam: IAM, { organization, person }: Undone): Promise<ClosureStep> =>
  stepUnlessMissing("No Deny of --now is on the user.", async () => {
    const PolicyName = offboardingPolicyName(organization, person);
    await iam.deleteUserPolicy({ UserName: person, PolicyName });
    return {
      outcome: "done",
      what: `The Deny of --now is off the user: ${PolicyName}.`,
      undo: again(person),
    };
  });

const endQuarantine = (iam: IAM, { organization, person }: Undone): Promise<ClosureStep> =>
  stepUnlessMissing("The user is in no quarantine.", async () => {
    const PolicyArn = quarantinePolicyArn(organization, organization.identity);
    await iam.detachUserPolicy({ UserName: person, PolicyArn });
    return {
      outcome: "done",
      what: `The user is out of quarantine: ${PolicyArn} is detached.`,
      undo: again(person),
    };
  });

/**
 * Removes from a person's user what denies it everything: the Deny of `--now`, and the policy that the response to a finding attached.
 * Keys, password and the policies on roles stay as they are.
 */
export async function undoDenials(iam: IAM, undone: Undone): Promise<readonly ClosureStep[]> {
  return [
    ...(await attemptStep("Delete the Deny of --now.", () => deleteDenial(iam, undone))),
    ...(await attemptStep("End the quarantine.", () => endQuarantine(iam, undone))),
  ];
}
