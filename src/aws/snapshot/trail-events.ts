import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

/** Who made a request. Addresses and user agents of the caller stay out: they are personal data. */
const EVENT_PRINCIPAL = z.strictObject({
  /** `IAMUser`, `AssumedRole`, `Root`, `AWSService`, `AWSAccount`, …, as CloudTrail has it. */
  type: z.string(),
  /** The ARN of the user or session; services have none, nor do other accounts that CloudTrail does not name. */
  arn: z.string().optional(),
  /** 12 digits. */
  account: z.string().optional(),
  /** The service on whose behalf the request was made: `ec2.amazonaws.com`. */
  invokedBy: z.string().optional(),
  /** Absent where CloudTrail does not say. */
  hasMfa: z.boolean().optional(),
});

/** Parameters that name the subject of a request. Others, such as documents and descriptions, stay out. */
export const NAMING_PARAMETERS = [
  "accessKeyId",
  "durationSeconds",
  "groupName",
  "instanceProfileName",
  "newPath",
  "newUserName",
  "openIDConnectProviderArn",
  "path",
  "permissionsBoundary",
  "policyArn",
  "policyName",
  "roleArn",
  "roleName",
  "roleSessionName",
  "sAMLProviderArn",
  "serialNumber",
  "sourceIdentity",
  "status",
  "userName",
  "versionId",
] as const;

/** A change of IAM, a sign-in, or what else is listed event by event. */
const TRAIL_EVENT = z.strictObject({
  id: z.string(),
  at: INSTANT_SCHEMA,
  /** `iam.amazonaws.com`. */
  source: z.string(),
  /** `AttachRolePolicy`. */
  name: z.string(),
  region: z.string(),
  principal: EVENT_PRINCIPAL,
  about: z.partialRecord(z.enum(NAMING_PARAMETERS), z.string()),
  /** Absent where the request succeeded. */
  error: z.string().optional(),
});

/** All that one principal did to get into one role, with one outcome. */
const ASSUMPTIONS = z.strictObject({
  /** `AssumeRole`, `AssumeRoleWithSAML`, `AssumeRoleWithWebIdentity`. */
  name: z.string(),
  principal: EVENT_PRINCIPAL,
  /** ARN of the role. */
  role: z.string(),
  /** Absent where they got in. */
  error: z.string().optional(),
  times: z.number().int().positive(),
  first: INSTANT_SCHEMA,
  last: INSTANT_SCHEMA,
  /** The first ten that occurred. */
  sessionNames: z.array(z.string()),
});

/** What one principal did in the account, counted by action and day, so that each review has the counts of its own time. */
const ACTIVITY = z.strictObject({
  /** ARN of the user or session. */
  arn: z.string(),
  source: z.string(),
  name: z.string(),
  isReadOnly: z.boolean(),
  /** In order; days in UTC. */
  days: z.array(
    z.strictObject({
      /** `2026-11-29`. */
      day: z.iso.date(),
      times: z.number().int().positive(),
      /** How many of them were refused or failed. */
      errors: z.number().int().nonnegative(),
    }),
  ),
});

/** Events of the trail's log group between two instants. */
export const TRAIL_EVENTS = z.strictObject({
  logGroup: z.string(),
  /** What was read. Of what lies in the asked period before `from`, the log group holds nothing any more. */
  from: INSTANT_SCHEMA,
  until: INSTANT_SCHEMA,
  /** Days for which the log group keeps events; absent where it keeps them for ever. */
  retentionDays: z.number().optional(),
  /** What of the asked period was not read, and why; absent where all of it was. */
  notAvailable: z
    .strictObject({ from: INSTANT_SCHEMA, until: INSTANT_SCHEMA, because: z.string() })
    .optional(),
  /** Requests to IAM that change something, console sign-ins, and each AssumeRole of a break-glass role; by time. */
  events: z.array(TRAIL_EVENT),
  /** Every AssumeRole, those of break-glass roles too. */
  assumptions: z.array(ASSUMPTIONS),
  /** Of contractors, by the names of their users and sessions. */
  activity: z.array(ACTIVITY),
  /** Lines that the filters found and that are no events. */
  unread: z.number().int().nonnegative(),
});

export type EventPrincipal = z.infer<typeof EVENT_PRINCIPAL>;
export type SnapshotTrailEvent = z.infer<typeof TRAIL_EVENT>;
export type Assumptions = z.infer<typeof ASSUMPTIONS>;
export type Activity = z.infer<typeof ACTIVITY>;
export type TrailEvents = z.infer<typeof TRAIL_EVENTS>;
