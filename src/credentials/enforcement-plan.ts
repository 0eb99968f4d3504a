import { createHash } from "node:crypto";

import type { AccountCredentials } from "../aws/account-credentials";
import type { Organization } from "../model/account";
import type { Instant } from "../model/dates";
import { offboardingPolicyName } from "../model/names";
import { shellWord } from "../text/shell-word";
import type { CredentialKind, HeldCredential } from "./held-credential";
import { formatStanding } from "./credential-standing";
import { statusCommand } from "./status-command";

/** What is done to a credential; nothing is ever deleted. */
export type StepAction = "deactivate" | "expire" | "deny everything";

/** One thing to do. */
export interface EnforcementStep {
  /** The account's key. */
  readonly account: string;
  readonly user: string;
  readonly action: StepAction;
  readonly kind: CredentialKind;
  /** The credential's id, or the name of the policy with the Deny; passwords have none. */
  readonly id?: string;
  readonly because: string;
  /** A use after this instant keeps a key that goes because nobody uses it. */
  readonly unlessUsedAfter?: Instant;
  /** The document that a Deny replaces and its undo puts back; absent where there is none. */
  readonly replaces?: string;
  /** A command of the AWS command line. */
  readonly undo: string;
}

/** Everything to do, and a hash that is the same for the same things to do alone. */
export interface EnforcementPlan {
  readonly steps: readonly EnforcementStep[];
  readonly hash: string;
}

function deactivation(
  held: HeldCredential,
  because: string,
  profileFlag: string,
): readonly EnforcementStep[] {
  const { account, user, kind, id, createdAt, lastUsed = createdAt, standing } = held;
  const undo = statusCommand(held, "Active", profileFlag);
  if (id === undefined || undo === undefined) return [];
  return [
    {
      account,
      user,
      action: "deactivate",
      kind,
      id,
      because,
      ...(standing.kind === "unused" && lastUsed !== undefined && { unlessUsedAfter: lastUsed }),
      undo,
    },
  ];
}

/** IAM cannot deactivate a password: it can ask for another at the next sign-in, and it can be deleted. */
function expiry({ account, user }: HeldCredential, because: string, profileFlag: string): EnforcementStep {
  return {
    account,
    user,
    action: "expire",
    kind: "password",
    because,
    undo: `aws iam update-login-profile --user-name ${user} --no-password-reset-required${profileFlag}`,
  };
}

/** The Deny of `npm run offboard`, which keeps a leaver from signing in with a password that stays. */
function denial(
  { account, user, holder }: HeldCredential,
  because: string,
  organization: Organization,
  { users }: AccountCredentials,
  profileFlag: string,
): readonly EnforcementStep[] {
  if (holder.kind !== "person") return [];
  const id = offboardingPolicyName(organization, holder.name);
  const policies = users.find(({ name }) => name === user)?.inlinePolicies ?? [];
  const before = policies.find(({ name }) => name === id)?.document;
  const policy = `--user-name ${user} --policy-name ${id}`;
  return [
    {
      account,
      user,
      action: "deny everything",
      kind: "password",
      id,
      because,
      ...(before !== undefined && { replaces: before }),
      undo:
        before === undefined
          ? `aws iam delete-user-policy ${policy}${profileFlag}`
          : `aws iam put-user-policy ${policy} --policy-document ${shellWord(JSON.stringify(JSON.parse(before)))}${profileFlag}`,
    },
  ];
}

/** What to do about the credentials of one account. */
export function planSteps(
  held: readonly HeldCredential[],
  read: AccountCredentials,
  organization: Organization,
  profileFlag: string,
): readonly EnforcementStep[] {
  return held.flatMap((one): readonly EnforcementStep[] => {
    const because = formatStanding(one.standing);
    switch (one.standing.kind) {
      case "leaver's":
        return one.kind === "password"
          ? denial(one, because, organization, read, profileFlag)
          : deactivation(one, because, profileFlag);
      case "too old":
        return one.kind === "password"
          ? [expiry(one, because, profileFlag)]
          : deactivation(one, because, profileFlag);
      case "unused":
        return deactivation(one, because, profileFlag);
      case "fine":
      case "inactive":
      case "denied":
      case "due":
      case "missing":
      case "unknown holder":
      case "not known":
        return [];
    }
  });
}

/** The steps as one plan. Reasons count days, so that the hash of the same steps stays the same from one day to the next. */
export function enforcementPlan(steps: readonly EnforcementStep[]): EnforcementPlan {
  const what = steps.map(({ account, user, action, kind, id }) =>
    JSON.stringify([account, user, action, kind, id]),
  );
  const hash = createHash("sha256")
    .update([...what].sort().join("\n"))
    .digest("hex")
    .slice(0, 16);
  return { steps, hash };
}
