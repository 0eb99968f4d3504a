import type { StatementPrincipal, Statement } from "../documents/statement";
import type { ProvenCaller } from "./proven-caller";
import { NotModelled } from "./not-modelled";
import { isEveryRequest, requestRegion, type RequestRegion } from "./request-region";

/** A policy document where it is in force. */
export interface ParsedPolicy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** All that is attached to a user or a role. */
export interface AttachedPolicies {
  readonly policies: readonly ParsedPolicy[];
  readonly boundary?: ParsedPolicy;
}

/** A policy without limits: the widest that somebody could attach. */
export const EVERYTHING: ParsedPolicy = {
  name: "everything",
  statements: [
    {
      label: "everything",
      effect: "Allow",
      principals: [],
      notPrincipals: [],
      actions: ["*"],
      notActions: [],
      resources: ["*"],
      notResources: [],
      conditions: [],
    },
  ],
};

/** The requests of one caller that IAM lets through. */
export interface AllowedRequests {
  readonly caller: ProvenCaller;
  /** A request has to be in one region of every group. */
  readonly groups: readonly (readonly RequestRegion[])[];
  /** And in none of these. */
  readonly denials: readonly RequestRegion[];
}

/** Whether the caller may make every request. */
export const isUnlimited = ({ groups, denials }: AllowedRequests): boolean =>
  denials.length === 0 && groups.every((group) => group.some(isEveryRequest));

/** The regions of the statements with an effect that concern the caller. */
function regionsOf(
  policies: readonly ParsedPolicy[],
  effect: "Allow" | "Deny",
  caller: ProvenCaller,
): readonly RequestRegion[] {
  return policies.flatMap(({ name, statements }) =>
    statements
      .filter((statement) => statement.effect === effect)
      .flatMap((statement) => requestRegion(name, statement, caller) ?? []),
  );
}

/**
 * What the caller may do by what is attached to it: what some policy allows and the boundary too, and neither denies.
 * @throws NotModelled where a statement is not understood
 */
export function findAllowedRequests(
  caller: ProvenCaller,
  { policies, boundary }: AttachedPolicies,
): AllowedRequests {
  const bounds = boundary === undefined ? [] : [boundary];
  return {
    caller,
    groups: [policies, ...bounds.map((bound) => [bound])].map((some) => regionsOf(some, "Allow", caller)),
    denials: regionsOf([...policies, ...bounds], "Deny", caller),
  };
}

/** How a statement of a resource's policy names a caller: itself, or by its account, whose own policies then decide too. */
type Naming = "directly" | "by account";

function namingOf({ type, value }: StatementPrincipal, caller: ProvenCaller): Naming | undefined {
  if (type === "*" || (type === "AWS" && value === "*")) return "directly";
  if (caller.principal !== undefined) {
    return type === caller.principal.type && value === caller.principal.value ? "directly" : undefined;
  }
  if (type === "Service" || type === "Federated") return undefined;
  if (type !== "AWS") throw new NotModelled(`the principal ${type} is not modelled`);
  if (value === caller.accountId || value === `arn:aws:iam::${caller.accountId}:root`) return "by account";
  if (value.startsWith("arn:aws:sts:")) throw new NotModelled(`the principal ${value} is not modelled`);
  return value === caller.arn ? "directly" : undefined;
}

/** The statements of a resource's policy that name the caller, with how they do. */
function naming(
  { name, statements }: ParsedPolicy,
  caller: ProvenCaller,
): readonly (readonly [Statement, Naming])[] {
  return statements.flatMap((statement): readonly (readonly [Statement, Naming])[] => {
    const place = `Statement ${statement.label} of ${name}`;
    if (statement.notPrincipals.length > 0) throw new NotModelled(`${place}: NotPrincipal is not modelled.`);
    try {
      const namings = statement.principals.flatMap((principal) => namingOf(principal, caller) ?? []);
      if (namings.length === 0) return [];
      return [[statement, namings.includes("directly") ? "directly" : "by account"]];
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      throw new NotModelled(`${place}: ${error.message}.`);
    }
  });
}

/**
 * What a resource's own policy lets a caller do, whose own policies allow everything. A role's trust is such a policy.
 * @throws NotModelled where a statement is not understood
 */
export function requestsAdmittedBy(policy: ParsedPolicy, caller: ProvenCaller): AllowedRequests {
  const named = naming(policy, caller).map(([statement]) => statement);
  const concerned: ParsedPolicy = { name: policy.name, statements: named };
  return {
    caller,
    groups: [regionsOf([concerned], "Allow", caller)],
    denials: regionsOf([concerned], "Deny", caller),
  };
}

/**
 * What a resource's policy and the caller's own let it do together. The caller's own have a say where the resource is in
 * another account, or where its policy leaves the decision to the caller's account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws NotModelled where a statement is not understood
 */
export function requestsAllowedThrough(
  policy: ParsedPolicy,
  resourceAccount: string,
  caller: ProvenCaller,
  permissions: AttachedPolicies,
): readonly AllowedRequests[] {
  const own = findAllowedRequests(caller, permissions);
  const admitted = requestsAdmittedBy(policy, caller);
  const both: AllowedRequests = {
    caller,
    groups: [...admitted.groups, ...own.groups],
    denials: [...admitted.denials, ...own.denials],
  };
  if (caller.accountId !== resourceAccount) return [both];
  const directly = naming(policy, caller).flatMap(([statement, how]) =>
    how === "directly" ? [statement] : [],
  );
  const alone = regionsOf([{ name: policy.name, statements: directly }], "Allow", caller);
  const [, ...bounds] = own.groups;
  return [both, { caller, groups: [alone, ...bounds], denials: both.denials }];
}
