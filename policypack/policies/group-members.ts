import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty, textListProperty } from "../checked-resource";
import { tooManyAndMissing } from "../messages";

/** Groups have the members that the roster gives them. */
export const groupMembers = resourcePolicy({
  name: "aws-iam-group-membership",
  displayName: "Memberships are the roster's",
  description: "The members of every group are exactly those that follow from the roster.",
  why: "PowerG is full IAM, and the other groups are what a trust relies on: a member too many is a grant.",
  remediationSteps: "Grant or revoke in src/roster.ts; memberships follow from it.",
  severity: "critical",
  framework: cisFramework("groupsOnly"),
  tags: ["iam", "group", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_add-remove-users.html",
  types: ["aws:iam/groupMembership:GroupMembership"],
  *check({ props }, { expected }) {
    const group = expected.groups.get(textProperty(props, "group") ?? "");
    if (group === undefined) return;
    const faults = tooManyAndMissing(group.members, textListProperty(props, "users"));
    if (faults.length > 0) yield `The members of ${group.name} are not the roster's. ${faults.join(" ")}`;
  },
});
