import { z } from "zod";

import type { IamPolicy } from "../access/iam/iam-policy";
import type { Statement } from "../documents/statement";

/** A policy without what it allows of some services. */
export interface NarrowerPolicy {
  readonly policy: IamPolicy;
  /** JSON, a line for each value; the same text where nothing can be taken away, empty where nothing is left. */
  readonly before: string;
  readonly after: string;
  /** What still allows such a service, in words. */
  readonly left: readonly string[];
}

// Records keep the order in which somebody wrote the elements.
const STATEMENT = z.record(z.string(), z.unknown());
const DOCUMENT = z.record(z.string(), z.unknown());
const STATEMENTS = z.union([z.array(STATEMENT), STATEMENT]);
const ACTIONS = z.union([z.string(), z.array(z.string())]);
type WrittenStatement = z.infer<typeof STATEMENT>;

/** The service of an action's pattern; IAM takes no pattern of services but all of them. */
const serviceOf = (action: string): string => action.split(":")[0]?.toLowerCase() ?? "";

const pretty = (document: unknown): string => `${JSON.stringify(document, undefined, 2)}\n`;

/** The statement without the Allows of some services; undefined where it allows nothing else. */
function withoutServices(
  statement: WrittenStatement,
  services: ReadonlySet<string>,
): WrittenStatement | undefined {
  if (statement["Effect"] !== "Allow" || statement["Action"] === undefined) return statement;
  const written = [ACTIONS.parse(statement["Action"])].flat();
  const kept = written.filter((action) => !services.has(serviceOf(action)));
  if (kept.length === written.length) return statement;
  return kept.length === 0 ? undefined : { ...statement, Action: kept };
}

/** Finds which of some services a statement allows something of. */
function servicesOf(
  { effect, actions, notActions }: Statement,
  services: readonly string[],
): readonly string[] {
  if (effect !== "Allow") return [];
  if (notActions.length > 0) {
    const excluded = notActions.map((action) => action.toLowerCase());
    return excluded.includes("*") ? [] : services.filter((one) => !excluded.includes(`${one}:*`));
  }
  const allowed = new Set(actions.map(serviceOf));
  return allowed.has("*") ? services : services.filter((one) => allowed.has(one));
}

/** Narrows a policy to what is left of it without some services. AWS's policies, and statements that allow every service, stay. */
export function narrowerPolicy(policy: IamPolicy, services: readonly string[]): NarrowerPolicy {
  const { name, text, statements } = policy;
  const document = DOCUMENT.parse(JSON.parse(text));
  const before = pretty(document);
  if (policy.isAwsManaged === true) {
    const allowed = new Set(statements.flatMap((statement) => servicesOf(statement, services)));
    const some = services.filter((one) => allowed.has(one));
    const left =
      some.length === 0
        ? []
        : [
            `${name} is AWS's, so that only another policy in its place is narrower; it allows ${some.join(" ")}`,
          ];
    return { policy, before, after: before, left };
  }
  const gone = new Set(services);
  const left = statements
    .filter(
      ({ actions, notActions }) => notActions.length > 0 || actions.some((one) => serviceOf(one) === "*"),
    )
    .filter((statement) => servicesOf(statement, services).length > 0)
    .map(
      ({ label }) =>
        `statement ${label} of ${name} names no services, and stays: it allows those that nobody used`,
    );
  const asWritten = STATEMENTS.parse(document["Statement"]);
  const kept = [asWritten].flat().flatMap((statement) => withoutServices(statement, gone) ?? []);
  if (kept.length === 0) return { policy, before, after: "", left };
  const after = pretty({ ...document, Statement: Array.isArray(asWritten) ? kept : kept[0] });
  return { policy, before, after, left };
}
