import { ROLE_TYPE } from "../documents/carried-documents";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy, type PolicyContext } from "../pack-policy";
import { textProperty, textsByKey, type CheckedResource } from "../checked-resource";

/** Types that take tags; others are held to them where they have any. */
const TAGGED: readonly string[] = [
  "aws:accessanalyzer/analyzer:Analyzer",
  "aws:cfg/rule:Rule",
  "aws:cloudtrail/trail:Trail",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:guardduty/detector:Detector",
  "aws:iam/instanceProfile:InstanceProfile",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/policy:Policy",
  "aws:iam/role:Role",
  "aws:iam/user:User",
  "aws:kms/key:Key",
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
  "aws:sns/topic:Topic",
  "aws:ssm/document:Document",
];

function requiredTags(
  { type, props }: CheckedResource,
  { expected }: PolicyContext,
): Readonly<Record<string, string>> {
  const { account, organization, roles } = expected;
  const role = type === ROLE_TYPE ? roles.get(textProperty(props, "name") ?? "") : undefined;
  return {
    ManagedBy: "muster",
    Environment: account.environment,
    ...(organization.repository !== undefined && { Repository: organization.repository }),
    ...role?.tags,
  };
}

/** Every resource has tags that say who manages it, from where, and for which environment. */
export const resourceTags = resourcePolicy({
  name: "aws-iam-resource-tags",
  displayName: "Required tags",
  description:
    "Everything that takes tags says who manages it, for which environment and from which repository.",
  why: "Somebody who finds it in the account has to know where to change it, and conditions on Environment rely on the tag.",
  remediationSteps:
    "Set the tags of src/documents/account-tags.ts: ManagedBy, Environment and, where the organization names one, Repository.",
  severity: "medium",
  framework: wellArchitectedFramework("SEC01-BP03", "Identify and validate control objectives"),
  tags: ["iam", "tags"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html",
  types: (type) => type.startsWith("aws:"),
  *check(resource, context) {
    const { type, name, props } = resource;
    const hasTags = props["tags"] !== undefined && !Array.isArray(props["tags"]);
    if (!TAGGED.includes(type) && !hasTags) return;
    const tags = textsByKey(props, "tags");
    for (const [key, value] of Object.entries(requiredTags(resource, context))) {
      const found = tags.get(key);
      if (found === value) continue;
      yield `The tag ${key} of ${name} is ${found ?? "missing"}; it has to be ${value}.`;
    }
  },
  remedy(resource, context) {
    const tags = Object.fromEntries(textsByKey(resource.props, "tags"));
    return { tags: { ...tags, ...requiredTags(resource, context) } };
  },
});
