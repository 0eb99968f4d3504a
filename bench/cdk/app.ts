// Users, groups and roles of an account the way AWS CDK's own examples write them, with cdk-nag's checks of AWS solutions.
import { App, CfnResource, Stack, Validations } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import { AwsSolutionsChecks } from "cdk-nag";
import { readFileSync } from "fs";

interface Policy {
  name: string;
  document: string;
}

interface Data {
  users: { name: string; path: string; tags: Record<string, string> }[];
  groups: { name: string; policies: Policy[]; members: string[] }[];
  roles: { name: string; trust: string; policies: Policy[]; managed: string[] }[];
}

const { users, groups, roles } = JSON.parse(readFileSync("data.json", "utf8")) as Data;

const app = new App();
const stack = new Stack(app, "users");
const id = (name: string): string => name.replace(/[^A-Za-z0-9]/g, "-");

const groupsByName = new Map<string, iam.Group>();
for (const { name, policies } of groups) {
  const group = new iam.Group(stack, id(name), { groupName: name });
  groupsByName.set(name, group);
  for (const policy of policies) {
    group.addManagedPolicy(
      new iam.ManagedPolicy(stack, id(policy.name), {
        managedPolicyName: policy.name,
        document: iam.PolicyDocument.fromJson(JSON.parse(policy.document)),
      }),
    );
  }
}

for (const { name, path, tags } of users) {
  const user = new iam.User(stack, id(name), { userName: name, path });
  const entries = Object.entries(tags).map(([key, value]) => ({ key, value }));
  (user.node.defaultChild as CfnResource).addPropertyOverride(
    "Tags",
    entries.map(({ key, value }) => ({ Key: key, Value: value })),
  );
  for (const { name: groupName, members } of groups) {
    const group = groupsByName.get(groupName);
    if (group !== undefined && members.includes(name)) user.addToGroup(group);
  }
}

for (const { name, trust, policies, managed } of roles) {
  new iam.CfnRole(stack, id(name), {
    roleName: name,
    assumeRolePolicyDocument: JSON.parse(trust),
    managedPolicyArns: [
      ...managed,
      ...policies.map(
        (policy) =>
          new iam.ManagedPolicy(stack, id(policy.name), {
            managedPolicyName: policy.name,
            document: iam.PolicyDocument.fromJson(JSON.parse(policy.document)),
          }).managedPolicyArn,
      ),
    ],
  });
}

Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
