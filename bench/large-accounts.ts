import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";

import { z } from "zod";

/** How much each account holds. */
export interface AccountSize {
  readonly users: number;
  readonly roles: number;
  readonly policies: number;
  readonly eventPages: number;
}

const PAGE = 100;
/** CloudWatch Logs sends no more than 1 MB a page; an event of CloudTrail has some 1.5 kB. */
const EVENTS_A_PAGE = 650;
/** So many take turns in the events. */
const PEOPLE = 5_000;
const SINCE = "2026-06-01T00:00:00Z";

const numbers = (from: number, until: number): readonly number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);

const list = (tag: string, members: readonly string[]): string =>
  `<${tag}>${members.map((member) => `<member>${member}</member>`).join("")}</${tag}>`;

const userName = (index: number): string => `person.number${String(index)}`;
const userArn = (account: string, index: number): string =>
  `arn:aws:iam::${account}:user/people/${userName(index)}`;
const keyId = (index: number, of: number): string => `AKIA${String(index).padStart(15, "0")}${String(of)}`;

/** A policy document of some 2 kB, in the encoding of addresses as IAM sends it. */
const DOCUMENT = encodeURIComponent(
  JSON.stringify({
    Version: "2012-10-17",
    Statement: numbers(0, 10).map((index) => ({
      Sid: `Statement${String(index)}`,
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:ListBucket", "dynamodb:GetItem", "sqs:ReceiveMessage"],
      Resource: [`arn:aws:s3:::example-bucket-${String(index)}/*`],
    })),
  }),
);

const named = (kind: string, arn: string, name: string): string =>
  `<${kind}Name>${name}</${kind}Name><${kind}Id>AIDA${name}</${kind}Id><Path>/people/</Path><Arn>${arn}</Arn><CreateDate>${SINCE}</CreateDate>`;

const tags = (count: number): string =>
  list(
    "Tags",
    numbers(0, count).map(
      (index) => `<Key>infra:account${String(index)}</Key><Value>+Ops+Read+Monitor+</Value>`,
    ),
  );

const user = (account: string, index: number): string =>
  named("User", userArn(account, index), userName(index)) +
  list("GroupList", ["infra-ManageOwnUserG", "infra-AssumeRoleG-dev", "infra-AssumeRoleG-prod"]) +
  list("AttachedManagedPolicies", []) +
  tags(4);

const role = (account: string, index: number): string =>
  named("Role", `arn:aws:iam::${account}:role/role${String(index)}`, `role${String(index)}`) +
  `<AssumeRolePolicyDocument>${DOCUMENT}</AssumeRolePolicyDocument>` +
  `<RoleLastUsed><LastUsedDate>${SINCE}</LastUsedDate><Region>eu-west-1</Region></RoleLastUsed>` +
  list("RolePolicyList", [`<PolicyName>inline</PolicyName><PolicyDocument>${DOCUMENT}</PolicyDocument>`]) +
  list("AttachedManagedPolicies", [
    `<PolicyName>policy${String(index)}</PolicyName><PolicyArn>arn:aws:iam::${account}:policy/policy${String(index)}</PolicyArn>`,
  ]) +
  tags(4);

const policy = (account: string, index: number): string =>
  named("Policy", `arn:aws:iam::${account}:policy/policy${String(index)}`, `policy${String(index)}`) +
  list(
    "PolicyVersionList",
    numbers(1, 4).map(
      (version) =>
        `<VersionId>v${String(version)}</VersionId><IsDefaultVersion>${String(version === 3)}</IsDefaultVersion><Document>${DOCUMENT}</Document>`,
    ),
  );

/** Users, roles and policies as one list in pages; the marker is where the next page begins. */
function details(account: string, { users, roles, policies }: AccountSize, from: number): string {
  const until = from + PAGE;
  const all = users + roles + policies;
  const part = (before: number, size: number, one: (account: string, index: number) => string) =>
    numbers(Math.max(from, before) - before, Math.min(until, before + size) - before).map((index) =>
      one(account, index),
    );
  return [
    list("UserDetailList", part(0, users, user)),
    list("RoleDetailList", part(users, roles, role)),
    list("Policies", part(users + roles, policies, policy)),
    until < all
      ? `<IsTruncated>true</IsTruncated><Marker>${String(until)}</Marker>`
      : "<IsTruncated>false</IsTruncated>",
  ].join("");
}

const REPORT_HEAD =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
  "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
  "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
  "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

function credentialReport(account: string, { users }: AccountSize): string {
  const key = `true,${SINCE},${SINCE},eu-west-1,sts`;
  const rows = numbers(0, users).map(
    (index) =>
      `${userName(index)},${userArn(account, index)},${SINCE},true,${SINCE},${SINCE},N/A,true,${key},${key},false,N/A,false,N/A`,
  );
  const content = Buffer.from([REPORT_HEAD, ...rows].join("\n")).toString("base64");
  return `<Content>${content}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>${new Date().toISOString()}</GeneratedTime>`;
}

const indexOf = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? 0);

/** What IAM and STS answer; undefined for what no account here has. */
function queryAnswer(account: string, size: AccountSize, asked: URLSearchParams): string | undefined {
  const index = indexOf(asked.get("UserName") ?? "");
  switch (asked.get("Action") ?? "") {
    case "GetCallerIdentity":
      return `<Account>${account}</Account><Arn>arn:aws:sts::${account}:assumed-role/infra-ReviewR/bench</Arn>`;
    case "GetAccountAuthorizationDetails":
      return details(account, size, Number(asked.get("Marker") ?? 0));
    case "GenerateCredentialReport":
      return "<State>COMPLETE</State>";
    case "GetCredentialReport":
      return credentialReport(account, size);
    case "ListAccessKeys":
      return list(
        "AccessKeyMetadata",
        [0, 1].map(
          (of) =>
            `<AccessKeyId>${keyId(index, of)}</AccessKeyId><Status>Active</Status><CreateDate>${SINCE}</CreateDate>`,
        ),
      );
    case "GetAccessKeyLastUsed":
      return `<AccessKeyLastUsed><LastUsedDate>${SINCE}</LastUsedDate><ServiceName>sts</ServiceName><Region>eu-west-1</Region></AccessKeyLastUsed>`;
    case "GetLoginProfile":
      return `<LoginProfile><CreateDate>${SINCE}</CreateDate><PasswordResetRequired>false</PasswordResetRequired></LoginProfile>`;
    case "ListMFADevices":
      return list("MFADevices", [
        `<SerialNumber>arn:aws:iam::${account}:mfa/${userName(index)}</SerialNumber><EnableDate>${SINCE}</EnableDate>`,
      ]);
    default:
      return undefined;
  }
}

const event = (account: string, page: number, index: number): string =>
  JSON.stringify({
    eventVersion: "1.11",
    eventID: `${String(page)}-${String(index)}`,
    eventTime: SINCE,
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRole",
    awsRegion: "eu-west-1",
    readOnly: true,
    sourceIPAddress: "203.0.113.7",
    userAgent: "aws-cli/2.31.0",
    userIdentity: {
      type: "IAMUser",
      arn: userArn("111111111111", index % PEOPLE),
      accountId: "111111111111",
      sessionContext: { attributes: { mfaAuthenticated: "true" } },
    },
    requestParameters: {
      roleArn: `arn:aws:iam::${account}:role/infra-ReadR-prod`,
      roleSessionName: userName(index % PEOPLE),
    },
    responseElements: { credentials: { accessKeyId: "ASIAEXAMPLE", sessionToken: "x".repeat(700) } },
  });

const LOGS_REQUEST = z.object({
  logGroupNamePrefix: z.string().optional(),
  nextToken: z.string().optional(),
  filterPattern: z.string().optional(),
});

/** What CloudWatch Logs answers; undefined for what it is not asked here. */
function logsAnswer(
  account: string,
  { eventPages }: AccountSize,
  target: string,
  body: string,
): string | undefined {
  const asked = LOGS_REQUEST.parse(JSON.parse(body));
  switch (target) {
    case "Logs_20140328.DescribeLogGroups":
      return JSON.stringify({
        logGroups: [{ logGroupName: asked.logGroupNamePrefix, creationTime: Date.parse(SINCE) }],
      });
    case "Logs_20140328.FilterLogEvents": {
      const page = Number(asked.nextToken ?? 0);
      const isActivity = asked.filterPattern?.includes("userIdentity") === true;
      const events = isActivity
        ? []
        : numbers(0, EVENTS_A_PAGE).map((index) => ({
            message: event(account, page, page * EVENTS_A_PAGE + index),
          }));
      return JSON.stringify({
        events,
        ...(!isActivity && page + 1 < eventPages && { nextToken: String(page + 1) }),
      });
    }
    default:
      return undefined;
  }
}

/** A key's id has the account's, so that the requests of each account are told apart. */
export const accessKeyOf = (account: string): string => `AKIA${account}`;

/**
 * A server that answers as AWS does for large accounts, in what `npm run snapshot` asks of IAM, STS and CloudWatch Logs; everything else
 * it refuses.
 */
export function largeAccounts(sizeOf: (account: string) => AccountSize): Server {
  return createServer((request, response) => {
    void text(request).then((body) => {
      const account = /Credential=AKIA(\d{12})/.exec(request.headers.authorization ?? "")?.[1] ?? "";
      const target = request.headers["x-amz-target"];
      if (typeof target === "string") {
        const answer = logsAnswer(account, sizeOf(account), target, body);
        response.writeHead(answer === undefined ? 400 : 200, {
          "content-type": "application/x-amz-json-1.1",
        });
        response.end(
          answer ?? JSON.stringify({ __type: "AccessDeniedException", message: "not answered here" }),
        );
        return;
      }
      const asked = new URLSearchParams(body);
      const action = asked.get("Action") ?? "";
      const answer = queryAnswer(account, sizeOf(account), asked);
      const isEmptyList = action.startsWith("List");
      response.writeHead(answer === undefined && !isEmptyList ? 400 : 200, { "content-type": "text/xml" });
      response.end(
        answer === undefined && !isEmptyList
          ? "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not answered here</Message></Error></ErrorResponse>"
          : `<${action}Response><${action}Result>${answer ?? ""}</${action}Result></${action}Response>`,
      );
    });
  });
}
