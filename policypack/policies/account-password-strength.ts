import { cisId } from "../../src/model/cis";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { numberProperty } from "../checked-resource";
import { integerSetting } from "../policy-settings";

const CHARACTERS = [
  "requireLowercaseCharacters",
  "requireUppercaseCharacters",
  "requireNumbers",
  "requireSymbols",
] as const;

/** Passwords are as CIS wants them. */
export const accountPasswordStrength = resourcePolicy({
  name: "aws-iam-account-password-policy",
  displayName: "Password policy of CIS",
  description: "The account's password policy is not weaker than CIS and the seeds ask for.",
  why: "A password is half of what a person signs in with, and the whole of it until their MFA device is enrolled.",
  remediationSteps:
    "Leave the password policy as src/resources/sign-in-resources.ts sets it, or make it stricter.",
  severity: "high",
  framework: cisFramework("passwordLength", "passwordReuse"),
  tags: ["iam", "password"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
  settings: {
    length: integerSetting("Least number of characters.", { usual: 14, least: 14, most: 128 }),
    reuse: integerSetting("Number of former passwords that may not be used again.", {
      usual: 24,
      least: 24,
      most: 24,
    }),
    days: integerSetting("Days after which a password has to be changed.", { usual: 90, least: 1, most: 90 }),
  },
  types: ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy"],
  *check({ name, props }, { configuration }) {
    const length = configuration.integer("length");
    const reuse = configuration.integer("reuse");
    const days = configuration.integer("days");
    const age = numberProperty(props, "maxPasswordAge") ?? 0;
    if ((numberProperty(props, "minimumPasswordLength") ?? 0) < length) {
      yield `${name} takes passwords of fewer than ${String(length)} characters (CIS ${cisId("passwordLength")}).`;
    }
    if ((numberProperty(props, "passwordReusePrevention") ?? 0) < reuse) {
      yield `${name} takes one of the last ${String(reuse)} passwords again (CIS ${cisId("passwordReuse")}).`;
    }
    if (age < 1 || age > days) yield `${name} lets passwords be older than ${String(days)} days.`;
    for (const kind of CHARACTERS) {
      if (props[kind] !== true) yield `${name} does not set ${kind}.`;
    }
    if (props["allowUsersToChangePassword"] !== true)
      yield `${name} does not let people change their password.`;
    if (props["hardExpiry"] === true)
      yield `${name} locks people out whose password has expired (hardExpiry).`;
  },
});
