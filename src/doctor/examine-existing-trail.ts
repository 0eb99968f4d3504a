import { promptCloudTrailClient, promptS3Client } from "../aws/aws-clients";
import {
  isClosedToPublic,
  readExistingTrail,
  type ExistingTrailState,
} from "../aws/readers/existing-trail-reader";
import type { Account, Organization } from "../model/account";
import { cisId } from "../model/cis";
import type { ExistingTrail } from "../model/existing-trail";
import { logGroupArn } from "../model/names";
import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorFinding,
  type DoctorOutcome,
} from "./doctor-finding";
import { lookAtAccount, notReadableBy, notReadableOutcome, type Look } from "./look-at-account";
import type { ExaminationOptions } from "./options";
import { runCheck } from "./run-check";

/** A trail as CloudTrail has it, and whether its bucket is closed to the public, where that could be read. */
export interface ExistingTrailFacts {
  /** Undefined where the region has no trail of this name. */
  readonly state: ExistingTrailState | undefined;
  readonly isBucketClosed: Look<boolean>;
}

/** The words for what differs from what the organization says. */
function otherThan(
  verb: string,
  what: string,
  found: string | undefined,
  expected: string | undefined,
): readonly string[] {
  if (found === expected) return [];
  const named = found === undefined ? `no ${what}` : `the ${what} ${found}`;
  return [`${verb} ${named} instead of ${expected ?? `no ${what}`}`];
}

/** What is wrong with a trail, or with what the organization says of it. */
function problemsOf(
  trail: ExistingTrail,
  state: ExistingTrailState,
  account: Account,
  organization: Organization,
): readonly string[] {
  const { region } = organization;
  const unless = (isRight: boolean, problem: string): readonly string[] => (isRight ? [] : [problem]);
  const logGroup = logGroupArn(organization, account, trail.logGroup);
  return [
    ...unless(state.isLogging, "does not log"),
    ...unless(state.isMultiRegion, `is of one region (CIS ${cisId("trailInAllRegions")})`),
    ...unless(state.hasGlobalEvents, "leaves out services without a region"),
    ...unless(state.hasAllManagementEvents, "leaves out management events"),
    ...unless(state.isValidated, `is not validated (CIS ${cisId("trailIsValidated")})`),
    ...unless(state.key !== undefined, `is encrypted by no key of KMS (CIS ${cisId("trailIsEncrypted")})`),
    ...otherThan("has its home in", "region", state.homeRegion ?? region, region),
    ...otherThan("writes to", "log group", state.logGroupArn, logGroup),
    ...otherThan("writes to", "bucket", state.bucket, trail.bucket),
    ...otherThan("writes objects under", "prefix", state.objectPrefix, trail.objectPrefix),
    ...(state.key === undefined || trail.key === undefined
      ? []
      : otherThan("is encrypted by", "key", state.key, trail.key)),
    ...unless(
      state.key === undefined || trail.key !== undefined || state.key.split(":")[3] === region,
      `is encrypted by ${String(state.key)}, of another region, which \`key\` does not name: Security cannot decrypt it`,
    ),
    ...state.failures.map((failure) => `could not write the last time: ${failure}`),
  ];
}

/** Whether a trail that the account has already does what Muster's own would. */
export function existingTrailOutcome(
  trail: ExistingTrail,
  { state, isBucketClosed }: ExistingTrailFacts,
  account: Account,
  organization: Organization,
): DoctorOutcome {
  const { region } = organization;
  const fix = `Put the trail right, or \`accounts.${account.key}.trail\` in src/organization.ts; without it Muster makes one.`;
  if (state === undefined)
    return missingOutcome(`${account.key} has no trail ${trail.name} in ${region}`, fix);
  const problems = [
    ...problemsOf(trail, state, account, organization),
    ...(isBucketClosed.kind === "read" && !isBucketClosed.facts
      ? [`writes to the bucket ${trail.bucket}, which may be public`]
      : []),
  ];
  if (problems.length > 0) return missingOutcome(`${trail.name} ${problems.join(", ")}`, fix);
  const found = `${trail.name} logs all regions, validated and encrypted, to ${trail.logGroup} and the bucket ${trail.bucket}`;
  if (isBucketClosed.kind === "read") return passedOutcome(`${found}, which is closed to the public`);
  return unknownOutcome(
    `${found}; whether that is closed to the public is not readable, because ${isBucketClosed.because}`,
    "Ask with credentials of the bucket's account that may read its public access block, or look there.",
  );
}

/** Looks at the trail that an account has already; nothing where the trail is Muster's, which the stack holds. */
export function examineExistingTrail(
  account: Account,
  organization: Organization,
  options: ExaminationOptions,
): readonly Promise<DoctorFinding>[] {
  const { trail } = account;
  if (trail === undefined) return [];
  return [
    runCheck(`trail of ${account.key}`, options.limit, async () => {
      if (options.snapshot !== undefined)
        return notReadableOutcome(
          "a snapshot does not say it",
          "Ask AWS: npm run doctor without --snapshot.",
        );
      const look = await lookAtAccount(account, organization, options, async (source) => {
        const state = await readExistingTrail(await promptCloudTrailClient(source), trail.name);
        const isBucketClosed: Look<boolean> = await isClosedToPublic(
          await promptS3Client(source),
          trail.bucket,
        ).then((facts) => ({ kind: "read", facts }) as const, notReadableBy);
        return { state, isBucketClosed };
      });
      if (look.kind === "not readable") return notReadableOutcome(look.because, look.remedy);
      return existingTrailOutcome(trail, look.facts, account, organization);
    }),
  ];
}
