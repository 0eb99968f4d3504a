import { readFileSync } from "node:fs";

import { providerSettings } from "../../src/resources/provider-settings";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import type { ResourceProperties } from "../checked-resource";

/** The inputs that Pulumi's class sets on every provider. */
const OF_THE_CLASS = { skipCredentialsValidation: false, skipRegionValidation: true };

/** The installed version. The lockfile decides it, not a program: another version may act differently. */
function installedVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(require.resolve("@pulumi/aws/package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest)
    return String(manifest.version);
  throw new Error("@pulumi/aws names no version.");
}

const VERSION = installedVersion();

/** A provider's inputs are JSON where they are meant to be no texts. */
function valueOf(props: ResourceProperties, key: string, wanted: unknown): unknown {
  const value = props[key];
  if (typeof value !== "string" || typeof wanted === "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    return value;
  }
}

const shown = (value: unknown): string => (value === undefined ? "missing" : JSON.stringify(value));

/** Account ids, or whatever stands in their place. */
function allowedAccounts(value: unknown): string {
  return Array.isArray(value) && value.length > 0 ? value.map(String).join(", ") : "any account";
}

/** A stack writes into its own account. */
export const providerAccount = resourcePolicy({
  name: "aws-provider-account",
  displayName: "A provider is bound to its stack's account",
  description:
    "Every AWS provider refuses credentials of any account but the stack's, and is told nothing but what src/resources says.",
  why:
    "With the credentials of another account, or by way of another endpoint, the roles of dev would be made in prod: right " +
    "by every other policy.",
  remediationSteps:
    "Tell the provider what src/resources/provider-settings.ts says, and pass it to every resource.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC01-BP01", "Separate workloads using accounts"),
  tags: ["iam", "provider"],
  url: "https://www.pulumi.com/registry/packages/aws/installation-configuration/",
  types: ["pulumi:providers:aws"],
  *check({ name, props }, { expected: { organization, account } }) {
    // The engine has checked the inputs before; what it refuses, as credentials of another account, comes without them.
    if (Object.keys(props).length === 0) {
      yield `The provider ${name} comes without any settings: Pulumi refused them and says why, or the program gives none.`;
      return;
    }
    const wanted: Readonly<Record<string, unknown>> = {
      ...providerSettings({ organization, account }),
      ...OF_THE_CLASS,
      version: VERSION,
    };
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(props)])) {
      const found = valueOf(props, key, wanted[key]);
      const isWanted = Object.hasOwn(wanted, key);
      if (isWanted && shown(found) === shown(wanted[key])) continue;
      if (key === "allowedAccountIds")
        yield `The provider ${name} takes credentials of ${allowedAccounts(found)}; ${account.key} is ${account.id}.`;
      else if (isWanted)
        yield `The setting ${key} of the provider ${name} is ${shown(found)}; it has to be ${shown(wanted[key])}.`;
      else yield `The provider ${name} has the setting ${key}, which src/resources does not describe.`;
    }
  },
});
