import { findAction, type AwsAction } from "./actions/aws-action";
import { accountIdOf } from "./arn";
import { userCaller } from "./caller";
import type { Circumstances } from "./circumstances";
import type { IamRole, IamUser } from "./iam/iam-account";
import type { AccessQuestion } from "./simulator";

/** The action that a role's trust is about. */
export const findAssumeRole = (): Promise<AwsAction> => findAction("sts:AssumeRole");

/** A trust that asks for another session name than the user's is met by choosing that one. */
const asksForOtherNames = ({ trust }: IamRole): boolean =>
  trust.statements.some(({ conditions }) =>
    conditions.some(
      ({ key, values }) =>
        key.toLowerCase() === "sts:rolesessionname" && values.some((value) => value !== "${aws:username}"),
    ),
  );

/**
 * Whether a user gets into a role: the user's own policies and the role's trust both have a say. The session is named
 * like the user, as the console and the generated profiles do it, unless the trust asks for another name.
 */
export function decideAdmission(
  user: IamUser,
  role: IamRole,
  action: AwsAction,
  { at, mfa, sessionName, context }: Circumstances,
): AccessQuestion {
  const isNamedLikeUser = sessionName === undefined && !asksForOtherNames(role);
  return {
    caller: userCaller(user, mfa),
    policies: user.policies,
    ...(user.boundary && { boundary: user.boundary }),
    resourcePolicy: role.trust,
    action,
    resourceTypes: action.resourceTypes,
    resource: role.arn,
    resourceAccount: accountIdOf(role.arn),
    ...(at !== undefined && { at }),
    context: { ...(isNamedLikeUser && { "sts:RoleSessionName": user.name }), ...context },
  };
}
