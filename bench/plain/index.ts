// Users, groups and roles of an account the way Pulumi's own examples write them: a resource class for each, in loops over data.
import * as aws from "@pulumi/aws";
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

const byName = new Map(
  users.map(({ name, path, tags }) => [name, new aws.iam.User(name, { name, path, tags })]),
);

for (const { name, policies, members } of groups) {
  const group = new aws.iam.Group(name, { name });
  for (const { name: policyName, document } of policies) {
    const policy = new aws.iam.Policy(policyName, { name: policyName, policy: document });
    new aws.iam.GroupPolicyAttachment(policyName, { group: group.name, policyArn: policy.arn });
  }
  new aws.iam.GroupMembership(name, {
    name,
    group: group.name,
    users: members.map((member) => byName.get(member)!.name),
  });
}

for (const { name, trust, policies, managed } of roles) {
  const role = new aws.iam.Role(name, { name, assumeRolePolicy: trust });
  for (const { name: policyName, document } of policies) {
    const policy = new aws.iam.Policy(policyName, { name: policyName, policy: document });
    new aws.iam.RolePolicyAttachment(`${name}-${policyName}`, { role: role.name, policyArn: policy.arn });
  }
  for (const policyArn of managed) {
    new aws.iam.RolePolicyAttachment(`${name}-${policyArn}`, { role: role.name, policyArn });
  }
}
