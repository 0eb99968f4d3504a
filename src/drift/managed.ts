import { z } from "zod";

import type { CommandAnswer } from "../doctor/run-command";
import type { ManagedResource } from "./comparison";

const STATE = z.object({
  deployment: z
    .object({
      resources: z
        .array(z.object({ type: z.string(), inputs: z.record(z.string(), z.unknown()).optional() }))
        .nullish(),
    })
    .nullish(),
});

/** Reads what a stack has from its state, as `pulumi stack export` prints it; undefined where that failed. */
export function managedByState(answer: CommandAnswer): readonly ManagedResource[] | undefined {
  if (answer.kind !== "ended" || answer.code !== 0) return undefined;
  const { deployment } = STATE.parse(JSON.parse(answer.stdout));
  return (deployment?.resources ?? []).map(({ type, inputs = {} }) => ({ type, inputs }));
}

/** `https://token.example.com/path` and `token.example.com/path` are the same issuer: a refresh reads it without the scheme. */
const withoutScheme = (url: unknown): unknown =>
  typeof url === "string" ? url.replace(/^https:\/\//, "") : url;

/** What a stack has: for each resource, the values of the properties that identify it within its type. */
export class ManagedResources {
  private readonly keys: ReadonlySet<string>;

  constructor(resources: readonly ManagedResource[]) {
    this.keys = new Set(
      resources.map(({ type, inputs: { name, path = "/", url } }) =>
        JSON.stringify([type, name ?? withoutScheme(url), path]),
      ),
    );
  }

  /** `type` is the part of Pulumi's type behind `aws:iam/`. */
  has(type: string, { name, path = "/" }: { readonly name: string; readonly path?: string }): boolean {
    return this.keys.has(JSON.stringify([`aws:iam/${type}`, name, path]));
  }

  /** An identity provider's ARN ends with the issuer's address, or with the provider's name. */
  hasIdentityProvider(arn: string): boolean {
    const name = arn.slice(arn.indexOf("/") + 1);
    return arn.includes(":oidc-provider/")
      ? this.has("openIdConnectProvider:OpenIdConnectProvider", { name })
      : this.has("samlProvider:SamlProvider", { name });
  }
}
