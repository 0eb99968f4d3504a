/** Pulumi's types of the resources that the cases are about. */
export const ROLE = "aws:iam/role:Role";
export const POLICY = "aws:iam/policy:Policy";
export const USER = "aws:iam/user:User";
export const GROUP = "aws:iam/group:Group";
export const MEMBERSHIP = "aws:iam/groupMembership:GroupMembership";
export const ROLE_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const GROUP_ATTACHMENT = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
export const ROLE_ATTACHMENTS = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
export const ROLE_POLICIES = "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive";
export const PASSWORD_POLICY = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";
export const PROVIDER = "pulumi:providers:aws";
export const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const SECRET = "aws:secretsmanager/secret:Secret";
