import { UserError } from "../model/problems";

/** What keeps a machine from a host, by Node.js' codes: https://nodejs.org/api/errors.html#common-system-errors */
const CAUSES = {
  ENOTFOUND: "nobody knows a host of this name",
  EAI_AGAIN: "no name server answers",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it broke the connection off",
  EHOSTUNREACH: "no network leads there",
  ENETUNREACH: "no network leads there",
  ETIMEDOUT: "it does not answer",
} as const;

type Code = keyof typeof CAUSES;

/** Node.js' message of a system call that failed: `getaddrinfo ENOTFOUND sts.eu-west-9.amazonaws.com`, `connect ECONNREFUSED ::1:80`. */
const SYSTEM_CALL = /\b(?:getaddrinfo|connect|read|write) (E[A-Z_]+)(?: (\S+))?/;

const REMEDY =
  "Look whether this machine is on the network. The name of a host of AWS has a region in it, that of src/organization.ts; " +
  "AWS_ENDPOINT_URL names another host.";

const isCause = (code: string): code is Code => Object.hasOwn(CAUSES, code);

/** AWS, or whatever hands out credentials for it, cannot be reached: nothing is known of the credentials. */
export class Unreachable extends UserError {
  readonly remedy = REMEDY;

  constructor(
    readonly code: Code,
    readonly fault: string,
  ) {
    super(`${fault}\nTo do: ${REMEDY}`);
  }
}

/** An error with those that it was made of: the messages of credential providers repeat theirs, others have them beside. */
function partsOf(error: Error): readonly Error[] {
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : [error.cause];
  return [error, ...inner.filter((one) => one instanceof Error).flatMap(partsOf)];
}

/**
 * What an error of AWS's clients says of the network; undefined of any other. The message decides: of a machine without credentials,
 * the SDK's error has the code of its look at an address that only machines of EC2 have.
 */
export function unreachable(error: unknown): Unreachable | undefined {
  if (error instanceof Unreachable) return error;
  if (!(error instanceof Error)) return undefined;
  for (const { message } of partsOf(error)) {
    const [, code = "", host] = SYSTEM_CALL.exec(message) ?? [];
    if (isCause(code))
      return new Unreachable(code, `${host ?? "AWS"} cannot be reached: ${CAUSES[code]} (${code}).`);
  }
  return undefined;
}
