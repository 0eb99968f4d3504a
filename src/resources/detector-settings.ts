import { z } from "zod";

import { ANSWERED_SEVERITIES, FINDING_SEVERITIES } from "../documents/detection/finding-rules";
import { PROTECTION_PLANS } from "../documents/detection/guard-duty";
import {
  SECURITY_HUB_CIS_VERSIONS,
  type SecurityHubCisVersion,
} from "../documents/detection/security-standard";

/** Whether Muster makes it, or the organization's security account has switched it on for all its members. */
const MANAGED_BY = ["muster", "organization"] as const;

const managedBy = z
  .enum(MANAGED_BY, { error: `It is managed by one of ${MANAGED_BY.join(", ")}` })
  .default("muster");

/**
 * The severity from which findings are told to the topics of alarms. It counts too where the organization manages the service:
 * findings of an account are on its own bus.
 */
const tellsFrom = z.enum([...FINDING_SEVERITIES, "NEVER"], {
  error: `Findings are told from a severity of ${FINDING_SEVERITIES.join(", ")}, or NEVER`,
});

const HEEDED_ALWAYS: readonly string[] = ["managedBy", "tellsFrom"];

/** Refuses settings of what Muster does not make: nobody would heed them. */
function refuseUnheeded({ value, issues }: z.core.ParsePayload<Readonly<Record<string, unknown>>>): void {
  if (value["managedBy"] === "muster") return;
  for (const [key, input] of Object.entries(value))
    if (input !== undefined && !HEEDED_ALWAYS.includes(key))
      issues.push({
        code: "custom",
        input,
        path: [key],
        message: "With managedBy: organization this changes nothing",
      });
}

/** How often GuardDuty tells of a finding that occurs again; of a new one it tells within five minutes. */
const FINDING_FREQUENCIES = ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"] as const;

/** What holds where nobody says otherwise. Schemas leave it out, because what somebody wrote is refused beside another manager. */
const DEFAULTS: {
  readonly findingFrequency: (typeof FINDING_FREQUENCIES)[number];
  readonly protectionPlans: readonly (typeof PROTECTION_PLANS)[number][];
  readonly cisVersion: SecurityHubCisVersion;
} = { findingFrequency: "FIFTEEN_MINUTES", protectionPlans: [], cisVersion: "5.0.0" };

const plans = z
  .array(
    z.enum(PROTECTION_PLANS, {
      error: `A protection plan of GuardDuty is one of ${PROTECTION_PLANS.join(", ")}`,
    }),
    { error: "This is a list of protection plans" },
  )
  .refine((names) => new Set(names).size === names.length, "A protection plan is listed twice")
  .optional()
  .meta({ default: DEFAULTS.protectionPlans });

export const GUARD_DUTY = z
  .strictObject(
    {
      managedBy,
      findingFrequency: z
        .enum(FINDING_FREQUENCIES, {
          error: `Findings are published every one of ${FINDING_FREQUENCIES.join(", ")}`,
        })
        .optional()
        .meta({ default: DEFAULTS.findingFrequency }),
      /** Each costs money beside GuardDuty itself. */
      protectionPlans: plans,
      tellsFrom: tellsFrom.default("HIGH"),
    },
    { error: "GuardDuty's settings are an object" },
  )
  .check(refuseUnheeded)
  .transform(
    ({
      findingFrequency = DEFAULTS.findingFrequency,
      protectionPlans = DEFAULTS.protectionPlans,
      ...others
    }) => ({ ...others, findingFrequency, protectionPlans }),
  )
  .prefault({});

export const SECURITY_HUB = z
  .strictObject(
    {
      managedBy,
      /** The version of the CIS AWS Foundations Benchmark that Security Hub checks. */
      cisVersion: z
        .enum(SECURITY_HUB_CIS_VERSIONS, {
          error: `The version of the CIS standard is one of ${SECURITY_HUB_CIS_VERSIONS.join(", ")}`,
        })
        .optional()
        .meta({ default: DEFAULTS.cisVersion }),
      /** Failed controls are told again at every update, a day or less apart. */
      tellsFrom: tellsFrom.default("NEVER"),
    },
    { error: "Security Hub's settings are an object" },
  )
  .check(refuseUnheeded)
  .transform(({ cisVersion = DEFAULTS.cisVersion, ...others }) => ({ ...others, cisVersion }))
  .prefault({});

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_UnusedAccessConfiguration.html */
const UNUSED_DAYS = { least: 1, most: 365 } as const;

export const ACCESS_ANALYZER = z
  .strictObject(
    {
      managedBy,
      /** Reports what nobody has used for so many days. Costs money by role and user; off by default. */
      unusedAccessDays: z
        .int({ error: "This is a number of days" })
        .min(UNUSED_DAYS.least, "Access is unused after 1 day at least")
        .max(UNUSED_DAYS.most, "Access is unused after 365 days at most")
        .optional(),
    },
    { error: "Access Analyzer's settings are an object" },
  )
  .check(refuseUnheeded)
  .prefault({});

/** Whether Muster makes the role that AWS wrote for Config, or the account has it already: AWS refuses a second. */
const SERVICE_LINKED_ROLE = ["made", "existing"] as const;

export const AWS_CONFIG = z.strictObject(
  {
    serviceLinkedRole: z
      .enum(SERVICE_LINKED_ROLE, { error: `The role of Config is one of ${SERVICE_LINKED_ROLE.join(", ")}` })
      .default("made"),
    /** Types that Config records beside those of `RECORDED_TYPES`. */
    alsoRecords: z
      .array(
        z
          .string({ error: "A type of resource is a text" })
          .regex(/^AWS(?:::[A-Za-z0-9]+){2}$/, "A type of resource is named like AWS::DynamoDB::Table"),
        { error: "This is a list of types" },
      )
      .refine((types) => new Set(types).size === types.length, "A type is listed twice")
      .default([]),
    /** The bucket of Config that an earlier stack of this account left behind is taken over. */
    keptBucket: z.literal(true, { error: "This is true or absent" }).optional(),
  },
  { error: "AWS Config's settings are an object" },
);

/** What is done by itself, before anybody has looked. */
export const EMERGENCY_SETTING = z.strictObject(
  {
    /** The severity from which a finding of GuardDuty about a person's credentials denies them everything. */
    guardDuty: z.enum(ANSWERED_SEVERITIES, {
      error: `Findings about credentials are answered from a severity of ${ANSWERED_SEVERITIES.join(", ")}`,
    }),
  },
  { error: "The response to emergencies is an object: { guardDuty }" },
);

const text = (what: string, most: number) =>
  z
    .string({ error: `${what} is a text` })
    .regex(/\S/, `${what} is not blank`)
    .max(most, `${what} has at most ${String(most)} characters`);

/**
 * The person whom AWS tells of security matters beside the root user's address.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html
 */
export const SECURITY_CONTACT = z.strictObject(
  {
    name: text("The contact's name", 64),
    title: text("The contact's title", 50),
    email: text("The contact's e-mail address", 254).regex(
      /^[^@\s]+@[^@\s]+$/,
      "The contact's e-mail address has an @ between two parts",
    ),
    phone: text("The contact's telephone number", 25).regex(
      /^[\s0-9()+-]+$/,
      "The contact's telephone number is digits, spaces and any of ( ) + -",
    ),
  },
  { error: "The security contact is an object: { name, title, email, phone }" },
);

export type GuardDutySettings = z.output<typeof GUARD_DUTY>;
export type SecurityHubSettings = z.output<typeof SECURITY_HUB>;
export type EmergencySettings = z.output<typeof EMERGENCY_SETTING>;
export type RecorderSettings = z.output<typeof AWS_CONFIG>;
export type AccessAnalyzerSettings = z.output<typeof ACCESS_ANALYZER>;
