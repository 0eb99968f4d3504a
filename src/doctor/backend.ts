import { z } from "zod";

import type { Answer } from "./command";
import { missing, passed, onOneLine, unknown, type Outcome } from "./finding";

const WHO = z.object({ user: z.string(), url: z.string().optional() });

/** The address of a backend without what may be secret in it. */
function shown(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) return url;
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

/** @param answer of `pulumi whoami --json` */
export function backendOutcome(answer: Answer): Outcome {
  const login = "Run `pulumi login`, or set PULUMI_BACKEND_URL, or PULUMI_ACCESS_TOKEN for Pulumi Cloud.";
  switch (answer.kind) {
    case "not found":
      return unknown("nobody to ask without pulumi", "Install pulumi first.");
    case "no answer":
      return unknown("does not answer", "Run `pulumi whoami --verbose` by hand.");
    case "ended": {
      if (answer.code !== 0) return missing(`no login: ${onOneLine(answer.stderr)}`, login);
      const { user, url = "" } = WHO.parse(JSON.parse(answer.stdout));
      return passed(
        `${user} at ${shown(url)}${url.startsWith("file:") ? ", which this machine alone has" : ""}`,
      );
    }
  }
}
