import { errorMessage, UserError } from "../model/problems";

const REMEDY = "Look who answers this machine: AWS_ENDPOINT_URL and HTTPS_PROXY may name somebody else.";

/** The status of the answer that the SDK keeps, hidden, beside the error of whatever reads it. */
function statusOf(error: Error): string {
  const response: unknown = Reflect.get(error, "$response");
  const status: unknown =
    typeof response === "object" && response !== null ? Reflect.get(response, "statusCode") : undefined;
  return typeof status === "number" ? ` (HTTP status ${String(status)})` : "";
}

/** The answer to a question is none of AWS's: a page of a proxy, or the word of an emulator that does not know the question. */
export class UnreadableAnswer extends UserError {
  readonly fault: string;
  readonly remedy = REMEDY;

  constructor(status: string) {
    const fault = `The answer cannot be read as one of AWS${status}`;
    super(`${fault}.\nTo do: ${REMEDY}`);
    this.fault = fault;
  }
}

/**
 * The fault of an answer that the SDK could not read, by the error that it throws; undefined of any other error. The parser throws it,
 * with the answer as `$response`; a ServiceException, which has a `$fault`, is what AWS says.
 */
export function unreadableAnswer(error: unknown): UnreadableAnswer | undefined {
  if (error instanceof UnreadableAnswer) return error;
  if (!(error instanceof Error) || !("$response" in error) || "$fault" in error) return undefined;
  return new UnreadableAnswer(statusOf(error));
}

/** What an error says to people, in one sentence where the answer could not be read. */
export const awsErrorMessage = (error: unknown): string =>
  unreadableAnswer(error)?.fault ?? errorMessage(error);
