import type { Validity } from "../model/dates";
import type { Model } from "../model/model";
import {
  mfaDeviceArn,
  roleArn,
  type AccountId,
  type Arn,
  type NamedAccount,
  type UserName,
} from "../model/names";
import { UserError } from "../model/problems";
import { ROLES, type HeldRole } from "../model/roles";
import { FLAVOURS, sourceProfileName, type Flavour } from "./flavours";
import { heldRoles, holdsBreakGlass } from "./held-roles";

/** One profile of `~/.aws/config`: a role that a person may assume. */
export interface RoleProfile {
  readonly name: string;
  /** The account's key. */
  readonly account: string;
  readonly accountId: AccountId;
  readonly role: HeldRole;
  readonly roleArn: Arn;
  /** Length of the session that it asks for, in seconds. */
  readonly durationSeconds: number;
  readonly validities: readonly Validity[];
  /** Whether it may be used now; what may not yet be used is there for later. */
  readonly isOpen: boolean;
}

/** All profiles of a person, and what they have in common. */
export interface PersonProfiles {
  readonly person: UserName;
  readonly flavour: Flavour;
  /** Where the person's user is. */
  readonly identity: { readonly key: string; readonly id: AccountId };
  /** Profile of the person's sign-in or access keys: theirs to make. */
  readonly sourceProfile: string;
  /** The device whose code goes with access keys: an ARN, or a hardware token's serial number. A sign-in has its own MFA. */
  readonly mfaSerial?: string;
  readonly region: string;
  readonly isPower: boolean;
  readonly profiles: readonly RoleProfile[];
}

/** What a person may choose. */
export interface ProfileChoices {
  readonly flavour: Flavour;
  /** By default the organization's prefix, with `-login` for a sign-in. */
  readonly sourceProfile?: string;
  /** First word of the profiles' names; none by default. */
  readonly profilePrefix?: string;
  /** Last word of the MFA device's ARN; the person's name by default. A device keeps its name when its owner is renamed. */
  readonly mfaDevice?: string;
  /** The device as a whole where it is no virtual one: a hardware token's serial number, or an ARN. */
  readonly mfaSerial?: string;
}

const PROFILE_WORD = /^[A-Za-z0-9][\w.-]{0,63}$/;

function profileWord(option: string, word: string): string {
  if (PROFILE_WORD.test(word)) return word;
  throw new UserError(
    `${option} ${JSON.stringify(word)} is no name for a profile.\n` +
      "Allowed: letters, digits, dots, dashes and underscores, 64 at most, a letter or digit first.",
  );
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html */
const DEVICE = /^[\w+=,.@-]+$/;
/** A hardware token has a number on its back. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const SERIAL_NUMBER = /^[A-Za-z0-9-]{9,256}$/;

function deviceName(word: string): string {
  if (DEVICE.test(word)) return word;
  throw new UserError(
    `--mfa-device ${JSON.stringify(word)} is no name of a device: it is the last word of the device's ARN, such as sarah.devops-2.\n` +
      "To do: give that word, or the whole ARN or a hardware token's serial number with --mfa-serial.",
  );
}

function serialNumber(identity: NamedAccount, text: string): string {
  const device = mfaDeviceArn(identity, text.slice(text.indexOf("/") + 1));
  if (SERIAL_NUMBER.test(text) || (text === device && DEVICE.test(text.slice(text.indexOf("/") + 1)))) {
    return text;
  }
  if (text.includes(":u2f/")) {
    throw new UserError(
      `--mfa-serial ${JSON.stringify(text)} is a passkey or security key: it signs in to the console, and no command line can ask it for a code.\n` +
        "To do: use `--flavour login`, which signs in with it; or enrol a virtual device or a hardware token beside it.",
    );
  }
  throw new UserError(
    `--mfa-serial ${JSON.stringify(text)} is no MFA device that ${identity.key} (${identity.id}) could have.\n` +
      `Allowed: a hardware token's serial number, such as GAHT12345678, or an ARN such as ${mfaDeviceArn(identity, "sarah.devops")}`,
  );
}

/** The device whose codes the person types; none where their sign-in has had its MFA already. */
function mfaSerialOf(
  identity: NamedAccount,
  person: UserName,
  { flavour, mfaDevice, mfaSerial }: ProfileChoices,
  mayMakeKeys: boolean,
): string | undefined {
  if (FLAVOURS[flavour].source === "console sign-in") {
    if (mfaDevice === undefined && mfaSerial === undefined) return undefined;
    throw new UserError(
      `--flavour ${flavour} takes no MFA device: the console asks for it when you sign in, whichever device it is.\n` +
        `To do: leave --mfa-device and --mfa-serial out${mayMakeKeys ? ", or choose a flavour with access keys, such as --flavour plain" : ""}.`,
    );
  }
  if (mfaSerial === undefined) return mfaDeviceArn(identity, deviceName(mfaDevice ?? person));
  if (mfaDevice === undefined) return serialNumber(identity, mfaSerial);
  throw new UserError("--mfa-device and --mfa-serial name the same thing.\nTo do: leave one of them out.");
}

/**
 * `prod-ops`, `prod-dbread`; with a prefix `acme-prod-ops`. A role is one word without a dash, so that no two roles have the
 * same name: `prod-db-read` could be DbRead in prod, or Read in prod-db.
 */
export const profileName = (account: string, role: HeldRole, prefix?: string): string =>
  [...(prefix === undefined ? [] : [prefix]), account, role.toLowerCase()].join("-");

/**
 * The profiles of a person at the model's moment, one for each role that they hold then or later.
 * @throws UserError where a name that they chose is none, or is taken by the profiles themselves
 */
export function buildProfiles(model: Model, person: UserName, choices: ProfileChoices): PersonProfiles {
  const { flavour, sourceProfile, profilePrefix } = choices;
  const { organization, power } = model;
  const { identity } = organization;
  const held = heldRoles(model, person);
  const mayMakeKeys = !holdsBreakGlass(held);
  const mfaSerial = mfaSerialOf(identity, person, choices, mayMakeKeys);
  const source = profileWord(
    "--source-profile",
    sourceProfile ?? sourceProfileName(organization.prefix, flavour),
  );
  const prefix = profilePrefix === undefined ? undefined : profileWord("--profile-prefix", profilePrefix);
  const profiles = held.map(({ account, role, validities }) => ({
    name: profileName(account.key, role, prefix),
    account: account.key,
    accountId: account.id,
    role,
    roleArn: roleArn(organization, role, account),
    durationSeconds: Math.min(ROLES[role].sessionSeconds, FLAVOURS[flavour].longestSession),
    validities,
    isOpen: validities.some(({ from }) => from === undefined || from <= model.now),
  }));
  if (profiles.some(({ name }) => name === source)) {
    throw new UserError(
      `The source profile cannot be ${source}: a role's profile has that name. Choose another with --source-profile.`,
    );
  }
  return {
    person,
    flavour,
    identity: { key: identity.key, id: identity.id },
    sourceProfile: source,
    ...(mfaSerial !== undefined && { mfaSerial }),
    region: organization.region,
    isPower: power.includes(person),
    profiles,
  };
}
