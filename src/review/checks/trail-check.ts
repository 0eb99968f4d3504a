import type { Assumptions, EventPrincipal, SnapshotTrailEvent } from "../../aws/snapshot/trail-events";
import type { Account } from "../../model/account";
import type { BreakGlassUse } from "../../incidents/break-glass-use";
import { matchUses, overdueRecords, type MatchedUse } from "../../incidents/match-uses";
import { recordPath } from "../../incidents/record-files";
import { roleName } from "../../model/names";
import { shellWord } from "../../text/shell-word";
import { inWindow, windowLines } from "../event-window";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy } from "../review-finding";

/** The part behind the last slash: a user's, role's or session's name. */
const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** `arn:aws:sts::444444444444:assumed-role/infra-OpsR-prod/sarah.devops`: the role's name and the session's. */
const SESSION = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/;
const USER = /^arn:[\w-]+:iam::(\d{12}):user\/(.+)$/;

const principalWords = ({ type, arn, account, invokedBy }: EventPrincipal): string =>
  arn ?? invokedBy ?? `${type}${account === undefined ? "" : ` of ${account}`}`;

/** Everybody in the roster, as CloudTrail names them. */
class KnownPrincipals {
  /** Each with the id of its account, as roles are too. */
  private readonly users: ReadonlySet<string>;
  private readonly roles: ReadonlySet<string>;
  private readonly partners: ReadonlySet<string>;
  private readonly deployRoles: ReadonlySet<string>;
  private readonly ownAccounts: ReadonlySet<string>;

  constructor({ model, blueprints }: ReviewContext) {
    const { organization, people, partners } = model;
    const identity = organization.identity.id;
    this.users = new Set([
      ...people.flatMap(({ name, renamedFrom }) => [
        `${identity} ${name}`,
        ...(renamedFrom === undefined ? [] : [`${identity} ${renamedFrom}`]),
      ]),
      ...blueprints.flatMap(({ account, pipeline }) =>
        (pipeline?.users ?? []).map(({ name }) => `${account.id} ${name}`),
      ),
    ]);
    const deployed = blueprints.flatMap(({ account, roles, partnerRoles, workloadRoles, pipeline }) =>
      [...roles, ...partnerRoles, ...workloadRoles, ...(pipeline?.roles ?? [])].map(
        ({ name }) => `${account.id} ${name}`,
      ),
    );
    this.roles = new Set(deployed);
    this.deployRoles = new Set(
      blueprints.flatMap(({ account, pipeline }) =>
        (pipeline?.roles ?? [])
          .filter(({ role }) => role === "Deploy")
          .map(({ name }) => `${account.id} ${name}`),
      ),
    );
    this.partners = new Set(partners.map(({ account }) => account));
    this.ownAccounts = new Set(organization.accounts.map(({ id }) => id));
  }

  /**
   * Whether a principal is a user or role of the roster, a partner's account, or a service of AWS. For somebody of another account the
   * trail may name the account alone: an account of the organization then counts as known.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
   */
  knows({ type, arn, account, invokedBy }: EventPrincipal): boolean {
    if (type === "AWSService") return invokedBy?.endsWith(".amazonaws.com") === true;
    if (arn === undefined)
      return account !== undefined && (this.partners.has(account) || this.ownAccounts.has(account));
    const [, userAccount, user] = USER.exec(arn) ?? [];
    if (user !== undefined) return this.users.has(`${userAccount ?? ""} ${lastPart(user)}`);
    const [, roleAccount, role] = SESSION.exec(arn) ?? [];
    if (role !== undefined)
      return this.roles.has(`${roleAccount ?? ""} ${role}`) || this.partners.has(roleAccount ?? "");
    return false;
  }

  /** The pipeline's Deploy role of an account. */
  deploys({ arn = "" }: EventPrincipal): boolean {
    const [, account, role] = SESSION.exec(arn) ?? [];
    return role !== undefined && this.deployRoles.has(`${account ?? ""} ${role}`);
  }
}

function assumptionFinding(
  account: Account,
  { name, principal, role, times, first, last, sessionNames }: Assumptions,
): FoundBy {
  return {
    rule: "unusual-principal",
    account: account.key,
    subject: `${principalWords(principal)} into ${lastPart(role)}`,
    message: `${principalWords(principal)} got into ${lastPart(role)} and is not in the roster.`,
    evidence: [
      `${name}, ${String(times)} times, from ${first} to ${last}`,
      ...(sessionNames.length > 0 ? [`sessions: ${sessionNames.join(", ")}`] : []),
      ...(principal.hasMfa === undefined ? [] : [principal.hasMfa ? "with MFA" : "without MFA"]),
    ],
    fix: {
      kind: "step",
      words:
        "If nobody can explain it, treat it as an intrusion; npm run drift tells whether the role's trust was changed.",
    },
  };
}

/** Requests with which people manage their own user: they name the user who makes them, or nobody. */
const OWN_CREDENTIALS =
  /^(?:ChangePassword|(?:Create|Update|Delete)AccessKey|(?:Enable|Resync|Deactivate)MFADevice|(?:Create|Delete)VirtualMFADevice|(?:Upload|Update|Delete)SSHPublicKey|UpdateLoginProfile|GetSessionToken)$/;

function isOwnCredential({ name, principal: { arn = "" }, about }: SnapshotTrailEvent): boolean {
  const [, , user] = USER.exec(arn) ?? [];
  if (user === undefined || !OWN_CREDENTIALS.test(name)) return false;
  const subject = about.userName;
  return subject === undefined || subject === lastPart(user);
}

const isIamChange = ({ source, error }: SnapshotTrailEvent): boolean =>
  source === "iam.amazonaws.com" && error === undefined;

function changeFinding(
  account: Account,
  who: string,
  events: readonly SnapshotTrailEvent[],
  isKnown: boolean,
): FoundBy {
  const lines = events.map(
    ({ at, name, about }) =>
      `${at} ${name}${Object.entries(about)
        .map(([key, value]) => ` ${key}=${value}`)
        .join("")}`,
  );
  return {
    rule: "unusual-change",
    // Roles of people may change some of IAM: worth a look, but no intrusion.
    ...(isKnown && { severity: "medium" }),
    account: account.key,
    subject: who,
    message: `${who} changed IAM in ${account.key}, past the pipeline.`,
    evidence: lines.length > 20 ? [...lines.slice(0, 20), `and ${String(lines.length - 20)} more`] : lines,
    fix: { kind: "step", words: "Ask why; npm run drift names what it left behind." },
    undecidable: "Whether a deployment by hand, the first one for example, was meant.",
  };
}

/** Sessions of break-glass that the snapshot tells of, with their records. */
function matchedUses(context: ReviewContext, account: Account): readonly MatchedUse[] {
  const uses = breakGlassEvents(context, account).map(
    ({ id, at, principal, about, error }): BreakGlassUse => ({
      id,
      time: at,
      // The trust pins a session's name to the user's.
      person:
        about.roleSessionName ??
        (principal.arn === undefined ? principalWords(principal) : lastPart(principal.arn)),
      way: "AssumeRole",
      isRefused: error !== undefined,
    }),
  );
  const records = context.incidents.filter((record) => record.account === account.key);
  return matchUses(uses, records);
}

function breakGlassFindings(context: ReviewContext, account: Account): readonly FoundBy[] {
  const unrecorded = matchedUses(context, account)
    .filter(({ record }) => record === undefined)
    .map(({ use: { id, time, person } }): FoundBy => ({
      rule: "break-glass-unrecorded",
      account: account.key,
      subject: id,
      person,
      message: `${person} used break-glass of ${account.key} at ${time}, and no record tells of it.`,
      evidence: [`AssumeRole at ${time}, event ${id}`],
      fix: {
        kind: "command",
        words:
          "Write the record, and then close it; where nobody declared an emergency: docs/runbooks/break-glass.md.",
        commands: [`npm run break-glass -- open ${account.key} --reason "<why>" --began ${time}`],
      },
    }));
  const open = overdueRecords(
    context.incidents.filter((record) => record.account === account.key),
    context.now,
  ).map((record): FoundBy => ({
    rule: "break-glass-open",
    account: account.key,
    subject: record.name,
    person: record.holder,
    message: `The record ${record.name} of a use of break-glass is open, and its time is over.`,
    evidence: [`${recordPath(record)}: expected to end at ${record.expectedEnd}`],
    fix: {
      kind: "command",
      words: "Close it.",
      commands: [`npm run break-glass -- close ${shellWord(record.name)}`],
    },
  }));
  return [...unrecorded, ...open];
}

/** What somebody asked of the break-glass role of an account, as its trail has it. */
function breakGlassEvents(context: ReviewContext, account: Account): readonly SnapshotTrailEvent[] {
  const name = roleName(context.model.organization, "BreakGlass", account).toLowerCase();
  return (context.evidence.section(account.key, "trailEvents")?.events ?? []).filter(
    (event) =>
      event.name.startsWith("AssumeRole") &&
      inWindow(context, event.at) &&
      Object.values(event.about).some((value) => lastPart(value).toLowerCase() === name),
  );
}

/** Uses of break-glass against their records. */
export function breakGlassCheck(context: ReviewContext): CheckResult {
  const { accounts } = context;
  return checkResult({
    findings: accounts.flatMap((account) => breakGlassFindings(context, account)),
    undecidable: [...missingLines(context, accounts, "trailEvents"), ...windowLines(context)],
    tables: [
      {
        title: "Uses of break-glass",
        head: ["account", "when", "who", "record", "closed"],
        rows: accounts.flatMap((account) =>
          matchedUses(context, account).map(({ use, record }) => [
            account.key,
            use.time,
            use.person,
            record === undefined ? "none" : recordPath(record),
            record?.closed ?? "",
          ]),
        ),
      },
    ],
  });
}

/** Finds everybody who got into a role and is not in the roster. */
export function assumptionCheck(context: ReviewContext): CheckResult {
  const known = new KnownPrincipals(context);
  const found = context.accounts.flatMap((account) =>
    (context.evidence.section(account.key, "trailEvents")?.assumptions ?? [])
      .filter(
        ({ error, principal, last }) =>
          error === undefined && last >= context.window.from && !known.knows(principal),
      )
      .map((assumptions) => assumptionFinding(account, assumptions)),
  );
  return checkResult({
    findings: found,
    undecidable: [...missingLines(context, context.accounts, "trailEvents"), ...windowLines(context)],
  });
}

/** Finds changes of IAM by anybody but the pipeline; people's own credentials aside. */
export function changeCheck(context: ReviewContext): CheckResult {
  const known = new KnownPrincipals(context);
  const findings = context.accounts.flatMap((account) => {
    const byWho = new Map<string, SnapshotTrailEvent[]>();
    for (const event of context.evidence.section(account.key, "trailEvents")?.events ?? []) {
      if (!isIamChange(event) || !inWindow(context, event.at)) continue;
      if (known.deploys(event.principal) || event.principal.type === "AWSService" || isOwnCredential(event))
        continue;
      const who = principalWords(event.principal);
      byWho.set(who, [...(byWho.get(who) ?? []), event]);
    }
    return [...byWho].map(([who, events]) =>
      changeFinding(
        account,
        who,
        events,
        events.every(({ principal }) => known.knows(principal)),
      ),
    );
  });
  return checkResult({
    findings,
    undecidable: [...missingLines(context, context.accounts, "trailEvents"), ...windowLines(context)],
  });
}
