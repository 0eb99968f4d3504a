import { formatActionRequest } from "../access/action-request";
import { sessionCaller } from "../access/caller";
import { FRESH_MFA } from "../access/circumstances";
import { decideRequest, type RequestingPrincipal } from "../access/decide-request";
import type { Evaluator } from "../access/evaluator";
import type { IamAccount, IamRole } from "../access/iam/iam-account";
import type { IamAccounts } from "../access/iam/iam-accounts";
import { iamPolicy } from "../access/iam/iam-policy";
import { formatConditions } from "../access/report/verdict-text";
import { combineDecisions, type Verdict } from "../access/verdict";
import type { AuthorizationDetails } from "../aws/snapshot/authorization-details";
import type { LastAccessedService } from "../aws/snapshot/last-accessed-services";
import { countNoun, UserError } from "../model/problems";
import { unifiedDiff } from "../text/unified-diff";
import type { Evidence } from "./evidence";
import { narrowerPolicy, type NarrowerPolicy } from "./narrower-policy";
import { requestedResource } from "./requested-resource";
import { roleRequests, type RoleRequest } from "./role-requests";

/** A request of which a proposal says something. */
export interface ProposalRequest {
  /** `event, 3 times, last on 2026-11-20, by sarah.devops`. */
  readonly seen: string;
  /** `iam:CreateUser on arn:…`; without a resource where the source tells of none. */
  readonly asked: string;
}

/** Narrower documents for one role, and what they would have changed about the requests that the snapshot tells of. */
export interface Proposal {
  readonly account: string;
  readonly role: string;
  /** Services of which nobody tried anything in the 400 days that IAM remembers. */
  readonly unused: readonly string[];
  /** A unified diff of the role's own policies; empty where none can be narrowed. */
  readonly diff: string;
  /** What else there is to know, in sentences: what stays, and who else has the same policy. */
  readonly notes: readonly string[];
  /** How many of the requests are allowed as before. */
  readonly kept: number;
  /** Attempts that were refused, or that the documents of today do not allow: no use. */
  readonly refused: readonly ProposalRequest[];
  /** Requests that were let through, are allowed today, and would not be any more. */
  readonly broken: readonly ProposalRequest[];
  readonly undecided: readonly (ProposalRequest & { readonly because: string })[];
}

const seenWords = ({ source, times, last, session }: RoleRequest): string =>
  [
    source,
    ...(times === undefined ? [] : [countNoun(times, "time")]),
    `last on ${last.slice(0, 10)}`,
    ...(session === undefined ? [] : [`by ${session}`]),
  ].join(", ");

const hasSameAnswer = (one: Verdict, other: Verdict): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const words = (verdict: Verdict): string =>
  [verdict.kind, formatConditions(verdict)].filter(Boolean).join(" ");

type Judged =
  { readonly kind: "kept" | "refused" | "broken" } | { readonly kind: "undecided"; readonly because: string };

/** Compares the answers of today with those of the narrower documents. */
function judge({ outcome }: RoleRequest, before: Verdict, after: Verdict): Judged {
  if (before.kind === "denied") {
    return outcome === "let through"
      ? { kind: "undecided", because: "it was let through, and the documents of today do not allow it" }
      : { kind: "refused" };
  }
  if (before.kind === "not decidable here") return { kind: "undecided", because: before.reason };
  if (hasSameAnswer(before, after)) return { kind: "kept" };
  if (after.kind !== "denied") {
    return { kind: "undecided", because: `today it is ${words(before)}, then ${words(after)}` };
  }
  return outcome === "let through"
    ? { kind: "broken" }
    : { kind: "undecided", because: "it would be denied; whether it was let through, nobody tells" };
}

/** Says which holders besides the role have a policy of it that would change. */
function sharedNotes(
  details: AuthorizationDetails | undefined,
  role: IamRole,
  changed: readonly NarrowerPolicy[],
): readonly string[] {
  if (details === undefined) return [];
  const names = new Set(changed.map(({ policy }) => policy.name));
  const arns = details.policies.filter(({ name }) => names.has(name)).map(({ arn }) => arn);
  const { users, groups, roles } = details;
  const others = [...users, ...groups, ...roles.filter(({ arn }) => arn !== role.arn)];
  return arns.flatMap((arn) => {
    const also = others.filter(({ attached }) => attached.includes(arn)).map(({ name }) => name);
    return also.length === 0
      ? []
      : [`${arn} is attached to ${also.join(", ")} too; what it would break there was not asked`];
  });
}

/** Services of which IAM tells of attempts, and names only such as the documents do not allow. */
function refusedServices(
  services: readonly LastAccessedService[],
  judged: readonly (readonly [RoleRequest, Judged])[],
): readonly string[] {
  return services.flatMap(({ namespace, lastAccessed }) => {
    const own = judged.filter(([{ action }]) => action.startsWith(`${namespace}:`));
    if (lastAccessed === undefined || own.length === 0) return [];
    return own.every(([, { kind }]) => kind === "refused")
      ? [`${namespace} stays: every attempt that is told was refused, and IAM does not tell of all`]
      : [];
  });
}

/** Evaluates the requests of one role, with its documents of today and with narrower ones. */
class ProposalOfRole {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly accounts: IamAccounts,
    private readonly account: IamAccount,
    private readonly role: IamRole,
    private readonly services: readonly LastAccessedService[],
  ) {}

  async of(evidence: Evidence): Promise<Proposal | undefined> {
    const { account, role, services } = this;
    const unused = services.flatMap(({ namespace, lastAccessed }) =>
      lastAccessed === undefined ? [namespace] : [],
    );
    if (unused.length === 0) return undefined;
    const narrower = role.policies.map((policy) => narrowerPolicy(policy, unused));
    const changed = narrower.filter(({ before, after }) => before !== after);
    const trail = evidence.section(account.key, "trailEvents");
    const requests = roleRequests({ name: role.name, accountId: account.id }, trail, services);
    const judged: (readonly [RoleRequest, Judged, ProposalRequest])[] = [];
    for (const request of requests) judged.push([request, ...(await this.judged(request, narrower))]);
    const of = (kind: "refused" | "broken"): readonly ProposalRequest[] =>
      judged.filter(([, one]) => one.kind === kind).map(([, , shown]) => shown);
    return {
      account: account.key,
      role: role.label,
      unused,
      diff: unifiedDiff(
        changed.map(({ policy: { name }, before, after }) => ({
          file: `${account.key}/${name}.json`,
          before,
          after,
        })),
      ),
      notes: [
        ...narrower.flatMap(({ left }) => left),
        ...sharedNotes(evidence.section(account.key, "authorizationDetails"), role, changed),
        ...refusedServices(
          services,
          judged.map(([request, one]) => [request, one]),
        ),
      ],
      kept: judged.filter(([, { kind }]) => kind === "kept").length,
      refused: of("refused"),
      broken: of("broken"),
      undecided: judged.flatMap(([, one, shown]) =>
        one.kind === "undecided" ? [{ ...shown, because: one.because }] : [],
      ),
    };
  }

  private async judged(
    request: RoleRequest,
    narrower: readonly NarrowerPolicy[],
  ): Promise<readonly [Judged, ProposalRequest]> {
    const seen = seenWords(request);
    try {
      const asked = await requestedResource(this.account, request);
      const shown = { seen, asked: formatActionRequest(asked.request) };
      if (request.outcome === "refused") return [{ kind: "refused" }, shown];
      const circumstances = { at: request.last, mfa: FRESH_MFA, context: asked.context };
      const decide = async (policies: RequestingPrincipal["policies"]): Promise<Verdict> => {
        const { boundary } = this.role;
        const principal: RequestingPrincipal = {
          caller: sessionCaller(this.role, request.session, request.last),
          policies,
          ...(boundary && { boundary }),
        };
        const decision = await decideRequest(
          this.evaluator,
          this.accounts,
          principal,
          asked.request,
          circumstances,
        );
        return combineDecisions([decision]);
      };
      const before = await decide(this.role.policies);
      const after = await decide(
        narrower.flatMap(({ policy, before: text, after: rest }) => {
          if (text === rest) return [policy];
          return rest === "" ? [] : [iamPolicy(policy.name, rest)];
        }),
      );
      return [judge(request, before, after), shown];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const [because = ""] = error.message.split("\n");
      return [
        { kind: "undecided", because },
        { seen, asked: request.action },
      ];
    }
  }
}

/**
 * For roles that people hold: their documents without the services that nobody used, and which of the requests that the
 * snapshot tells of these would no longer allow. Both are evaluated, with boundaries, Denies and AWS's policies.
 * BreakGlass is left out: it is for what nobody foresaw.
 */
export async function proposeLeastPrivilege(
  accounts: IamAccounts,
  keys: readonly string[],
  evidence: Evidence,
  evaluator: Evaluator,
): Promise<readonly Proposal[]> {
  const proposals: Proposal[] = [];
  for (const key of keys) {
    const account = accounts.account(key);
    for (const { role: arn, outcome } of evidence.section(key, "lastAccessedServices") ?? []) {
      const role = account.roles.find((one) => one.arn === arn);
      if (role?.kind !== "people" || role.label === "BreakGlass" || outcome.kind !== "read") continue;
      const one = new ProposalOfRole(evaluator, accounts, account, role, outcome.services);
      const proposal = await one.of(evidence);
      if (proposal !== undefined) proposals.push(proposal);
    }
  }
  return proposals;
}
