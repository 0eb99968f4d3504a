import type { Account } from "../../model/account";
import { CATEGORIES } from "../../model/categories";
import { cisId } from "../../model/cis";
import type { Model } from "../../model/model";
import { configRuleName, type ConfigRuleSubject, type Naming } from "../../model/names";
import type { AlarmSeverity } from "../alarms/alarm-table";

/** A rule that AWS wrote and Config evaluates once a day. */
export interface ConfigRuleBlueprint {
  readonly name: string;
  /** As AWS names the rule: https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html */
  readonly identifier: string;
  readonly description: string;
  /** Config takes texts alone, numbers too. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Which topic hears that something breaks the rule. */
  readonly severity: AlarmSeverity;
}

/** Days after which a key is due that belongs to nobody of the roster. */
const KEY_DAYS = 90;

/** Days without use after which a credential is to go, as CIS has it. */
const UNUSED_DAYS = 45;

/** Days after which the access keys in an account are due: those of the strictest category whose people have users there. */
export function keyDaysIn({ people }: Model, { isIdentity }: Account): number {
  const days = isIdentity ? people.map(({ category }) => CATEGORIES[category].rotationDays) : [];
  return Math.min(KEY_DAYS, ...days);
}

/**
 * The rules about credentials. IAM and the root user are the same in every region, so that one region evaluates them.
 * @param keyDays days after which an access key is due
 */
export function configRuleBlueprints(naming: Naming, keyDays: number): readonly ConfigRuleBlueprint[] {
  const rule = (
    subject: ConfigRuleSubject,
    others: Omit<ConfigRuleBlueprint, "name">,
  ): ConfigRuleBlueprint => ({
    name: configRuleName(naming, subject),
    ...others,
  });
  return [
    rule("RootHasNoKeys", {
      identifier: "IAM_ROOT_ACCESS_KEY_CHECK",
      description: `The root user has no access keys (CIS ${cisId("rootHasNoKeys")}).`,
      severity: "critical",
    }),
    rule("RootHasMfa", {
      identifier: "ROOT_ACCOUNT_MFA_ENABLED",
      description: `The root user has an MFA device (CIS ${cisId("rootHasMfa")}).`,
      severity: "critical",
    }),
    rule("UsersHaveMfa", {
      identifier: "MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS",
      description: `Users with a console password have an MFA device (CIS ${cisId("usersHaveMfa")}).`,
      severity: "notice",
    }),
    rule("KeysAreRotated", {
      identifier: "ACCESS_KEYS_ROTATED",
      description: `Access keys are at most ${String(keyDays)} days old.`,
      parameters: { maxAccessKeyAge: String(keyDays) },
      severity: "notice",
    }),
    rule("CredentialsAreUsed", {
      identifier: "IAM_USER_UNUSED_CREDENTIALS_CHECK",
      description: `Passwords and access keys were used in the last ${String(UNUSED_DAYS)} days.`,
      parameters: { maxCredentialUsageAge: String(UNUSED_DAYS) },
      severity: "notice",
    }),
  ];
}
