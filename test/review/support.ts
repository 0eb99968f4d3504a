import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";

import type { Snapshot, SnapshotAccount } from "../../src/aws/snapshot/reader";
import type { AccountSections, SectionData, SectionName } from "../../src/aws/snapshot/snapshot-section";
import { trailRole } from "../../src/documents/detection/trail-delivery";
import { blueprintsOf, type AccountBlueprint } from "../../src/documents/blueprint";
import type { Instant } from "../../src/model/dates";
import { buildModel, type Model } from "../../src/model/model";
import { PIPELINE_PATH, userArn } from "../../src/model/names";
import { periodAt, type Cadence } from "../../src/review/cadence";
import { evaluateAccess } from "../../src/review/evaluated-access";
import { buildReview, reviewedAccounts, type Review, type ReviewInput } from "../../src/review/review";
import { sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";

/** When the sample's accounts are looked at. */
export const REVIEWED_AT = "2026-11-29T12:00:00Z" as Instant;
export const daysBeforeReview = (days: number): Instant =>
  `${new Date(Date.parse(REVIEWED_AT) - days * 86_400_000).toISOString().slice(0, 19)}Z` as Instant;

/** The sample roster, with a manager of everybody. */
export function reviewedRoster(): WrittenRoster {
  const roster = sampleRoster();
  const managers: Readonly<Record<string, string>> = {
    "sarah.devops": "maria.cto",
    "maria.cto": "board@example.com",
    "alex.dba": "sarah.devops",
    "chris.security": "maria.cto",
    "john.developer": "sarah.devops",
  };
  return {
    ...roster,
    people: Object.fromEntries(
      Object.entries(roster.people).map(([name, person]) => {
        const manager = managers[name];
        return [name, manager === undefined ? person : { ...person, manager }];
      }),
    ),
  };
}

export const reviewedModel = (
  roster: WrittenRoster,
  now: Instant = REVIEWED_AT,
  organization: unknown = sampleOrganization(),
): Model => buildModel(organization, roster, new Date(now), sampleWorkloads());

/** What a snapshot would read of an account that is exactly as the program makes it; nobody has a credential. */
function sectionsOf(
  model: Model,
  blueprint: AccountBlueprint,
): { readonly [Name in SectionName]: SectionData<Name> } {
  const { account, people, pipeline } = blueprint;
  const roles = [
    ...blueprint.roles,
    ...blueprint.partnerRoles,
    ...blueprint.workloadRoles,
    ...(pipeline?.roles ?? []),
  ];
  const groups = [...(people?.groups ?? []), ...(pipeline?.users ?? []).map(({ group }) => group)];
  const users = [
    ...(people?.users ?? []).map(({ name, tags }) => ({ name, tags, arn: userArn(account, name) })),
    ...(pipeline?.users ?? []).map(({ name }) => ({
      name,
      tags: {},
      arn: `arn:aws:iam::${account.id}:user${PIPELINE_PATH}${name}`,
    })),
  ];
  const policies = [
    ...roles.flatMap(({ policies: own, boundary }) => [...own, ...(boundary ? [boundary] : [])]),
    ...groups.flatMap((group) => group.policies),
  ].flatMap((policy) => (policy.kind === "customer" ? [policy] : []));
  const trail = trailRole({ organization: model.organization, account });
  const policyOf = (arn: string, document: string) => ({
    name: arn.slice(arn.lastIndexOf("/") + 1),
    path: arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1),
    arn,
    isAwsManaged: false,
    inForce: { id: "v1", document },
    dormant: [],
  });
  return {
    accountFacts: { aliases: [] },
    rootUser: { hasMfa: true, hasAccessKeys: false, hasSigningCertificates: false },
    alternateContacts: ["SECURITY"],
    rootManagement: { kind: "told", features: ["RootCredentialsManagement", "RootSessions"] },
    authorizationDetails: {
      users: users.map(({ name, tags, arn }) => ({
        name,
        path: arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1),
        arn,
        attached: [],
        inline: [],
        groups: groups
          .filter(({ members }) => members.includes(name))
          .map((group) => group.name)
          .sort(),
        tags: { ...tags },
      })),
      groups: groups.map(({ name, policies: own }) => ({
        name,
        path: "/",
        arn: `arn:aws:iam::${account.id}:group/${name}`,
        attached: own.map(({ arn }) => arn).sort(),
        inline: [],
      })),
      roles: [
        ...roles.map(({ name, arn, path = "/", trust, policies: own, boundary }) => ({
          name,
          path,
          arn,
          trust: trust.text,
          attached: own.map((policy) => policy.arn).sort(),
          inline: [],
          tags: {},
          ...(boundary && { boundary: boundary.arn }),
          lastUsed: { at: daysBeforeReview(1) },
        })),
        {
          name: trail.name,
          path: "/",
          arn: trail.arn,
          trust: trail.trust.text,
          attached: [trail.policy.arn],
          inline: [],
          tags: {},
        },
      ],
      policies: [
        ...new Map(policies.map(({ arn, text }) => [arn, policyOf(arn, text)])).values(),
        policyOf(trail.policy.arn, trail.policy.text),
      ],
    },
    signInObjects: { instanceProfiles: [], identityProviders: [], serverCertificates: [] },
    credentialReport: { generatedAt: REVIEWED_AT, rows: [] },
    userCredentials: users.map(({ name: user }) => ({
      user,
      accessKeys: [],
      sshKeys: [],
      serviceCredentials: [],
      signingCertificates: [],
    })),
    mfaDevices: [],
    lastAccessedServices: [],
    analyzerFindings: {
      analyzers: [{ arn: "arn", name: "one", type: "ACCOUNT", status: "ACTIVE" }],
      findings: [],
    },
    trailEvents: {
      logGroup: "infra-trail",
      from: daysBeforeReview(92),
      until: REVIEWED_AT,
      events: [],
      assumptions: [],
      activity: [],
      unread: 0,
    },
    alarms: { alarms: [], changes: [], changesFrom: daysBeforeReview(92) },
    secrets: [],
    tableLevels: [],
  };
}

/** What was read of every account, to be changed by a test before it becomes a snapshot. */
export type Accounts = Record<string, { [Name in SectionName]: SectionData<Name> }>;

export const cleanAccounts = (model: Model): Accounts =>
  Object.fromEntries(
    blueprintsOf(model).map((blueprint) => [
      blueprint.account.key,
      structuredClone(sectionsOf(model, blueprint)),
    ]),
  );

/** @param unread sections that could not be read, by account */
export function snapshotOf(
  model: Model,
  accounts: Accounts,
  unread: Readonly<Record<string, readonly SectionName[]>> = {},
): Snapshot {
  return {
    folder: "snapshot",
    hash: "5".repeat(64),
    version: "0.1.0",
    region: "eu-west-1",
    startedAt: REVIEWED_AT,
    finishedAt: REVIEWED_AT,
    period: { from: daysBeforeReview(92), until: REVIEWED_AT },
    accounts: model.organization.accounts.map(({ key, id }): SnapshotAccount => ({
      key,
      id,
      caller: `arn:aws:sts::${id}:assumed-role/infra-ReviewR-${key}/job`,
      sections: Object.fromEntries(
        Object.entries(accounts[key]!).map(([name, data]) => [
          name,
          unread[key]?.some((one) => one === name) === true
            ? { kind: "notAvailable", at: REVIEWED_AT, because: "access denied" }
            : { kind: "read", at: REVIEWED_AT, data },
        ]),
      ) as AccountSections,
    })),
  };
}

export interface ReviewChoices extends Partial<Omit<ReviewInput, "model" | "snapshot" | "period">> {
  readonly cadence?: Cadence;
  readonly roster?: WrittenRoster;
  readonly organization?: unknown;
  /** Makes realities by hand. */
  readonly change?: (accounts: Accounts) => void;
  readonly unread?: Readonly<Record<string, readonly SectionName[]>>;
}

function reviewInput({
  cadence = "quarterly",
  roster = reviewedRoster(),
  organization,
  change,
  unread,
  ...input
}: ReviewChoices): ReviewInput {
  const model = reviewedModel(roster, REVIEWED_AT, organization);
  const accounts = cleanAccounts(model);
  change?.(accounts);
  return {
    model,
    snapshot: snapshotOf(model, accounts, unread),
    period: periodAt(cadence, REVIEWED_AT),
    window: {
      from: daysBeforeReview({ weekly: 7, monthly: 31, quarterly: 92 }[cadence]),
      until: REVIEWED_AT,
    },
    head: "a".repeat(40),
    heldPeriods: [],
    commitPeople: new Map(),
    accepted: [],
    incidents: [],
    earlier: [],
    ...input,
  };
}

/** A review of the sample, with what a test makes of it. */
export const reviewOf = (choices: ReviewChoices = {}): Review => buildReview(reviewInput(choices));

/** The same, with the documents of the snapshot evaluated. */
export async function evaluatedReviewOf(choices: ReviewChoices = {}): Promise<Review> {
  const input = reviewInput(choices);
  const { model, snapshot, period } = input;
  const accounts = reviewedAccounts(input);
  const evaluated = await evaluateAccess({ model, snapshot, cadence: period.cadence, accounts });
  return buildReview({ ...input, ...(evaluated && { evaluated }) });
}

/** The file with other cells in the first line that a test chooses. */
export function changeLine(
  text: string,
  isMeant: (cell: (column: string) => string) => boolean,
  cells: Readonly<Record<string, string>>,
): string {
  const [head = [], ...rows] = parse(text, { skip_empty_lines: true }) as readonly (readonly string[])[];
  const changed = rows.map((row) => {
    const cell = (column: string): string => row[head.indexOf(column)] ?? "";
    return isMeant(cell) ? row.map((value, place) => cells[head[place] ?? ""] ?? value) : row;
  });
  return stringify([head, ...changed], { record_delimiter: "windows" });
}
