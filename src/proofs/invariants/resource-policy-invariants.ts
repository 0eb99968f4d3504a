import { alarmKeyPolicy, alarmTopicPolicy } from "../../documents/detection/alarm-channel";
import { configBucketPolicy } from "../../documents/detection/recorder-delivery";
import { trailBucketPolicy } from "../../documents/detection/trail-delivery";
import { sessionBucketPolicy, sessionKeyPolicy } from "../../documents/machines/session-store";
import {
  alarmTopicArn,
  configBucketArn,
  everyAlarmArn,
  noticeTopicArn,
  sessionBucketArn,
  sessionsName,
  trailArn,
  trailBucketArn,
  type Arn,
} from "../../model/names";
import { renderDocument, type PolicyDocument } from "../../documents/policy-document";
import type { RoleContext } from "../../documents/role-permissions";
import { parseDocument } from "../../documents/statement";
import { EVERYTHING, findAllowedRequests, requestsAdmittedBy, type ParsedPolicy } from "../allowed-requests";
import type { ProofInput } from "../proven-account";
import type { ProvenCaller } from "../proven-caller";
import type { Claim, Invariant } from "../invariant";
import type { Breach, Prover } from "../prover";
import type { RequestSet } from "../request-set";
import {
  accountsThatCouldEnter,
  anybodyInAccount,
  usersAndRolesNamedIn,
  principalsNamedIn,
} from "./policy-callers";

/** A service of AWS that a resource works with, and all that it may ask of it. */
interface ServedPrincipal {
  readonly principal: string;
  readonly requests: readonly RequestSet[];
}

/** A resource that Muster makes, with its own policy and the services that it works with. */
export interface GuardedResource {
  readonly name: string;
  readonly policyOf: (context: RoleContext) => PolicyDocument<unknown>;
  /** Named here once more, so that an action or an account more in the document is a breach. */
  readonly serves: (context: RoleContext) => readonly ServedPrincipal[];
  /** A bucket is closed to everybody who does not speak TLS. */
  readonly bucket?: (context: RoleContext) => Arn;
}

function servesAlarms({ organization, account }: RoleContext, actions: string | readonly string[]) {
  const when = {
    StringEquals: { "aws:SourceAccount": account.id },
    ArnLike: { "aws:SourceArn": everyAlarmArn(organization, account) },
  };
  return [{ principal: "cloudwatch.amazonaws.com", requests: [{ actions, when }] }];
}

function servesTrail({ organization, account }: RoleContext): readonly ServedPrincipal[] {
  const bucket = trailBucketArn(organization, account);
  const own = { "aws:SourceArn": trailArn(organization, account) };
  return [
    {
      principal: "cloudtrail.amazonaws.com",
      requests: [
        { actions: "s3:GetBucketAcl", resources: bucket, when: { StringEquals: own } },
        {
          actions: "s3:PutObject",
          resources: `${bucket}/AWSLogs/${account.id}/*`,
          when: { StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
      ],
    },
  ];
}

function servesRecorder({ organization, account }: RoleContext): readonly ServedPrincipal[] {
  const bucket = configBucketArn(organization, account);
  const own = { "aws:SourceAccount": account.id };
  return [
    {
      principal: "config.amazonaws.com",
      requests: [
        { actions: ["s3:GetBucketAcl", "s3:ListBucket"], resources: bucket, when: { StringEquals: own } },
        {
          actions: "s3:PutObject",
          resources: `${bucket}/AWSLogs/${account.id}/Config/*`,
          when: { StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
      ],
    },
  ];
}

/** CloudWatch Logs encrypts the one log group; AWS says by the encryption context which one. */
function servesSessions({ organization, account }: RoleContext): readonly ServedPrincipal[] {
  const group = `arn:aws:logs:${organization.region}:${account.id}:log-group:${sessionsName(organization)}`;
  const actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
  const when = { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": group } };
  return [{ principal: `logs.${organization.region}.amazonaws.com`, requests: [{ actions, when }] }];
}

/** The resources that an account has by Muster, some where its settings ask for them; keys of the trail and of databases have invariants of their own. */
export const RESOURCES: readonly GuardedResource[] = [
  {
    name: "the trail's bucket",
    policyOf: trailBucketPolicy,
    serves: servesTrail,
    bucket: ({ organization, account }) => trailBucketArn(organization, account),
  },
  {
    name: "AWS Config's bucket",
    policyOf: configBucketPolicy,
    serves: servesRecorder,
    bucket: ({ organization, account }) => configBucketArn(organization, account),
  },
  {
    name: "the sessions' bucket",
    policyOf: sessionBucketPolicy,
    serves: () => [],
    bucket: ({ organization, account }) => sessionBucketArn(organization, account),
  },
  { name: "the sessions' key", policyOf: sessionKeyPolicy, serves: servesSessions },
  {
    name: "the alarms' topic",
    policyOf: (context) => alarmTopicPolicy(context, alarmTopicArn(context.organization, context.account)),
    serves: (context) => servesAlarms(context, "sns:Publish"),
  },
  {
    name: "the notices' topic",
    policyOf: (context) => alarmTopicPolicy(context, noticeTopicArn(context.organization, context.account)),
    serves: (context) => servesAlarms(context, "sns:Publish"),
  },
  {
    name: "the alarms' key",
    policyOf: alarmKeyPolicy,
    serves: (context) => servesAlarms(context, ["kms:Decrypt", "kms:GenerateDataKey*"]),
  },
];

/**
 * A resource's policy as the prover takes it, named after the resource.
 * @throws Error where it is no policy document, which is a bug
 */
export function parsedResourcePolicy(name: string, document: PolicyDocument<unknown>): ParsedPolicy {
  const statements = parseDocument(renderDocument(document));
  if (statements === undefined) throw new Error(`The policy of ${name} is no policy document.`);
  return { name: `policy of ${name}`, statements };
}

/**
 * The requests of other accounts that a resource's policy lets in, and those of services that it does not serve; `known` adds
 * what AWS tells this kind of resource of its callers.
 */
export function resourceBreaches(
  policy: ParsedPolicy,
  accountId: string,
  served: readonly ServedPrincipal[],
  input: ProofInput,
  prover: Prover,
  known: (caller: ProvenCaller) => ProvenCaller = (caller) => caller,
): readonly Breach[] {
  const letIn = (caller: ProvenCaller, apartFrom: readonly RequestSet[] = []): readonly Breach[] =>
    prover.breaches(requestsAdmittedBy(policy, known(caller)), { actions: "*" }, apartFrom);
  return [
    ...accountsThatCouldEnter(input, policy)
      .filter((id) => id !== accountId)
      .flatMap((id) => letIn(anybodyInAccount(id, `anybody of ${id}`))),
    ...usersAndRolesNamedIn(policy)
      .filter((caller) => caller.accountId !== accountId)
      .flatMap((caller) => letIn(caller)),
    ...principalsNamedIn(policy).flatMap((caller) =>
      letIn(
        caller,
        served
          .filter(({ principal }) => principal === caller.principal?.value)
          .flatMap(({ requests }) => requests),
      ),
    ),
  ];
}

/** The requests without TLS that a bucket's policy lets through, of those whom another policy allows everything. */
function unencryptedBreaches(
  policy: ParsedPolicy,
  bucket: Arn,
  account: RoleContext["account"],
  prover: Prover,
) {
  const caller = anybodyInAccount(account.id, `anybody of ${account.key}`);
  const { denials } = requestsAdmittedBy(policy, caller);
  const { groups } = findAllowedRequests(caller, { policies: [EVERYTHING] });
  return prover.breaches(
    { caller, groups, denials },
    {
      actions: "s3:*",
      resources: [bucket, `${bucket}/*`],
      when: { Bool: { "aws:SecureTransport": "false" } },
    },
  );
}

/** All that the policy of a guarded resource lets through and should not. */
export function guardedResourceBreaches(
  { serves, bucket }: GuardedResource,
  policy: ParsedPolicy,
  context: RoleContext,
  input: ProofInput,
  prover: Prover,
): readonly Breach[] {
  return [
    ...resourceBreaches(policy, context.account.id, serves(context), input, prover),
    ...(bucket === undefined ? [] : unencryptedBreaches(policy, bucket(context), context.account, prover)),
  ];
}

function* guarded(input: ProofInput): Iterable<Claim> {
  const { organization } = input.model;
  for (const account of organization.accounts) {
    for (const resource of RESOURCES) {
      const context = { organization, account };
      const policy = parsedResourcePolicy(resource.name, resource.policyOf(context));
      yield {
        about: `${resource.name} in ${account.key}`,
        setting: { resourcePolicy: policy, resourceAccount: account.id },
        finds: "allowed",
        breaches: (prover) => guardedResourceBreaches(resource, policy, context, input, prover),
      };
    }
  }
}

/** What Muster's own resources let in. */
export const RESOURCE_POLICIES: readonly Invariant[] = [
  {
    id: "musters-resources-serve-their-account",
    says: "The policies of the buckets of the trail, of AWS Config and of sessions, of the sessions' key and of the alarms' topics and key admit nobody of another account, and of services the one that writes there, for what it does there on behalf of this account; and the buckets nobody of the account without TLS.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    claims: guarded,
  },
];
