import { coversAction } from "../documents/patterns";
import { findAllowedRequests, type AllowedRequests } from "../proofs/allowed-requests";
import type { ProvenCaller as ProvenCaller } from "../proofs/proven-caller";
import { NotModelled } from "../proofs/not-modelled";
import { Prover, type AllowedRequest } from "../proofs/prover";
import { ActionReference } from "../proofs/reference/action-reference";
import type { RequestRegion } from "../proofs/request-region";
import type { RequestSet } from "../proofs/request-set";
import { ANY_PRINCIPAL_TAG, contextValue, type RequestContext } from "./caller";
import type { IamPolicy } from "./iam/iam-policy";
import { ANY_RESOURCE } from "./resource-types";
import { knownContext, type DecidingStatement, type AccessDecision, type AccessQuestion } from "./simulator";

type Denied = Extract<AccessDecision, { kind: "denied" }>;

const references = new Map<string, Promise<ActionReference>>();

function referenceOf(service: string): Promise<ActionReference> {
  const reference = references.get(service) ?? ActionReference.ofService(service);
  references.set(service, reference);
  return reference;
}

/** The keys that a caller's requests carry, with known values or not. */
const CARRIED = { AssumedRole: ["aws:userid", "aws:tokenissuetime"], User: ["aws:userid"] } as const;

function callerOf(question: AccessQuestion, known: RequestContext): ProvenCaller {
  const { arn, accountId, absent, context } = question.caller;
  const isSession = context["aws:PrincipalType"] === "AssumedRole";
  return {
    words: arn,
    arn,
    accountId,
    keys: new Map([
      ...absent.map(
        (key) => [key === ANY_PRINCIPAL_TAG ? "aws:principaltag/" : key.toLowerCase(), undefined] as const,
      ),
      // A key with several values is left open: proofs give a key one value.
      ...Object.entries(known).flatMap(([key, value]) => {
        const [one, ...others] = [value].flat();
        return others.length > 0 ? [] : [[key.toLowerCase(), one] as const];
      }),
    ]),
    present: CARRIED[isSession ? "AssumedRole" : "User"],
  };
}

/**
 * Selects the statements of the caller's own policies about the action; other statements need not be understood.
 * @throws NotModelled where a statement is not understood, or asks for a key that is known to have several values
 */
function accessFor(question: AccessQuestion): AllowedRequests {
  const { action, policies, boundary } = question;
  const known = knownContext(question);
  const concerned = (policy: IamPolicy): IamPolicy => ({
    ...policy,
    statements: policy.statements.filter((statement) => coversAction(statement, action.id)),
  });
  const access = findAllowedRequests(callerOf(question, known), {
    policies: policies.map(concerned),
    ...(boundary && { boundary: concerned(boundary) }),
  });
  const asked = [...access.groups.flat(), ...access.denials].flatMap(({ requirements }) => requirements);
  const several = asked.find(({ key }) => [contextValue(known, key) ?? []].flat().length > 1);
  if (several !== undefined)
    throw new NotModelled(`The request has several values of ${several.writtenKey}.`);
  return access;
}

/** What is proven of the requests of an action: on the account's resources, or on those that match the question's pattern. */
class Proof {
  private readonly asked: RequestSet;

  private constructor(
    private readonly question: AccessQuestion,
    private readonly access: AllowedRequests,
    private readonly prover: Prover,
  ) {
    const { action, resource } = question;
    this.asked = {
      actions: action.id,
      ...(resource !== ANY_RESOURCE && { resources: resource }),
      isKnownOnly: true,
    };
  }

  /** @throws NotModelled where a statement is not understood */
  static async of(question: AccessQuestion): Promise<Proof> {
    const access = accessFor(question);
    const reference = await referenceOf(question.action.service);
    return new Proof(question, access, new Prover(reference, undefined, question.resourceAccount));
  }

  /** A request that is allowed. */
  allowed(): AllowedRequest | undefined {
    return this.prover.breaches(this.access, this.asked)[0]?.example;
  }

  /** A request that is not. */
  refused(): AllowedRequest | undefined {
    return this.prover.refused(this.access, this.asked)[0]?.example;
  }

  /** Why none is allowed. */
  denial(): Denied {
    const { groups, denials } = this.access;
    const isAllowed = this.has(groups, []);
    const denying = denials.filter((denial) =>
      isAllowed ? this.has([...groups, [denial]], []) : !this.has([], [denial]),
    );
    if (denying.length > 0) return { kind: "denied", by: this.deciding(denying), missing: [] };
    const [attached = [], boundary] = groups;
    const isAttached = this.has([attached], []);
    const isBound = boundary !== undefined && (isAttached || !this.has([boundary], []));
    return {
      kind: "denied",
      by: [],
      missing: [...(isAttached ? [] : (["identity"] as const)), ...(isBound ? (["boundary"] as const) : [])],
    };
  }

  private has(groups: AllowedRequests["groups"], denials: AllowedRequests["denials"]): boolean {
    const { caller } = this.access;
    return this.prover.breaches({ caller, groups, denials }, this.asked).length > 0;
  }

  private deciding(regions: readonly RequestRegion[]): readonly DecidingStatement[] {
    const { boundary } = this.question;
    return regions.map(({ source: { document, statement } }) => ({
      from: document === boundary?.name ? "boundary" : "identity",
      effect: "Deny",
      policy: document,
      statement: statement.replace(/^"(.*)"$/, "$1"),
    }));
  }
}

/** Answers by proof. Where some requests are allowed, the words come from `read`, the answer from patterns. */
async function answer(
  question: AccessQuestion,
  read: () => Promise<AccessDecision>,
): Promise<AccessDecision> {
  const proof = await Proof.of(question);
  const allowed = proof.allowed();
  const refused = proof.refused();
  // AWS may have a resource of a form that its reference does not have: 'nobody' would be more than was looked at.
  if (allowed === undefined && refused === undefined)
    throw new NotModelled(`AWS's reference has no ${question.resource} that ${question.action.id} takes.`);
  if (allowed === undefined) return proof.denial();
  const decision = await read();
  if (decision.kind === "allowed") {
    const { because, requires } = decision;
    if (refused === undefined) return { kind: "allowed", because };
    if (requires !== undefined) return decision;
  }
  const some = `${allowed.resource} is allowed`;
  return {
    kind: "unknown",
    reason:
      refused === undefined
        ? `${some}; which statements decide is not known here.`
        : `${some}, ${refused.resource} is not; what decides between such requests is not known here.`,
  };
}

/**
 * The answer about many resources, by proof: denied where no request is allowed, with a requirement where some are, without
 * one where all are. `read` is the answer from patterns: its words say which. It is the answer where a statement is not understood.
 */
export async function decideByProof(
  question: AccessQuestion,
  read: () => Promise<AccessDecision>,
): Promise<AccessDecision> {
  try {
    return await answer(question, read);
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    const decision = await read();
    return decision.kind === "unknown" ? decision : { ...decision, unproven: error.message };
  }
}
