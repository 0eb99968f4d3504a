import { z } from "zod";

import { keysOf } from "../../model/keys-of";
import { ACCOUNT_FACTS } from "./account-facts";
import { ALARMS_SCHEMA } from "./alarm-section";
import { ANALYZER_FINDINGS } from "./analyzer-findings";
import { AUTHORIZATION_DETAILS } from "./authorization-details";
import { CREDENTIAL_REPORT } from "./credential-report";
import { INSTANT_SCHEMA } from "./instant";
import { LAST_ACCESSED_SERVICES } from "./last-accessed-services";
import { MFA_DEVICE } from "./mfa-device";
import { ROOT_MANAGEMENT, SET_CONTACTS, TABLE_LEVEL } from "./owner-facts";
import { ROOT_USER } from "./root-user";
import { SECRET_SCHEMA } from "./secret-section";
import { SIGN_IN_OBJECTS } from "./sign-in-objects";
import { TRAIL_EVENTS } from "./trail-events";
import { USER_CREDENTIALS } from "./user-credentials";

/** What was read at a time, or why it is not available. */
const sectionOf = <Data extends z.ZodType>(data: Data) =>
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("read"), at: INSTANT_SCHEMA, data }),
    z.strictObject({ kind: z.literal("notAvailable"), at: INSTANT_SCHEMA, because: z.string() }),
  ]);

/** What a snapshot holds of each account, one file a section. */
export const ACCOUNT_SECTIONS = z.strictObject({
  accountFacts: sectionOf(ACCOUNT_FACTS),
  rootUser: sectionOf(ROOT_USER),
  alternateContacts: sectionOf(SET_CONTACTS),
  rootManagement: sectionOf(ROOT_MANAGEMENT),
  authorizationDetails: sectionOf(AUTHORIZATION_DETAILS),
  signInObjects: sectionOf(SIGN_IN_OBJECTS),
  credentialReport: sectionOf(CREDENTIAL_REPORT),
  /** By the user's name. */
  userCredentials: sectionOf(z.array(USER_CREDENTIALS)),
  mfaDevices: sectionOf(z.array(MFA_DEVICE)),
  /** Of the roles that people hold by the roster. */
  lastAccessedServices: sectionOf(z.array(LAST_ACCESSED_SERVICES)),
  analyzerFindings: sectionOf(ANALYZER_FINDINGS),
  trailEvents: sectionOf(TRAIL_EVENTS),
  alarms: sectionOf(ALARMS_SCHEMA),
  /** By name. */
  secrets: sectionOf(z.array(SECRET_SCHEMA)),
  /** Of every region of the organization. */
  tableLevels: sectionOf(z.array(TABLE_LEVEL)),
});

/** Every section of an account. */
export type AccountSections = z.output<typeof ACCOUNT_SECTIONS>;
export type SectionName = keyof AccountSections;
export const SECTION_NAMES = keysOf(ACCOUNT_SECTIONS.shape);

/** The form of each section alone, so that nobody has to hold the text of all of them. */
export const SECTION_SCHEMAS: { readonly [Name in SectionName]: z.ZodType<AccountSections[Name]> } =
  ACCOUNT_SECTIONS.shape;

/** What a section holds where it was read. */
export type SectionData<Name extends SectionName> = Extract<
  AccountSections[Name],
  { readonly kind: "read" }
>["data"];
