type Answer = Readonly<Record<string, unknown>> | Error;

/** What an operation answers to its input: `{ getUser: () => ({ User: … }) }`. */
export type Answers = Readonly<Record<string, (input: Call["input"]) => Answer>>;

/** A call, as `iam.createLoginProfile({ … })` makes it. */
export interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A client of the SDK that answers as told, throws the errors that it is told, and remembers what it was asked. It has no network. */
export function withAnswers<Client extends object>(
  client: Client,
  answers: Answers,
): { readonly client: Client; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  const send = (command: Pick<Call, "input">): Promise<unknown> => {
    const name = command.constructor.name.replace(/Command$/, "");
    const operation = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    calls.push({ operation, input: command.input });
    const answer = answers[operation]?.(command.input) ?? new Error(`Nobody expects ${operation}.`);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ $metadata: {}, ...answer });
  };
  Object.defineProperty(client, "send", { value: send });
  return { client, calls };
}
