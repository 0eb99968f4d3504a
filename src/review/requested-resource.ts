import { offersKey, type AwsAction } from "../access/actions/aws-action";
import { readActionRequest, type ActionRequest } from "../access/action-request";
import type { RequestContext } from "../access/caller";
import type { IamAccount } from "../access/iam/iam-account";
import type { RoleRequest } from "./role-requests";

/** A request as the evaluator takes it. */
export interface RequestedResource {
  readonly request: ActionRequest;
  readonly context: RequestContext;
}

type About = RoleRequest["about"];

/** Types of resources whose ARN is a parameter of the request. */
const ARNS: Readonly<Record<string, readonly string[]>> = {
  role: ["roleArn"],
  policy: ["policyArn"],
  "saml-provider": ["sAMLProviderArn"],
  "oidc-provider": ["openIDConnectProviderArn"],
  mfa: ["serialNumber"],
};

/** Types of resources whose name is a parameter of the request. */
const NAMES: Readonly<Record<string, string>> = {
  role: "roleName",
  user: "userName",
  group: "groupName",
  "instance-profile": "instanceProfileName",
};

/** A name without a path of its own is that of something in the account; what is not there any more has no path that is known. */
function arnOfName(
  account: IamAccount,
  type: string,
  name: string,
  path: string | undefined,
): string | undefined {
  const { roles, users } = account;
  const known = type === "role" ? roles : type === "user" ? users : [];
  const found = known.find((one) => one.name === name)?.arn;
  if (found !== undefined) return found;
  return path === undefined ? undefined : `arn:aws:iam::${account.id}:${type}${path}${name}`;
}

function arnOf(account: IamAccount, { resourceTypes }: AwsAction, about: About): string | undefined {
  for (const { name: type } of resourceTypes) {
    const arn = (ARNS[type] ?? []).flatMap((parameter) => about[parameter] ?? [])[0];
    if (arn !== undefined) return arn;
    const name = about[NAMES[type] ?? ""];
    if (name !== undefined) return arnOfName(account, type, name, about["path"]);
  }
  return undefined;
}

/** Condition keys that repeat a parameter. */
const KEYS = { "iam:PolicyARN": "policyArn", "iam:PermissionsBoundary": "permissionsBoundary" } as const;

/**
 * What a request asks for, as far as its source tells: about any resource where it does not.
 * @throws UserError where AWS has no such action: CloudTrail calls some otherwise than policies do
 */
export async function requestedResource(
  account: IamAccount,
  { action, about }: Pick<RoleRequest, "action" | "about">,
): Promise<RequestedResource> {
  const anywhere = await readActionRequest(action);
  const arn = arnOf(account, anywhere.action, about);
  const request = arn === undefined ? anywhere : await readActionRequest(action, arn);
  const context = Object.entries(KEYS).flatMap(([key, parameter]) => {
    const value = about[parameter];
    return value !== undefined && offersKey(request.action, request.resourceTypes, key)
      ? [[key, value] as const]
      : [];
  });
  return { request, context: Object.fromEntries(context) };
}
