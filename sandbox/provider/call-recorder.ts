import { AsyncLocalStorage } from "node:async_hooks";
import { appendFileSync } from "node:fs";
import type { Tags } from "./tags";

/** Tests set this to a file that gets every call to AWS, as a line of JSON. Without it nothing is recorded. */
export const CALLS_FILE_VARIABLE = "MUSTER_SANDBOX_CALLS_FILE";

/** What the engine asks of the provider. */
export const PROVIDER_OPERATIONS = ["create", "read", "update", "delete"] as const;

export type ProviderOperation = (typeof PROVIDER_OPERATIONS)[number];

/** The resource that a call is made for, as it was known before. */
export interface Subject {
  /** Its token, such as `aws:iam/user:User`. */
  readonly type: string;
  readonly operation: ProviderOperation;
  /** None while it is created. */
  readonly arn?: string;
  /** Before the call; those that it is created with while it is created. */
  readonly tags: Tags;
}

/** One call of an AWS API. */
export interface RecordedCall extends Subject {
  /** As the SDK names it: `IAM.CreateUser`. */
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly account: string;
  readonly region: string;
}

interface RecordableClient {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (request: { readonly input: object }) => Promise<unknown>,
        context: { readonly clientName?: string; readonly commandName?: string },
      ) => (request: { readonly input: object }) => Promise<unknown>,
      options: { readonly step: "initialize"; readonly name: string },
    ): void;
  };
}

const file = process.env[CALLS_FILE_VARIABLE];
const subjects = new AsyncLocalStorage<Subject>();

/** Whether a test asks for a record. */
export const isRecording = file !== undefined;

/** Runs a function and records its calls as made for a resource. */
export const recordFor = <T>(subject: Subject, work: () => T): T => subjects.run(subject, work);

/** Records the calls of a client, where a test asks for it. */
export function recordCalls(
  client: unknown,
  { account, region }: Pick<RecordedCall, "account" | "region">,
): void {
  if (file === undefined) return;
  (client as RecordableClient).middlewareStack.add(
    (next, { clientName = "", commandName = "" }) =>
      (request) => {
        const subject = subjects.getStore();
        if (subject === undefined) throw new Error(`${commandName} is called for no resource.`);
        const call = `${clientName.replace(/Client$/, "")}.${commandName.replace(/Command$/, "")}`;
        const line: RecordedCall = { ...subject, call, input: { ...request.input }, account, region };
        appendFileSync(file, `${JSON.stringify(line)}\n`);
        return next(request);
      },
    { step: "initialize", name: "recordCalls" },
  );
}
