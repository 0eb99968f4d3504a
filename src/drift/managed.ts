import type { ManagedResource } from "./comparison";

/** `https://token.example.com/path` and `token.example.com/path` are the same issuer: a refresh reads it without the scheme. */
const withoutScheme = (url: unknown): unknown =>
  typeof url === "string" ? url.replace(/^https:\/\//, "") : url;

/** What a stack has, as the values of the properties that tell one resource of a type from another. */
export class Managed {
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
