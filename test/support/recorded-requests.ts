import { readFileSync } from "node:fs";
import { join } from "node:path";

import { PROVIDER_OPERATIONS, type ProviderOperation } from "../../sandbox/provider/call-recorder";
import { iamArnsIn, iamRequestsOf, readCall, type IamRequest } from "./iam-requests";

/** What IAM is asked while resources are managed, by their type and by what the engine asks of the provider. */
export type Requests = Readonly<
  Record<string, Readonly<Partial<Record<ProviderOperation, readonly IamRequest[]>>>>
>;

/** What the official provider's stand-in asked in `test/e2e/recorded-calls.test.ts`, when it was last recorded. */
export const RECORDED_FILE = join(__dirname, "..", "documents", "pipeline", "recorded-requests.json");

export const recordedRequests = (): Requests => JSON.parse(readFileSync(RECORDED_FILE, "utf8")) as Requests;

/** One request, with why it is made. */
export interface MadeRequest {
  readonly type: string;
  readonly operation: ProviderOperation;
  readonly request: IamRequest;
}

/** Every request on its own. */
export const eachRequest = (requests: Requests): readonly MadeRequest[] =>
  Object.entries(requests).flatMap(([type, byOperation]) =>
    PROVIDER_OPERATIONS.flatMap((operation) =>
      (byOperation[operation] ?? []).map((request) => ({ type, operation, request })),
    ),
  );

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** What IAM was asked for the calls that the sandbox's provider wrote down, each once. */
export function requestsIn(recording: string): Requests {
  const calls = recording.split("\n").filter(Boolean).map(readCall);
  const arns = iamArnsIn(calls);
  const found = new Map<string, Map<ProviderOperation, Set<string>>>();
  for (const call of calls) {
    const byOperation = found.get(call.type) ?? new Map<ProviderOperation, Set<string>>();
    const texts = byOperation.get(call.operation) ?? new Set();
    for (const request of iamRequestsOf(call, arns)) texts.add(JSON.stringify(request));
    found.set(call.type, byOperation.set(call.operation, texts));
  }
  return Object.fromEntries(
    [...found]
      .sort(([one], [other]) => byText(one, other))
      .map(([type, byOperation]) => [
        type,
        Object.fromEntries(
          PROVIDER_OPERATIONS.filter((operation) => byOperation.has(operation)).map((operation) => [
            operation,
            [...(byOperation.get(operation) ?? [])]
              .sort(byText)
              .map((text) => JSON.parse(text) as IamRequest),
          ]),
        ),
      ]),
  );
}

/** JSON with a request a line, to be read and compared by people. */
export function printed(requests: Requests): string {
  const block = (entries: readonly string[], indent: string): string =>
    `{\n${entries.map((entry) => `${indent}  ${entry}`).join(",\n")}\n${indent}}`;
  const types = Object.entries(requests).map(([type, byOperation]) => {
    const operations = Object.entries(byOperation).map(([operation, list]) => {
      const lines = list.map((request) => `      ${JSON.stringify(request)}`).join(",\n");
      return `${JSON.stringify(operation)}: [\n${lines}\n    ]`;
    });
    return `${JSON.stringify(type)}: ${block(operations, "  ")}`;
  });
  return `${block(types, "")}\n`;
}

/** A name stands for all of its kind, and an account for every account. */
const shapeOf = (text: string): string =>
  text.startsWith("arn:")
    ? text.replace(/^(arn:[^:]*:[^:]*:)[^:]*:[^:]*:/, "$1::").replace(/[^/:]*$/, "*")
    : text;

/** Keys whose values are an account's, a region's or a name. */
const VARYING = new Set(["aws:ResourceTag/Name", "aws:TagKeys", "kms:CallerAccount", "kms:ViaService"]);

/** What policies can tell requests apart by, whatever people, roles and accounts are called. */
function kindOf({ type, operation, request: [action, resource, context = {}] }: MadeRequest): string {
  const told = Object.entries(context)
    .filter(([key]) => !VARYING.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? shapeOf(value) : value.map(shapeOf).join()}`)
    .sort();
  return [`${type} ${operation}: ${action} on ${shapeOf(resource)}`, ...told].join(" ");
}

/** The kinds of requests among these that the others have none of; sorted. */
export function unrecorded(requests: Requests, others: Requests): readonly string[] {
  const known = new Set(eachRequest(others).map(kindOf));
  const made = new Set(eachRequest(requests).map(kindOf));
  return [...made].filter((kind) => !known.has(kind)).sort();
}
