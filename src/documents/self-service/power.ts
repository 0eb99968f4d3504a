import type { Account } from "../../model/account";
import { PEOPLE_PATH, type Arn } from "../../model/names";
import { policyDocument, type Conditions, type PolicyDocument } from "../policy-document";

const WITH_RECENT_MFA: Conditions = {
  Bool: { "aws:MultiFactorAuthPresent": "true" },
  NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
};

/** Matches the devices of a guarded user, and of anybody whose name begins alike, which errs on the right side. */
const devicesOf = (user: Arn): string => `${user.replace(`:user${PEOPLE_PATH}`, ":mfa/")}*`;

/**
 * Full IAM in the identity account, with MFA of at most an hour, save the credentials and MFA devices of the guarded
 * users: the holders of PowerG and of BreakGlass. Those are left out of the Allow rather than denied, because a Deny
 * cannot tell one's own user among them: so everybody keeps what ManageOwnUser gives them over their own.
 *
 * Its holders are root-equivalent nevertheless: whoever may change IAM may change this.
 *
 * `guarded` is not empty, since the holders of PowerG themselves are in it.
 */
export function power(identity: Account, guarded: readonly Arn[]): PolicyDocument {
  return policyDocument(
    {
      Sid: "FullIam",
      Effect: "Allow",
      Action: "iam:*",
      NotResource: guarded.flatMap((user) => [user, devicesOf(user)]),
      Condition: WITH_RECENT_MFA,
    },
    {
      Sid: "GuardedUsersButTheirCredentials",
      Effect: "Allow",
      Action: [
        "iam:*UserPermissionsBoundary",
        "iam:*UserPolicy",
        "iam:Get*",
        "iam:List*",
        "iam:TagUser",
        "iam:UntagUser",
      ],
      Resource: `arn:aws:iam::${identity.id}:user${PEOPLE_PATH}*`,
      Condition: WITH_RECENT_MFA,
    },
  );
}
