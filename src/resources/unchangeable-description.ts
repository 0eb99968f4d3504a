/**
 * AWS cannot change the description of an IAM policy or a security group, so the provider would replace what it describes
 * when somebody rewords it. That fails for a boundary and for a group in use, and leaves a role without its policy
 * meanwhile: the description stays what it was when the thing was made.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 */
export const KEEPS_DESCRIPTION = { ignoreChanges: ["description"] } as const;
