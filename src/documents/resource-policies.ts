import {
  alarmTopicArn,
  configBucketArn,
  noticeTopicArn,
  sessionBucketArn,
  trailBucketArn,
  type Arn,
} from "../model/names";
import type { AccountBlueprint } from "./blueprint";
import { alarmTopicPolicy } from "./detection/alarm-channel";
import { configBucketPolicy } from "./detection/recorder-delivery";
import { trailBucketPolicy } from "./detection/trail-delivery";
import { trailKeyPolicy, trailReaders } from "./detection/trail-key";
import { sessionBucketPolicy } from "./machines/session-store";
import type { PolicyDocument, ResourceStatement } from "./policy-document";
import type { RoleContext } from "./role-permissions";

/** The policy of a resource that Muster makes. */
export interface ResourcePolicy {
  /** `policy of the trail's bucket`. */
  readonly name: string;
  readonly document: PolicyDocument<ResourceStatement>;
}

/** A resource that Muster makes under a name that is known beforehand. Of keys, AWS chooses the ids. */
export interface NamedResource {
  /** 12 digits. */
  readonly accountId: string;
  /** Its own ARN, and the pattern of what is in it. */
  readonly arns: readonly [string, ...string[]];
  readonly policy: ResourcePolicy;
  /** The key that encrypts the objects in it, where that is not S3's own; the ARN has an id that stands for any. */
  readonly key?: { readonly arn: string; readonly policy: ResourcePolicy };
}

/** The buckets and topics that Muster makes in an account, some of them only where the stack's settings ask for it. */
export function namedResources(
  { organization }: Pick<RoleContext, "organization">,
  { account, roles }: Pick<AccountBlueprint, "account" | "roles">,
): readonly NamedResource[] {
  const context: RoleContext = { organization, account };
  const bucket = (arn: Arn, name: string, document: ResourcePolicy["document"]): NamedResource => ({
    accountId: account.id,
    arns: [arn, `${arn}/*`],
    policy: { name: `policy of ${name}`, document },
  });
  const topic = (arn: Arn, name: string): NamedResource => ({
    accountId: account.id,
    arns: [arn],
    policy: { name: `policy of ${name}`, document: alarmTopicPolicy(context, arn) },
  });
  const trailBucket: NamedResource = {
    ...bucket(trailBucketArn(organization, account), "the trail's bucket", trailBucketPolicy(context)),
    key: {
      arn: `arn:aws:kms:${organization.region}:${account.id}:key/00000000-0000-0000-0000-000000000000`,
      policy: {
        name: "policy of the trail's key",
        document: trailKeyPolicy(context, trailReaders(context, { roles })),
      },
    },
  };
  return [
    ...(account.trail === undefined ? [trailBucket] : []),
    bucket(configBucketArn(organization, account), "AWS Config's bucket", configBucketPolicy(context)),
    bucket(sessionBucketArn(organization, account), "the sessions' bucket", sessionBucketPolicy(context)),
    topic(alarmTopicArn(organization, account), "the alarms' topic"),
    topic(noticeTopicArn(organization, account), "the notices' topic"),
  ];
}
