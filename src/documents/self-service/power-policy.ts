import type { Account } from "../../model/account";
import { BREAK_GLASS_TAG, BREAK_GLASS_TAG_VALUE, PEOPLE_PATH, type Arn } from "../../model/names";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { WITH_RECENT_MFA } from "./recent-mfa";

/** Matches the devices of a member, and of anybody whose name begins alike, which errs on the right side. */
const devicesOf = (user: Arn): string => `${user.replace(`:user${PEOPLE_PATH}`, ":mfa/")}*`;

/**
 * Full IAM in the identity account, with MFA of at most an hour, save the credentials of the guarded users: the members of
 * PowerG, by name, and the holders of BreakGlass, by a tag, so that the document does not grow with the accounts that have
 * some. Both are left out of the Allow rather than denied, because a Deny cannot tell one's own user among them: so
 * everybody keeps what ManageOwnUser gives them over their own. The members' devices are left out too. Those of BreakGlass's
 * holders need not be: enabling and deactivating a device is asked of the user, and a device in use is not deleted.
 *
 * Its members are root-equivalent nevertheless: whoever may change IAM may change this.
 *
 * `members` is not empty, since a group without members is not made.
 */
export function powerPolicy(identity: Account, members: readonly Arn[]): PolicyDocument {
  return policyDocument(
    {
      Sid: "FullIam",
      Effect: "Allow",
      Action: "iam:*",
      NotResource: members.flatMap((user) => [user, devicesOf(user)]),
      Condition: {
        ...WITH_RECENT_MFA,
        StringNotEquals: { [`aws:ResourceTag/${BREAK_GLASS_TAG}`]: BREAK_GLASS_TAG_VALUE },
      },
    },
    {
      Sid: "GuardedUsersButTheirCredentials",
      Effect: "Allow",
      Action: ["iam:*UserPermissionsBoundary", "iam:*UserPolicy", "iam:Get*", "iam:List*"],
      Resource: `arn:aws:iam::${identity.id}:user${PEOPLE_PATH}*`,
      Condition: WITH_RECENT_MFA,
    },
    {
      // Tag keys compare without case on a user, so all spellings of the guarding tag are one.
      Sid: "GuardedUsersTagsButTheGuard",
      Effect: "Allow",
      Action: ["iam:TagUser", "iam:UntagUser"],
      Resource: `arn:aws:iam::${identity.id}:user${PEOPLE_PATH}*`,
      Condition: {
        ...WITH_RECENT_MFA,
        "ForAllValues:StringNotEqualsIgnoreCase": { "aws:TagKeys": BREAK_GLASS_TAG },
        Null: { "aws:TagKeys": "false" },
      },
    },
  );
}
