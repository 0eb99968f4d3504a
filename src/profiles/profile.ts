import type { Validity } from "../model/dates";
import type { Model } from "../model/model";
import { mfaDeviceArn, roleArn, type AccountId, type Arn, type UserName } from "../model/names";
import { UserError } from "../model/problems";
import { ROLES, type HeldRole } from "../model/roles";
import { FLAVOURS, type Flavour } from "./flavours";
import { heldRoles } from "./held-roles";

/** One profile of `~/.aws/config`: a role that a person may assume. */
export interface Profile {
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
export interface Profiles {
  readonly person: UserName;
  readonly flavour: Flavour;
  /** Where the person's user and access keys are. */
  readonly identity: { readonly key: string; readonly id: AccountId };
  /** Profile of the person's access keys: theirs to make. */
  readonly sourceProfile: string;
  readonly mfaSerial: Arn;
  readonly region: string;
  readonly isPower: boolean;
  readonly profiles: readonly Profile[];
}

/** What a person may choose. */
export interface ProfileChoices {
  readonly flavour: Flavour;
  /** The organization's prefix by default. */
  readonly sourceProfile?: string;
  /** First word of the profiles' names; none by default. */
  readonly profilePrefix?: string;
  /** Last word of the MFA device's ARN; the person's name by default. A device keeps its name when its owner is renamed. */
  readonly mfaDevice?: string;
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

function deviceName(word: string): string {
  if (DEVICE.test(word)) return word;
  throw new UserError(
    `--mfa-device ${JSON.stringify(word)} is no name of a device: it is the last word of the device's ARN, such as sarah.devops-phone.`,
  );
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
export function profilesOf(
  model: Model,
  person: UserName,
  { flavour, sourceProfile, profilePrefix, mfaDevice }: ProfileChoices,
): Profiles {
  const { organization, power } = model;
  const source = profileWord("--source-profile", sourceProfile ?? organization.prefix);
  const prefix = profilePrefix === undefined ? undefined : profileWord("--profile-prefix", profilePrefix);
  const profiles = heldRoles(model, person).map(({ account, role, validities }) => ({
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
      `The profile of your access keys cannot be ${source}: a role's profile has that name. Choose another with --source-profile.`,
    );
  }
  return {
    person,
    flavour,
    identity: { key: organization.identity.key, id: organization.identity.id },
    sourceProfile: source,
    mfaSerial: mfaDeviceArn(organization.identity, deviceName(mfaDevice ?? person)),
    region: organization.region,
    isPower: power.includes(person),
    profiles,
  };
}
