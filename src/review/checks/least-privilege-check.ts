import { parseDocument } from "../../documents/statement";
import { coversAction } from "../../documents/patterns";
import type { LastAccessedService } from "../../aws/snapshot/last-accessed-services";
import { countNoun } from "../../model/problems";
import { unifiedDiff } from "../../text/unified-diff";
import { z } from "zod";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";

const STATEMENT = z.looseObject({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]).optional(),
});
const DOCUMENT = z.looseObject({ Statement: z.union([z.array(STATEMENT), STATEMENT]) });

const serviceOf = (action: string): string => action.slice(0, action.indexOf(":")).toLowerCase();

const pretty = (document: unknown): string => `${JSON.stringify(document, undefined, 2)}\n`;

/** Removes the Allows of some services from a document, and each statement that is then empty. */
function without(
  text: string,
  services: ReadonlySet<string>,
): { readonly before: string; readonly after: string } {
  const document = DOCUMENT.parse(JSON.parse(text));
  const statements = [document.Statement].flat();
  const kept = statements.flatMap((statement) => {
    if (statement.Effect !== "Allow" || statement.Action === undefined) return [statement];
    const actions = [statement.Action].flat().filter((action) => !services.has(serviceOf(action)));
    return actions.length === 0 ? [] : [{ ...statement, Action: actions }];
  });
  const asLists = statements.map((statement) =>
    statement.Action === undefined ? statement : { ...statement, Action: [statement.Action].flat() },
  );
  return {
    before: pretty({ ...document, Statement: asLists }),
    after: pretty({ ...document, Statement: kept }),
  };
}

/** Finds uses of the role that the narrower documents would no longer allow, as far as IAM records services and actions. */
function broken(documents: readonly string[], services: readonly LastAccessedService[]): readonly string[] {
  const allows = documents
    .flatMap((text) => parseDocument(text) ?? [])
    .filter(({ effect }) => effect === "Allow");
  const isAllowed = (action: string): boolean => allows.some((statement) => coversAction(statement, action));
  return services
    .filter(({ lastAccessed }) => lastAccessed !== undefined)
    .flatMap(({ namespace, actions }) => {
      const used = actions.filter(({ lastAccessed }) => lastAccessed !== undefined);
      if (used.length > 0) {
        return used.map(({ name }) => `${namespace}:${name}`).filter((action) => !isAllowed(action));
      }
      const isLeft = allows.some(
        ({ actions: allowed, notActions }) =>
          notActions.length > 0 ||
          allowed.some((action) => action === "*" || serviceOf(action) === namespace),
      );
      return isLeft ? [] : [namespace];
    });
}

/** A narrower document for one role, and what it would have broken. */
export interface Proposal {
  readonly account: string;
  readonly role: string;
  /** Services unused in the 400 days that IAM remembers. */
  readonly unused: readonly string[];
  /** A unified diff of the policies that can be narrowed; empty where all of them are AWS's. */
  readonly diff: string;
  readonly broken: readonly string[];
}

/** For the roles that people hold: the same documents without services that nobody used. */
export function proposeLeastPrivilege(context: ReviewContext): readonly Proposal[] {
  const { accounts, blueprints, evidence } = context;
  return accounts.flatMap(({ key }): readonly Proposal[] => {
    const roles = blueprints.find(({ account }) => account.key === key)?.roles ?? [];
    return (evidence.section(key, "lastAccessedServices") ?? []).flatMap(
      ({ role: arn, outcome }): readonly Proposal[] => {
        const role = roles.find((one) => one.arn === arn);
        if (role === undefined || outcome.kind !== "read" || role.role === "BreakGlass") return [];
        const unused = outcome.services
          .filter(({ lastAccessed }) => lastAccessed === undefined)
          .map(({ namespace }) => namespace);
        if (unused.length === 0) return [];
        const gone = new Set(unused);
        const documents = role.policies.flatMap((policy) =>
          policy.kind === "customer" ? [{ name: policy.name, ...without(policy.text, gone) }] : [],
        );
        const diff = unifiedDiff(
          documents.map(({ name, before, after }) => ({ file: `${key}/${name}.json`, before, after })),
        );
        const after = documents.map((document) => document.after);
        return [
          {
            account: key,
            role: role.role,
            unused,
            diff,
            broken: diff === "" ? [] : broken(after, outcome.services),
          },
        ];
      },
    );
  });
}

/** Finds the services that roles allow and nobody used. */
export function leastPrivilegeCheck(context: ReviewContext): CheckResult {
  const { accounts, evidence } = context;
  const unknown = accounts.flatMap(({ key }) => {
    const all = evidence.section(key, "lastAccessedServices") ?? [];
    const failed = all.flatMap(({ outcome }) => (outcome.kind === "notAvailable" ? [outcome.because] : []));
    return [...new Set(failed)].map((because) => `${key}, lastAccessedServices: ${because}`);
  });
  return checkResult({
    undecidable: [...missingLines(context, accounts, "lastAccessedServices"), ...unknown],
    tables: [
      {
        title: "Services that roles allow and nobody used",
        head: ["role", "unused", "services", "the narrower document would have broken"],
        rows: proposeLeastPrivilege(context).map(({ account, role, unused, diff, broken: gone }) => [
          `${account}/${role}`,
          countNoun(unused.length, "service"),
          unused.join(" "),
          diff === ""
            ? "there is none: its policies are AWS's, or deny"
            : gone.length === 0
              ? "nothing that IAM tells of"
              : gone.join(" "),
        ]),
      },
    ],
  });
}
