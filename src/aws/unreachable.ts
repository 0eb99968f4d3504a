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

/**
 * What is wrong with the certificate of whoever answers, by the codes of Node.js:
 * https://nodejs.org/api/tls.html#x509-certificate-error-codes. A proxy that reads what passes has an authority of its own.
 */
const CERTIFICATE_CAUSES = {
  SELF_SIGNED_CERT_IN_CHAIN: "nobody whom Node.js trusts has signed its certificate",
  DEPTH_ZERO_SELF_SIGNED_CERT: "nobody but itself has signed its certificate",
  UNABLE_TO_GET_ISSUER_CERT: "nobody whom Node.js trusts has signed its certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "nobody whom Node.js trusts has signed its certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "nobody whom Node.js trusts has signed its certificate",
  CERT_UNTRUSTED: "nobody whom Node.js trusts has signed its certificate",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is another host's",
} as const;

type CertificateCode = keyof typeof CERTIFICATE_CAUSES;
type Code = keyof typeof CAUSES | CertificateCode;

/** Node.js' message of a system call that failed: `getaddrinfo ENOTFOUND sts.eu-west-9.amazonaws.com`, `connect ECONNREFUSED ::1:80`. */
const SYSTEM_CALL = /\b(?:getaddrinfo|connect|read|write) (E[A-Z_]+)(?: (\S+))?/;

const REMEDY =
  "Look whether this machine is on the network. The name of a host of AWS has a region in it, that of src/organization.ts; " +
  "AWS_ENDPOINT_URL names another host.";

const CERTIFICATE_REMEDY =
  "Where a proxy or a firewall reads what passes, get the certificate of its authority as a file in PEM, and name it before you run " +
  "this: NODE_EXTRA_CA_CERTS=/path/to/authority.pem. Where there is none, somebody else may be answering: look at this machine's " +
  "clock, HTTPS_PROXY and AWS_ENDPOINT_URL, and do not switch the check off.";

const isCause = (code: string): code is keyof typeof CAUSES => Object.hasOwn(CAUSES, code);

const isCertificateCode = (code: unknown): code is CertificateCode =>
  typeof code === "string" && Object.hasOwn(CERTIFICATE_CAUSES, code);

/** AWS, or whatever hands out credentials for it, cannot be reached: nothing is known of the credentials. */
export class Unreachable extends UserError {
  constructor(
    readonly code: Code,
    readonly fault: string,
    readonly remedy: string = REMEDY,
  ) {
    super(`${fault}\nTo do: ${remedy}`);
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
  for (const part of partsOf(error)) {
    const { message } = part;
    // Of certificates Node.js has words alone in the message: `self-signed certificate in certificate chain`.
    const certificate: unknown = Reflect.get(part, "code");
    if (isCertificateCode(certificate)) {
      const fault = `AWS cannot be reached: who answers is not to be trusted, for ${CERTIFICATE_CAUSES[certificate]} (${certificate}: ${message}).`;
      return new Unreachable(certificate, fault, CERTIFICATE_REMEDY);
    }
    const [, code = "", host] = SYSTEM_CALL.exec(message) ?? [];
    if (isCause(code))
      return new Unreachable(code, `${host ?? "AWS"} cannot be reached: ${CAUSES[code]} (${code}).`);
  }
  return undefined;
}
