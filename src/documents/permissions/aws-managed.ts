import type { AwsManagedPolicy } from "../role-permissions";

const awsManaged = (name: string): AwsManagedPolicy => ({ kind: "aws-managed", name });

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
export const ADMINISTRATOR_ACCESS = awsManaged("AdministratorAccess");
export const READ_ONLY_ACCESS = awsManaged("ReadOnlyAccess");
export const SECURITY_AUDIT = awsManaged("SecurityAudit");
