import { IAM, IAMServiceException, NoSuchEntityException } from "@aws-sdk/client-iam";

type Answer = Readonly<Record<string, unknown>> | Error;

/** What an operation of IAM answers to its input: `{ getUser: () => ({ User: … }) }`. */
export type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => Answer>>;

/** A call, as `iam.createLoginProfile({ … })` makes it. */
export interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An IAM that answers as told, throws the errors that it is told, and remembers what it was asked. It has no network. */
export function fakeIam(answers: Answers): { readonly iam: IAM; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const iam = new IAM({ region: "eu-west-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } });
  iam.middlewareStack.add(
    (_next, { commandName }) =>
      ({ input }) => {
        const operation = `${(commandName ?? "").charAt(0).toLowerCase()}${(commandName ?? "").slice(1).replace(/Command$/, "")}`;
        calls.push({ operation, input: input as Call["input"] });
        const answer =
          answers[operation]?.(input as Call["input"]) ?? new Error(`Nobody expects ${operation}.`);
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve({ output: { $metadata: {}, ...answer }, response: {} });
      },
    { step: "initialize", priority: "high" },
  );
  return { iam, calls };
}

/** IAM's answer where there is no such thing. */
export const missing = (): Error =>
  new NoSuchEntityException({ message: "It cannot be found.", $metadata: {} });

/** IAM's answer to those who may not. */
export const accessDenied = (): Error =>
  new IAMServiceException({
    name: "AccessDenied",
    message: "User: arn:aws:sts::111111111111:assumed-role/x/y is not authorized",
    $fault: "client",
    $metadata: {},
  });
