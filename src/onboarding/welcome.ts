import type { Validity } from "../model/dates";
import type { Model } from "../model/model";
import { mfaDeviceArn, signInUrl, switchRoleUrl, type Arn, type UserName } from "../model/names";
import type { Person } from "../model/person";
import type { HeldRole } from "../model/roles";
import { heldRoles, whenHeld } from "../profiles/held-roles";

/** A role that the new person may switch to in the console. */
interface Destination {
  readonly account: string;
  readonly role: HeldRole;
  readonly url: string;
  readonly validities: readonly Validity[];
}

/** What a new person has to know, beside their password. */
export interface Welcome {
  readonly person: UserName;
  /** Where they sign in to the console. */
  readonly signInUrl: string;
  /** The device that they enrol; the last word of its ARN is the name to give it. */
  readonly mfaDevice: Arn;
  /** Fewest characters of the password that they choose. */
  readonly passwordLength: number;
  /** First and last day, where the roster says them. */
  readonly terms: Validity;
  readonly roles: readonly Destination[];
}

/** What IAM in the identity account says that a new person has to know. */
export interface SignIn {
  /** The account's name in its sign-in address, where it has one. */
  readonly alias?: string;
  readonly passwordLength: number;
}

/** What a person of the roster has to know at their first sign-in. */
export function welcomeOf(model: Model, { name, terms }: Person, signIn: SignIn): Welcome {
  const { organization } = model;
  return {
    person: name,
    signInUrl:
      signIn.alias === undefined
        ? signInUrl(organization.identity)
        : `https://${signIn.alias}.signin.aws.amazon.com/console`,
    mfaDevice: mfaDeviceArn(organization.identity, name),
    passwordLength: signIn.passwordLength,
    terms,
    roles: heldRoles(model, name).map(({ account, role, validities }) => ({
      account: account.key,
      role,
      url: switchRoleUrl(organization, role, account),
      validities,
    })),
  };
}

/** The welcome and the password for programs. */
export function welcomeAsJson(welcome: Welcome, password: string): string {
  return `${JSON.stringify({ ...welcome, password }, null, 2)}\n`;
}

function destinationLine({ account, role, url, validities }: Destination): string {
  const when = whenHeld(validities);
  return `   ${role} in ${account}${when === "" ? "" : `, ${when}`}: ${url}`;
}

/**
 * The welcome for people: the password, which stands nowhere else, and the steps in the order in which the self-service
 * policy allows them. Before the first device it lets nobody do anything but change the password and enrol one; a
 * session that began without MFA stays without it, hence the second sign-in.
 */
export function welcomeAsText(welcome: Welcome, password: string): string {
  const { person, mfaDevice, passwordLength, terms, roles } = welcome;
  const lines = [
    `The password of ${person}, shown this once: ${password}`,
    "",
    "Hand it to them alone, and not by the way that these steps take:",
    "",
    `1. Sign in at ${welcome.signInUrl}`,
    `   as the IAM user ${person}.`,
    `2. Choose your own password when AWS asks for it: ${String(passwordLength)} characters or more, with lower case, upper`,
    "   case, a digit and a symbol.",
    "3. Click your name at the top right, then Security credentials, then Assign MFA device. Its name must be",
    `   ${person}`,
    `   (the device is then ${mfaDevice}).`,
    "   Until it is there AWS denies everything else. Do not create access keys yet.",
    "4. Sign out, and sign in again with a code of the device. A session without MFA stays without it.",
    ...(roles.length === 0
      ? ["5. You hold no role yet; the roster says when you do."]
      : ["5. Switch to a role:", ...roles.map(destinationLine)]),
    "6. Only if you need the command line: you need no access key. With the AWS CLI 2.32 or newer, do as the answer of",
    `   npm run aws-config -- ${person}`,
    "   says, and use the profiles that it writes.",
  ];
  if (terms.from !== undefined) lines.push("", `Access begins at ${terms.from}.`);
  if (terms.until !== undefined) lines.push("", `Access ends at ${terms.until}.`);
  return `${lines.join("\n")}\n`;
}
