import type { Conditions } from "../documents/policy-document";
import type { Statement } from "../documents/statement";
import type { Caller } from "./caller";
import { regionOf, type Region } from "./region";

type OneOrMore = string | readonly string[];

/** Some requests, in the words of policies. */
export interface RequestSet {
  /** `s3:GetObject`, `rds:Delete*`. */
  readonly actions: OneOrMore;
  /** Actions among them that are left out. */
  readonly except?: OneOrMore;
  /** ARNs with wildcards; every resource where it is left out. */
  readonly resources?: OneOrMore;
  /** Resources that are left out. */
  readonly exceptResources?: OneOrMore;
  /** What the requests carry. */
  readonly when?: Conditions;
}

const list = (value: OneOrMore | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** The statement that would allow exactly these requests, apart from what is left out. */
function statementOf({ actions, resources = "*", when = {} }: RequestSet, label: string): Statement {
  return {
    label,
    effect: "Allow",
    principals: [],
    notPrincipals: [],
    actions: list(actions),
    notActions: [],
    resources: list(resources),
    notResources: [],
    conditions: Object.entries(when).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key, values: list(values) })),
    ),
  };
}

/** Requests of a caller as regions: a request is among them where it is in `inside` and in none of `outside`. */
export interface Requests {
  /** Undefined where the caller makes no such request. */
  readonly inside: Region | undefined;
  readonly outside: readonly Region[];
}

/** @throws NotModelled where a condition is not understood */
export function requestsOf(set: RequestSet, caller: Caller, name = "the invariant"): Requests {
  const region = (some: RequestSet, label: string): readonly Region[] => {
    const found = regionOf(name, statementOf(some, label), caller);
    return found === undefined ? [] : [found];
  };
  const [inside] = region(set, "requests");
  return {
    inside,
    outside: [
      ...(set.except === undefined ? [] : region({ actions: set.except }, "except")),
      ...(set.exceptResources === undefined
        ? []
        : region({ actions: "*", resources: set.exceptResources }, "exceptResources")),
    ],
  };
}
