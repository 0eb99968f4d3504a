import { wellArchitected } from "../frameworks";
import { resourcePolicy } from "../policy";
import { text, texts, type Properties } from "../resource";
import { tooManyAndMissing } from "../words";
import type { AccountExpectations } from "../expectations/account";

/** For each type that the program may use: whether the account's catalogue has this one. */
type Lookup = (props: Properties, expected: AccountExpectations) => boolean;

/** At another path something would have another ARN, and be another thing. */
const isAt = (props: Properties, path = "/"): boolean => (text(props, "path") ?? "/") === path;
const isRole =
  (property: string): Lookup =>
  (props, { roles }) =>
    roles.has(text(props, property) ?? "");
const isGroup =
  (property: string): Lookup =>
  (props, { groups }) =>
    groups.has(text(props, property) ?? "");

/** The provider of the pipeline's identity tokens, and those tokens only that are meant for AWS. */
const isPipelinesProvider: Lookup = (props, { blueprint }) => {
  const provider = blueprint.pipeline?.identityProvider;
  if (provider === undefined) return false;
  const audiences = texts(props, "clientIdLists");
  return text(props, "url") === provider.url && tooManyAndMissing(provider.audiences, audiences).length === 0;
};

const CATALOGUE: Readonly<Record<string, Lookup>> = {
  "aws:iam/accountAlias:AccountAlias": () => true,
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": () => true,
  "aws:iam/group:Group": (props, expected) => isAt(props) && isGroup("name")(props, expected),
  "aws:iam/groupMembership:GroupMembership": isGroup("group"),
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": isGroup("groupName"),
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": isGroup("group"),
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": isGroup("groupName"),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": isPipelinesProvider,
  "aws:iam/policy:Policy": (props, { policies }) => isAt(props) && policies.has(text(props, "name") ?? ""),
  "aws:iam/role:Role": (props, { roles }) => {
    const role = roles.get(text(props, "name") ?? "");
    return role !== undefined && isAt(props, role.path);
  },
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": isRole("roleName"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": isRole("role"),
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": isRole("roleName"),
  // Its own policy says more about users: aws-iam-user-roster.
  "aws:iam/user:User": () => true,
};

/** Types that make anything by name or template, IAM's resources too. */
const INDIRECT: Readonly<Record<string, (props: Properties) => boolean>> = {
  "aws:cloudcontrol/resource:Resource": (props) => (text(props, "typeName") ?? "").startsWith("AWS::IAM::"),
  "aws:cloudformation/stack:Stack": makesIam,
  "aws:cloudformation/stackSet:StackSet": makesIam,
};

/** CloudFormation makes nothing of IAM without having been told that it may. */
function makesIam(props: Properties): boolean {
  return texts(props, "capabilities").some((capability) => capability.endsWith("_IAM"));
}

/** IAM of every provider: Pulumi has more than one for AWS. */
const isIam = (type: string): boolean => /^aws[\w-]*:iam[/:]/.test(type);

/** What the catalogue does not contain does not come into being. */
export const resourceCatalogue = resourcePolicy({
  name: "aws-iam-resource-catalogue",
  displayName: "Nothing beside the catalogue",
  description:
    "Every IAM resource is one that the roster and the catalogue of roles generate for this account.",
  why: "What the roster does not explain, no report shows and no review asks about.",
  remediationSteps:
    "Express it in src/roster.ts or src/documents. Users belong into the identity account, roles into all accounts.",
  severity: "critical",
  framework: wellArchitected("SEC03-BP04", "Reduce permissions continuously"),
  tags: ["iam", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  types: (type) => isIam(type) || type in INDIRECT,
  *check({ type, name, props }, { expected }) {
    if (INDIRECT[type]?.(props) === false) return;
    const isExpected = CATALOGUE[type];
    if (isExpected?.(props, expected) === true) return;
    yield `${name} (${type}) is not in the catalogue of ${expected.account.key}.`;
  },
});
