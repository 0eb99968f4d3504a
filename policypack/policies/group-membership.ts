import { cis } from "../frameworks";
import { resourcePolicy } from "../policy";
import { text, texts } from "../resource";
import { tooManyAndMissing } from "../words";

/** Groups have the members that the roster gives them. */
export const groupMembership = resourcePolicy({
  name: "aws-iam-group-membership",
  displayName: "Memberships are the roster's",
  description: "The members of every group are exactly those that follow from the roster.",
  why: "PowerG is full IAM, and the other groups are what a trust relies on: a member too many is a grant.",
  remediationSteps: "Grant or revoke in src/roster.ts; memberships follow from it.",
  severity: "critical",
  framework: cis("groupsOnly"),
  tags: ["iam", "group", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_add-remove-users.html",
  types: ["aws:iam/groupMembership:GroupMembership"],
  *check({ props }, { expected }) {
    const group = expected.groups.get(text(props, "group") ?? "");
    if (group === undefined) return;
    const faults = tooManyAndMissing(group.members, texts(props, "users"));
    if (faults.length > 0) yield `The members of ${group.name} are not the roster's. ${faults.join(" ")}`;
  },
});
