import type { Account } from "../model/account";
import { rolesAllowed } from "../model/categories";
import { groupBy } from "../model/group-by";
import { remainingDeployed } from "../model/holdings";
import type { Model } from "../model/model";
import type { UserName } from "../model/names";
import { QUOTAS } from "../model/quotas";
import type { HeldRole } from "../model/roles";
import {
  policyDocument,
  renderDocument,
  type PermissionStatement,
  type PolicyDocument,
} from "./policy-document";
import type { Statement } from "./statement";
import { buildTrust } from "./role-trust";

/** Some of the holders: those whose names begin in one of these ways, or all who are in no other part. */
interface Part {
  /** Empty where it is everybody. */
  readonly beginnings: readonly string[];
  /** The beginnings among them that are in other parts. */
  readonly elsewhere: readonly string[];
  readonly names: readonly UserName[];
}

const sessionsCalled = (name: string): string => `*:${name}`;
const sessionsBeginning = (prefix: string): string => `*:${prefix}*`;

/** Stands where there are no names, since IAM asks for a value: the user id of a session has a colon. */
export const NO_SESSION = "nobody";

function statementFor({ beginnings, elsewhere, names }: Part, sid: string): PermissionStatement {
  const others = [...names.map(sessionsCalled), ...elsewhere.map(sessionsBeginning)];
  return {
    Sid: sid,
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      StringNotLike: { "aws:userid": others.length > 0 ? others : [NO_SESSION] },
      ...(beginnings.length > 0 && { StringLike: { "aws:userid": beginnings.map(sessionsBeginning) } }),
    },
  };
}

const sidOf = (index: number): string => `HoldersAlone${index === 0 ? "" : String(index + 1)}`;

const fits = (...statements: readonly PermissionStatement[]): boolean =>
  renderDocument(policyDocument(...statements)).length <= QUOTAS.policyCharacters;

/** With a number longer than any that is given. */
const fitsAlone = (part: Part): boolean => fits(statementFor(part, sidOf(9_999)));

/** Whole parts together, as long as they fit a document. Others have a hole, which would open those that they join. */
function joined(parts: readonly Part[]): readonly Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    const both = last && {
      beginnings: [...last.beginnings, ...part.beginnings],
      elsewhere: [],
      names: [...last.names, ...part.names],
    };
    const areWhole = last?.elsewhere.length === 0 && part.elsewhere.length === 0;
    if (both !== undefined && areWhole && fitsAlone(both)) found[found.length - 1] = both;
    else found.push(part);
  }
  return found;
}

/** The longest text with which all names begin. */
function sharedBeginning([first = "", ...others]: readonly string[]): string {
  let shared = first;
  for (const name of others) while (!name.startsWith(shared)) shared = shared.slice(0, -1);
  return shared;
}

/**
 * Parts that fit a document each. A list of exceptions cannot be cut as a list of names can: two statements with half of the
 * names each would deny everybody. So names that begin alike stay together.
 */
function partsOf(names: readonly UserName[], beginning = ""): readonly Part[] {
  const beginnings = beginning === "" ? [] : [beginning];
  const whole: Part = { beginnings, elsewhere: [], names };
  if (fitsAlone(whole)) return [whole];
  const longer = names.filter((name) => name !== beginning);
  const alike = [...groupBy(longer, (name) => name.slice(0, beginning.length + 1)).values()].map((some) => ({
    some,
    one: sharedBeginning(some),
  }));
  const rest: Part = {
    beginnings,
    elsewhere: alike.map(({ one }) => one),
    names: names.filter((name) => name === beginning),
  };
  return [rest, ...joined(alike.flatMap(({ some, one }) => partsOf(some, one)))];
}

/** The statements, each in the first document that has room for it. */
function documentsOf(statements: readonly PermissionStatement[]): readonly PolicyDocument[] {
  const documents: PermissionStatement[][] = [];
  for (const statement of statements) {
    const roomy = documents.find((some) => fits(...some, statement));
    if (roomy === undefined) documents.push([statement]);
    else roomy.push(statement);
  }
  return documents.map((some) => policyDocument(...some));
}

/** Whether the role's documents name its holders: where its trust does, and wherever contractors may hold it. */
export const namesHolders = (model: Model, account: Account, role: HeldRole): boolean =>
  buildTrust(model, account, role).form === "named" ||
  rolesAllowed("contractor", account.environment).some((one) => one === role);

/**
 * Lets nobody but the role's holders act in its sessions, told by the session's name. Those who held it before are thereby
 * out, with whatever denied them something: what ends a grant or keeps a contractor in their project leaves the documents
 * together with the grant, while sessions live up to eight hours more.
 */
export function sessionHolders(model: Model, account: Account, role: HeldRole): readonly PolicyDocument[] {
  if (!namesHolders(model, account, role)) return [];
  const holders = model.holdings
    .of(account.key, role)
    .filter((holding) => remainingDeployed(holding, model.now).length > 0)
    .map(({ person }) => person);
  return documentsOf(partsOf(holders).map((part, index) => statementFor(part, sidOf(index))));
}

/** Whether a statement denies something to all sessions but those that it names. */
export const deniesOtherSessions = ({ effect, conditions }: Statement): boolean =>
  effect === "Deny" &&
  conditions.some(({ operator, key }) => key.toLowerCase() === "aws:userid" && /^StringNot/i.test(operator));
