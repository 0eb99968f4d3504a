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

/** @param answer of `pulumi whoami --json` */
export function backendOutcome(answer: CommandAnswer): DoctorOutcome {
  const login = "Run `pulumi login`, or set PULUMI_BACKEND_URL, or PULUMI_ACCESS_TOKEN for Pulumi Cloud.";
  switch (answer.kind) {
    case "not found":
      return unknownOutcome("nobody to ask without pulumi", "Install pulumi first.");
    case "no answer":
      return unknownOutcome("does not answer", "Run `pulumi whoami --verbose` by hand.");
    case "ended": {
      if (answer.code !== 0) return missingOutcome(`no login: ${joinLines(answer.stderr)}`, login);
      const { user, url = "" } = WHO.parse(JSON.parse(answer.stdout));
      return passedOutcome(
        `${user} at ${shown(url)}${url.startsWith("file:") ? ", which this machine alone has" : ""}`,
      );
    }
  }
}
