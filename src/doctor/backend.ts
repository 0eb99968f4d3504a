import { z } from "zod";

import type { CommandAnswer } from "./run-command";
import {
  missingOutcome,
  passedOutcome,
  joinLines,
  unknownOutcome,
  type DoctorOutcome,
} from "./doctor-finding";

const WHO = z.object({ user: z.string(), url: z.string().optional() });

/** The address of a backend without what may be secret in it. */
function shown(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) return url;
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

/** What keeps pulumi from its backend, by the words of Go's network library. */
const UNREACHABLE: readonly (readonly [words: RegExp, cause: string])[] = [
  [/no such host|server misbehaving/, "nobody knows a host of this name"],
  [/connection refused/, "nothing listens there"],
  [/i\/o timeout|deadline exceeded/, "it does not answer"],
  [/network is unreachable|no route to host/, "no network leads there"],
];

const LOGIN = "Run `pulumi login`, or set PULUMI_BACKEND_URL, or PULUMI_ACCESS_TOKEN for Pulumi Cloud.";

/** What pulumi says where it ends without an answer. */
function refusalOutcome(stderr: string): DoctorOutcome {
  const said = joinLines(stderr);
  // Go reads SSL_CERT_FILE on Linux; on macOS it asks the system's keychain: https://pkg.go.dev/crypto/x509.
  if (said.includes("x509:"))
    return unknownOutcome(
      `who answers is not to be trusted: ${said}`,
      "Where a proxy or a firewall reads what passes, have this machine trust its authority: SSL_CERT_FILE=/path/to/authority.pem " +
        "on Linux, the keychain on macOS.",
    );
  const [, cause] = UNREACHABLE.find(([words]) => words.test(said)) ?? [];
  if (cause === undefined) return missingOutcome(`no login: ${said}`, LOGIN);
  return unknownOutcome(
    `cannot be reached, for ${cause}: ${said}`,
    "Look whether this machine is on the network, and whether PULUMI_BACKEND_URL, or `pulumi login`, named the right host.",
  );
}

/** @param answer of `pulumi whoami --json` */
export function backendOutcome(answer: CommandAnswer): DoctorOutcome {
  switch (answer.kind) {
    case "not found":
      return unknownOutcome("nobody to ask without pulumi", "Install pulumi first.");
    case "no answer":
      return unknownOutcome("does not answer", "Run `pulumi whoami --verbose` by hand.");
    case "ended": {
      if (answer.code !== 0) return refusalOutcome(answer.stderr);
      const { user, url = "" } = WHO.parse(JSON.parse(answer.stdout));
      return passedOutcome(
        `${user} at ${shown(url)}${url.startsWith("file:") ? ", which this machine alone has" : ""}`,
      );
    }
  }
}
