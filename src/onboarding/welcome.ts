import { makeValidity, type Validity } from "../model/dates";
import type { Model } from "../model/model";
import { mfaDeviceArn, signInUrl, switchRoleUrl, type Arn, type UserName } from "../model/names";
import type { Person } from "../model/person";
import type { HeldRole } from "../model/roles";
import { heldRoles, holdsBreakGlass, whenHeld } from "../profiles/held-roles";
import { printable, printableJson } from "../text/printable";

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
  /** Serial numbers, or ARNs, of the devices that the user has already; absent where there are none, as for newcomers. */
  readonly ownDevices?: readonly string[];
  /** Fewest characters of the password that they choose. */
  readonly passwordLength: number;
  /** First and last day, where the roster says them. */
  readonly terms: Validity;
  readonly roles: readonly Destination[];
}

/** The settings of IAM in the identity account that a new person has to know. */
export interface SignInFacts {
  /** The account's name in its sign-in address, where it has one. */
  readonly alias?: string;
  /** Serial numbers, or ARNs, of the MFA devices that the user has already. */
  readonly ownDevices?: readonly string[];
  readonly passwordLength: number;
}

/** What a person of the roster has to know at their first sign-in. */
export function buildWelcome(model: Model, { name, terms }: Person, signIn: SignInFacts): Welcome {
  const { organization } = model;
  return {
    person: name,
    signInUrl:
      signIn.alias === undefined
        ? signInUrl(organization.identity)
        : `https://${signIn.alias}.signin.aws.amazon.com/console`,
    mfaDevice: mfaDeviceArn(organization.identity, name),
    ...(signIn.ownDevices && { ownDevices: signIn.ownDevices }),
    passwordLength: signIn.passwordLength,
    terms: terms.from !== undefined && terms.from <= model.now ? makeValidity(undefined, terms.until) : terms,
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
  return `${printableJson({ ...welcome, password })}\n`;
}

function destinationLine({ account, role, url, validities }: Destination): string {
  const when = whenHeld(validities);
  return `   ${role} in ${account}${when === "" ? "" : `, ${when}`}: ${url}`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html */
const KINDS_OF_DEVICES = [
  "   An authenticator app works in the console and on the command line. So does a hardware token that shows codes, whose serial " +
    "number then stands where the command line asks for the device's ARN. A passkey or a security key works in the console alone: " +
    "for access keys on the command line assign an authenticator app besides.",
];
/** Where the person can have no access keys. */
const KINDS_FOR_SIGN_INS = [
  "   An authenticator app, a hardware token, a passkey or a security key: each of them signs in to the console.",
];

/** Steps 3 and 4. */
function mfaLines(welcome: Welcome): readonly string[] {
  const { person, mfaDevice, ownDevices } = welcome;
  const isKeyless = holdsBreakGlass(welcome.roles);
  if (ownDevices !== undefined) {
    return [
      `3. AWS asks for a code of a device that you have already: ${ownDevices.map(printable).join(", ")}.`,
      "   If it is yours no longer, stop here and say so (docs/runbooks/recovery.md).",
      "4. A session that began without MFA stays without it: sign out, and in again with a code.",
    ];
  }
  return [
    "3. Click your name at the top right, then Security credentials, then Assign MFA device. Its name must be",
    `   ${person}`,
    `   (the device is then ${mfaDevice}).`,
    ...(isKeyless ? KINDS_FOR_SIGN_INS : KINDS_OF_DEVICES),
    `   Until it is there AWS denies everything else.${isKeyless ? "" : " Do not create access keys yet."}`,
    "4. Sign out, and sign in again with a code of the device. A session without MFA stays without it.",
  ];
}

/**
 * The welcome for people: the password, which stands nowhere else, and the steps in the order in which the self-service
 * policy allows them. Before the first device it lets nobody do anything but change the password and enrol one; a
 * session that began without MFA stays without it, hence the second sign-in.
 */
export function welcomeAsText(welcome: Welcome, password: string): string {
  const { person, passwordLength, terms, roles } = welcome;
  const lines = [
    `The password of ${person}, shown this once: ${password}`,
    "",
    "Hand it to them alone, and not by the way that these steps take:",
    "",
    `1. Sign in at ${printable(welcome.signInUrl)}`,
    `   as the IAM user ${person}.`,
    `2. Choose your own password when AWS asks for it: ${String(passwordLength)} characters or more, with lower case, upper case, a digit and a symbol.`,
    ...mfaLines(welcome),
    ...(roles.length === 0
      ? ["5. You hold no role yet; the roster says when you do."]
      : ["5. Switch to a role:", ...roles.map(destinationLine)]),
    `6. Only if you need the command line: you need no access key${holdsBreakGlass(welcome.roles) ? ", and as a holder of BreakGlass can make none" : ""}. With the AWS CLI 2.32 or newer, do as the answer of \`npm run aws-config -- ${person}\` says, and use the profiles that it writes.`,
  ];
  if (terms.from !== undefined) lines.push("", `Access begins at ${terms.from}.`);
  if (terms.until !== undefined) lines.push("", `Access ends at ${terms.until}.`);
  return `${lines.join("\n")}\n`;
}
